"""Plans as their parties read them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from spoiwo.access import queries as access
from spoiwo.access.types import Category
from spoiwo.clients.queries import own_order, own_records
from spoiwo.clients.queries.own_records import OwnName
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Badge
from spoiwo.kernel.actor import Actor
from spoiwo.plans.models import (
    Action,
    Contact,
    Diagnosis,
    EmploymentCheck,
    Evidence,
    JointPlan,
    NonCompliance,
    PlanParty,
    PlanTemplate,
    PlanVersion,
    Review,
)
from spoiwo.plans.models.plans import UNDER_WAY
from spoiwo.plans.rules import content as texts
from spoiwo.plans.rules import employment
from spoiwo.plans.types import Content, Employment, PlanState, VersionState


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPlan:
    """A plan with everything its page shows. purpose, legal_basis: what the agreement allows it for."""

    plan: JointPlan
    own: PlanParty
    name: OwnName | None
    badges: dict[int, Badge]
    current: PlanVersion | None
    under_way: PlanVersion | None
    content: Content
    actions: tuple[Action, ...]
    review: Review | None
    purpose: str
    purpose_name: str
    legal_basis: str
    legal_basis_name: str

    @property
    def person(self) -> UUID:
        """The index row."""
        return self.own.record.person_id

    @property
    def others(self) -> list[int]:
        """The other parties."""
        return [pk for pk in self.badges if pk != self.own.institution_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """A plan in a list."""

    plan: JointPlan
    name: OwnName | None
    others: tuple[Badge, ...]
    review_on: date | None
    overdue: int


def plans(actor: Actor, *, state: str = "", mine: bool = False, sort: str = "") -> QuerySet[Any]:
    """Plans within reach, the newest first unless another order is asked for, "-" turning it round.

    mine: those in which the actor answers for an action or began.
    """
    found = JointPlan.objects.visible_to(actor)
    if state:
        found = found.filter(state=state)
    if mine:
        answers = Action.objects.filter(plan=OuterRef("pk"), responsible_id=actor.user_id)
        found = found.filter(Q(Exists(answers)) | Q(created_by_id=actor.user_id))
    return _in_order_of(found, actor, sort)


def _in_order_of(found: QuerySet[Any], actor: Actor, sort: str) -> QuerySet[Any]:
    """Plans in order; those of which the order says nothing come last."""
    key, is_down = sort.removeprefix("-"), sort.startswith("-")
    if key == "name":
        own = PlanParty.objects.filter(plan=OuterRef("pk"), institution_id=actor.institution_id)
        found = found.annotate(own=Subquery(own.values("record")[:1]))
        found = found.annotate(by=own_order.name_keys(actor, "own"))
    elif key == "review":
        due = Review.objects.filter(plan=OuterRef("pk"), held_on__isnull=True, cancelled=False)
        found = found.annotate(by=Subquery(due.values("due_on")[:1]))
    elif key == "end":
        found = found.annotate(by=F("ends_on"))
    else:
        return found.order_by("-created_at", "-pk")
    order = F("by").desc(nulls_last=True) if is_down else F("by").asc(nulls_last=True)
    return found.order_by(order, "-pk")


def rows_of(actor: Actor, found: Iterable[JointPlan], *, today: date) -> list[PlanRow]:
    """What a list says of plans; a fixed number of queries."""
    listed = list(found)
    ids = [plan.pk for plan in listed]
    parties = list(PlanParty.objects.filter(plan__in=ids).order_by("plan", "pk"))
    own = {
        party.plan_id: party.record_id for party in parties if party.institution_id == actor.institution_id
    }
    names = own_records.own_names(actor, own.values())
    badges = institutions.badges_of({party.institution_id for party in parties})
    late = Counter(
        Action.objects.filter(plan__in=ids, due_on__lt=today).still_open().values_list("plan", flat=True)
    )
    due = dict(
        Review.objects.filter(plan__in=ids, held_on__isnull=True, cancelled=False).values_list(
            "plan", "due_on"
        )
    )
    return [
        PlanRow(
            plan=plan,
            name=names.get(own.get(plan.pk, 0)),
            others=tuple(
                badges[party.institution_id]
                for party in parties
                if party.plan_id == plan.pk and party.institution_id != actor.institution_id
            ),
            review_on=due.get(plan.pk),
            overdue=late[plan.pk] if plan.state == PlanState.ACTIVE else 0,
        )
        for plan in listed
    ]


def open_plan(actor: Actor, uuid: UUID, *, day: date) -> OpenedPlan | None:
    """A plan within reach; None otherwise, also from the moment the own institution has erased the person."""
    plan = JointPlan.objects.visible_to(actor).filter(uuid=uuid).first()
    if plan is None:
        return None
    parties = list(PlanParty.objects.filter(plan=plan).order_by("pk"))
    own = PlanParty.objects.select_related("record").get(plan=plan, institution_id=actor.institution_id)
    if own.record.erased_at is not None:  # the relation may last until the day is over
        return None
    versions = list(PlanVersion.objects.filter(plan=plan).order_by("number"))
    current = next((one for one in versions if one.state == VersionState.IN_FORCE), None)
    under_way = next((one for one in versions if one.state in UNDER_WAY), None)
    shown = current or under_way or versions[-1]
    option, basis, names = _allowed(actor, plan, day)
    return OpenedPlan(
        plan=plan,
        own=own,
        name=own_records.own_names(actor, [own.record_id]).get(own.record_id),
        badges=_in_order(parties),
        current=current,
        under_way=under_way,
        content=texts.content_of(shown.content),
        actions=tuple(Action.objects.filter(plan=plan).select_related("responsible").order_by("place", "pk")),
        review=Review.objects.filter(plan=plan, held_on__isnull=True, cancelled=False).first(),
        purpose=option,
        legal_basis=basis,
        purpose_name=names[0],
        legal_basis_name=names[1],
    )


def _in_order(parties: Iterable[PlanParty]) -> dict[int, Badge]:
    ids = [party.institution_id for party in parties]
    badges = institutions.badges_of(ids)
    return {pk: badges[pk] for pk in ids}


def _allowed(actor: Actor, plan: JointPlan, day: date) -> tuple[str, str, tuple[str, str]]:
    """(purpose, legal basis, both in words) that the plan's agreement allows first."""
    for grant in access.grants_to(actor.institution_id, day):
        if grant.agreement_number == plan.agreement and Category.MEASURES in grant.categories:
            for one in grant.purposes:
                return one.code, one.legal_basis_code, (one.name, one.legal_basis_name)
    return "", "", ("", "")


def versions_of(plan: JointPlan) -> list[PlanVersion]:
    """All versions, oldest first, with their signatures."""
    found = PlanVersion.objects.filter(plan=plan).order_by("number")
    return list(found.prefetch_related("signatures__account", "signatures__institution"))


def templates(actor: Actor) -> list[PlanTemplate]:
    """Templates to begin with, shipped ones first."""
    return list(PlanTemplate.objects.open_to(actor).order_by(F("institution").asc(nulls_first=True), "pk"))


def evidence_of(plan: JointPlan) -> dict[int, list[Evidence]]:
    """Action id -> what proves it, the oldest first."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for one in Evidence.objects.filter(plan=plan).select_related("institution").order_by("at", "pk"):
        found[one.action_id].append(one)
    return found


def reviews_of(plan: JointPlan) -> list[Review]:
    """Reviews that were held, the newest first."""
    held = Review.objects.filter(plan=plan, held_on__isnull=False).select_related("held_by")
    return list(held.order_by("-held_on", "-pk"))


def contacts_of(plan: JointPlan) -> QuerySet[Any]:
    """Contacts, the newest first."""
    return Contact.objects.filter(plan=plan).select_related("by", "institution").order_by("-day", "-pk")


def non_compliance_of(plan: JointPlan) -> list[NonCompliance]:
    """Entries about non-compliance with their remarks, the newest first."""
    found = NonCompliance.objects.filter(plan=plan).select_related("author", "institution", "action")
    return list(found.prefetch_related("remarks__by").order_by("-day", "-pk"))


def employment_of(plan: JointPlan) -> dict[int, EmploymentCheck]:
    """Months after the plan -> what was found."""
    rows = EmploymentCheck.objects.filter(plan=plan).select_related("by", "institution")
    return {row.months: row for row in rows}


def diagnoses_of(plan: JointPlan) -> list[Diagnosis]:
    """Diagnoses that belong to the plan."""
    rows = Diagnosis.objects.filter(plan=plan).select_related("institution", "given_by")
    return list(rows.order_by("-given_on", "-pk"))


def plan_numbered(actor: Actor, number: str) -> JointPlan | None:
    """The plan of a number, when it is within reach."""
    found: JointPlan | None = JointPlan.objects.visible_to(actor).filter(number=number).first()
    return found


def plan_of_client(actor: Actor, record: UUID) -> JointPlan | None:
    """The plan of an own client that is not closed, else the newest; None without any within reach."""
    plans_of = PlanParty.objects.filter(record__uuid=record, institution_id=actor.institution_id)
    found = JointPlan.objects.visible_to(actor).filter(pk__in=plans_of.values("plan"))
    return found.order_by(F("closed_on").desc(nulls_first=True), "-pk").first()


def non_compliance(actor: Actor, entry: UUID) -> NonCompliance | None:
    """An entry within reach."""
    return NonCompliance.objects.visible_to(actor).select_related("plan").filter(uuid=entry).first()


def action(actor: Actor, uuid: UUID) -> Action | None:
    """An action within reach, with its plan."""
    return Action.objects.visible_to(actor).select_related("plan").filter(uuid=uuid).first()


def other_parties(actor: Actor, plans: Iterable[JointPlan]) -> list[int]:
    """For every plan and other party of it, that party."""
    rows = PlanParty.objects.filter(plan__in=[plan.pk for plan in plans])
    return list(rows.exclude(institution_id=actor.institution_id).values_list("institution_id", flat=True))


def effectiveness(actor: Actor) -> list[tuple[int, int, int]]:
    """(months after the plan, people who worked, people of whom it is known); only where something is known."""
    found: dict[int, list[Employment]] = {}
    for months, code in EmploymentCheck.objects.visible_to(actor).values_list("months", "employment"):
        found.setdefault(months, []).append(Employment(code))
    told = ((months, *employment.effectiveness(found.get(months, ()))) for months in employment.MONTHS)
    return [row for row in told if row[2]]
