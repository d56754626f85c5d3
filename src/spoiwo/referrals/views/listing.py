"""Lists of both sides, files of former referrals, offering needs to the council."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.audit.types import Action
from spoiwo.catalogue.queries.infrastructure import unmet_needs
from spoiwo.partnership.errors import PartnershipError
from spoiwo.partnership.messages import message_for as partnership_words
from spoiwo.partnership.policies import keeps_something
from spoiwo.partnership.queries.bodies import bodies_of
from spoiwo.referrals import messages
from spoiwo.referrals.errors import ReferralError
from spoiwo.referrals.forms.referrals import BodyForm, FileForm, FilterForm
from spoiwo.referrals.queries import listing
from spoiwo.referrals.rules.files import COLUMNS
from spoiwo.referrals.services import council, importing, log
from spoiwo.referrals.types import ListFilter, Side
from spoiwo.referrals.views import frame
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import ActorRequest, open_to

SIDES = {"wyslane": Side.SENDER, "otrzymane": Side.RECEIVER}


@require_GET
@open_to(frame.workers)
def referral_list(request: ActorRequest) -> HttpResponse:
    """Referrals that were sent or received, those overdue first."""
    today = timezone.localdate()
    counts = listing.waiting_counts(request.actor)
    name, wanted, form = _wanted(request)
    page = frame.page_of(request, listing.referrals(request.actor, wanted, today))
    is_part = request.htmx and not request.htmx.boosted
    in_line = listing.first_waiting(request.actor) if wanted.side is Side.RECEIVER else []
    context = {
        "filters": form,
        "page": page,
        "lines": frame.lines(page.object_list, wanted.side, today),
        "name": name,
        "side": wanted.side.value,
        "sort": wanted.sort,
        "is_filtered": any(
            value for key, value in request.GET.items() if key not in {"strona", "sort", "page"}
        ),
        "sent_count": counts[Side.SENDER],
        "received_count": counts[Side.RECEIVER],
        "next_in_line": in_line,
    }
    template = "referrals/_rows.html" if is_part else "referrals/list.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    log.record_list([*page.object_list, *in_line], by=request.actor, request_id=request.id)
    return response


@require_GET
@open_to(frame.workers)
def export(request: ActorRequest, form: str) -> HttpResponse:
    """The list as a file."""
    today = timezone.localdate()
    _name, wanted, _form = _wanted(request)
    rows = list(listing.referrals(request.actor, wanted, today)[: frame.MOST_EXPORTED])
    header = [
        *(_("Number"), _("Case reference"), _("Name"), _("From"), _("To"), _("Place")),
        *(_("Sent on"), _("Where it stands"), _("Outcome"), _("Act by")),
    ]
    cells = [
        [
            *(one["row"].number, one["row"].case_ref, f"{one['row'].last_name} {one['row'].first_name}"),
            *(one["row"].sender.short_name, one["row"].receiver.short_name, one["row"].place.name),
            *(one["row"].sent_on, one["standing"].state),
            *(messages.OUTCOME_NAMES.get(one["row"].outcome, ""), one["row"].due_on),
        ]
        for one in frame.lines(rows, wanted.side, today)
    ]
    title = _("Referrals")
    if form == "xlsx":
        answer = frame.sent("skierowania.xlsx", sheets.XLSX_TYPE, sheets.xlsx_file(title, header, cells))
    else:
        answer = frame.sent("skierowania.csv", sheets.CSV_TYPE, sheets.csv_file(header, cells))
    log.record_list(rows, by=request.actor, request_id=request.id, action=Action.EXPORT)
    return answer


@require_http_methods(["GET", "POST"])
@open_to(frame.importers)
def files(request: ActorRequest) -> HttpResponse:
    """Bring referrals of former years in."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            file = importing.import_referrals(
                sent.name, sent.read(), today=timezone.localdate(), at=timezone.now(), by=request.actor
            )
        except ReferralError as error:
            form.add_error("file", messages.message_for(error))
        else:
            words = ngettext("%(n)s referral was taken.", "%(n)s referrals were taken.", file.taken)
            notices.success(request, words % {"n": file.taken})
            return redirect("referrals:file", file.uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = frame.page_of(request, listing.files(request.actor))
    context = {
        "form": form,
        "page": page,
        "columns": COLUMNS,
        "crumbs": [_home(), (_("Referrals from a file"), "")],
    }
    return render(request, "referrals/files.html", context, status=status)


@require_GET
@open_to(frame.importers)
def file(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """What became of a file, row by row where rows were refused."""
    row = listing.files(request.actor).filter(uuid=uuid).first()
    if row is None:
        raise Http404
    page = frame.page_of(request, listing.refused_rows(request.actor, uuid))
    context = {
        "file": row,
        "page": page,
        "refused": [
            {
                "number": one.number,
                "reference": one.cells["numer"],
                "problems": [messages.problem_in_words(code) for code in one.problems],
            }
            for one in page.object_list
        ],
        "crumbs": [_home(), (row.name, "")],
    }
    return render(request, "referrals/file.html", context)


@require_GET
@open_to(frame.importers)
def refused(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Refused rows with their reasons, to be corrected and read again."""
    if not listing.files(request.actor).filter(uuid=uuid).exists():
        raise Http404
    rows = listing.refused_rows(request.actor, uuid)
    cells = [
        [*(one.cells[column] for column in COLUMNS), "; ".join(map(messages.problem_in_words, one.problems))]
        for one in rows
    ]
    return frame.sent("odrzucone.csv", sheets.CSV_TYPE, sheets.csv_file([*COLUMNS, _("Reason")], cells))


@require_http_methods(["GET", "POST"])
@open_to(keeps_something)
def offer_needs(request: ActorRequest) -> HttpResponse:
    """Put counted needs into the backlog of a body of the partnership."""
    bodies = [(one.pk, one.name) for one in bodies_of(request.actor) if not one.is_external]
    form = BodyForm(request.POST or None, bodies=bodies)
    if form.is_bound and form.is_valid():
        try:
            count = council.offer_needs(
                body_id=form.cleaned_data["body"], today=timezone.localdate(), by=request.actor
            )
        except ReferralError as error:
            form.add_error(None, messages.message_for(error))
        except PartnershipError as error:
            form.add_error(None, partnership_words(error))
        else:
            words = ngettext(
                "%(n)s line is on its way to the agenda.",
                "%(n)s lines are on their way to the agenda.",
                count,
            )
            notices.success(request, words % {"n": count})
            return redirect("catalogue:needs")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "count": len(unmet_needs(only_new=True)), "has_bodies": bool(bodies)}
    return render(request, "referrals/offer.html", context, status=status)


def _wanted(request: ActorRequest) -> tuple[str, ListFilter, FilterForm]:
    name = request.GET.get("strona", "")
    if name not in SIDES:
        counts = listing.waiting_counts(request.actor)
        name = "wyslane" if counts[Side.SENDER] > counts[Side.RECEIVER] else "otrzymane"
    form = FilterForm(request.GET)
    return name, form.wanted(SIDES[name], request.GET.get("sort", "due")), form


def _home() -> tuple[str, str]:
    return _("Referrals"), reverse("referrals:list")
