"""The pages clerks open most, at 100,000 clients a register, against a signed-in page that does nothing.

    python -m benchmarks.pages FOLDER      measures in the world that the settings name

In one process, through the whole WSGI stack with the product's middleware; the three pages take turns, so
that whatever else the machine does falls on all of them alike. The median of each counts.
"""

import json
import statistics
import sys
import time
from pathlib import Path

from benchmarks.report import Figure
from benchmarks.scale import scaled
from benchmarks.world import CLERK, DAY, PASSWORD, found, python, registers, world

SIZE = scaled(100_000, least=24_000)
COMMON = SIZE // 4
ROUNDS = 150
PLACES = {"list": 4.0, "sorted": 4.0, "search": 4.0, "client": 3.0}
NAMES = {
    "list": "list of common clients, first page of 25",
    "sorted": "list of common clients, page 200",
    "search": "list of common clients, searched by a part of a name",
    "client": "client's page with both registers and its audit records",
}


def run() -> list[Figure]:
    """Both databases, one after the other."""
    figures = []
    for vendor in ("SQLite", "PostgreSQL"):
        with world(vendor) as made:
            registers(made.folder, size=SIZE, common=COMMON)
            medians = json.loads(python(made, "-m", "benchmarks.pages", str(made.folder)))
        for key, bound in PLACES.items():
            figures.append(
                Figure(
                    case="pages",
                    what=f"{NAMES[key]}, {SIZE:,} clients a register, {vendor}",
                    value=round(medians[key], 2),
                    unit="ms",
                    limit=round(medians["nothing"], 2),
                    limit_name="page that does nothing",
                    must=bound,
                    at_least=False,
                )
            )
    return figures


def _measure(folder: Path) -> dict[str, float]:
    import django

    django.setup()
    from django.test import Client

    people = _filled(folder)
    browser = Client(HTTP_HOST="127.0.0.1")
    assert browser.login(username=CLERK, email=CLERK, password=PASSWORD)
    for uuid in people:
        state_purpose(browser, uuid)
    addresses = {
        "nothing": ["/nic/"],
        "list": ["/klienci/"],
        "sorted": ["/klienci/?page=200"],
        "search": ["/klienci/?text=kow"],
        "client": [f"/klienci/{uuid}/" for uuid in people],
    }
    spans: dict[str, list[float]] = {key: [] for key in addresses}
    for turn in range(ROUNDS):
        for key, paths in addresses.items():
            started = time.perf_counter()
            answer = browser.get(paths[turn % len(paths)])
            spans[key].append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, (key, answer.status_code)
    return {key: statistics.median(values[10:]) for key, values in spans.items()}


def _filled(folder: Path) -> list[str]:
    """Both registers taken in; answers the records of some common clients of the labour office."""
    from django.db import connection

    from spoiwo.clients.models import CommonClient
    from spoiwo.clients.types import RegisterKind
    from spoiwo.exchange.services.command import Order, run_import_now
    from spoiwo.toolkit.context import acting_for

    labour, welfare = found()
    for institution_id, name in ((labour, "pup_standard.csv"), (welfare, "ops_standard.csv")):
        run_import_now(
            Order(institution_id=institution_id, kind=RegisterKind.REGISTER, path=folder / name, as_of=DAY)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with acting_for(labour):
        people = CommonClient.objects.filter(institution_id=labour).order_by("pk")
        return [str(uuid) for uuid in people.values_list("record__uuid", flat=True)[:ROUNDS]]


def state_purpose(browser: object, uuid: str) -> None:
    """State the purpose that is pre-selected, as a clerk would."""
    from tests.soak.forms import fields_of

    page = browser.get(f"/klienci/{uuid}/cel/")  # type: ignore[attr-defined]
    answer = browser.post(f"/klienci/{uuid}/cel/", dict(fields_of(page.content.decode())))  # type: ignore[attr-defined]
    assert answer.status_code == 302, answer.status_code


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]))))
