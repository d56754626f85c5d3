"""Minutes: writing, review with amendments, approval, files; the attendance sheet to print and sign."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.forms.meetings import (
    AmendmentForm,
    AnswerAmendmentForm,
    ErratumForm,
    MinutesForm,
    ReviewForm,
)
from spoiwo.partnership.models import Meeting
from spoiwo.partnership.tables.papers import attendance_sheet, minutes_paper
from spoiwo.partnership.types import MeetingKind
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do,
    do_with_form,
    document_answer,
    found_or_404,
    keeper_or_404,
)
from spoiwo.partnership.views.conflicts import conflict_page
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def write(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write the minutes; when somebody saved meanwhile, both texts are shown and nothing is lost."""
    row = _kept(request, uuid)
    newest = services.newest_revision(row)
    first = {
        "seen": newest.number if newest else 0,
        "text": newest.text if newest else _outline(request, row),
    }
    form = bound(request, MinutesForm, initial=first)
    page = Page(
        title=_("Minutes of the meeting"),
        button=_("Save the minutes"),
        back=_address(row),
        lede=_("Every saving is kept as a revision. Headings begin with ##, items of a list with a hyphen."),
        notice=_("The minutes are saved."),
    )

    def service(sent: MinutesForm) -> str:
        services.write_minutes(
            meeting_id=row.pk,
            seen=sent.cleaned_data["seen"],
            text=sent.cleaned_data["text"],
            at=timezone.now(),
            by=request.actor,
        )
        return page.back

    try:
        return do_with_form(request, form, page, service)
    except Conflict as conflict:
        return conflict_page(
            request, conflict, form=form, title=row.title, reload_url=request.path, version_field="seen"
        )


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def review(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Open the minutes for amendments."""
    row = _kept(request, uuid)
    form = bound(request, ReviewForm, initial={"until": timezone.localdate() + timedelta(days=7)})
    page = Page(
        title=_("Review of the minutes"),
        button=_("Open the review"),
        back=_address(row),
        lede=_("Those who were there read the minutes and may propose amendments."),
    )

    def service(sent: ReviewForm) -> str:
        services.open_review(meeting_id=row.pk, until=sent.cleaned_data["until"], by=request.actor)
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def amend(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Propose an amendment for one's institution."""
    row: Meeting = found_or_404(queries.meeting(request.actor, uuid))
    if not policies.may_amend(request.actor, row):
        raise Http404
    form = bound(request, AmendmentForm)
    page = Page(
        title=_("Propose an amendment"),
        button=_("Propose"),
        back=_address(row),
        lede=row.title,
        notice=_("The amendment waits for the secretary's decision."),
    )

    def service(sent: AmendmentForm) -> str:
        services.propose_amendment(
            meeting_id=row.pk,
            passage=sent.cleaned_data["passage"],
            proposal=sent.cleaned_data["proposal"],
            at=timezone.now(),
            today=timezone.localdate(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.keeps_something)
def accept(request: ActorRequest, amendment_id: int) -> HttpResponse:
    """Accept an amendment."""
    found = found_or_404(queries.amendment(request.actor, amendment_id))
    row = _kept(request, found.meeting.uuid)
    return do(
        request,
        lambda: services.decide_amendment(
            amendment_id=found.pk, accept=True, at=timezone.now(), by=request.actor
        ),
        notice=_("The amendment is accepted."),
        back=_address(row),
    )


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def refuse(request: ActorRequest, amendment_id: int) -> HttpResponse:
    """Refuse an amendment and say why."""
    found = found_or_404(queries.amendment(request.actor, amendment_id))
    row = _kept(request, found.meeting.uuid)
    form = bound(request, AnswerAmendmentForm)
    page = Page(
        title=_("Do not accept the amendment"), button=_("Save"), back=_address(row), lede=found.proposal
    )

    def service(sent: AnswerAmendmentForm) -> str:
        services.decide_amendment(
            amendment_id=found.pk,
            accept=False,
            answer=sent.cleaned_data["answer"],
            at=timezone.now(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.works_somewhere)
def approve(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Approve the minutes that were read, as the chair."""
    row: Meeting = found_or_404(queries.meeting(request.actor, uuid))
    if not policies.may_approve(request.actor, row):
        raise Http404
    seen = request.POST.get("seen", "")
    try:
        return do(
            request,
            lambda: services.approve_minutes(
                meeting_id=row.pk,
                seen=int(seen) if seen.isdigit() else 0,
                at=timezone.now(),
                by=request.actor,
            ),
            notice=_("The minutes are approved. Their words can no longer change."),
            back=_address(row),
        )
    except Conflict:
        context = {"meeting": row}
        return render(request, "partnership/minutes_changed.html", context, status=HTTPStatus.CONFLICT)


@require_POST
@open_to(policies.keeps_something)
def publish(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Let everybody who may see the meeting read its minutes."""
    row = _kept(request, uuid)
    return do(
        request,
        lambda: services.publish_minutes(meeting_id=row.pk, at=timezone.now(), by=request.actor),
        notice=_("The minutes are published."),
        back=_address(row),
    )


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def erratum(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Correct approved minutes beside their text."""
    row = _kept(request, uuid)
    form = bound(request, ErratumForm)
    page = Page(
        title=_("Correction of approved minutes"),
        button=_("Add the correction"),
        back=_address(row),
        lede=_("The approved text stays as it is; the correction stands below it."),
    )

    def service(sent: ErratumForm) -> str:
        services.add_erratum(
            meeting_id=row.pk, text=sent.cleaned_data["text"], at=timezone.now(), by=request.actor
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_GET
@open_to(signed_in)
def minutes_file(request: ActorRequest, uuid: UUID, shape: str) -> HttpResponse:
    """The minutes as PDF/UA or DOCX, for whoever may read them."""
    row: Meeting = found_or_404(queries.meeting(request.actor, uuid))
    newest = found_or_404(queries.minutes_for(row, request.actor))
    paper = minutes_paper(
        row,
        row.approved_text or newest.text,
        queries.attendance_of(row),
        queries.outcomes_of(row, request.actor),
        queries.tally_of(row) if row.kind == MeetingKind.CIRCULATION else None,
    )
    return document_answer(paper, shape, f"protokol-{row.starts_on}")


@require_GET
@open_to(policies.keeps_something)
def sheet(request: ActorRequest, uuid: UUID, shape: str) -> HttpResponse:
    """The attendance sheet to print and sign."""
    row = _kept(request, uuid)
    return document_answer(
        attendance_sheet(row, queries.attendance_of(row)), shape, f"lista-obecnosci-{row.starts_on}"
    )


def _outline(request: ActorRequest, row: Meeting) -> str:
    """What the minutes begin with: the items of the agenda with what was noted under them."""
    lines = []
    for item in queries.agenda_of(row, request.actor):
        lines += [f"## {item.title}", "", item.note, ""]
    return "\n".join(lines).strip()


def _kept(request: ActorRequest, uuid: UUID) -> Meeting:
    row: Meeting = found_or_404(queries.meeting(request.actor, uuid))
    keeper_or_404(request.actor, row.body.agreement)
    return row


def _address(row: Meeting) -> str:
    return reverse("partnership:meeting", args=[row.uuid])
