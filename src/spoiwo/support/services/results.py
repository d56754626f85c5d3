"""Results of animation, promotion, programmes, projects, and totals of offices."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.support.errors import NoSuchRow
from spoiwo.support.models import (
    AnimationResult,
    Entity,
    KfsTotal,
    MeetingCycle,
    Project,
    PromotedEntity,
    Promotion,
)
from spoiwo.support.services.log import record
from spoiwo.support.types import AnimationKind, PromotionKind


@transaction.atomic
def note_animation(
    *, kind: AnimationKind, name: str, day: date, by: Actor, teryt: str = "", founders: str = ""
) -> AnimationResult:
    """Write down what animation founded."""
    made = AnimationResult.objects.create(
        institution_id=by.institution_id, kind=kind, name=name, day=day, teryt=teryt, founders=founders
    )
    record(by, "animation", made.uuid)
    return made


@transaction.atomic
def note_promotion(
    *,
    kind: PromotionKind,
    title: str,
    day: date,
    by: Actor,
    minutes: int | None = None,
    reach: int | None = None,
    entities: Sequence[UUID] = (),
) -> Promotion:
    """Write down a catalogue edition, a spot, a programme or a publication, and whom it promoted. Raises NoSuchRow."""
    found = list(Entity.objects.visible_to(by).filter(uuid__in=entities))
    if len(found) != len(set(entities)):
        raise NoSuchRow("entity")
    made = Promotion.objects.create(
        institution_id=by.institution_id, kind=kind, title=title, day=day, minutes=minutes, reach=reach
    )
    PromotedEntity.objects.bulk_create(
        PromotedEntity(institution_id=by.institution_id, promotion=made, entity=one) for one in found
    )
    record(by, "promotion", made.uuid)
    return made


@transaction.atomic
def add_project(*, name: str, number: str, starts_on: date, ends_on: date, by: Actor) -> Project:
    """Write a project down."""
    made = Project.objects.create(
        institution_id=by.institution_id, name=name, number=number, starts_on=starts_on, ends_on=ends_on
    )
    record(by, "project", made.uuid)
    return made


@transaction.atomic
def add_cycle(*, name: str, sessions_planned: int, required_sessions: int, by: Actor) -> MeetingCycle:
    """Write an edition of an animator programme down."""
    made = MeetingCycle.objects.create(
        institution_id=by.institution_id,
        name=name,
        sessions_planned=sessions_planned,
        required_sessions=required_sessions,
    )
    record(by, "cycle", made.uuid)
    return made


@transaction.atomic
def set_kfs_total(
    *,
    first_day: date,
    last_day: date,
    priority: str,
    employers: int,
    people: int,
    amount_pln: Decimal,
    by: Actor,
    wording: str = "",
) -> KfsTotal:
    """Write down the office's KFS totals of a period and priority; the same period and priority is replaced."""
    made, _ = KfsTotal.objects.update_or_create(
        institution_id=by.institution_id,
        first_day=first_day,
        last_day=last_day,
        priority=priority,
        defaults={"employers": employers, "people": people, "amount_pln": amount_pln, "wording": wording},
    )
    record(by, "kfs", made.uuid)
    return made
