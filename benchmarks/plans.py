"""The pages of joint plans at size, against a signed-in page that does nothing.

    python -m benchmarks.plans      measures in the world that the settings name

A plan whose journal has 20,000 entries, and the day's page of a worker with 400 plans. The pages take turns in one
process, through the whole WSGI stack; 95 of 100 rounds must be faster than the bound.
"""

import json
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.report import Figure
from benchmarks.world import CLERK, DAY, PASSWORD, python, registers, world

SIZE = 2_000
COMMON = 400
ENTRIES = 20_000
ROUNDS = 60
WARM_UP = 5
BOUND_MS = 300.0
NAMES = {
    "plan": f"page of a plan with a journal of {ENTRIES:,} entries",
    "journal": f"journal of {ENTRIES:,} entries, page 200",
    "day": f"day's page of a worker with {COMMON} plans",
}


def run() -> list[Figure]:
    """Both databases, one after the other."""
    figures = []
    for vendor in ("SQLite", "PostgreSQL"):
        with world(vendor) as made:
            registers(made.folder, size=SIZE, common=COMMON)
            spans = json.loads(python(made, "-m", "benchmarks.plans", str(made.folder)))
        for key, what in NAMES.items():
            figures.append(
                Figure(
                    case="plans",
                    what=f"{what}, p95, {vendor} (page that does nothing: {spans['nothing']:.1f} ms)",
                    value=round(spans[key], 2),
                    unit="ms",
                    limit=BOUND_MS,
                    limit_name="bound",
                    must=1.0,
                    at_least=False,
                )
            )
    return figures


def _measure(folder: Path) -> dict[str, float]:
    import django

    django.setup()
    from django.test import Client

    busy = _filled(folder)
    browser = Client(HTTP_HOST="127.0.0.1")
    assert browser.login(username=CLERK, email=CLERK, password=PASSWORD)
    addresses = {
        "nothing": "/nic/",
        "plan": f"/plany/{busy}/",
        "journal": f"/plany/{busy}/dziennik/?page=200",
        "day": "/plany/dzis/",
    }
    spans: dict[str, list[float]] = {key: [] for key in addresses}
    for _turn in range(ROUNDS):
        for key, path in addresses.items():
            started = time.perf_counter()
            answer = browser.get(path)
            spans[key].append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, (key, answer.status_code)
    return {key: _p95(values[WARM_UP:]) for key, values in spans.items()}


def _filled(folder: Path) -> str:
    """Registers taken in, a plan begun for every common client and 20,000 entries in one; its public id."""
    from benchmarks.pages import _filled as registers_taken_in
    from spoiwo.institutions.models import User
    from spoiwo.institutions.queries import actor_for, by_code
    from spoiwo.plans.models import Action, JointPlan, Review
    from spoiwo.plans.services import starting
    from spoiwo.toolkit.context import acting_for
    from tests.makers import plans as makers

    registers_taken_in(folder)
    labour, welfare = (found.pk for found in map(by_code, ("pup", "ops")) if found)
    by = actor_for(User.objects.get(email=CLERK), institution_id=labour, day=DAY)
    assert by is not None
    with acting_for(labour):
        from spoiwo.clients.models import CommonClient

        people = CommonClient.objects.filter(institution_id=labour, other_id=welfare).order_by("pk")
        for uuid in people.values_list("record__uuid", flat=True)[:COMMON]:
            starting.start_plan(
                record=uuid,
                partners=[welfare],
                template=makers.shipped(),
                starts_on=makers.today() - timedelta(days=60),
                at=makers.now(),
                day=makers.today(),
                by=by,
            )
        for plan in JointPlan.objects.all():
            _put_in_force(plan, by.user_id)
        busy = JointPlan.objects.order_by("pk")[0]
        _write_journal(busy, by.user_id)
        Review.objects.bulk_create(
            Review(plan=plan, due_on=makers.today()) for plan in JointPlan.objects.all()
        )
        Action.objects.update(responsible_id=by.user_id, due_on=makers.today())
    return str(busy.uuid)


def _write_journal(plan: Any, user_id: int) -> None:
    from spoiwo.plans.models import PlanEvent
    from spoiwo.plans.types import EventKind
    from tests.makers import plans as makers

    PlanEvent.objects.bulk_create(
        (
            PlanEvent(plan=plan, kind=EventKind.CONTACT, at=makers.now(), by_id=user_id, text=f"rozmowa {n}")
            for n in range(ENTRIES)
        ),
        batch_size=1000,
    )


def _put_in_force(plan: Any, user_id: int) -> None:
    """As if everybody had signed: signatures cost nothing when a page is read."""
    from django.utils import timezone

    from spoiwo.plans.models import PlanVersion
    from spoiwo.plans.rules import content as texts
    from spoiwo.plans.services.agreeing import set_actions

    version = PlanVersion.objects.get(plan=plan)
    version.fingerprint = texts.fingerprint_of(version.content)
    version.state = "in_force"
    version.agreed_at = timezone.now()
    version.save()
    plan.state, plan.begun_on = "active", plan.starts_on
    plan.created_by_id = user_id
    plan.save()
    set_actions(plan, texts.content_of(version.content), day=timezone.localdate())


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]))))
