"""Conclusions: the board, the table, one conclusion and what can be done to it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.forms.outcomes import (
    AssignForm,
    EffectForm,
    EvidenceForm,
    ImplementationForm,
    MoveDeadlineForm,
    OutcomeFilter,
    OutcomeForm,
    ReasonForm,
    ReviewForm,
    SupersedeForm,
)
from spoiwo.partnership.models import Outcome
from spoiwo.partnership.models.choices import OUTCOME_STATES
from spoiwo.partnership.rules import outcomes as rules
from spoiwo.partnership.tables.outcomes import board, card, events_in_words, step_buttons
from spoiwo.partnership.types import ActionKind, OutcomeState, Step
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do,
    do_with_form,
    found_or_404,
    institution_choices,
    keeper_or_404,
    kept_file_answer,
)
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in

PAGE_SIZE = 25


@require_GET
@open_to(signed_in)
def outcomes(request: ActorRequest) -> HttpResponse:
    """The board: who owns nothing yet, what waits, what runs, what is done."""
    day = timezone.localdate()
    context = {"columns": board(queries.board_of(request.actor), day), "view": "board"}
    return render(request, "partnership/board.html", context)


@require_GET
@open_to(signed_in)
def table(request: ActorRequest) -> HttpResponse:
    """All conclusions in a table that can be searched."""
    day = timezone.localdate()
    owners = queries.owners_of(request.actor)
    form = OutcomeFilter(request.GET or None, states=OUTCOME_STATES, owners=owners)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.outcomes_list(
        request.actor,
        text=asked.get("q") or "",
        state=asked.get("state") or "",
        owner_id=asked.get("owner"),
        overdue_on=day if asked.get("overdue") else None,
    )
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [card(one, day) for one in page.object_list],
        "filter": form,
        "view": "table",
    }
    return render(request, "partnership/outcomes.html", context)


@require_GET
@open_to(signed_in)
def outcome(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One conclusion: wording, owner, deadline, evidence, history."""
    row, actor, day = _found(request, uuid), request.actor, timezone.localdate()
    steps = [one for one in rules.possible(OutcomeState(row.state)) if policies.may_take(actor, one, row)]
    context = {
        "outcome": row,
        "card": card(row, day),
        "buttons": step_buttons(row, steps),
        "history": events_in_words(queries.history_of_outcome(row)),
        "children": [card(one, day) for one in queries.children_of(row, actor)],
        "evidence": row.evidence.order_by("pk"),
        "implementations": row.implementations.select_related("meeting").order_by("pk"),
        "letters": row.letters.exclude(state="draft").select_related("to"),
        "co_owners": row.co_owners.order_by("sort_key"),
        "may_move": policies.may_move_deadline(actor, row),
        "may_show": policies.owns(actor, row) or policies.keeps(actor, row.body.agreement),
        "keeps": policies.keeps(actor, row.body.agreement),
        "may_review": policies.keeps(actor, row.body.agreement) and row.state not in rules.GIVEN_UP,
    }
    return render(request, "partnership/outcome.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def new(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down what a meeting led to."""
    meeting = found_or_404(queries.meeting(request.actor, uuid))
    keeper_or_404(request.actor, meeting.body.agreement)
    items = [(one.pk, one.title) for one in queries.agenda_of(meeting, request.actor)]
    parents = [(one.pk, f"{one.code} {one.text}"[:90]) for one in queries.outcomes_of(meeting, request.actor)]
    first = {
        "kind": "conclusion",
        "item": request.GET.get("punkt", ""),
        "parent": request.GET.get("wniosek", ""),
    }
    form = bound(
        request, OutcomeForm, institutions=institution_choices(), items=items, parents=parents, initial=first
    )
    back = reverse("partnership:meeting", args=[meeting.uuid])
    page = Page(title=_("New conclusion"), button=_("Save"), back=back, lede=meeting.title)

    def service(sent: OutcomeForm) -> str:
        services.propose_outcome(
            meeting_id=meeting.pk, details=sent.details(), at=timezone.now(), by=request.actor
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.works_somewhere)
def step(request: ActorRequest, uuid: UUID, which: str) -> HttpResponse:
    """Do what needs nothing to be said: adopt, accept, begin, verify."""
    row = _allowed(request, uuid, which, plain=True)
    return do(
        request,
        lambda: services.take_step(
            outcome_id=row.pk,
            step=Step(which),
            at=timezone.now(),
            today=timezone.localdate(),
            by=request.actor,
        ),
        notice=_("Done."),
        back=_address(row),
    )


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def step_with_words(request: ActorRequest, uuid: UUID, which: str) -> HttpResponse:
    """Do what needs words: report as done with its effect; reject, expire or send back with a reason."""
    row = _allowed(request, uuid, which, plain=False)
    is_claim = which == Step.CLAIM
    form = (
        bound(request, EffectForm, initial={"effect": row.effect}) if is_claim else bound(request, ReasonForm)
    )
    label = str(step_buttons(row, [Step(which)])[0]["label"])
    page = Page(title=label, button=label, back=_address(row), lede=f"{row.code} {row.text}")

    def service(sent: EffectForm | ReasonForm) -> str:
        services.take_step(
            outcome_id=row.pk,
            step=Step(which),
            reason=sent.cleaned_data.get("reason", ""),
            effect=sent.cleaned_data.get("effect", ""),
            at=timezone.now(),
            today=timezone.localdate(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def assign(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say who will do it."""
    row = _kept(request, uuid)
    agreement = row.body.agreement
    rows = [(one.pk, one.name) for one in queries.signatories_on(agreement, timezone.localdate())]
    if agreement.secretariat_id not in {pk for pk, _name in rows}:
        rows.append((agreement.secretariat_id, agreement.secretariat.name))
    bodies = [(one.pk, one.name) for one in queries.bodies_of(request.actor, agreement=agreement)]
    form = bound(request, AssignForm, signatories=rows, bodies=bodies)
    page = Page(
        title=_("Who will do it"), button=_("Assign"), back=_address(row), lede=f"{row.code} {row.text}"
    )

    def service(sent: AssignForm) -> str:
        entered = sent.cleaned_data
        services.assign(
            outcome_id=row.pk,
            owner_id=entered["owner"],
            owner_body_id=entered["owner_body"],
            co_owner_ids=entered["co_owners"],
            at=timezone.now(),
            today=timezone.localdate(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def supersede(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Name the later conclusion that takes the place."""
    row = _kept(request, uuid)
    others = queries.outcomes_list(request.actor, body_id=row.body_id, state="open").exclude(pk=row.pk)
    form = bound(request, SupersedeForm, outcomes=[(one.pk, f"{one.code} {one.text}"[:90]) for one in others])
    page = Page(title=_("Replace the conclusion"), button=_("Replace"), back=_address(row), lede=row.code)

    def service(sent: SupersedeForm) -> str:
        services.supersede(
            outcome_id=row.pk,
            by_outcome_id=sent.cleaned_data["successor"],
            at=timezone.now(),
            today=timezone.localdate(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def deadline(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Move the deadline and say why."""
    row = _found(request, uuid)
    if not policies.may_move_deadline(request.actor, row):
        raise Http404
    form = bound(request, MoveDeadlineForm)
    page = Page(
        title=_("Move the deadline"),
        button=_("Move"),
        back=_address(row),
        lede=_("The present deadline and the reason stay in the history."),
    )

    def service(sent: MoveDeadlineForm) -> str:
        services.move_deadline(
            outcome_id=row.pk,
            deadline=sent.deadline(),
            reason=sent.cleaned_data["reason"],
            at=timezone.now(),
            today=timezone.localdate(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def evidence(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Add what shows that it was done."""
    row = _shown(request, uuid)
    form = bound(request, EvidenceForm)
    page = Page(title=_("Add evidence"), button=_("Add"), back=_address(row), lede=f"{row.code} {row.text}")

    def service(sent: EvidenceForm) -> str:
        services.add_evidence(
            outcome_id=row.pk,
            label=sent.cleaned_data["label"],
            url=sent.cleaned_data["url"],
            file=sent.attached(),
            at=timezone.now(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_GET
@open_to(signed_in)
def evidence_file(request: ActorRequest, uuid: UUID, evidence_id: int) -> FileResponse:
    """A file that shows that it was done."""
    shown = found_or_404(_found(request, uuid).evidence.exclude(sha256="").filter(pk=evidence_id).first())
    return kept_file_answer(shown.file_name, shown.sha256)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def review(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say when it is looked at again."""
    row = _kept(request, uuid)
    form = bound(request, ReviewForm, initial={"on": row.review_on})
    page = Page(
        title=_("When it is looked at again"),
        button=_("Save"),
        back=_address(row),
        lede=f"{row.code} {row.text}",
    )

    def service(sent: ReviewForm) -> str:
        services.set_review(
            outcome_id=row.pk, on=sent.cleaned_data["on"], at=timezone.now(), by=request.actor
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def implement(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Link the training, forum or meeting by which it was carried out."""
    row = _shown(request, uuid)
    known = queries.meetings_of(request.actor)[:60]
    form = bound(
        request, ImplementationForm, meetings=[(one.pk, f"{one.starts_on} {one.title}") for one in known]
    )
    page = Page(title=_("How it was carried out"), button=_("Save"), back=_address(row), lede=row.code)

    def service(sent: ImplementationForm) -> str:
        entered = sent.cleaned_data
        services.implement(
            outcome_id=row.pk,
            kind=ActionKind(entered["kind"]),
            title=entered["title"],
            on=entered["on"],
            note=entered["note"],
            meeting_id=entered["meeting"],
            at=timezone.now(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


def _found(request: ActorRequest, uuid: UUID) -> Outcome:
    row: Outcome = found_or_404(queries.outcome(request.actor, uuid))
    return row


def _kept(request: ActorRequest, uuid: UUID) -> Outcome:
    row = _found(request, uuid)
    keeper_or_404(request.actor, row.body.agreement)
    return row


def _shown(request: ActorRequest, uuid: UUID) -> Outcome:
    row = _found(request, uuid)
    if not (policies.owns(request.actor, row) or policies.keeps(request.actor, row.body.agreement)):
        raise Http404
    return row


def _allowed(request: ActorRequest, uuid: UUID, which: str, *, plain: bool) -> Outcome:
    row = _found(request, uuid)
    with_words = {Step.CLAIM, *rules.WITH_REASON}
    known = which in set(Step) - {Step.ASSIGN, Step.SUPERSEDE} and (which in with_words) is not plain
    if not known or not policies.may_take(request.actor, Step(which), row):
        raise Http404
    return row


def _address(row: Outcome) -> str:
    return reverse("partnership:outcome", args=[row.uuid])
