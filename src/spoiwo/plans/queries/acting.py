"""What waits for somebody: actions, reviews, signatures, questions about employment, plans to hand over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from spoiwo.clients.queries import own_records
from spoiwo.clients.queries.own_records import OwnName
from spoiwo.kernel.actor import Actor
from spoiwo.plans.models import Action, EmploymentCheck, JointPlan, PlanParty, PlanVersion, Review, Signature
from spoiwo.plans.querysets import PlanQuerySet
from spoiwo.plans.rules import employment
from spoiwo.plans.types import PlanState, VersionState

PlanAction = Action  # for contexts that show it
SHOWN = 100
OF_A_DAY = 50  # of a kind; whatever else is due appears once these are done
SOON_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something to do with a plan, by a day."""

    plan: JointPlan
    name: OwnName | None
    on: date
    action: Action | None = None
    months: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """Everything that waits. more: how many actions and reviews are not shown."""

    actions: tuple[Waiting, ...] = ()
    reviews: tuple[Waiting, ...] = ()
    to_sign: tuple[Waiting, ...] = ()
    employment: tuple[Waiting, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """The own side of a plan that is closed to the institution: who, and which own actions are still open."""

    number: str
    name: OwnName | None
    record: UUID
    actions: tuple[Action, ...]


def open_actions(actor: Actor, *, record: UUID | None = None) -> QuerySet[Any]:
    """Actions without an outcome in plans that are being carried out, within reach, the first due first.

    record: public id of the own record, to narrow them to one client.
    """
    found = _still_open(JointPlan.objects.visible_to(actor))
    if record is not None:
        own = PlanParty.objects.filter(record__uuid=record, institution_id=actor.institution_id)
        found = found.filter(plan__in=own.values("plan"))
    return found.select_related("plan").order_by("due_on", "pk")


def own_action(actor: Actor, uuid: UUID, *, record: UUID) -> Action | None:
    """An open action for one own client that the own institution, or the person, answers for."""
    owned = Q(owner__isnull=True) | Q(owner_id=actor.institution_id)
    found: Action | None = open_actions(actor, record=record).filter(owned, uuid=uuid).first()
    return found


def my_actions(actor: Actor, *, until: date, plans: PlanQuerySet | None = None) -> QuerySet[Any]:
    """Open actions the actor answers for that are due by a day; those of nobody by name in plans the actor began.

    plans: within reach, when they have been asked for already.
    """
    within = JointPlan.objects.visible_to(actor) if plans is None else plans
    own = Q(responsible_id=actor.user_id) | Q(
        responsible__isnull=True,
        plan__created_by_id=actor.user_id,
        plan__institution_id=actor.institution_id,
    )
    owned = Q(owner__isnull=True) | Q(owner_id=actor.institution_id)
    found = _still_open(within).select_related("plan").order_by("due_on", "pk")
    return found.filter(own, owned, due_on__lte=until)


def today_of(actor: Actor, *, day: date) -> Today:
    """What the actor has to do with plans: late and soon due."""
    if not PlanParty.objects.filter(institution_id=actor.institution_id).exists():
        return Today()
    until = day + timedelta(days=SOON_DAYS)
    plans = JointPlan.objects.visible_to(actor)
    actions = my_actions(actor, until=until, plans=plans)
    reviews = Review.objects.of_plans(plans).filter(
        _mine(actor, "plan"),
        plan__state=PlanState.ACTIVE,
        held_on__isnull=True,
        cancelled=False,
        due_on__lte=until,
    )
    first_actions = list(actions[:OF_A_DAY])
    first_reviews = list(reviews.select_related("plan").order_by("due_on", "pk")[:OF_A_DAY])
    unsigned = list(_to_sign(actor, plans)[:OF_A_DAY])
    asked = _to_ask(plans, day)
    names = names_of_plans(
        actor, [*(row.plan for row in [*first_actions, *first_reviews, *unsigned]), *dict(asked)]
    )
    return Today(
        actions=tuple(
            Waiting(plan=row.plan, name=names.get(row.plan_id), on=row.due_on, action=row)
            for row in first_actions
        ),
        reviews=tuple(
            Waiting(plan=row.plan, name=names.get(row.plan_id), on=row.due_on) for row in first_reviews
        ),
        to_sign=tuple(
            Waiting(plan=row.plan, name=names.get(row.plan_id), on=timezone.localdate(row.proposed_at))
            for row in unsigned
        ),
        employment=tuple(
            Waiting(plan=plan, name=names.get(plan.pk), on=on, months=months) for plan, (months, on) in asked
        ),
        more=max(actions.count() - OF_A_DAY, 0) + max(reviews.count() - OF_A_DAY, 0)
        if OF_A_DAY in {len(first_actions), len(first_reviews)}
        else 0,
    )


def hand_overs(actor: Actor, *, day: date) -> list[HandOver]:
    """Own sides of open plans that an ended agreement or relation has closed; nothing of other parties in it."""
    sides = PlanParty.objects.visible_to(actor)
    closed = sides.filter(is_open=True).exclude(pk__in=sides.still_entitled(actor, day).values("pk"))
    rows = list(closed.select_related("record").order_by("number")[:SHOWN])
    names = own_records.own_names(actor, [row.record_id for row in rows])
    actions = list(
        Action.objects.owned_by(actor)
        .still_open()
        .filter(plan__in=[row.plan_id for row in rows])
        .order_by("due_on")
    )
    return [
        HandOver(
            number=row.number,
            name=names.get(row.record_id),
            record=row.record.uuid,
            actions=tuple(one for one in actions if one.plan_id == row.plan_id),
        )
        for row in rows
    ]


def _still_open(plans: PlanQuerySet) -> QuerySet[Any]:
    """Actions without an outcome in plans that are being carried out."""
    return Action.objects.of_plans(plans).still_open().filter(plan__state=PlanState.ACTIVE)


def _mine(actor: Actor, prefix: str) -> Q:
    """Plans the actor began, or in which the actor answers for something."""
    answers = Action.objects.filter(plan=OuterRef(f"{prefix}_id"), responsible_id=actor.user_id)
    return Q(**{f"{prefix}__created_by_id": actor.user_id}) | Q(Exists(answers))


def _to_sign(actor: Actor, plans: PlanQuerySet) -> QuerySet[Any]:
    """Versions that wait for the own institution's signature, the longest waiting first."""
    signed = Signature.objects.filter(version=OuterRef("pk"), institution_id=actor.institution_id)
    waiting = PlanVersion.objects.of_plans(plans).filter(~Exists(signed), state=VersionState.NEGOTIATION)
    return waiting.select_related("plan").order_by("proposed_at", "pk")


def _to_ask(plans: PlanQuerySet, day: date) -> list[tuple[JointPlan, tuple[int, date]]]:
    """Completed plans of which nobody has written down employment that is due."""
    earliest = employment.months_later(day, -employment.MONTHS[0])
    oldest = employment.months_later(day, -24)
    completed = plans.filter(state=PlanState.COMPLETED, closed_on__lte=earliest, closed_on__gte=oldest)
    found = list(completed.order_by("closed_on", "pk")[:OF_A_DAY])
    known = set(EmploymentCheck.objects.filter(plan__in=found).values_list("plan", "months"))
    return [
        (plan, (months, on))
        for plan in found
        for months, on in employment.due_days(plan.closed_on).items()
        if on <= day and (plan.pk, months) not in known
    ]


def names_of_plans(actor: Actor, plans: Iterable[JointPlan]) -> dict[int, OwnName]:
    """Plan id -> whom it is about, by the own register."""
    ids = {plan.pk for plan in plans}
    own = dict(
        PlanParty.objects.filter(plan__in=ids, institution_id=actor.institution_id).values_list(
            "plan", "record"
        )
    )
    names = own_records.own_names(actor, own.values())
    return {plan: names[record] for plan, record in own.items() if record in names}
