"""Finding the district of 100,000 addresses, and the day's page of a worker with 400 clients.

    python -m benchmarks.districts CLIENTS    measures the page in the world of the settings

Addresses are found among the ranges of a city of 600 streets, cut by side and number as districts cut them. The page
takes turns with a signed-in page that does nothing.
"""

import json
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from benchmarks.report import Figure
from benchmarks.scale import scaled
from benchmarks.world import CLERK, PASSWORD, found, python, world

ADDRESSES = scaled(100_000, least=2_000)
CLIENTS = scaled(400, least=40)
STREETS, ROUNDS = 600, 60
MOST_SECONDS, MOST_TIMES, MOST_MILLISECONDS = 10.0, 15.0, 300.0
AIMED_TIMES = 4.0  # seven parts ask 43 queries, whose wording takes longer than the database needs
CITY, PLACE = "0861011", "Gorzów Wielkopolski"
DAY = date(2026, 3, 2)


def run(clients: int = CLIENTS) -> list[Figure]:
    """Addresses in memory, then the page on both databases."""
    figures = [_figure(f"district of {ADDRESSES:,} addresses", _found_in(), "s", 0.0, MOST_SECONDS)]
    for vendor in ("SQLite", "PostgreSQL"):
        with world(vendor) as made:
            got = json.loads(python(made, "-m", "benchmarks.districts", str(clients)))
        what = f"day's page of a worker with {clients} clients, {vendor}"
        figures.append(_figure(what, got["work"], "ms", got["nothing"], MOST_TIMES))
        figures.append(_figure(f"p95 of {what}", got["work p95"], "ms", 0.0, MOST_MILLISECONDS))
    return figures


def _figure(what: str, value: float, unit: str, limit: float, must: float) -> Figure:
    return Figure(
        case="districts",
        what=what,
        value=round(value, 2),
        unit=unit,
        limit=round(limit, 2),
        limit_name="page that does nothing" if limit else "",
        must=must,
        aim=AIMED_TIMES if limit else None,
        at_least=False,
    )


def _found_in() -> float:
    """Seconds for all addresses, from text to district."""
    from spoiwo.districts.rules.addresses import spot_of
    from spoiwo.districts.rules.ranges import Register
    from spoiwo.districts.types import Address

    register = Register(_ranges())
    drawn = Random(4242)
    addresses = [
        Address(
            teryt=CITY,
            place=PLACE,
            street=f"ul. Ulica {drawn.randrange(STREETS)}",
            house=f"{drawn.randrange(1, 200)}{drawn.choice(('', '', 'A', 'b/4'))}",
        )
        for _ in range(ADDRESSES)
    ]
    started = time.perf_counter()
    missing = sum(register.find(spot_of(one), DAY).range is None for one in addresses)
    spent = time.perf_counter() - started
    assert missing == 0, missing
    return spent


def _ranges() -> Iterator[Any]:
    """Every street whole, every third by side, every fifth by numbers; the city as a last resort."""
    from spoiwo.districts.rules.addresses import house_of, last_house_of, place_key, street_key
    from spoiwo.districts.types import Parity, Range
    from spoiwo.kernel.periods import Period

    always = Period(date(2020, 1, 1))
    number = 1
    yield Range(id=number, district=0, teryt=CITY, place=place_key(PLACE), period=always)
    for street in range(STREETS):
        parts: list[dict[str, Any]] = [{}]
        if street % 3 == 0:
            parts += [{"parity": Parity.ODD}, {"parity": Parity.EVEN}]
        if street % 5 == 0:
            parts += [
                {"first": house_of(str(first)), "last": last_house_of(str(first + 19))}
                for first in range(1, 200, 20)
            ]
        for part in parts:
            number += 1
            yield Range(
                id=number,
                district=number % 40,
                teryt=CITY,
                street=street_key(f"Ulica {street}"),
                period=always,
                **part,
            )


def _measure(clients: int) -> dict[str, float]:
    import django

    django.setup()
    from django.test import Client

    _filled(clients)
    browser = Client(HTTP_HOST="127.0.0.1")
    assert browser.login(username=CLERK, email=CLERK, password=PASSWORD)
    spans: dict[str, list[float]] = {"nothing": [], "work": []}
    for _ in range(ROUNDS):
        for key, path in (("nothing", "/nic/"), ("work", "/")):
            started = time.perf_counter()
            answer = browser.get(path)
            spans[key].append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, (key, answer.status_code)
    assert f"{clients} klient" in browser.get("/").content.decode()
    medians = {key: statistics.median(values[5:]) for key, values in spans.items()}
    return {**medians, "work p95": statistics.quantiles(spans["work"][5:], n=20)[-1]}


def _filled(clients: int) -> None:
    """Clients of the clerk's district, a tenth of whom came from another worker, a quarter common since today."""
    from django.utils import timezone

    from spoiwo.districts.services import assigning
    from spoiwo.institutions.models import Institution, Membership
    from tests.makers import districts as made
    from tests.makers import registers

    labour, welfare = found()
    office = Institution.objects.get(pk=labour)
    clerk = Membership.objects.get(user__email=CLERK)
    by = made.keeper(office)
    made.ground(by, made.district(by, "1", clerk), street="Nasza")
    made.ground(by, made.district(by, "2", made.worker(office)), street="Ich")
    today = timezone.localdate()
    for moved in (False, True):
        rows = [
            made.lives(
                str(n), "Ich" if n % 10 == 0 and not moved else "Nasza", str(n + 1), last_name=f"Nowak{n}"
            )
            for n in range(clients)
        ]
        registers.bring_in(office, *rows)
        assigning.sweep(labour, today)
    _common(office, welfare, clients)


def _common(office: Any, welfare: int, clients: int) -> None:
    """Every fourth client is served by the welfare centre too, since the last import."""
    from django.utils import timezone

    from spoiwo.clients.models import CommonClient, RegisterState
    from spoiwo.toolkit.context import acting_for
    from tests.makers import registers

    with acting_for(office.pk, job="matching"):
        generation = RegisterState.objects.get(pk=office.pk).generation
        common = registers.records(office, *(str(n) for n in range(0, clients, 4)))
        CommonClient.objects.bulk_create(
            CommonClient(
                institution=office,
                other_id=welfare,
                record=record,
                person_id=record.person_id,
                since=timezone.now(),
                since_generation=generation,
                rule="person",
                sort_key=record.local_id,
                last_key=record.local_id,
                first_key="anna",
                teryt=CITY,
            )
            for record in common
        )


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
