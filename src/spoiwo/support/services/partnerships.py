"""Private-social partnerships: members, proposals with their table, meetings, goals, results."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from spoiwo.kernel.actor import Actor
from spoiwo.support.errors import KnownAlready, MembersMissing, NoSuchRow, WrongStep
from spoiwo.support.models import (
    Entity,
    Exhibitor,
    Partnership,
    PartnershipGoal,
    PartnershipMatch,
    PartnershipMeeting,
    PartnershipMember,
    PartnershipResult,
)
from spoiwo.support.rules import matching as rules
from spoiwo.support.services.log import record
from spoiwo.support.types import Criterion, Involvement, MemberRole, PartnershipResultKind, PartnershipState

_ORDER = [
    PartnershipState.FORMING,
    PartnershipState.MATCHED,
    PartnershipState.WORKING,
    PartnershipState.CLOSED,
]
COMPANIES = (MemberRole.COMPANY, MemberRole.TUTOR)
MOST_PROPOSED = 5


@transaction.atomic
def open_partnership(
    *, name: str, area: str, opened_on: date, by: Actor, needs: str = "", teryt: str = ""
) -> Partnership:
    """Begin a group."""
    made = Partnership.objects.create(
        institution_id=by.institution_id, name=name, area=area, needs=needs, teryt=teryt, opened_on=opened_on
    )
    record(by, "partnership-group", made.uuid)
    return made


@transaction.atomic
def add_member(
    uuid: UUID,
    *,
    entity: UUID,
    role: MemberRole,
    joined_on: date,
    by: Actor,
    level: Involvement | None = None,
    offers: str = "",
) -> PartnershipMember:
    """Take an entity into a group. Raises NoSuchRow, WrongStep when the group is closed, KnownAlready."""
    group = _open(uuid, by)
    row = Entity.objects.visible_to(by).filter(uuid=entity).first()
    if row is None:
        raise NoSuchRow(str(entity))
    try:
        with transaction.atomic():
            made = PartnershipMember.objects.create(
                institution_id=group.institution_id,
                partnership=group,
                entity=row,
                role=role,
                level=level or "",
                offers=offers,
                joined_on=joined_on,
            )
    except IntegrityError as error:
        raise KnownAlready from error
    record(by, "partnership-group", uuid)
    return made


@transaction.atomic
def propose(
    uuid: UUID, *, entity: UUID, offers: str, activity: str, level: Involvement | None, by: Actor
) -> PartnershipMatch:
    """Weigh a company against a group and keep the table that explains the score; weighing again replaces it.

    Raises NoSuchRow, WrongStep when the group is closed.
    """
    group = _open(uuid, by)
    row = Entity.objects.visible_to(by).filter(uuid=entity).first()
    if row is None:
        raise NoSuchRow(str(entity))
    return _keep(group, row, _weighed(group, row, offers=offers, activity=activity, level=level or ""), by)


@transaction.atomic
def propose_known(uuid: UUID, *, by: Actor) -> int:
    """Weigh all companies of the register by what they offered elsewhere, and propose the best; says how many.

    Who is a member or was proposed already is passed over. Raises NoSuchRow, WrongStep when the group is closed.
    """
    group = _open(uuid, by)
    weighed = []
    for row, known in _known_offers(group, by).items():
        criteria = _weighed(group, row, offers=known.offers, activity=known.activity, level=known.level)
        if rules.is_worth_proposing(criteria):
            weighed.append((row, criteria))
    weighed.sort(key=lambda one: (-rules.score_of(one[1]), one[0].sort_key))
    for row, criteria in weighed[:MOST_PROPOSED]:
        _keep(group, row, criteria, by)
    return len(weighed[:MOST_PROPOSED])


@dataclass(slots=True)
class _Offer:
    """What a company is known to offer, what it does, and its newest level of involvement."""

    offers: str = ""
    activity: str = ""
    level: str = ""


def _known_offers(group: Partnership, by: Actor) -> dict[Entity, _Offer]:
    """Companies of the register that offered something in another group or showed something at a fair."""
    passed_over = {
        *group.members.values_list("entity", flat=True),
        *group.matches.values_list("entity", flat=True),
    }
    known: dict[Entity, _Offer] = defaultdict(_Offer)
    joined = (
        PartnershipMember.objects.visible_to(by).filter(role__in=COMPANIES).exclude(entity__in=passed_over)
    )
    for one in joined.select_related("entity", "partnership").order_by("joined_on", "pk"):
        offer = known[one.entity]
        offer.offers = f"{offer.offers} {one.offers}"
        offer.activity = f"{offer.activity} {one.offers} {one.partnership.area}"
        offer.level = one.level or offer.level
    shown = Exhibitor.objects.visible_to(by).filter(entity__is_social=False).exclude(entity__in=passed_over)
    for stand in shown.select_related("entity"):
        offer = known[stand.entity]
        offer.offers = f"{offer.offers} {stand.shows}"
        offer.activity = f"{offer.activity} {stand.shows}"
    return known


def _weighed(
    group: Partnership, entity: Entity, *, offers: str, activity: str, level: str
) -> tuple[Criterion, ...]:
    return rules.criteria_of(
        needs=group.needs,
        offers=offers,
        area=group.area,
        activity=activity,
        group_teryt=group.teryt,
        teryt=entity.teryt,
        level=level,
    )


def _keep(group: Partnership, entity: Entity, criteria: tuple[Criterion, ...], by: Actor) -> PartnershipMatch:
    made, _ = PartnershipMatch.objects.update_or_create(
        partnership=group,
        entity=entity,
        defaults={
            "institution_id": group.institution_id,
            "score": rules.score_of(criteria),
            "criteria": [asdict(one) for one in criteria],
            "answer": "",
        },
    )
    record(by, "partnership-group", group.uuid)
    return made


@transaction.atomic
def answer_match(match: UUID, *, taken: bool, on: date, by: Actor) -> PartnershipMatch:
    """Take a proposed company into the group, or decline it. Raises NoSuchRow, WrongStep, KnownAlready."""
    row: PartnershipMatch | None = (
        PartnershipMatch.objects.visible_to(by).select_for_update().filter(uuid=match, answer="").first()
    )
    if row is None:
        raise NoSuchRow(str(match))
    row.answer = "taken" if taken else "declined"
    row.save(update_fields=["answer"])
    if taken:
        level = next((one["why"] for one in row.criteria if one["code"] == "level" and one["why"]), None)
        add_member(
            row.partnership.uuid,
            entity=row.entity.uuid,
            role=MemberRole.COMPANY,
            joined_on=on,
            level=Involvement(level) if level else None,
            by=by,
        )
    return row


@transaction.atomic
def move_partnership(uuid: UUID, *, state: PartnershipState, on: date, by: Actor) -> Partnership:
    """Move a group on: matched once both sides are there, working, closed. Raises WrongStep, MembersMissing."""
    group = _open(uuid, by)
    if (
        _ORDER.index(state) != _ORDER.index(PartnershipState(group.state)) + 1
        and state != PartnershipState.CLOSED
    ):
        raise WrongStep
    roles = set(group.members.values_list("role", flat=True))
    if state != PartnershipState.CLOSED and (MemberRole.SOCIAL not in roles or roles.isdisjoint(COMPANIES)):
        raise MembersMissing
    group.state = state
    group.closed_on = on if state == PartnershipState.CLOSED else None
    group.save(update_fields=["state", "closed_on"])
    record(by, "partnership-group", uuid)
    return group


def note_meeting(uuid: UUID, *, day: date, minutes: int, topic: str, by: Actor) -> Any:
    """Write a meeting down. Raises NoSuchRow, WrongStep."""
    return _note(PartnershipMeeting, uuid, by, day=day, minutes=minutes, topic=topic)


def set_goal(uuid: UUID, *, text: str, due_on: date | None, by: Actor) -> Any:
    """Write a goal down. Raises NoSuchRow, WrongStep."""
    return _note(PartnershipGoal, uuid, by, text=text, due_on=due_on)


def note_result(
    uuid: UUID,
    *,
    kind: PartnershipResultKind,
    text: str,
    day: date,
    by: Actor,
    value_pln: Decimal | None = None,
) -> Any:
    """Write down what came of it. Raises NoSuchRow, WrongStep."""
    return _note(PartnershipResult, uuid, by, kind=kind, text=text, day=day, value_pln=value_pln)


@transaction.atomic
def reach_goal(goal: UUID, *, done_on: date, by: Actor) -> None:
    """Write down that a goal was reached. Raises NoSuchRow."""
    row = PartnershipGoal.objects.visible_to(by).filter(uuid=goal, done_on__isnull=True).first()
    if row is None:
        raise NoSuchRow(str(goal))
    row.done_on = done_on
    row.save(update_fields=["done_on"])
    record(by, "partnership-group", row.partnership.uuid)


@transaction.atomic
def _note(model: Any, uuid: UUID, by: Actor, **values: Any) -> Any:
    group = _open(uuid, by)
    made = model.objects.create(institution_id=group.institution_id, partnership=group, **values)
    record(by, "partnership-group", uuid)
    return made


def _open(uuid: UUID, by: Actor) -> Partnership:
    group: Partnership | None = (
        Partnership.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    )
    if group is None or not by.has_any("support_adviser"):
        raise NoSuchRow(str(uuid))
    if group.state == PartnershipState.CLOSED:
        raise WrongStep
    return group
