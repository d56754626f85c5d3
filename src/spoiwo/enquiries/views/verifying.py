"""The page that says yes or no."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.clients.queries import opening
from spoiwo.clients.queries.own_records import own_record, own_version
from spoiwo.enquiries import messages, tables
from spoiwo.enquiries.errors import EnquiriesError
from spoiwo.enquiries.forms.asking import VerifyForm
from spoiwo.enquiries.models import Verification
from spoiwo.enquiries.queries import listing
from spoiwo.enquiries.services import verifying
from spoiwo.enquiries.views import frame
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.doors import ActorRequest, open_to

PARTS = ("first_name", "last_name", "birth_date", "place", "street", "house", "flat", "case_ref")


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def verify(request: ActorRequest) -> HttpResponse:
    """Ask another institution's register for a yes or no."""
    grants = listing.verifiable(request.actor, timezone.localdate())
    names = dict(institutions.open_institutions())
    form = VerifyForm(
        request.POST if request.method == "POST" else None,
        grants=grants,
        names=names,
        initial=own_client(request.actor, request.GET.get("client", "")),
    )
    verified = None
    if request.method == "POST" and form.is_valid():
        try:
            verified = verifying.verify(
                form.asked_for(),
                now=timezone.now(),
                day=timezone.localdate(),
                request_id=request.id,
                by=request.actor,
            )
        except EnquiriesError as error:
            frame.refuse(form, error)
    context: dict[str, Any] = {"form": form, "verified": verified, "can_ask": bool(grants)}
    if verified:
        context |= {
            "asked": names[form.cleaned_data["asked"]],
            "answers": [
                (messages.QUESTION_NAMES[one], messages.VERDICT_NAMES[said], messages.TONES[said])
                for one, said in verified.answers.items()
            ],
        }
    return render(request, "enquiries/verify.html", context, status=422 if form.errors else 200)


@require_GET
@open_to(frame.workers)
def own(request: ActorRequest) -> HttpResponse:
    """What the worker has asked other registers."""
    page = frame.page_of(request, listing.own_verifications(request.actor))
    shown = frame.Listing(
        title=_("My verifications"),
        lede=_(
            "Which registers you asked, what, and on which basis. Whom it was about stands in the log alone."
        ),
        columns=[
            _("When"),
            _("Institution asked"),
            _("Questions"),
            _("Legal basis"),
            _("Agreement"),
            _("Case reference (znak sprawy)"),
        ],
        empty_title=_("You have not verified anybody yet"),
        empty_text=_("A register answers yes or no without a value being shown."),
        count_words=ngettext("%(n)s verification", "%(n)s verifications", page.paginator.count)
        % {"n": page.paginator.count},
        links=[frame.Link(_("Verify a person"), reverse("enquiries:verify"))],
    )
    return frame.show_list(request, shown, page, [_cells(row) for row in page.object_list])


def _cells(row: Verification) -> list[str]:
    """One line of the list."""
    return [
        tables.moment(row.at),
        row.asked.short_name or row.asked.name,
        ", ".join(str(messages.QUESTION_NAMES[one]) for one in row.questions),
        row.legal_basis,
        row.agreement,
        row.case_ref or "–",
    ]


def own_client(actor: Actor, client: str) -> dict[str, Any]:
    """What the own register says of a client, to begin a form with; nothing when it has no such client."""
    try:
        record = own_record(actor, UUID(client)) if client else None
    except ValueError:
        record = None
    version = own_version(actor, record.pk) if record else None
    if record is None or version is None:
        return {}
    known = {name: getattr(version, name) for name in PARTS}
    return {**known, "pesel": opening.own_pesel(version), "client": record.uuid}
