"""Joint plans that are valid as they stand: a labour office, a welfare centre, a person they both serve."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.plans.models import Action, JointPlan, PlanTemplate, PlanVersion
from spoiwo.plans.services import agreeing, drafting, running, starting
from spoiwo.plans.types import (
    ActionDraft,
    ActionState,
    Area,
    Content,
    GoalDraft,
    Payment,
    Step,
    Worker,
    WorkerRole,
)
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions
from tests.makers.clients import Town, town

START = date(2026, 1, 1)
END = date(2026, 12, 31)
SCAN = b"%PDF-1.7 podpisany plan"


def action(text: str = "Rozmowa", owner: int = 1, **values: Any) -> ActionDraft:
    """An action of the first party in the middle of the year."""
    given: dict[str, Any] = {
        "key": str(new_uuid()),
        "area": Area.SERVICES,
        "starts_on": date(2026, 3, 1),
        "due_on": date(2026, 6, 30),
        **values,
    }
    return ActionDraft(text=text, owner=owner, **given)


def goal(text: str = "Praca", *actions: ActionDraft, **values: Any) -> GoalDraft:
    """A goal with one action unless told otherwise."""
    given: dict[str, Any] = {
        "key": str(new_uuid()),
        "measure": "umowa",
        "baseline": "brak",
        "target": "jest",
        "due_on": date(2026, 9, 30),
        **values,
    }
    return GoalDraft(text=text, actions=actions or (action(),), **given)


def content(*goals: GoalDraft, **values: Any) -> Content:
    """A plan of the parties 1 and 2 that can be proposed."""
    given: dict[str, Any] = {
        "parties": (1, 2),
        "starts_on": START,
        "ends_on": END,
        "problem": "Długie bezrobocie",
        "workers": (Worker(role=WorkerRole.CAREER_ADVISER, institution=1, user=1, name="Anna Próbna"),),
        **values,
    }
    return Content(goals=goals or (goal(),), **given)


def payments(*amounts: str, start: date = START) -> tuple[Payment, ...]:
    """Amounts month after month."""
    return tuple(
        Payment(from_on=start + timedelta(days=30 * place), amount=Decimal(amount))
        for place, amount in enumerate(amounts)
    )


@dataclass
class Partners:
    """Two offices with a common client, a worker of each, and their plan, if there is one."""

    town: Town
    labour: Actor
    welfare: Actor
    plan: JointPlan | None = None

    @property
    def uuid(self) -> Any:
        """Of the plan."""
        assert self.plan is not None
        return self.plan.uuid

    def fresh(self) -> JointPlan:
        """The plan as it is stored now."""
        return JointPlan.objects.get(uuid=self.uuid)


def as_actor(by: Actor) -> AbstractContextManager[None]:
    """Ask the database in the actor's name."""
    return acting_for(by.institution_id, user_id=by.user_id)


def partners(**terms: Any) -> Partners:
    """Offices that may plan together. terms: as for a town."""
    made = town(**terms)
    welfare = institutions.member(made.welfare, Role.CASE_WORKER)
    return Partners(made, institutions.acting(made.worker), institutions.acting(welfare))


def now() -> datetime:
    """This moment."""
    return timezone.now()


def today() -> date:
    """This day."""
    return timezone.localdate()


def shipped(code: str = "return-to-work") -> int:
    """The id of a shipped template."""
    return PlanTemplate.objects.get(code=code, institution=None).pk


def started(
    pair: Partners | None = None, *, template: int | None = None, since: date | None = None
) -> Partners:
    """A draft of the labour office, from the shipped template with three goals."""
    pair = pair or partners()
    with as_actor(pair.labour):
        pair.plan = starting.start_plan(
            record=pair.town.own.uuid,
            partners=[pair.town.welfare.pk],
            template=shipped() if template is None else template,
            starts_on=since or today(),
            at=now(),
            day=today(),
            by=pair.labour,
        )
        drafting.save_workers(
            pair.uuid,
            workers=[
                Worker(
                    role=WorkerRole.CAREER_ADVISER,
                    institution=pair.labour.institution_id,
                    user=pair.labour.user_id,
                    name="Anna Próbna",
                )
            ],
            seen=0,
            at=now(),
            by=pair.labour,
        )
    return pair


def proposed(pair: Partners | None = None, **more: Any) -> Partners:
    """The draft, sent to be signed."""
    pair = started(pair, **more)
    with as_actor(pair.labour):
        agreeing.propose(pair.uuid, at=now(), by=pair.labour)
    return pair


def under_way(pair: Partners) -> PlanVersion:
    """The version that is a draft or waits for signatures."""
    return PlanVersion.objects.get(plan__uuid=pair.uuid, state__in=["draft", "negotiation"])


def signed_by_all(pair: Partners) -> None:
    """Both offices and the person sign what is proposed."""
    fingerprint = under_way(pair).fingerprint
    for by in (pair.labour, pair.welfare):
        with as_actor(by):
            agreeing.sign(pair.uuid, fingerprint=fingerprint, at=now(), day=today(), by=by)
    with as_actor(pair.labour):
        agreeing.sign_on_paper(
            pair.uuid,
            fingerprint=fingerprint,
            signed_on=today(),
            scan=SCAN,
            at=now(),
            day=today(),
            by=pair.labour,
        )


def step(
    pair: Partners, wanted: Step, *, reason: str = "", by: Actor | None = None, day: date | None = None
) -> None:
    """Take a step with the plan."""
    actor = by or pair.labour
    with as_actor(actor):
        running.take_step(pair.uuid, step=wanted, reason=reason, at=now(), day=day or today(), by=actor)


def agreed(pair: Partners | None = None, **more: Any) -> Partners:
    """A plan that everybody has signed."""
    pair = proposed(pair, **more)
    signed_by_all(pair)
    return pair


def active(pair: Partners | None = None, **more: Any) -> Partners:
    """A plan that is being carried out."""
    pair = agreed(pair, **more)
    step(pair, Step.BEGIN)
    return pair


def active_from_draft(pair: Partners) -> Partners:
    """The draft is signed by everybody and carried out."""
    with as_actor(pair.labour):
        agreeing.propose(pair.uuid, at=now(), by=pair.labour)
    signed_by_all(pair)
    step(pair, Step.BEGIN)
    return pair


def completed(pair: Partners | None = None, *, day: date | None = None, **more: Any) -> Partners:
    """A plan that has come to its end."""
    pair = active(pair, **more)
    step(pair, Step.COMPLETE, day=day)
    return pair


def own_action(pair: Partners, by: Actor | None = None) -> Action:
    """The first open action that the actor's institution answers for."""
    actor = by or pair.labour
    row: Action = Action.objects.filter(plan=pair.fresh(), owner_id=actor.institution_id, state="planned")[0]
    return row


def persons_task(pair: Partners) -> Action:
    """The first task of the person."""
    row: Action = Action.objects.filter(plan=pair.fresh(), owner=None)[0]
    return row


def finish(pair: Partners, row: Action, outcome: ActionState = ActionState.DONE, **values: Any) -> Action:
    """Write down what came of an action, as the labour office unless told otherwise."""
    given: dict[str, Any] = {"on": today(), "result": "", "by": pair.labour, **values}
    with as_actor(given["by"]):
        return running.finish_action(row.uuid, outcome=outcome, at=now(), day=today(), **given)


def edit(pair: Partners, change: Callable[[], Any]) -> Any:
    """Do something as the worker of the labour office."""
    with as_actor(pair.labour):
        return change()
