"""Joint plans of somebody and lists they stand on, for the person who asks; read by overseers of the register."""

from dataclasses import dataclass

from spoiwo.clients import policies as clients
from spoiwo.kernel.actor import Actor
from spoiwo.plans.models import Diagnosis, JointPlan, PlanParty, SelectedClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One plan: its number, the plan as far as it may still be read, names of diagnoses that the own office gave."""

    number: str
    plan: JointPlan | None
    diagnoses: tuple[str, ...]


def planned_for(actor: Actor, record: int) -> list[Planned]:
    """Plans to which the own institution is party with this own record, newest first."""
    if not clients.oversees(actor):
        return []
    own = PlanParty.objects.filter(institution_id=actor.institution_id, record=record).order_by("-pk")
    numbers = dict(own.values_list("plan_id", "number"))
    plans = {plan.pk: plan for plan in JointPlan.objects.filter(pk__in=numbers)}
    given = Diagnosis.objects.filter(plan__in=numbers, institution_id=actor.institution_id)
    titles = list(given.order_by("given_on", "pk").values_list("plan_id", "title"))
    return [
        Planned(
            number=(plans[pk].number if pk in plans else "") or number,
            plan=plans.get(pk),
            diagnoses=tuple(title for of, title in titles if of == pk),
        )
        for pk, number in numbers.items()
    ]


def listed(actor: Actor, record: int) -> list[SelectedClient]:
    """Rows of the own record on lists of clients chosen for joint work, newest first."""
    if not clients.oversees(actor):
        return []
    rows = SelectedClient.objects.filter(institution_id=actor.institution_id, record=record)
    return list(rows.select_related("selection").order_by("-selection__made_at", "-pk"))
