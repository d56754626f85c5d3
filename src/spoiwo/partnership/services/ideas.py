"""Ideas: submitted, screened, judged, decided on in a meeting, tested, taken over or put away."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies, queries
from spoiwo.partnership.errors import (
    EndsBeforeStart,
    NotFound,
    NotHeldYet,
    NotYours,
    OwnIdea,
    ReasonMissing,
    WrongState,
)
from spoiwo.partnership.models import Agreement, Idea, IdeaAdopter, IdeaAuthor, IdeaReview, Meeting
from spoiwo.partnership.querysets import TAKEN_PLACE
from spoiwo.partnership.rules import ideas as rules
from spoiwo.partnership.rules.client_data import check_no_client_data
from spoiwo.partnership.rules.ideas import IdeaState, Marks
from spoiwo.partnership.services.meetings import add_item
from spoiwo.partnership.services.reaching import check_keeper, kept_meeting, locked, record
from spoiwo.partnership.types import ItemDetails

__all__ = [
    "CRITERIA",
    "Marks",
    "TestPlan",
    "adopt_idea",
    "archive_idea",
    "close_evaluation",
    "decide_to_test",
    "judge_idea",
    "marks_of",
    "merge_ideas",
    "put_on_agenda",
    "screen_idea",
    "submit_idea",
    "write_result",
]

CRITERIA = ("need", "feasibility", "cost", "effect")


@dataclass(frozen=True, slots=True, kw_only=True)
class TestPlan:
    """How an idea is tested."""

    __test__ = False  # no test case, whatever its name begins with

    hypothesis: str
    place: str
    measures: str
    until: date
    budget_pln: Decimal | None = None


@transaction.atomic
def submit_idea(
    *, agreement_id: int, title: str, problem: str, proposal: str, at: datetime, by: Actor
) -> Idea:
    """Write an idea down; anybody of a signatory may. Raises NotFound, NotYours, LooksLikeClientData."""
    agreement: Agreement = locked(Agreement, agreement_id, by)
    if not policies.works_somewhere(by) or not _is_inside(agreement, by, at.date()):
        raise NotYours(str(agreement_id))
    check_no_client_data(title, problem, proposal, is_sure=False)
    idea = Idea.objects.create(
        agreement=agreement, title=title, problem=problem, proposal=proposal, submitted_at=at
    )
    IdeaAuthor.objects.create(idea=idea, institution_id=by.institution_id, user_id=_account(by))
    record(agreement, idea, "idea_submitted", by)
    return idea


@transaction.atomic
def screen_idea(*, uuid: UUID, by: Actor) -> Idea:
    """Let an idea that is understood be judged. Raises NotFound, NotYours, WrongState."""
    return _move(_kept(uuid, by), IdeaState.SCREENED, by)


@transaction.atomic
def judge_idea(
    *, uuid: UUID, marks: Marks | None, has_conflict: bool, comment: str, at: datetime, by: Actor
) -> IdeaReview:
    """Give marks for the actor's institution, or declare a stake and give none; again replaces what was given.

    Raises NotFound, NotYours, WrongState, OwnIdea for authors who declare no stake, ReasonMissing without marks.
    """
    idea = _found(uuid, by)
    if not policies.works_somewhere(by):
        raise NotYours(str(uuid))
    if idea.state != IdeaState.SCREENED:
        raise WrongState(idea.state)
    if idea.authors.filter(institution_id=by.institution_id).exists() and not has_conflict:
        raise OwnIdea(str(uuid))
    if marks is None and not has_conflict:
        raise ReasonMissing(str(uuid))
    given = asdict(marks) if marks is not None and not has_conflict else dict.fromkeys(CRITERIA)
    review, _made = IdeaReview.objects.update_or_create(
        idea=idea,
        institution_id=by.institution_id,
        defaults={
            "user_id": _account(by),
            "has_conflict": has_conflict,
            **given,
            "comment": comment,
            "given_at": at,
        },
    )
    record(idea.agreement, idea, "idea_judged", by)
    return review


@transaction.atomic
def close_evaluation(*, uuid: UUID, by: Actor) -> Idea:
    """End the evaluation. Raises NotFound, NotYours, WrongState, TooFewReviews."""
    idea = _kept(uuid, by)
    rules.check_move(IdeaState(idea.state), IdeaState.EVALUATED)
    rules.check_reviews(marks_of(idea))
    return _move(idea, IdeaState.EVALUATED, by)


@transaction.atomic
def put_on_agenda(*, uuid: UUID, meeting_id: int, by: Actor) -> Any:
    """Put an idea onto the agenda of a meeting that is being prepared. Raises NotFound, NotYours, WrongState."""
    idea = _kept(uuid, by)
    return add_item(meeting_id=meeting_id, details=ItemDetails(title=idea.title[:200]), by=by)


@transaction.atomic
def decide_to_test(*, uuid: UUID, meeting_id: int, plan: TestPlan, by: Actor) -> Idea:
    """Write down that a meeting decided to test it, and how.

    Raises NotFound, NotYours, WrongState, NotHeldYet, EndsBeforeStart when the test would end before the meeting.
    """
    idea = _kept(uuid, by)
    meeting: Meeting = kept_meeting(meeting_id, by)
    rules.check_move(IdeaState(idea.state), IdeaState.TESTED)
    if meeting.state not in TAKEN_PLACE:
        raise NotHeldYet(str(meeting_id))
    if plan.until < meeting.starts_on:
        raise EndsBeforeStart
    idea.meeting = meeting
    idea.hypothesis, idea.test_place, idea.measures = plan.hypothesis, plan.place, plan.measures
    idea.test_until, idea.budget_pln = plan.until, plan.budget_pln
    return _move(idea, IdeaState.TESTED, by)


@transaction.atomic
def write_result(*, uuid: UUID, result: str, works: bool, by: Actor) -> Idea:
    """Write down what the test showed; authors and the secretariat do. Raises NotFound, NotYours, WrongState."""
    idea = _found(uuid, by)
    is_author = idea.authors.filter(institution_id=by.institution_id).exists()
    if not policies.works_somewhere(by) or not (is_author or policies.keeps(by, idea.agreement)):
        raise NotYours(str(uuid))
    idea.result, idea.works = result, works
    return _move(idea, IdeaState.CLOSED, by)


@transaction.atomic
def adopt_idea(*, uuid: UUID, since: date, by: Actor) -> IdeaAdopter:
    """Take a tested idea over for the actor's institution. Raises NotFound, NotYours, WrongState."""
    idea = _found(uuid, by)
    if not policies.works_somewhere(by):
        raise NotYours(str(uuid))
    if idea.state == IdeaState.CLOSED and idea.works:
        _move(idea, IdeaState.SCALED, by)
    if idea.state != IdeaState.SCALED:
        raise WrongState(idea.state)
    adopter, _made = IdeaAdopter.objects.get_or_create(
        idea=idea, institution_id=by.institution_id, defaults={"since": since}
    )
    record(idea.agreement, idea, "idea_adopted", by)
    return adopter


@transaction.atomic
def archive_idea(*, uuid: UUID, reason: str, by: Actor) -> Idea:
    """Put an idea away, saying why. Raises NotFound, NotYours, WrongState, ReasonMissing."""
    idea = _kept(uuid, by)
    if not reason.strip():
        raise ReasonMissing(str(uuid))
    idea.reason = reason
    return _move(idea, IdeaState.ARCHIVED, by)


@transaction.atomic
def merge_ideas(*, uuid: UUID, into: UUID, by: Actor) -> Idea:
    """Let one idea go on in another; the other one keeps the authors of both. Raises NotFound, NotYours, WrongState."""
    idea, other = _kept(uuid, by), _kept(into, by)
    if idea.pk == other.pk or idea.agreement_id != other.agreement_id:
        raise WrongState(idea.state)
    if other.state not in {IdeaState.SUBMITTED, IdeaState.SCREENED}:
        raise WrongState(other.state)
    for author in idea.authors.all():
        IdeaAuthor.objects.get_or_create(idea=other, institution_id=author.institution_id, user=author.user)
    idea.merged_into = other
    _move(idea, IdeaState.MERGED, by)
    return other


def marks_of(idea: Idea) -> list[Marks]:
    """Marks of reviewers without a stake."""
    rows = idea.reviews.filter(has_conflict=False).values_list(*CRITERIA)
    return [Marks(*(mark or 0 for mark in row)) for row in rows]


def _move(idea: Idea, state: IdeaState, by: Actor) -> Idea:
    rules.check_move(IdeaState(idea.state), state)
    idea.state = state
    idea.save()
    record(idea.agreement, idea, f"idea_{state}", by)
    return idea


def _found(uuid: UUID, by: Actor) -> Idea:
    idea: Idea | None = Idea.objects.visible_to(by).select_for_update(of=("self",)).filter(uuid=uuid).first()
    if idea is None:
        raise NotFound(str(uuid))
    return idea


def _kept(uuid: UUID, by: Actor) -> Idea:
    idea = _found(uuid, by)
    check_keeper(idea.agreement, by)
    return idea


def _is_inside(agreement: Agreement, by: Actor, day: date) -> bool:
    return by.institution_id == agreement.secretariat_id or queries.is_signatory(
        agreement, by.institution_id, day
    )


def _account(by: Actor) -> int | None:
    return by.user_id if institutions.full_name(by.user_id) else None
