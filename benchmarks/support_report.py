"""The report of a year and the lists of a support centre with 500,000 deliveries and 1,500,000 people in them.

    python -m benchmarks.support_report DELIVERIES PARTICIPANTS      measures in the world that the settings name

The report is measured beside hand-written SQL that answers the same questions about people and recipients, both
in turn; the lists beside a signed-in page that does nothing.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks.report import Figure
from benchmarks.world import python, world

DELIVERIES, PARTICIPANTS = 500_000, 1_500_000
PEOPLE_EACH = 25  # times somebody is there in five years
ENTITIES = 2_000
FIRST, DAYS = date(2020, 1, 1), 5 * 365
YEAR = (date(2023, 1, 1), date(2023, 12, 31))
ROUNDS, PAGES = 5, 40
MOST_SECONDS, MOST_TIMES, MOST_PAGES = 2.0, 2.0, 4.0
MOST_CLOSING = 30.0  # seconds
MAIL, PASSWORD = "doradca@example.pl", "tylko-do-pomiarow-1"
KINDS = ("general", "specialist", "animation", "tutoring", "mediation", "psychological", "career", "other")
SAME = {
    "mode": "office", "topic": "", "place": "", "teryt": "0801", "county": "0801", "anonymous_headcount": 0,
    "de_minimis_pln": 0, "duplicate_reason": "", "version": 1,
}  # fmt: skip
BY_HAND = (
    "SELECT kind, count(*), sum(minutes) FROM support_delivery WHERE institution_id = %s AND day BETWEEN %s AND %s"
    " AND withdrawn_at IS NULL GROUP BY kind",
    "SELECT p.kind, count(*), sum(p.minutes), count(DISTINCT coalesce(r.person_id, w.person_id))"
    " FROM support_deliveryparticipant p JOIN support_participant w ON w.id = p.participant_id"
    " LEFT JOIN clients_sourcerecord r ON r.id = w.record_id"
    " WHERE p.institution_id = %s AND p.day BETWEEN %s AND %s GROUP BY p.kind",
    "SELECT count(DISTINCT coalesce(r.person_id, w.person_id)) FROM support_deliveryparticipant p"
    " JOIN support_participant w ON w.id = p.participant_id LEFT JOIN clients_sourcerecord r ON r.id = w.record_id"
    " WHERE p.institution_id = %s AND p.day BETWEEN %s AND %s",
    "SELECT d.kind, count(DISTINCT w.person_id), count(DISTINCT e.identity) FROM support_delivery d"
    " LEFT JOIN support_participant w ON w.id = d.participant_id LEFT JOIN support_entity e ON e.id = d.entity_id"
    " WHERE d.institution_id = %s AND d.day BETWEEN %s AND %s AND d.withdrawn_at IS NULL GROUP BY d.kind",
)


def run(deliveries: int = DELIVERIES, participants: int = PARTICIPANTS) -> list[Figure]:
    """Both databases, one after the other."""
    figures = []
    for vendor in ("SQLite", "PostgreSQL"):
        with world(vendor) as made:
            found = json.loads(
                python(made, "-m", "benchmarks.support_report", str(deliveries), str(participants))
            )
        size = f"{deliveries:,} deliveries, {participants:,} people in them, {vendor}"
        figures += [
            _figure(f"report of a year, {size}", found["report"], "s", 0.0, "", MOST_SECONDS),
            _figure(
                f"report of a year, {size}",
                found["report"],
                "s",
                found["hand"],
                "hand-written SQL",
                MOST_TIMES,
            ),
            _figure(f"closing a year, {size}", found["closing"], "s", 0.0, "", MOST_CLOSING),
            *(
                _figure(
                    f"{name}, {size}",
                    found[name],
                    "ms",
                    found["nothing"],
                    "page that does nothing",
                    MOST_PAGES,
                )
                for name in ("list of support", "list of people")
            ),
        ]
    return figures


def _figure(what: str, value: float, unit: str, limit: float, name: str, must: float) -> Figure:
    return Figure(
        case="support_report",
        what=what,
        value=round(value, 3),
        unit=unit,
        limit=round(limit, 3),
        limit_name=name,
        must=must,
        at_least=False,
    )


def _measure(deliveries: int, participants: int) -> dict[str, float]:
    import django

    django.setup()
    from django.db import connection

    from spoiwo.support.queries.report import report
    from spoiwo.support.types import Scope
    from spoiwo.toolkit.context import acting_for

    centre = _filled(deliveries, participants)
    scope = Scope(first=YEAR[0], last=YEAR[1], institutions=frozenset({centre}))
    spans: dict[str, list[float]] = {"report": [], "hand": []}
    for _ in range(ROUNDS):
        with acting_for(centre):
            started = time.perf_counter()
            report(scope)
            spans["report"].append(time.perf_counter() - started)
            started = time.perf_counter()
            with connection.cursor() as cursor:
                for sql in BY_HAND:
                    cursor.execute(sql, [centre, *(str(day) for day in YEAR)])
                    cursor.fetchall()
            spans["hand"].append(time.perf_counter() - started)
    best = {name: min(values) for name, values in spans.items()}
    pages = _pages()
    return {**best, **pages, "closing": _closing(centre)}


def _closing(centre: int) -> float:
    """Seconds to close a year: the figures of every place, of people with and without work."""
    from spoiwo.institutions.models import Institution
    from spoiwo.institutions.types import Role
    from spoiwo.support.services.periods import close_period
    from spoiwo.toolkit.context import acting_for
    from tests.makers import institutions

    office = Institution.objects.get(pk=centre)
    by = institutions.acting(institutions.member(office, Role.DIRECTOR))
    started = time.perf_counter()
    with acting_for(centre):
        close_period(first_day=YEAR[0], last_day=YEAR[1], today=date(2026, 1, 1), by=by)
    return time.perf_counter() - started


def _pages() -> dict[str, float]:
    from django.test import Client

    browser = Client(HTTP_HOST="127.0.0.1")
    assert browser.login(username=MAIL, email=MAIL, password=PASSWORD)
    addresses = {"nothing": "/nic/", "list of support": "/wsparcie/", "list of people": "/wsparcie/osoby/"}
    spans: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(PAGES):
        for name, address in addresses.items():
            started = time.perf_counter()
            answer = browser.get(address)
            spans[name].append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, (name, answer.status_code)
    return {name: statistics.median(values[5:]) for name, values in spans.items()}


def _filled(deliveries: int, participants: int) -> int:
    """A centre with so many rows, written without the services, which are not what is measured here."""
    from django.db import connection

    from spoiwo.institutions.types import Kind, Role
    from spoiwo.support.services import people
    from spoiwo.support.types import EntityDetails, PersonDetails
    from spoiwo.toolkit.context import acting_for
    from tests.makers import institutions

    office = institutions.institution("", Kind.OWES)
    account = institutions.user(MAIL, password=PASSWORD)
    by = institutions.acting(institutions.member(office, Role.SUPPORT_ADVISER, account=account))
    with acting_for(office.pk):
        known = people.add_people(
            [
                PersonDetails(first_name="Ewa", last_name=f"Pomiar{n}")
                for n in range(participants // PEOPLE_EACH)
            ],
            by=by,
        )
        entities = people.add_entities(
            [EntityDetails(name=f"Podmiot {n}", is_social=True) for n in range(ENTITIES)], by=by
        )
        rows, there = _rows(
            deliveries,
            participants,
            [one.pk for one in known],
            [one.pk for one in entities],
            (office.pk, by.user_id),
        )
        _insert("support_delivery", rows)
        _insert("support_deliveryparticipant", there)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return office.pk


def _rows(
    deliveries: int, participants: int, people: list[int], entities: list[int], who: tuple[int, int]
) -> tuple[Iterator[dict[str, Any]], Iterator[dict[str, Any]]]:
    """Deliveries, every third to an entity, and the people in them; the same at every run."""
    chance = random.Random(7)
    each = max(participants // deliveries, 1)
    plan = [
        (FIRST + timedelta(days=chance.randrange(DAYS)), chance.choice(KINDS), chance.choice((30, 60, 90)))
        for _ in range(deliveries)
    ]

    def rows() -> Iterator[dict[str, Any]]:
        for number, (day, kind, minutes) in enumerate(plan, start=1):
            entity = number % 3 == 0
            yield {
                **_common(number, who[0]),
                **SAME,
                "participant_id": None if entity else people[number % len(people)],
                "entity_id": entities[number % len(entities)] if entity else None,
                "kind": kind,
                "day": day.isoformat(),
                "minutes": minutes,
                "adviser_id": who[1],
            }

    def there() -> Iterator[dict[str, Any]]:
        for number, (day, kind, minutes) in enumerate(plan, start=1):
            for seat in range(each):
                yield {
                    **_common(number * each + seat, who[0]),
                    "delivery_id": number,
                    "participant_id": people[(number + seat * 7919) % len(people)],
                    "day": day.isoformat(),
                    "kind": kind,
                    "county": "0801",
                    "minutes": minutes,
                }

    return rows(), there()


def _common(number: int, institution_id: int) -> dict[str, Any]:
    return {
        "id": number,
        "uuid": f"{number:032x}",
        "institution_id": institution_id,
        "created_at": "2026-01-01 00:00:00+00:00",
    }


def _insert(table: str, rows: Iterator[dict[str, Any]]) -> None:
    from itertools import islice

    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        while batch := list(islice(rows, 5_000)):
            names = ", ".join(f'"{name}"' for name in batch[0])
            holes = ", ".join(["%s"] * len(batch[0]))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({holes})",  # noqa: S608 names of our own tables
                [list(row.values()) for row in batch],
            )


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]), int(sys.argv[2]))))
