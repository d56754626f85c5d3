"""Finding a client and judging a record beside a million; reviewing with 150,000 open proposals.

IDENTITY_RECORDS and IDENTITY_PROPOSALS make it smaller for a trial.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from benchmarks.report import Figure
from benchmarks.world import World, python, world

if TYPE_CHECKING:
    from benchmarks.identity_world import Town

RECORDS = int(os.environ.get("IDENTITY_RECORDS", "1000000"))
PROPOSALS = int(os.environ.get("IDENTITY_PROPOSALS", "150000"))
ASKED = 200
SEED = 20261122
P95 = 0.95
# What is measured: unit and bounds (must, aim), and whether more is better.
BOUNDS = {
    "PESEL with a wrong digit, p95": ("ms", 2.0, 0.5, False),
    "PESEL with a wrong digit, found in first 10": ("share", 0.98, 0.995, True),
    "surname with a typo and birth date, p95": ("ms", 40.0, 15.0, False),
    "surname with a typo and birth date, found in first 10": ("share", 0.98, 0.995, True),
    "surname with a typo and first name, p95": ("ms", 40.0, 15.0, False),
    "one changed record against the register, p95": ("ms", 50.0, 10.0, False),
    "list of proposals, p95": ("ms", 500.0, 200.0, False),
    "one proposal, p95": ("ms", 500.0, 200.0, False),
    "answer and next proposal, p95": ("ms", 500.0, 200.0, False),
}


def run() -> list[Figure]:
    """Both databases, one after the other."""
    figures = []
    for vendor in ("SQLite", "PostgreSQL"):
        with world(vendor) as made:
            for what, value in measured(made).items():
                unit, must, aim, at_least = BOUNDS[what]
                figures.append(
                    Figure(
                        case="identity",
                        what=f"{vendor}: {what}",
                        value=value,
                        unit=unit,
                        must=must,
                        aim=aim,
                        at_least=at_least,
                    )
                )
    return figures


def measured(made: World) -> dict[str, float]:
    """What a process of its own measures in the world."""
    printed = python(made, "-m", "benchmarks.identity")
    found: dict[str, float] = json.loads(printed.splitlines()[-1])
    return found


def p95(action: Callable[[int], object], times: int) -> float:
    """Milliseconds that 95 of 100 calls stay below, after a few to warm up."""
    for number in range(5):
        action(number)
    taken = []
    for number in range(times):
        begun = time.perf_counter()
        action(number)
        taken.append((time.perf_counter() - begun) * 1000)
    return round(sorted(taken)[int(P95 * len(taken)) - 1], 3)


def with_slip(word: str, chance: Random) -> str:
    """The word with two neighbours swapped or a letter lost."""
    at = chance.randrange(1, max(2, len(word) - 1))
    if chance.random() < 0.5:
        return word[:at] + word[at + 1 :]
    return word[: at - 1] + word[at : at + 1] + word[at - 1] + word[at + 1 :]


def main() -> int:
    """Fill the database that the settings name, measure, print JSON."""
    import django

    django.setup()
    from benchmarks import identity_world as filled

    chance = Random(SEED)
    town = filled.fill(RECORDS, PROPOSALS, chance)
    figures: dict[str, float] = {}
    for measure in (searching, judging, reviewing):
        found = measure(town, chance)
        print(found, file=sys.stderr)
        figures |= found
    print(json.dumps(figures))
    return 0


def searching(town: "Town", chance: Random) -> dict[str, float]:
    """Look for known people with slips."""
    from spoiwo.clients.queries.searching import find_own_clients
    from spoiwo.toolkit.context import acting_for

    sample = [town.people[chance.randrange(len(town.people))] for _ in range(ASKED)]
    numbers = []
    for person in sample:
        at = chance.randrange(11)
        digit = str((int(person.pesel[at]) + chance.randrange(1, 10)) % 10)
        numbers.append(person.pesel[:at] + digit + person.pesel[at + 1 :])
    dated = [f"{with_slip(one.last_name, chance)} {one.birth_date:%d.%m.%Y}" for one in sample]
    named = [f"{with_slip(one.last_name, chance)} {one.first_name}" for one in sample]

    def found(texts: list[str]) -> float:
        hits = sum(
            one.local_id in {hit.local_id for hit in find_own_clients(town.clerk, text, limit=10)}
            for one, text in zip(sample, texts, strict=True)
        )
        return round(hits / len(sample), 4)

    def timed(texts: list[str]) -> float:
        return p95(lambda at: find_own_clients(town.clerk, texts[at], limit=10), ASKED)

    with acting_for(town.clerk.institution_id):
        return {
            "PESEL with a wrong digit, p95": timed(numbers),
            "PESEL with a wrong digit, found in first 10": found(numbers),
            "surname with a typo and birth date, p95": timed(dated),
            "surname with a typo and birth date, found in first 10": found(dated),
            "surname with a typo and first name, p95": timed(named),
        }


def judging(town: "Town", chance: Random) -> dict[str, float]:
    """Match single records of the small register with the large one."""
    from django.utils import timezone

    from spoiwo.clients.queries import comparing
    from spoiwo.matching.services import engine, knowing
    from spoiwo.matching.services.parts import part

    with part(town.small):
        scope = engine.scope_of(town.small, day=timezone.localdate())
        taught = knowing.learnt(town.small, scope.sought)
        judges = {other: one.judge for other, one in taught.items() if not one.is_whole}
        records = [one.record for one in comparing.values_in_force(town.small)]
    wanted = [records[chance.randrange(len(records))] for _ in range(ASKED)]

    def match(at: int) -> None:
        with part(town.small):
            engine.match_part([wanted[at]], scope, judges)

    return {"one changed record against the register, p95": p95(match, ASKED)}


def reviewing(town: "Town", _chance: Random) -> dict[str, float]:
    """Ask for the pages of review as a browser does."""
    from django.test import Client
    from django.urls import reverse

    from spoiwo.institutions.models import User
    from spoiwo.matching.models import Proposal
    from spoiwo.toolkit.context import acting_for

    browser = Client(SERVER_NAME="localhost")
    browser.force_login(User.objects.get(email=town.reviewer))
    with acting_for(town.clerk.institution_id, job="matching"):
        uuids = list(Proposal.objects.order_by("pk").values_list("uuid", flat=True)[: 3 * ASKED])

    def shown(address: str) -> None:
        answer = browser.get(address)
        assert answer.status_code == 200, answer.status_code

    def answered(at: int) -> None:
        address = reverse("matching:answer", args=[uuids[ASKED + at]])
        answer = browser.post(address, {"answer": "later"}, follow=True)
        assert answer.status_code == 200, answer.status_code

    return {
        "list of proposals, p95": p95(lambda _at: shown(reverse("matching:list")), ASKED // 4),
        "one proposal, p95": p95(lambda at: shown(reverse("matching:proposal", args=[uuids[at]])), ASKED),
        "answer and next proposal, p95": p95(answered, ASKED),
    }


def day_of(number: int) -> date:
    """A day of birth between 1940 and 2006."""
    return date(1940, 1, 1) + timedelta(days=number % 24_000)


if __name__ == "__main__":
    sys.exit(main())
