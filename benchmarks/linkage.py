"""Quality of matching on invented registers of several kinds, and the time and memory that a million records take.

Two models of people and offices are measured by the same bounds; the "worst" registers are beyond what the bounds
are meant for and have none. LINKAGE_SCALE, such as 0.1, makes all registers smaller for a trial; the bounds are for 1.
"""

import csv
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.linkage_registers import profiles, second
from benchmarks.report import Figure

SEED = 20261130  # never used while the rules were written
SCALE = float(os.environ.get("LINKAGE_SCALE", "1"))
Size = dict[str, int]


def _size(left: int, right: int, common: int) -> Size:
    return {"left": int(left * SCALE), "right": int(right * SCALE), "common": int(common * SCALE)}


SMALL = _size(20_000, 14_000, 5_000)  # 34,000 records
FULL = _size(60_000, 40_000, 15_000)
MILLION = _size(600_000, 400_000, 150_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """Bounds (must, aim) of one profile between two registers."""

    size: Size
    precision: tuple[float, float]
    f1: tuple[float, float]
    recall: tuple[float, float] | None = None
    review: tuple[float, float] | None = None


GOALS = {
    "clean": Goal(size=FULL, precision=(0.9998, 1.0), f1=(0.9997, 1.0)),
    "realistic": Goal(
        size=FULL, precision=(0.9985, 0.9995), f1=(0.993, 0.997), recall=(0.994, 0.998), review=(1.5, 1.0)
    ),
    "hostile": Goal(size=FULL, precision=(0.998, 0.999), f1=(0.970, 0.982), recall=(0.975, 0.990)),
    "office": Goal(size=SMALL, precision=(0.997, 0.9995), f1=(0.975, 0.988)),
    "villages": Goal(size=SMALL, precision=(0.995, 0.999), f1=(0.965, 0.980)),
    "foreigners": Goal(size=SMALL, precision=(0.996, 0.999), f1=(0.950, 0.975)),
    "export": Goal(size=SMALL, precision=(0.996, 0.999), f1=(0.955, 0.980)),
    "traps": Goal(size=SMALL, precision=(0.995, 0.999), f1=(0.965, 0.980)),
}
GOALS |= {
    f"second {name}": GOALS[name]
    for name in ("realistic", "hostile", "office", "villages", "foreigners", "export")
}
GOALS["second shelter"] = GOALS["traps"]
NO_BOUND = (0.0, 0.0)
for _beyond in ("worst", "second worst"):
    GOALS[_beyond] = Goal(size=FULL, precision=NO_BOUND, f1=NO_BOUND, recall=NO_BOUND)
# Duplicates inside one register: bounds of precision and, for the realistic one, of F1.
DUPLICATES_PRECISION = (0.97, 0.995)
DUPLICATES_F1 = {"realistic": (0.990, 0.996), "second realistic": (0.990, 0.996)}


@dataclass(frozen=True, slots=True)
class Score:
    """What came out of one run, as shares; review in percent of the true pairs."""

    precision: float
    recall: float
    f1: float
    found: float
    review: float
    false: int


def run() -> list[Figure]:
    """All profiles, then the million."""
    with tempfile.TemporaryDirectory() as folder:
        figures = [figure for name in GOALS for figure in _profile(name, Path(folder) / name)]
        return [*figures, *_million(Path(folder) / "million")]


def _profile(name: str, folder: Path) -> list[Figure]:
    goal = GOALS[name]
    (second if name in second.CASES else profiles).write(name, SEED, folder, **goal.size)
    across = score(folder, "cross")
    figures = [
        _figure(f"{name}: auto precision", across.precision, goal.precision),
        _figure(f"{name}: auto F1", across.f1, goal.f1),
    ]
    if goal.recall:
        figures.append(_figure(f"{name}: auto and review, recall", across.found, goal.recall))
    if goal.review:
        figures.append(_figure(f"{name}: review pairs", across.review, goal.review, unit="%", at_least=False))
    if name != "clean":
        within = score(folder, "left")
        figures.append(_figure(f"{name}: duplicates, auto precision", within.precision, DUPLICATES_PRECISION))
        if name in DUPLICATES_F1:
            figures.append(_figure(f"{name}: duplicates, auto F1", within.f1, DUPLICATES_F1[name]))
    return figures


def score(folder: Path, kind: str) -> Score:
    """Match the files of a profile through the command; kind: cross, left or right as in its truth.csv."""
    match(folder, kind)
    return score_of(folder, kind)


def score_of(folder: Path, kind: str) -> Score:
    """Compare the pairs that were written with the truth."""
    truth = {
        (row["left_id"], row["right_id"])
        if row["left_id"] < row["right_id"]
        else (row["right_id"], row["left_id"])
        for row in _rows(folder / "truth.csv")
        if row["kind"] == kind
    }
    pairs = {(row["left_id"], row["right_id"]): row["decision"] for row in _rows(folder / "pairs.csv")}
    auto = {pair for pair, decision in pairs.items() if decision == "auto"}
    right = len(auto & truth)
    precision, recall = right / max(len(auto), 1), right / max(len(truth), 1)
    return Score(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / max(precision + recall, 1e-9),
        found=len(pairs.keys() & truth) / max(len(truth), 1),
        review=100 * (len(pairs) - len(auto)) / max(len(truth), 1),
        false=len(auto - truth),
    )


def match(folder: Path, kind: str) -> tuple[float, float]:
    """Seconds of wall time and peak memory in MB of one run of the command."""
    which = ["left.csv", "right.csv"] if kind == "cross" else [f"{kind}.csv", "--dedupe"]
    command = [
        sys.executable,
        "-m",
        "spoiwo.cli.main",
        "match",
        *which,
        "--out",
        "pairs.csv",
        "--threads",
        "2",
    ]
    started = os.times().elapsed
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return os.times().elapsed - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _million(folder: Path) -> list[Figure]:
    """The largest child so far is this one, so the peak is its own."""
    profiles.write("realistic", SEED, folder, **MILLION)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, peak = match(folder, "cross")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    million = score_of(folder, "cross")
    return [
        _figure("1,000,000 records: auto F1", million.f1, GOALS["realistic"].f1),
        _figure("1,000,000 records: processor time on two cores", busy, (40, 16), unit="s", at_least=False),
        _figure("1,000,000 records: two files to pairs", seconds, (20, 8), unit="s", at_least=False),
        _figure("1,000,000 records: peak memory", peak, (1500, 1000), unit="MB", at_least=False),
    ]


def _figure(
    what: str, value: float, bounds: tuple[float, float], *, unit: str = "", at_least: bool = True
) -> Figure:
    must, aim = bounds
    return Figure(
        case="linkage", what=what, value=round(value, 5), unit=unit, must=must, aim=aim, at_least=at_least
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
