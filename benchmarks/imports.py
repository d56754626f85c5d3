"""Taking in an extract of 100,000 rows, matched against as many: rows a second from file to links.

python -m benchmarks.imports PostgreSQL [ROWS]      one database only (or SQLite), of any size; nothing is kept
"""

import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.report import Figure
from benchmarks.scale import scaled
from benchmarks.world import DAY, found, python, registers, world

SIZE = scaled(100_000, least=1000)
COMMON = SIZE // 4
BOUNDS = {"SQLite": (2000.0, 5000.0), "PostgreSQL": (2000.0, 5000.0)}


def run() -> list[Figure]:
    """Both databases, one after the other."""
    return [figure for vendor in BOUNDS for figure in figures(vendor)]


def figures(vendor: str, size: int = SIZE) -> list[Figure]:
    """One database, with the cluster or the folder that it needs; a quarter of the people are in both registers."""
    must, aim = BOUNDS[vendor]
    with world(vendor) as made:
        registers(made.folder, size=size, common=size * COMMON // SIZE)
        answer = json.loads(python(made, "-m", "benchmarks.imports", str(made.folder)))
    what = f"{size:,} rows, check, staging, publishing, relations, matching against {size:,}, {vendor}"
    keys = f"keys for later comparisons, stored in the background afterwards, both registers, {vendor}"
    again = f"the same register with 1,000 rows changed, {vendor}"
    peak = f"peak memory of the importing process, {vendor}"
    return [
        Figure(case="import", what=what, value=answer["rate"], unit="rows/s", must=must, aim=aim),
        Figure(case="import", what=keys, value=answer["keys"], unit="rows/s", must=2000.0),
        Figure(case="import", what=again, value=answer["again"], unit="rows/s", must=must, aim=aim),
        Figure(case="import", what=peak, value=answer["peak"], unit="MB", must=600, aim=400, at_least=False),
    ]


def _measure(folder: Path) -> dict[str, float]:
    import django

    django.setup()
    from spoiwo.clients.types import RegisterKind
    from spoiwo.exchange.services.command import Order, run_import_now
    from spoiwo.matching.services.runs import KEEP_KEYS
    from spoiwo.toolkit import jobs

    labour, welfare = found()

    def imported(institution_id: int, path: Path) -> tuple[float, object]:
        order = Order(institution_id=institution_id, kind=RegisterKind.REGISTER, path=path, as_of=DAY)
        started = time.perf_counter()
        result = run_import_now(order)
        return time.perf_counter() - started, result

    imported(labour, folder / "pup_standard.csv")
    seconds, result = imported(welfare, folder / "ops_standard.csv")
    print(result, f"{seconds:.1f} s", file=sys.stderr)
    started = time.perf_counter()
    for office in (labour, welfare):
        jobs.perform(KEEP_KEYS, institution_id=office)
    keys = time.perf_counter() - started
    changed = folder / "ops_changed.csv"
    count = _change(folder / "ops_standard.csv", changed)
    again, result = imported(welfare, changed)
    print(result, f"{again:.1f} s", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "rate": round(count / seconds, 1),
        "keys": round(2 * count / keys, 1),
        "again": round(count / again, 1),
        "peak": round(peak),
    }


def _change(source: Path, target: Path) -> int:
    """Copy the register with a thousand rows changed; how many rows it has. Holds no more than a row in memory."""
    with source.open(encoding="utf-8") as lines:
        count = sum(1 for _ in lines) - 1
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as copy:
        for number, line in enumerate(lines):
            is_changed = number % max(1, count // 1000) == 1
            copy.write(line.replace(",PL,", ",UA,", 1) if is_changed else line)
    return count


def _main(words: list[str]) -> None:
    if words[0] not in BOUNDS:
        print(json.dumps(_measure(Path(words[0]))))
        return
    for figure in figures(words[0], int(words[1]) if words[1:] else SIZE):
        print(f"{figure.verdict:7} {figure.judged:12.3f} {figure.unit:7} {figure.what}")


if __name__ == "__main__":
    _main(sys.argv[1:])
