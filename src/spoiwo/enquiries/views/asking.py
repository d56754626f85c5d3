"""The asking side: lists, new enquiries, drafts, lists of people."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.access import queries as access
from spoiwo.enquiries import messages, policies, tables
from spoiwo.enquiries.errors import EnquiriesError
from spoiwo.enquiries.forms.asking import BoxFilter, EnquiryForm, ListForm
from spoiwo.enquiries.models import Enquiry
from spoiwo.enquiries.queries import listing, opened
from spoiwo.enquiries.services import asking, log
from spoiwo.enquiries.views import frame
from spoiwo.enquiries.views.verifying import own_client
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit import sheets
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date

MOST_EXPORTED = 10_000
LABELS = {
    "categories": "categories",
    "asked_id": "asked",
    "items": "items",
    "items_basis_id": "items_basis",
    "purpose_id": "purpose",
    "legal_basis_id": "legal_basis",
}


@require_GET
@open_to(frame.workers)
def enquiry_list(request: ActorRequest) -> HttpResponse:
    """Enquiries that wait for us, or those we sent; overdue first."""
    box = listing.SENT if request.GET.get("box") == listing.SENT else listing.RECEIVED
    day = timezone.localdate()
    page = frame.page_of(request, _found(request, box))
    shown = frame.Listing(
        title=_("Enquiries"),
        lede=_("What institutions ask each other about a person on a legal basis, with a day to answer by."),
        columns=[
            *(
                _("Number"),
                _("Whom it is about"),
                _("Institution asked") if box == listing.SENT else _("Asks"),
            ),
            *(_("What is asked for"), _("Answer by"), _("Standing")),
        ],
        empty_title=_("No enquiries"),
        empty_text=_("Ask another institution for data that it does not share with yours by itself."),
        count_words=ngettext("%(n)s enquiry", "%(n)s enquiries", page.paginator.count)
        % {"n": page.paginator.count},
        links=[
            frame.Link(_("New enquiry"), reverse("enquiries:new")),
            frame.Link(_("Enquiries from a list"), reverse("enquiries:from_list")),
            frame.Link(_("Terms of answers"), reverse("enquiries:terms")),
        ],
        tabs=[
            frame.Link(_("To us"), reverse("enquiries:list")),
            frame.Link(_("From us"), f"{reverse('enquiries:list')}?box=sent"),
        ],
        filters=BoxFilter(request.GET),
        exports=reverse("enquiries:export", args=["csv"]).removesuffix("csv"),
    )
    rows = [_cells(row, box, day) for row in page.object_list]
    response = frame.show_list(request, shown, page, rows)
    others = {row.institution_id for row in page.object_list} | {row.asked_id for row in page.object_list}
    log.record_list(len(rows), others=others, request_id=request.id, by=request.actor)
    return response


@require_GET
@open_to(frame.workers)
def export(request: ActorRequest, form: str) -> HttpResponse:
    """The list as a file, without the people."""
    if form not in ("csv", "xlsx"):
        raise Http404
    box = listing.SENT if request.GET.get("box") == listing.SENT else listing.RECEIVED
    found = list(_found(request, box)[:MOST_EXPORTED])
    rows, header = tables.export_rows(found, timezone.localdate()), tables.export_header()
    if form == "xlsx":
        content, kind = sheets.xlsx_file(_("Enquiries"), header, rows), sheets.XLSX_TYPE
    else:
        content, kind = sheets.csv_file(header, rows), sheets.CSV_TYPE
    log.record_list(len(rows), others=(), request_id=request.id, by=request.actor)
    return frame.sent(f"wnioski.{form}", kind, content)


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def new(request: ActorRequest) -> HttpResponse:
    """An enquiry about one person: sent at once, or kept as a draft."""
    initial = {**_usual(request), **own_client(request.actor, request.GET.get("client", ""))}
    form = _form(request, EnquiryForm, initial)
    if request.method == "POST" and form.is_valid():
        day = timezone.localdate()
        try:
            made = asking.draft_enquiry(form.terms(), day=day, by=request.actor)
            if "draft" not in request.POST:
                asking.send_enquiry(made.uuid, now=timezone.now(), day=day, by=request.actor)
        except EnquiriesError as error:
            frame.refuse(form, error)
        else:
            said = _("The draft is saved.") if "draft" in request.POST else _("The enquiry is sent.")
            notices.success(request, said)
            return redirect("enquiries:enquiry", made.uuid)
    return frame.show_form(
        request,
        form,
        title=_("New enquiry"),
        action_label=_("Send"),
        second_label=_("Save as a draft"),
        cancel_url=reverse("enquiries:list"),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def change(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Correct a draft."""
    row = listing.enquiry(request.actor, uuid)
    if row is None or not policies.may_edit(request.actor, row):
        raise Http404
    form = _form(request, EnquiryForm, _initial(row))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            asking.change_enquiry(
                uuid,
                form.terms(),
                version=form.cleaned_data["version"] or 0,
                overwrite="overwrite" in request.POST,
                now=timezone.now(),
                by=request.actor,
            )
        except Conflict as error:
            conflict = _conflict(form, error)
        except EnquiriesError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The change is saved."))
            return redirect("enquiries:enquiry", uuid)
    return frame.show_form(
        request,
        form,
        title=_("Draft of enquiry %(number)s") % {"number": row.number},
        action_label=_("Save"),
        cancel_url=reverse("enquiries:enquiry", args=[uuid]),
        conflict=conflict,
        reload_url=reverse("enquiries:change", args=[uuid]),
    )


@require_POST
@open_to(frame.workers)
def send(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send a draft."""
    _known(request, uuid)
    try:
        asking.send_enquiry(uuid, now=timezone.now(), day=timezone.localdate(), by=request.actor)
    except EnquiriesError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("The enquiry is sent."))
    return redirect("enquiries:enquiry", uuid)


@require_POST
@open_to(frame.workers)
def discard(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Throw a draft away."""
    _known(request, uuid)
    try:
        asking.discard_enquiry(uuid, by=request.actor)
    except EnquiriesError as error:
        notices.warning(request, messages.message_for(error))
        return redirect("enquiries:enquiry", uuid)
    notices.success(request, _("The draft is gone."))
    return redirect("enquiries:list")


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def from_list(request: ActorRequest) -> HttpResponse:
    """Enquiries about all people of a list: looked through first, then sent in one go."""
    form = _form(request, ListForm, _usual(request))
    looked = None
    if request.method == "POST" and form.is_valid():
        read = form.read
        if "send" in request.POST and read.good:
            try:
                made = asking.send_list(
                    form.terms(),
                    read.good,
                    now=timezone.now(),
                    day=timezone.localdate(),
                    by=request.actor,
                )
            except EnquiriesError as error:
                frame.refuse(form, error)
            else:
                said = ngettext("%(n)s enquiry sent.", "%(n)s enquiries sent.", len(made)) % {"n": len(made)}
                notices.success(request, said)
                return redirect(f"{reverse('enquiries:list')}?box=sent")
        form.data = form.data.copy()
        form.data["people"] = form.cleaned_data["people"]
        faults = [(row, messages.ROW_FAULTS[row.fault]) for row in read.rows if row.fault]
        looked = {"good": len(read.good), "faults": faults, "too_many": read.too_many}
        if read.too_many:
            looked["too_many_words"] = messages.too_many_rows()
    context = {"form": form, "looked": looked}
    return render(request, "enquiries/from_list.html", context, status=422 if form.errors else 200)


def _cells(row: Enquiry, box: str, day: date) -> list[Any]:
    """One line of the list."""
    return [
        frame.link(row.number, reverse("enquiries:enquiry", args=[row.uuid])),
        opened.sought_of(row).name,
        row.asked.short_name if box == listing.SENT else row.institution.short_name,
        ", ".join(tables.asked_for(row)),
        pl_date(row.due_on, "short") if row.due_on else "–",
        tables.standing(row, day),
    ]


def _found(request: ActorRequest, box: str) -> Any:
    chosen = BoxFilter(request.GET)
    state, text = (
        (chosen.cleaned_data["state"], chosen.cleaned_data["q"].strip()) if chosen.is_valid() else ("", "")
    )
    return listing.enquiries(request.actor, box=box, state=state, text=text, day=timezone.localdate())


def _known(request: ActorRequest, uuid: UUID) -> Enquiry:
    row = listing.enquiry(request.actor, uuid)
    if row is None or row.institution_id != request.actor.institution_id:
        raise Http404
    return row


def _form(request: ActorRequest, kind: Any, initial: dict[str, Any]) -> Any:
    posted = request.method == "POST"
    return kind(
        request.POST if posted else None,
        request.FILES if posted else None,
        institutions=listing.askable(request.actor),
        purposes=[(one.pk, str(one)) for one in access.all_purposes()],
        bases=[(one.pk, str(one)) for one in access.bases(timezone.localdate())],
        initial=initial,
    )


def _usual(request: ActorRequest) -> dict[str, Any]:
    """What the worker asked last time: whom, what, why."""
    last = listing.last_enquiry(request.actor)
    if last is None:
        return {"categories": ["identity", "status"]}
    return {
        "asked": last.asked_id,
        "categories": last.categories,
        "purpose": last.purpose_id,
        "legal_basis": last.legal_basis_id,
        "jrwa": last.jrwa,
    }


def _initial(row: Enquiry) -> dict[str, Any]:
    who = opened.sought_of(row)
    return {
        **{name: getattr(who, name) for name in ("pesel", "last_name", "first_name", "birth_date")},
        "asked": row.asked_id,
        "categories": row.categories,
        "items": row.items,
        "items_basis": row.items_basis_id,
        "purpose": row.purpose_id,
        "legal_basis": row.legal_basis_id,
        "grounds": opened.grounds_of(row),
        "case_ref": row.case_ref,
        "jrwa": row.jrwa,
        "version": row.version,
    }


def _conflict(form: forms.Form, error: Conflict) -> dict[str, Any]:
    """Both values of what differs, for the page that lets the worker choose."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(error.version)  # type: ignore[index]
    return {
        "conflicts": [
            {
                "label": form.fields[LABELS.get(one.field, one.field)].label,
                "yours": _words(form, one.field, one.yours),
                "saved": _words(form, one.field, one.saved),
            }
            for one in error.differences
        ],
        "saved_by": institutions.full_name(error.saved_by_user_id),
        "saved_at": error.saved_at,
    }


def _words(form: forms.Form, name: str, value: Any) -> str:
    choices = dict(getattr(form.fields[LABELS.get(name, name)], "choices", ()))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(choices.get(one, one)) for one in values if one not in (None, ""))
