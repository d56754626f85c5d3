"""Joint plans of the demonstration: one in each standing, agreed and carried out through the services of clicks.

The people are those of the invented registers; signatures on paper are a page that says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils import timezone

from spoiwo.cli.demo import region_data as paper
from spoiwo.cli.demo.region_places import refer_for_action
from spoiwo.clients.queries import listing
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.plans.queries import acting, reading
from spoiwo.plans.services import agreeing, drafting, reviewing, running, selecting, starting
from spoiwo.plans.types import (
    ActionState,
    ContactKind,
    Criterion,
    Employment,
    EmploymentSource,
    Paper,
    PaperKind,
    Payment,
    Step,
    Worker,
    WorkerRole,
)
from spoiwo.toolkit.context import acting_for

PARTNERS = (paper.OPS_LUBISZYN, paper.OPS_DESZCZNO)
SCAN = b"%PDF-1.4\n% dane fikcyjne: podpis osoby na papierze\n"
STEPS = ("completed", "active", "active", "suspended", "changing", "signing", "draft")
REFERRED = 1  # which of them has an action that a referral proves
STARTED_DAYS_AGO = (520, 200, 75, 120, 150, 3, 1)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The workers of both offices."""

    labour: Actor
    welfare: Actor


def is_loaded() -> bool:
    """Whether there are plans, or nobody who could have them."""
    by = _worker(paper.PUP_GORZOW)
    with acting_for(by.institution_id):
        return reading.plans(by).exists()


def load_plans(today: date) -> int:
    """Write the plans down; how many were begun."""
    if is_loaded():
        return 0
    labour = _worker(paper.PUP_GORZOW)
    begun = 0
    for record, welfare in _clients(labour, today):
        pair = _Pair(labour, welfare)
        since = today - timedelta(days=STARTED_DAYS_AGO[begun])
        uuid = _started(pair, record, since, today)
        _carry(pair, uuid, STEPS[begun], since, today)
        if begun == REFERRED:
            _refer(pair, record, today)
        begun += 1
    with acting_for(labour.institution_id):
        selecting.select_clients(
            name="Długotrwale bezrobotni na zasiłkach (pokaz)",
            wanted=[Criterion.LONG_TERM_UNEMPLOYED, Criterion.ON_BENEFITS],
            at=timezone.now(),
            day=today,
            by=labour,
        )
    return begun


def _refer(pair: _Pair, record: UUID, today: date) -> None:
    """The first of the labour office's open actions is done at a place of support."""
    with acting_for(pair.labour.institution_id):
        own = acting.open_actions(pair.labour, record=record).filter(owner_id=pair.labour.institution_id)
        action = own.first()
    if action is not None:
        refer_for_action(record, action.uuid, by=pair.labour, today=today)


def _worker(code: str) -> Actor:
    account = get_user_model().objects.get(email=paper.worker_of(code, Role.CASE_WORKER).email)
    office = institutions.by_code(code)
    assert office is not None, code
    actor = institutions.actor_for(account, institution_id=office.pk, day=timezone.localdate())
    assert actor is not None, code
    return actor


def _clients(labour: Actor, today: date) -> list[tuple[UUID, Actor]]:
    """The first common clients of the list, with the worker of the welfare centre that serves them too."""
    partners = {worker.institution_id: worker for worker in map(_worker, PARTNERS)}
    with acting_for(labour.institution_id):
        scope = listing.list_scope(labour, day=today)
        found = listing.common_clients(scope, listing.ListFilter(), page="1", per_page=50)
    chosen = [
        (row.uuid, partners[badge.id])
        for row in found.rows
        for badge in row.others[:1]
        if badge.id in partners
    ]
    return chosen[: len(STEPS)]


def _started(pair: _Pair, record: UUID, since: date, today: date) -> UUID:
    at = _noon(since)
    with acting_for(pair.labour.institution_id):
        template = reading.templates(pair.labour)[0].pk
        plan = starting.start_plan(
            record=record,
            partners=[pair.welfare.institution_id],
            template=template,
            starts_on=since,
            at=at,
            day=today,
            by=pair.labour,
            workers=_workers(pair),
        )
        months = [since + timedelta(days=30 * month) for month in range(4)]
        amounts = ("600.00", "450.00", "300.00", "150.00")
        drafting.save_support(
            plan.uuid,
            payments=[
                Payment(from_on=day, amount=Decimal(amount))
                for day, amount in zip(months, amounts, strict=True)
            ],
            seen=1,
            at=at,
            by=pair.labour,
        )
        for kind, owner, number in (
            (PaperKind.IPD, pair.labour, f"IPD/{plan.pk}/{since.year}"),
            (PaperKind.CONTRACT_B, pair.welfare, f"KS-B/{plan.pk}/{since.year}"),
        ):
            linked = Paper(kind=kind, owner=owner.institution_id, number=number, signed_on=since)
            drafting.add_paper(plan.uuid, paper=linked, at=at, by=pair.labour)
    return plan.uuid


def _workers(pair: _Pair) -> tuple[Worker, ...]:
    roles = (
        (WorkerRole.CAREER_ADVISER, pair.labour),
        (WorkerRole.JOB_BROKER, pair.labour),
        (WorkerRole.SOCIAL_WORKER, pair.welfare),
    )
    return tuple(
        Worker(
            role=role,
            institution=by.institution_id,
            user=by.user_id,
            name=institutions.full_name(by.user_id),
        )
        for role, by in roles
    )


def _carry(pair: _Pair, uuid: UUID, standing: str, since: date, today: date) -> None:
    """Take the plan as far as its standing says."""
    if standing == "draft":
        return
    with acting_for(pair.labour.institution_id):
        fingerprint = agreeing.propose(uuid, at=_noon(since), by=pair.labour).fingerprint
    _sign(pair.labour, uuid, fingerprint, since)
    if standing == "signing":
        return
    _sign(pair.welfare, uuid, fingerprint, since)
    with acting_for(pair.welfare.institution_id):
        agreeing.sign_on_paper(
            uuid,
            fingerprint=fingerprint,
            signed_on=since,
            scan=SCAN,
            at=_noon(since),
            day=since,
            by=pair.welfare,
        )
    _step(pair, uuid, Step.BEGIN, since)
    _work(pair, uuid, since, today)
    if standing == "completed":
        _complete(pair, uuid, since)
    if standing == "suspended":
        _step(pair, uuid, Step.SUSPEND, today - timedelta(days=20), reason="Leczenie szpitalne (pokaz)")
    if standing == "changing":
        with acting_for(pair.welfare.institution_id):
            starting.begin_change(uuid, at=_noon(today), by=pair.welfare)


def _sign(by: Actor, uuid: UUID, fingerprint: str, day: date) -> None:
    with acting_for(by.institution_id):
        agreeing.sign(uuid, fingerprint=fingerprint, at=_noon(day), day=day, by=by)


def _step(pair: _Pair, uuid: UUID, step: Step, day: date, *, reason: str = "") -> None:
    with acting_for(pair.labour.institution_id):
        running.take_step(uuid, step=step, reason=reason, at=_noon(day), day=day, by=pair.labour)


def _work(pair: _Pair, uuid: UUID, since: date, today: date) -> None:
    """Contacts, reviews, and outcomes of what was due long ago."""
    last = min(today, since + timedelta(days=330))
    for by in (pair.labour, pair.welfare):
        with acting_for(by.institution_id):
            due = _due(by, uuid, last - timedelta(days=25))
            for action in due:
                running.finish_action(
                    action,
                    outcome=ActionState.DONE,
                    on=last - timedelta(days=20),
                    result="",
                    at=_noon(last),
                    day=last,
                    by=by,
                )
    with acting_for(pair.labour.institution_id):
        reviewing.note_contact(
            uuid,
            on=last - timedelta(days=12),
            kind=ContactKind.PHONE,
            note="Umówiono spotkanie, osoba szuka miejsca na kurs (pokaz)",
            at=_noon(last),
            day=last,
            by=pair.labour,
        )
        reviewing.hold_review(
            uuid,
            held_on=last - timedelta(days=28),
            conclusions="Plan idzie zgodnie z terminami; następny krok to szkolenie (pokaz).",
            at=_noon(last),
            day=last,
            by=pair.labour,
        )


def _due(by: Actor, uuid: UUID, until: date) -> Sequence[UUID]:
    found = acting.open_actions(by).filter(plan__uuid=uuid, owner_id=by.institution_id, due_on__lte=until)
    return list(found.values_list("uuid", flat=True))


def _complete(pair: _Pair, uuid: UUID, since: date) -> None:
    ended_on = since + timedelta(days=340)
    _step(pair, uuid, Step.COMPLETE, ended_on)
    with acting_for(pair.labour.institution_id):
        reviewing.check_employment(
            uuid,
            months=3,
            employment=Employment.EMPLOYED,
            source=EmploymentSource.EMPLOYER,
            at=_noon(ended_on + timedelta(days=95)),
            day=ended_on + timedelta(days=95),
            by=pair.labour,
        )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
