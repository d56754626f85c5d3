"""How long pages take while an extract of 100,000 rows is taken in on SQLite, through the real server.

The server is the one of `spoiwo serve`: two processes of four threads that have loaded everything before they
part. Each thread connects to the database and reads its templates at its first page, once in its life; those
pages are asked for before the clock starts.

python -m benchmarks.pages_during_import fill FOLDER | import FOLDER
"""

import json
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.report import Figure
from benchmarks.scale import scaled
from benchmarks.world import CLERK, PASSWORD, World, found, python, registers, take_in, world

SIZE = scaled(100_000, least=6000)
COMMON = SIZE // 4
PAUSE = 0.05  # seconds between two clicks
PORT = 8765


def run() -> list[Figure]:
    """One register is in; while the other comes in, one clerk opens list and client pages in turn."""
    with world("SQLite") as made:
        registers(made.folder, size=SIZE, common=COMMON)
        place = json.loads(python(made, "-m", "benchmarks.pages_during_import", "fill", str(made.folder)))
        spans, quiet = _clicked(made, place)
    return [
        Figure(
            case="pages_during_import",
            what=f"95th percentile of {len(spans)} page loads during an import of {SIZE:,} rows, SQLite",
            value=round(_p95(spans), 1),
            unit="ms",
            must=500,
            at_least=False,
        ),
        Figure(
            case="pages_during_import",
            what="slowest of them",
            value=round(max(spans), 1),
            unit="ms",
            must=2000,
            at_least=False,
        ),
        Figure(
            case="pages_during_import",
            what="95th percentile of the same pages without an import",
            value=round(_p95(quiet), 1),
            unit="ms",
            must=500,
            at_least=False,
        ),
    ]


def _p95(spans: list[float]) -> float:
    return statistics.quantiles(spans, n=20)[-1]


@contextmanager
def serving(made: World) -> Iterator[int]:
    """The server of `spoiwo serve` while the block runs; gives its port."""
    command = [sys.executable, "-m", "gunicorn", "spoiwo.config.wsgi:application", "--log-level", "error"]
    shape = ["--bind", f"127.0.0.1:{PORT}", "--workers", "2", "--threads", "4", "--preload"]
    with subprocess.Popen([*command, *shape], env=dict(made.environment)) as server:
        try:
            while not _listens(PORT):
                assert server.poll() is None
                time.sleep(0.2)
            yield PORT
        finally:
            server.terminate()


def _clicked(made: World, place: dict[str, list[str]]) -> tuple[list[float], list[float]]:
    with serving(made) as port:
        warm(port, place)
        quiet = [load(port, place["cookie"][0], path) for path in place["paths"][:40]]
        words = ["-m", "benchmarks.pages_during_import", "import", str(made.folder)]
        spans: list[float] = []
        with subprocess.Popen([sys.executable, *words], env=dict(made.environment)) as importer:
            while importer.poll() is None:
                path = place["paths"][len(spans) % len(place["paths"])]
                spans.append(load(port, place["cookie"][0], path))
                time.sleep(PAUSE)
        assert importer.returncode == 0
    return spans, quiet


def warm(port: int, place: dict[str, list[str]]) -> None:
    """Have every thread of the server serve some pages."""
    for _ in range(4):
        with ThreadPoolExecutor(16) as people:
            list(people.map(lambda path: load(port, place["cookie"][0], path), place["paths"][:16]))


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def load(port: int, cookie: str, path: str) -> float:
    """Milliseconds until a page is here; anything but a page is an error."""
    started = time.perf_counter()
    status = status_of(port, cookie, path)
    assert status == 200, (path, status)
    return (time.perf_counter() - started) * 1000


def status_of(port: int, cookie: str, path: str) -> int:
    """How a page is answered, when all of it is here."""
    link = HTTPConnection("127.0.0.1", port, timeout=60)
    link.request("GET", path, headers={"Cookie": cookie, "Host": "127.0.0.1"})
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer.status


def _fill(folder: Path) -> dict[str, list[str]]:
    """The labour office's register and a small one of the welfare centre, so that there is something to read."""
    from django.test import Client

    from benchmarks.pages import state_purpose
    from spoiwo.clients.models import CommonClient
    from spoiwo.toolkit.context import acting_for

    labour, welfare = found()
    take_in(labour, folder / "pup_standard.csv")
    few = folder / "ops_few.csv"
    lines = (folder / "ops_standard.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    few.write_text("".join(lines[:4000]), encoding="utf-8")
    take_in(welfare, few)
    browser = Client(HTTP_HOST="127.0.0.1")
    assert browser.login(username=CLERK, email=CLERK, password=PASSWORD)
    with acting_for(labour):
        people = CommonClient.objects.filter(institution_id=labour).values_list("record__uuid", flat=True)
        uuids = [str(uuid) for uuid in people[:40]]
    for uuid in uuids:
        state_purpose(browser, uuid)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
    paths = [path for uuid in uuids for path in ("/klienci/", f"/klienci/{uuid}/")]
    return {"cookie": [cookie], "paths": paths}


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
