"""What both walls cost: a lookup by PESEL and a list of 50 among 300,000 people, against the same without any wall.

    python -m benchmarks.walls FOLDER      measures as the product's role, beside the owner, whom no wall holds

The application's scope (`visible_to`) and row-level security together, against the bare question asked by a role that
passes every wall. Both are worded once and asked in turn, so that only what the database does is compared.
"""

import json
import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.report import Figure
from benchmarks.scale import scaled
from benchmarks.world import found, product, python, registers, take_in, world

SIZE = scaled(160_000, least=4000)
COMMON = SIZE // 8
PEOPLE = 2 * SIZE - COMMON
ROUNDS = 400
LISTED = 50
READ = ("record_id", "first_name", "last_name", "birth_date", "place", "street", "house", "status")
OWNER = "spoiwo_owner"
TIMES, CONTEXT_MS = 2.0, 5.0
NAMES = {"lookup": "lookup by PESEL", "list": f"list of {LISTED} own clients by name"}


def run() -> list[Figure]:
    """On PostgreSQL, which alone has the second wall."""
    with world("PostgreSQL") as made:
        registers(made.folder, size=SIZE, common=COMMON)
        python(made, "-m", "benchmarks.walls", "fill", str(made.folder))
        got = json.loads(python(product(made), "-m", "benchmarks.walls", "measure", str(made.folder)))
    figures = [
        Figure(
            case="walls",
            what=f"{NAMES[key]} among {PEOPLE:,} people, application scope and row-level security",
            value=round(got[key], 3),
            unit="ms",
            limit=round(got[f"{key} bare"], 3),
            limit_name="without any wall",
            must=TIMES,
            at_least=False,
        )
        for key in NAMES
    ]
    context = Figure(
        case="walls",
        what="telling the database for whom it is asked, once a page",
        value=round(got["context"], 3),
        unit="ms",
        must=CONTEXT_MS,
        at_least=False,
    )
    return [*figures, context]


def _fill(folder: Path) -> None:
    """Both registers with their matches, as an import leaves them."""
    from django.db import connection

    for institution_id, name in zip(found(), ("pup_standard.csv", "ops_standard.csv"), strict=True):
        take_in(institution_id, folder / name)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _measure() -> dict[str, float]:
    from django.db import connection

    from spoiwo.clients.models import RecordVersion
    from spoiwo.clients.queries.states import states_of
    from spoiwo.institutions.models import Institution, User
    from spoiwo.kernel.actor import Actor
    from spoiwo.toolkit.context import acting_for

    labour = Institution.objects.get(code="pup").pk
    clerk = User.objects.get().pk
    actor = Actor(user_id=clerk, institution_id=labour, roles=frozenset({"case_worker"}))
    owner = connection.copy()
    owner.settings_dict["USER"] = OWNER
    owner.set_autocommit(False)
    wanted = random.Random(1).choices(_numbers(owner, labour), k=ROUNDS)
    spans: dict[str, list[float]] = {}
    with acting_for(labour, user_id=clerk):
        in_force = states_of([labour])[labour].generation  # as lists of the product ask for it
        seen = RecordVersion.objects.visible_to(actor).in_generation(in_force)
        all_rows = RecordVersion.objects.in_generation(in_force)
        by_name = all_rows.filter(institution_id=labour).order_by("last_key", "first_key")
        for index in wanted:
            questions = {
                "lookup": (seen.filter(pesel_index=index), connection),
                "lookup bare": (all_rows.filter(pesel_index=index), owner),
                "list": (seen.order_by("last_key", "first_key")[:LISTED], connection),
                "list bare": (by_name[:LISTED], owner),
            }
            for key, (question, role) in questions.items():
                sql, values = question.values_list(*READ).query.sql_with_params()
                spans.setdefault(key, []).append(_asked(role, sql, values))
    owner.close()
    spans["context"] = [_context(labour, clerk) for _ in range(ROUNDS)]
    return {key: statistics.median(values[20:]) for key, values in spans.items()}


def _numbers(owner: Any, institution_id: int) -> list[bytes]:
    """Indexes of the PESEL numbers of an institution's clients."""
    with owner.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT person_id) FROM clients_sourcerecord")
        assert cursor.fetchone()[0] > PEOPLE * 0.9
        cursor.execute(
            "SELECT pesel_index FROM clients_recordversion"
            " WHERE institution_id = %s AND pesel_index IS NOT NULL ORDER BY id",
            [institution_id],
        )
        return [bytes(row[0]) for row in cursor.fetchall()]


def _asked(role: Any, sql: str, values: tuple[Any, ...]) -> float:
    """Milliseconds until all rows are here."""
    with role.cursor() as cursor:
        started = time.perf_counter()
        cursor.execute(sql, values)
        rows = cursor.fetchall()
        span = (time.perf_counter() - started) * 1000
    assert rows
    return span


def _context(institution_id: int, user_id: int) -> float:
    """Milliseconds that a page pays for its context: a transaction with nothing in it."""
    from spoiwo.toolkit.context import acting_for

    started = time.perf_counter()
    with acting_for(institution_id, user_id=user_id):
        pass
    return (time.perf_counter() - started) * 1000


def _main(words: list[str]) -> None:
    import django

    django.setup()
    if words[0] == "fill":
        _fill(Path(words[1]))
    else:
        print(json.dumps(_measure()))


if __name__ == "__main__":
    _main(sys.argv[1:])
