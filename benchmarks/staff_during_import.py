"""How long 200 people at work wait for their pages on PostgreSQL while 500,000 rows are taken in.

    python -m benchmarks.staff_during_import fill FOLDER | import FOLDER

Everything on the machine that measures: the server of `spoiwo serve` as the product's role, the import, and the
people. Each opens a page twice a minute, whether the last one was quick or not, and waits from the moment at which
they meant to (an open model); another answer than a page is an error. Forty clients a day with a dozen pages each are
one page a minute, so these people work twice as fast as a busy clerk.
"""

import json
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.pages_during_import import serving, status_of, warm
from benchmarks.report import Figure
from benchmarks.scale import scaled
from benchmarks.world import World, found, product, python, registers, take_in, world

SIZE = scaled(500_000, least=10_000)
BEFORE = SIZE // 5  # rows of the labour office that are there already
FEW = 4000  # and of the welfare centre, whose register is taken in
STAFF = scaled(200, least=20)
CLIENTS = 3  # whose pages one of them opens
EVERY = 30.0  # seconds between two pages of one person
QUIET = 60.0  # seconds of work before the import
P95_MS = 400


@dataclass
class Day:
    """What a crowd of people met: milliseconds of the pages, and answers that were none."""

    spans: list[float] = field(default_factory=list)
    errors: list[tuple[str, int]] = field(default_factory=list)


def run() -> list[Figure]:
    """The same people without the import, then with it."""
    with world("PostgreSQL") as made:
        registers(made.folder, size=SIZE, common=SIZE // 5)
        people = json.loads(python(made, "-m", "benchmarks.staff_during_import", "fill", str(made.folder)))
        reached = product(made)
        with serving(reached) as port:
            warm(port, people[0])
            quiet_until = time.monotonic() + QUIET
            quiet = _worked(port, people, lambda: time.monotonic() < quiet_until)
            during = _during_import(reached, port, people)
    what = f"pages of {STAFF} people during an import of {SIZE:,} rows, PostgreSQL"
    return [
        _figure(f"95th percentile of {len(during.spans):,} {what}", _p95(during.spans), "ms", P95_MS),
        _figure(f"errors among the {what}", len(during.errors), "", 0),
        _figure(
            "95th percentile of the same people's pages without an import", _p95(quiet.spans), "ms", P95_MS
        ),
        _figure("errors among these", len(quiet.errors), "", 0),
    ]


def _figure(what: str, value: float, unit: str, must: float) -> Figure:
    return Figure(
        case="staff_during_import",
        what=what,
        value=round(value, 1),
        unit=unit,
        must=must,
        at_least=False,
    )


def _p95(spans: list[float]) -> float:
    return statistics.quantiles(spans, n=20)[-1]


def _during_import(made: World, port: int, people: list[dict[str, list[str]]]) -> Day:
    words = ["-m", "benchmarks.staff_during_import", "import", str(made.folder)]
    with subprocess.Popen([sys.executable, *words], env=dict(made.environment)) as importer:
        day = _worked(port, people, lambda: importer.poll() is None)
    assert importer.returncode == 0
    return day


def _worked(port: int, people: list[dict[str, list[str]]], goes_on: Callable[[], bool]) -> Day:
    day = Day()
    began = time.monotonic()
    threads = [
        threading.Thread(target=_one, args=(port, one, began + EVERY * number / len(people), goes_on, day))
        for number, one in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if day.errors:
        print(day.errors[:10], file=sys.stderr)
    return day


def _one(port: int, place: dict[str, list[str]], meant: float, goes_on: Callable[[], bool], day: Day) -> None:
    """One person's clicks; begins at the moment meant and never waits longer because the last page was slow."""
    numbers = random.Random(place["cookie"][0])
    while goes_on():
        time.sleep(max(0.0, meant - time.monotonic()))
        path = numbers.choice(place["paths"])
        try:
            status = status_of(port, place["cookie"][0], path)
        except OSError:
            status = 0
        if status == 200:
            day.spans.append((time.monotonic() - meant) * 1000)
        else:
            day.errors.append((path, status))
        meant += EVERY


def _fill(folder: Path) -> list[dict[str, list[str]]]:
    """Both offices with something to read, and people who have stated why they look at their clients."""
    from django.db import connection

    from spoiwo.clients.models import CommonClient
    from spoiwo.institutions.models import Institution
    from spoiwo.toolkit.context import acting_for

    labour, welfare = found()
    for institution_id, name, count in ((labour, "pup", BEFORE), (welfare, "ops", FEW)):
        lines = (folder / f"{name}_standard.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        part = folder / f"{name}_part.csv"
        part.write_text("".join(lines[: count + 1]), encoding="utf-8")
        take_in(institution_id, part)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    with acting_for(labour):
        common = CommonClient.objects.filter(institution_id=labour).order_by("pk")
        uuids = [str(uuid) for uuid in common.values_list("record__uuid", flat=True)[: CLIENTS * STAFF]]
    office = Institution.objects.get(pk=labour)
    return [
        _person(office, [uuids[(one * CLIENTS + turn) % len(uuids)] for turn in range(CLIENTS)])
        for one in range(STAFF)
    ]


def _person(office: Any, clients: list[str]) -> dict[str, list[str]]:
    """An account of the office, signed in."""
    from django.test import Client

    from benchmarks.pages import state_purpose
    from spoiwo.institutions.types import Role
    from tests.makers import institutions

    account = institutions.member(office, Role.CASE_WORKER, account=institutions.user(password=None)).user
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(account)
    for uuid in clients:
        state_purpose(browser, uuid)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    pages = ["/", "/klienci/", "/klienci/?text=kow", "/wnioski/", *(f"/klienci/{uuid}/" for uuid in clients)]
    return {"cookie": [cookie], "paths": pages}


def _main(words: list[str]) -> None:
    import django

    django.setup()
    folder = Path(words[1])
    if words[0] == "fill":
        print(json.dumps(_fill(folder)))
        return
    from spoiwo.institutions.models import Institution

    take_in(Institution.objects.get(code="ops").pk, folder / "ops_standard.csv")


if __name__ == "__main__":
    _main(sys.argv[1:])
