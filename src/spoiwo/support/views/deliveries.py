"""Writing deliveries down, and the list of them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.audit.types import Action as Recorded
from spoiwo.support import messages
from spoiwo.support.errors import SupportError
from spoiwo.support.forms.deliveries import (
    DeliveryFilter,
    DeliveryForm,
    SheetDay,
    SheetFormSet,
    WithdrawalForm,
)
from spoiwo.support.models import Delivery
from spoiwo.support.queries import finding, listing
from spoiwo.support.services import deliveries, log
from spoiwo.support.services.newcomers import write_down
from spoiwo.support.types import DeliveryKind, Mode, RecipientRef
from spoiwo.support.views import frame
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date

USUAL_MINUTES = 60
DRAFT = "support-delivery"
SHOWN = (  # what the list needs of each row
    *("uuid", "day", "kind", "topic", "minutes", "participant", "entity", "group", "adviser"),
    *(
        "participant__first_name",
        "participant__last_name",
        "entity__name",
        "group__name",
        "adviser__full_name",
    ),
)


@require_GET
@open_to(frame.keepers)
def delivery_list(request: ActorRequest) -> HttpResponse:
    """What the centre delivered, newest first."""
    form = DeliveryFilter(request.GET)
    rows = listing.deliveries(request.actor, _wanted(form, request))
    page = frame.page_of(request, rows.only(*SHOWN))
    shown = frame.Listing(
        title=_("Support given"),
        lede=_(
            "Advice and other support of your centre. Each entry counts once, however many people were there."
        ),
        columns=[
            (_("When"), False),
            (_("For whom"), False),
            (_("What"), False),
            (_("Topic"), False),
            (_("Time"), True),
            (_("Who gave it"), False),
        ],
        empty_title=_("Nothing written down yet"),
        empty_text=_("What your centre delivers appears here, and is counted in the report."),
        actions=[
            frame.Action(_("Record advice"), reverse("support:record")),
            frame.Action(_("A whole day at once"), reverse("support:day")),
            frame.Action(_("Past years from a sheet"), f"{reverse('exchange:sheets')}?rodzaj=support"),
        ],
        filters=form,
        count_words=ngettext("%(n)s entry", "%(n)s entries", page.paginator.count)
        % {"n": page.paginator.count},
        exports=True,
    )
    return frame.show_list(request, shown, page, [_cells(one) for one in page.object_list])


@require_GET
@open_to(frame.keepers)
def export(request: ActorRequest, form: str) -> HttpResponse:
    """The list as a file, on record before it is sent."""
    rows = listing.deliveries(request.actor, _wanted(DeliveryFilter(request.GET), request))
    header = [
        _("When"),
        _("For whom"),
        _("What"),
        _("Topic"),
        _("Minutes"),
        _("Who gave it"),
        _("How"),
        _("Place"),
    ]
    lines = [
        [
            one.day,
            finding.found_of(finding.recipient_row(one)).label,
            str(messages.DELIVERY_NAMES[one.kind]),
            one.topic,
            one.minutes,
            one.adviser.full_name,
            str(messages.MODE_NAMES[one.mode]),
            one.place,
        ]
        for one in rows[: frame.MOST_EXPORTED]
    ]
    answer = frame.as_file("wsparcie", form, _("Support given"), header, lines)
    log.record(request.actor, "list", "deliveries", action=Recorded.EXPORT, count=len(lines))
    return answer


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def record(request: ActorRequest) -> HttpResponse:
    """Write one delivery down; begins with what the adviser did last."""
    form = _form(request, _initial(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = _record(form, request)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _saved(made))
            return redirect("support:record" if "again" in request.POST else "support:list")
    return _form_page(
        request,
        form,
        title=_("Record advice"),
        action_label=_("Save"),
        again=_("Save and write down another"),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def change(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """A delivery as it was written down, to be corrected."""
    row = listing.delivery(request.actor, uuid)
    if row is None:
        raise Http404
    form = _form(request, {**_values(row), "version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            deliveries.correct_delivery(
                uuid,
                form.details(_newcomer(form, request)),
                version=form.cleaned_data["version"] or 0,
                today=timezone.localdate(),
                by=request.actor,
            )
        except Conflict as conflict:
            return frame.show_conflict(request, form, conflict, _("Support given"))
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The correction is saved."))
            return redirect("support:list")
    return _form_page(
        request,
        form,
        title=_("Support given"),
        action_label=_("Save the correction"),
        withdraw_url=reverse("support:withdraw", args=[uuid]),
        corrections=row.corrections.select_related("made_by").order_by("pk"),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def withdraw(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take an entry back, after a question."""
    row = listing.delivery(request.actor, uuid)
    if row is None:
        raise Http404
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            deliveries.withdraw_delivery(uuid, reason=form.cleaned_data["reason"], by=request.actor)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The entry has been taken back."))
            return redirect("support:list")
    context = {
        "form": form,
        "question": _("Take this entry back?"),
        "about": f"{pl_date(row.day)}, {finding.recipient_row(row)}, {messages.minutes_in_words(row.minutes)}",
        "consequence": _(
            "It is counted no more. In a closed period the figures stand and the correction is listed."
        ),
        "action_label": _("Take back"),
        "cancel_url": reverse("support:change", args=[uuid]),
    }
    return render(request, "support/confirm.html", context)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def day_sheet(request: ActorRequest) -> HttpResponse:
    """Several deliveries of one day, all saved or none."""
    data = request.POST if request.method == "POST" else None
    head = SheetDay(data, initial={"day": timezone.localdate()}, prefix="sheet")
    rows = SheetFormSet(data, form_kwargs={"actor": request.actor}, prefix="row")
    if data is not None and head.is_valid() and rows.is_valid():
        given = [one for row in rows if (one := row.details(head.cleaned_data["day"])) is not None]
        try:
            if given:
                deliveries.record_deliveries(given, today=timezone.localdate(), by=request.actor)
        except SupportError as error:
            frame.refuse(head, error)
        else:
            notices.success(
                request,
                ngettext("%(n)s entry saved.", "%(n)s entries saved.", len(given)) % {"n": len(given)},
            )
            return redirect("support:list")
    context = {
        "head": head,
        "form": head,
        "formset": rows,
        "suggestions": finding.suggestions(request.actor),
        "draft": f"{DRAFT}-day",
        "crumbs": [frame.home_crumb(), (_("A whole day at once"), "")],
    }
    bad = data is not None and (head.errors or rows.total_error_count())
    return render(request, "support/day.html", context, status=422 if bad else 200)


@require_GET
@open_to(frame.keepers)
def suggest(request: ActorRequest) -> HttpResponse:
    """Recipients whose name begins with what was typed, as options of the list."""
    context = {"suggestions": finding.search(request.GET.get("recipient", ""), request.actor)}
    return render(request, "support/_suggestions.html", context)


def _form_page(request: ActorRequest, form: DeliveryForm, **context: Any) -> HttpResponse:
    context |= {
        "form": form,
        "units": frame.units(request),
        "suggestions": finding.suggestions(request.actor),
        "draft": DRAFT,
        "crumbs": [frame.home_crumb(), (context["title"], "")],
    }
    return render(request, "support/record.html", context, status=422 if form.errors else 200)


def _form(request: ActorRequest, initial: dict[str, Any]) -> DeliveryForm:
    return DeliveryForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        actor=request.actor,
        choices=listing.choices(request.actor),
    )


def _initial(request: ActorRequest) -> dict[str, Any]:
    """The last entry's circumstances, today, and the recipient the address names or the last one."""
    latest = listing.latest_of(request.actor)
    values = (
        _values(latest)
        if latest
        else {"kind": DeliveryKind.GENERAL, "mode": Mode.OFFICE, "minutes": USUAL_MINUTES}
    )
    for name in ("starts_at", "duplicate_reason", "anonymous_headcount", "de_minimis_pln", "participants"):
        values.pop(name, None)
    values |= {"day": timezone.localdate(), "adviser_id": request.actor.user_id}
    for name in ("recipient", "kind", "case", "partnership", "path"):
        if asked := request.GET.get(name):
            values[name] = asked
    return values


def _values(row: Delivery) -> dict[str, Any]:
    people = [one.participant for one in row.people.select_related("participant")] if row.pk else []
    return {
        "recipient": finding.found_of(finding.recipient_row(row)).label,
        "kind": row.kind,
        "day": row.day,
        "minutes": row.minutes,
        "topic": row.topic,
        "starts_at": row.starts_at,
        "mode": row.mode,
        "place": row.place,
        "teryt": row.teryt,
        "participants": ""
        if row.participant_id
        else "\n".join(finding.found_of(one).label for one in people),
        "anonymous_headcount": row.anonymous_headcount or None,
        "de_minimis_pln": row.de_minimis_pln or None,
        "adviser_id": row.adviser_id,
        "project": row.project.uuid if row.project else None,
        "case": row.case.uuid if row.case else None,
        "partnership": row.partnership.uuid if row.partnership else None,
        "path": row.path.uuid if row.path else None,
        "duplicate_reason": row.duplicate_reason,
    }


def _newcomer(form: DeliveryForm, request: ActorRequest) -> RecipientRef | None:
    if not form.is_new:
        return None
    entered = form.cleaned_data
    return write_down(entered["recipient"], entered["new_kind"], day=entered["day"], by=request.actor)


@transaction.atomic
def _record(form: DeliveryForm, request: ActorRequest) -> Delivery:
    details = form.details(_newcomer(form, request))
    return deliveries.record_delivery(details, today=timezone.localdate(), by=request.actor)


def _saved(row: Delivery) -> str:
    return _("Saved: %(who)s, %(time)s.") % {
        "who": finding.recipient_row(row),
        "time": messages.minutes_in_words(row.minutes),
    }


def _wanted(form: DeliveryFilter, request: ActorRequest) -> listing.Wanted:
    form.is_valid()
    chosen = form.cleaned_data
    first: date | None = chosen.get("first")
    return listing.Wanted(
        text=chosen.get("q", ""),
        kind=chosen.get("kind", ""),
        first=first,
        last=chosen.get("last"),
        adviser_id=request.actor.user_id if chosen.get("mine") else 0,
    )


def _cells(one: Delivery) -> list[Any]:
    return [
        frame.link(pl_date(one.day, "short"), "change", one.uuid),
        str(finding.recipient_row(one)),
        messages.DELIVERY_NAMES[one.kind],
        one.topic or "–",
        messages.minutes_in_words(one.minutes),
        one.adviser.full_name,
    ]
