"""Conclusions as the board and the table show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.partnership.models import Meeting, Outcome, OutcomeEvent
from spoiwo.partnership.querysets import TAKEN_PLACE
from spoiwo.partnership.types import OutcomeState as S

COLUMNS: tuple[tuple[str, tuple[S, ...]], ...] = (
    ("unowned", (S.ADOPTED,)),
    ("waiting", (S.ASSIGNED,)),
    ("running", (S.ACCEPTED, S.IN_PROGRESS)),
    ("claimed", (S.CLAIMED,)),
    ("done", (S.VERIFIED,)),
)
ON_THE_BOARD = 6  # cards a column shows; the table has them all
NEAREST_FIRST = (F("due_to").asc(nulls_last=True), "pk")
SHOWN = (  # what lists say of an outcome; whole rows of three institutions would cost more than the query
    *("uuid", "code", "text", "kind", "state", "due_to", "due_wording", "addressee_label", "closed_on"),
    *("owner__short_name", "owner_body__name", "addressee__short_name"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board: how many there are, and the first of them."""

    key: str
    count: int
    cards: tuple[Outcome, ...]


def outcomes_list(
    actor: Actor,
    *,
    text: str = "",
    state: str = "",
    owner_id: int | None = None,
    body_id: int | None = None,
    year: int | None = None,
    kind: str = "",
    overdue_on: date | None = None,
) -> QuerySet[Outcome]:
    """Outcomes in reach; those with the nearest deadline first, those without one last."""
    found = Outcome.objects.visible_to(actor)
    if text:
        found = found.filter(Q(text__icontains=text) | Q(code__icontains=text))
    if state == "open":
        found = found.unfinished()
    elif state:
        found = found.filter(state=state)
    if owner_id:
        found = found.filter(owner_id=owner_id)
    if body_id:
        found = found.filter(body_id=body_id)
    if kind:
        found = found.filter(kind=kind)
    if year:
        found = found.filter(meeting__starts_on__year=year)
    if overdue_on:
        found = found.overdue(overdue_on)
    return found.select_related("owner", "owner_body", "addressee").only(*SHOWN).order_by(*NEAREST_FIRST)


def board_of(actor: Actor, *, body_id: int | None = None) -> list[Column]:
    """The board: what nobody owns, what waits, what runs, what is reported as done, what is done."""
    found = outcomes_list(actor, body_id=body_id)
    counts = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    columns = []
    for key, states in COLUMNS:
        count = sum(counts.get(state, 0) for state in states)
        cards = found.filter(state__in=states)
        if key == "done":
            cards = cards.order_by("-closed_on", "-pk")
        columns.append(Column(key, count, tuple(cards[:ON_THE_BOARD]) if count else ()))
    return columns


def outcome(actor: Actor, uuid: UUID) -> Outcome | None:
    """An outcome in reach."""
    return (
        Outcome.objects.visible_to(actor)
        .select_related(
            "owner", "owner_body", "addressee", "body__agreement__secretariat", "meeting", "item", "parent"
        )
        .filter(uuid=uuid)
        .first()
    )


def history_of_outcome(outcome: Outcome) -> list[OutcomeEvent]:
    """Everything that happened to it, the newest first."""
    return list(outcome.events.select_related("meeting").order_by("-at", "-pk"))


def children_of(outcome: Outcome, actor: Actor) -> list[Outcome]:
    """Actions under a conclusion."""
    children = Outcome.objects.visible_to(actor).filter(parent=outcome)
    return list(children.select_related("owner", "owner_body").order_by("pk"))


def owners_of(actor: Actor) -> list[tuple[int, str]]:
    """Institutions that own outcomes in reach: ids and names, in the Polish order."""
    rows = Outcome.objects.visible_to(actor).filter(owner__isnull=False)
    owners = rows.order_by().values_list("owner_id", flat=True).distinct()
    return institutions.names_in_order([pk or 0 for pk in owners])


def own_work(actor: Actor) -> int:
    """Unfinished outcomes that the actor's institution owns."""
    return Outcome.objects.unfinished().filter(owner_id=actor.institution_id).exclude(state=S.CLAIMED).count()


def unfinished_of_bodies(body_ids: Iterable[int]) -> QuerySet[Outcome]:
    """What the follow-up item of an agenda lists."""
    found = Outcome.objects.unfinished().filter(body_id__in=list(body_ids))
    return found.select_related("owner", "owner_body", "meeting").order_by("due_to", "pk")


def unfinished_before(meeting: Meeting) -> list[Outcome]:
    """Conclusions of the body that are open and were made at another meeting, the oldest deadline first."""
    return list(_unfinished_before(meeting).order_by("due_to", "pk"))


def follow_up_of(meeting: Meeting, actor: Actor) -> list[Outcome]:
    """What the item on open conclusions lists, as far as the actor sees it: today's until the meeting takes place."""
    shown = Outcome.objects.visible_to(actor)
    if meeting.state in TAKEN_PLACE:
        carried = OutcomeEvent.objects.filter(meeting=meeting, what="carried").values("outcome_id")
        return list(shown.filter(pk__in=carried).order_by("due_to", "pk"))
    return list(shown.filter(pk__in=_unfinished_before(meeting).values("pk")).order_by("due_to", "pk"))


def _unfinished_before(meeting: Meeting) -> QuerySet[Outcome]:
    found = Outcome.objects.unfinished().filter(
        body=meeting.body_id, meeting__starts_on__lte=meeting.starts_on
    )
    return found.exclude(meeting=meeting.pk)
