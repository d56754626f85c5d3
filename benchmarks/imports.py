"""Taking in an extract of 100,000 rows, matched against as many: rows a second from file to links.

python -m benchmarks.imports FOLDER SIZE      one measured run in the world that the settings name
"""

import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.report import Figure
from benchmarks.world import DAY, found, python, registers, world

SIZE = 100_000
COMMON = 25_000
BOUNDS = {"SQLite": (2000.0, 5000.0), "PostgreSQL": (2000.0, 5000.0)}


def run() -> list[Figure]:
    """Both databases, one after the other."""
    figures = []
    for vendor, (must, aim) in BOUNDS.items():
        with world(vendor) as made:
            registers(made.folder, size=SIZE, common=COMMON)
            answer = json.loads(python(made, "-m", "benchmarks.imports", str(made.folder)))
        what = f"{SIZE:,} rows, check, staging, publishing, relations, matching against {SIZE:,}, {vendor}"
        figures.append(
            Figure(case="import", what=what, value=answer["rate"], unit="rows/s", must=must, aim=aim)
        )
        again = f"the same register with 1,000 rows changed, {vendor}"
        figures.append(
            Figure(case="import", what=again, value=answer["again"], unit="rows/s", must=must, aim=aim)
        )
        peak = f"peak memory of the importing process, {vendor}"
        figures.append(
            Figure(
                case="import", what=peak, value=answer["peak"], unit="MB", must=600, aim=400, at_least=False
            )
        )
    return figures


def _measure(folder: Path) -> dict[str, float]:
    import django

    django.setup()
    from spoiwo.clients.types import RegisterKind
    from spoiwo.exchange.services.command import Order, run_import_now

    labour, welfare = found()

    def imported(institution_id: int, path: Path) -> tuple[float, object]:
        order = Order(institution_id=institution_id, kind=RegisterKind.REGISTER, path=path, as_of=DAY)
        started = time.perf_counter()
        result = run_import_now(order)
        return time.perf_counter() - started, result

    imported(labour, folder / "pup_standard.csv")
    seconds, result = imported(welfare, folder / "ops_standard.csv")
    print(result, f"{seconds:.1f} s", file=sys.stderr)
    rows = (folder / "ops_standard.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    count = len(rows) - 1
    for number in range(1, count, max(1, count // 1000)):
        rows[number] = rows[number].replace(",PL,", ",UA,", 1)
    changed = folder / "ops_changed.csv"
    changed.write_text("".join(rows), encoding="utf-8")
    again, result = imported(welfare, changed)
    print(result, f"{again:.1f} s", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rate": round(count / seconds, 1), "again": round(count / again, 1), "peak": round(peak)}


if __name__ == "__main__":
    print(json.dumps(_measure(Path(sys.argv[1]))))
