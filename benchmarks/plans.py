"""The pages of joint plans at size, against a signed-in page that does nothing.

    python -m benchmarks.plans FOLDER      measures in the world that the settings name

A client whose path has 20,000 entries, a plan whose journal has as many, and the day's page of a worker with 400
plans. The pages take turns in one process, through the whole WSGI stack; 95 of 100 rounds must be faster than the
bound.
Then 10,000 plans and as many referrals that were kept elsewhere come in from files; every hundredth is refused.
"""

import json
import statistics
import sys
import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.report import Figure
from benchmarks.scale import scaled
from benchmarks.world import CLERK, DAY, PASSWORD, python, registers, world

SIZE = scaled(2_000, least=200)
COMMON = scaled(400, least=40)
ENTRIES = scaled(20_000, least=1_000)
ROWS = scaled(10_000, least=200)
ROUNDS = 60
WARM_UP = 5
BOUND_MS = 300.0
MOST_TIMES = 30.0  # the day asks some 50 questions in ten contexts and lists up to 100 matters
MOST_SECONDS = 60.0  # a file is read while its sender waits
NAMES = {
    "client": f"client's page with {ENTRIES:,} entries of the path",
    "plan": f"page of a plan with a journal of {ENTRIES:,} entries",
    "journal": f"journal of {ENTRIES:,} entries, page 200",
    "day": f"day's page of a worker with {COMMON} plans",
}
FILES = {"plans": f"{ROWS:,} plans from a file", "referrals": f"{ROWS:,} referrals from a file"}
WRONG = 100  # one row in so many names nobody


def run() -> list[Figure]:
    """Both databases, one after the other."""
    figures = []
    for vendor in ("SQLite", "PostgreSQL"):
        with world(vendor) as made:
            registers(made.folder, size=SIZE, common=COMMON)
            spans = json.loads(python(made, "-m", "benchmarks.plans", str(made.folder)))
        for key, what in NAMES.items():
            figures.append(_figure(f"p95 of {what}, {vendor}", spans[f"{key} p95"], "ms", must=BOUND_MS))
            figures.append(
                _figure(f"{what}, {vendor}", spans[key], "ms", limit=spans["nothing"], must=MOST_TIMES)
            )
        figures += [
            _figure(f"{what}, {vendor}", spans[key], "s", must=MOST_SECONDS) for key, what in FILES.items()
        ]
    return figures


def _figure(what: str, value: float, unit: str, *, must: float, limit: float = 0.0) -> Figure:
    return Figure(
        case="plans",
        what=what,
        value=round(value, 2),
        unit=unit,
        limit=round(limit, 2),
        limit_name="page that does nothing" if limit else "",
        must=must,
        at_least=False,
    )


def _measure(folder: Path) -> dict[str, float]:
    import django

    django.setup()
    from django.test import Client

    from benchmarks.pages import state_purpose

    busy = _filled(folder)
    browser = Client(HTTP_HOST="127.0.0.1")
    assert browser.login(username=CLERK, email=CLERK, password=PASSWORD)
    state_purpose(browser, busy.record.uuid)
    addresses = {
        "nothing": "/nic/",
        "client": f"/klienci/{busy.record.uuid}/",
        "plan": f"/plany/{busy.uuid}/",
        "journal": f"/plany/{busy.uuid}/dziennik/?page=200",
        "day": "/",
    }
    spans: dict[str, list[float]] = {key: [] for key in addresses}
    for _turn in range(ROUNDS):
        for key, path in addresses.items():
            started = time.perf_counter()
            answer = browser.get(path)
            spans[key].append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, (key, answer.status_code)
    medians = {key: statistics.median(values[WARM_UP:]) for key, values in spans.items()}
    slow = {f"{key} p95": statistics.quantiles(values[WARM_UP:], n=20)[-1] for key, values in spans.items()}
    return {**medians, **slow, **_files_read(browser)}


def _filled(folder: Path) -> Any:
    """Registers taken in, a plan begun for every common client, 20,000 entries in one and on its client's path."""
    from benchmarks.pages import _filled as registers_taken_in
    from spoiwo.institutions.models import User
    from spoiwo.institutions.queries import actor_for, by_code
    from spoiwo.plans.errors import PlanOpenAlready
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
            with suppress(PlanOpenAlready):  # the register holds some people twice
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
        busy = JointPlan.objects.select_related("record").order_by("pk")[0]
        _write_journal(busy, by.user_id)
        Review.objects.bulk_create(
            Review(plan=plan, due_on=makers.today()) for plan in JointPlan.objects.all()
        )
        Action.objects.update(responsible_id=by.user_id, due_on=makers.today())
    _write_path(busy, labour, welfare)
    return busy


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


def _write_path(plan: Any, *offices: int) -> None:
    """Each office knows its half of the entries: benefits and measures of many years, a few days each."""
    from spoiwo.access.types import TIER_OF
    from spoiwo.clients.models import Fact, RegisterState
    from spoiwo.clients.types import FACT_CATEGORIES, FactKind
    from spoiwo.plans.models import PlanParty
    from spoiwo.toolkit.context import acting_for

    kinds = (FactKind.MEALS, FactKind.TRAINING, FactKind.PERIODIC_ALLOWANCE, FactKind.COUNSELLING)
    for office in offices:
        with acting_for(office, job="import"):
            record = PlanParty.objects.get(plan=plan, institution_id=office).record_id
            RegisterState.objects.filter(pk=office).update(facts_generation=1, facts_as_of=DAY)
            facts = []
            for n in range(ENTRIES // len(offices)):
                category = FACT_CATEGORIES[kinds[n % len(kinds)]]
                first = DAY - timedelta(days=n)
                facts.append(
                    Fact(
                        record_id=record,
                        institution_id=office,
                        first_generation=1,
                        fingerprint=n.to_bytes(16, "big"),
                        as_of=DAY,
                        category=category,
                        kind=kinds[n % len(kinds)],
                        tier=TIER_OF[category],
                        value=f"wpis {n}",
                        valid_from=first,
                        valid_to=first + timedelta(days=5),
                    )
                )
            Fact.objects.bulk_create(facts, batch_size=1000)


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


def _files_read(browser: Any) -> dict[str, float]:
    """Seconds for a file of plans and one of referrals, through the page that takes them."""
    from spoiwo.clients.models import CommonClient
    from spoiwo.institutions.queries import by_code
    from spoiwo.plans.models import PlanFile
    from spoiwo.referrals.models import ReferralFile
    from spoiwo.toolkit.context import acting_for
    from tests.makers import catalogue

    office = by_code("pup")
    assert office is not None
    place = catalogue.place(name="Warsztat stolarski", places_total=None, today=date(2026, 11, 1))
    with acting_for(office.pk):
        people = CommonClient.objects.filter(institution=office, other__code="ops").order_by("pk")
        numbers = list(people.values_list("record__local_id", flat=True)[:COMMON])
    spans = {
        "plans": _read(browser, "/plany/pliki/", _plans_of(numbers)),
        "referrals": _read(browser, "/skierowania/pliki/", _referrals_of(numbers, place)),
    }
    wrong = ROWS // WRONG
    with acting_for(office.pk):
        for read in (PlanFile.objects.get(), ReferralFile.objects.get()):
            assert (read.taken, read.refused) == (ROWS - wrong, wrong), (read.taken, read.refused)
    return spans


def _read(browser: Any, address: str, content: bytes) -> float:
    from django.core.files.uploadedfile import SimpleUploadedFile

    started = time.perf_counter()
    answer = browser.post(address, {"file": SimpleUploadedFile("stare.csv", content)})
    spent = time.perf_counter() - started
    assert answer.status_code == 302, answer.status_code
    return spent


def _plans_of(numbers: list[str]) -> bytes:
    """Plans of former years with two actions each."""
    from spoiwo.plans.rules.files import COLUMNS

    told = {
        "partner": "ops",
        "stan": "zakonczony",
        "data_podpisania": "2025-01-10",
        "od": "2025-01-10",
        "do": "2025-12-31",
        "data_zamkniecia": "2025-12-31",
        "problem": "Długie bezrobocie",
        "cel": "Praca",
        "wynik": "zrobione",
        "data_wyniku": "2025-06-01",
    }
    rows = [
        {**told, "numer": f"IPW/{n}", "numer_klienta": _client(numbers, n), "dzialanie": text}
        for n in range(ROWS)
        for text in ("Kurs komputerowy", "Rozmowa z doradcą")
    ]
    return _as_csv(COLUMNS, rows)


def _referrals_of(numbers: list[str], place: Any) -> bytes:
    """Referrals of former years that have ended."""
    from spoiwo.referrals.rules.files import COLUMNS

    told = {
        "odbiorca": place.institution.code,
        "miejsce": place.name,
        "data_skierowania": "2025-01-10",
        "stan": "zakonczone",
        "data_zakonczenia": "2025-06-10",
        "wynik": "employed",
        "powod": "staż",
    }
    rows = [{**told, "numer": f"S/{n}", "numer_klienta": _client(numbers, n)} for n in range(ROWS)]
    return _as_csv(COLUMNS, rows)


def _client(numbers: list[str], n: int) -> str:
    return "nikt" if n % WRONG == 0 else numbers[n % len(numbers)]


def _as_csv(columns: tuple[str, ...], rows: list[dict[str, str]]) -> bytes:
    from spoiwo.toolkit.sheets import csv_file

    return csv_file(columns, [[row.get(name, "") for name in columns] for row in rows])


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]))))
