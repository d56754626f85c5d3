"""Somebody takes everything that is published and reckons back. Nothing that was to be hidden comes out."""

import random
from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from spoiwo.engines.indicators.observed import Row
from spoiwo.engines.indicators.releasing import Policy
from tests.makers.observations import card, computed
from tests.rounds import rounds

COUNTIES = ("0801", "0802", "1401")
QUARTERS = tuple(f"{year}-Q{quarter}" for year in (2023, 2024) for quarter in (1, 2, 3, 4))
SEXES = ("K", "M")
FINEST = list(product(COUNTIES, QUARTERS, SEXES))
COMMON = {"missing": "skip", "levels": [2, 4]}
QUARTERLY = [
    card(code="sex", by=["sex"], grain="quarter", **COMMON),
    card(code="both", grain="quarter", **COMMON),
    card(
        code="women", kind="share", numerator='only(m, sex="K")', denominator="m", grain="quarter", **COMMON
    ),
]
CARDS = [
    *QUARTERLY,
    card(code="year", by=["sex"], **COMMON),
    card(code="four", numerator="rolling(m, quarters=4)", grain="quarter", **COMMON),
    card(code="sofar", numerator="cumulative(m)", grain="quarter", by=["sex"], **COMMON),
    card(code="growth", kind="change", grain="quarter", **COMMON),
]
pytestmark = [pytest.mark.soak, pytest.mark.slow]


def table(chance: random.Random) -> list[Row]:
    """Answers of a few units per county, so that some cells have one or two, or one that outweighs the rest."""
    rows = []
    for county in COUNTIES:
        for number in range(chance.randint(1, 5)):
            for quarter, sex in product(QUARTERS, SEXES):
                if chance.random() < 0.8:
                    value = float(chance.choice([0, 1, 2, 3, 5, 8, 60]))
                    place = f"{county}011"
                    rows.append(Row(measure="m", unit=f"{county}-{number}", territory=place, period=quarter,
                                    value=value, cell={"sex": sex}))  # fmt: skip
    return rows


def reach(place: str, periods: Sequence[str], sexes: Sequence[str]) -> np.ndarray:
    """What a figure is the sum of."""
    return np.array([c.startswith(place) and q in periods and s in sexes for c, q, s in FINEST], dtype=float)


def periods_of(code: str, period: str) -> list[str]:
    if code == "year":
        return [quarter for quarter in QUARTERS if quarter.startswith(period)]
    at = QUARTERS.index(period)
    if code == "four":
        return list(QUARTERS[max(at - 3, 0) : at + 1])
    return [q for q in QUARTERS[: at + 1] if q[:4] == period[:4]] if code == "sofar" else [period]


def told_by(found: dict[str, Any]) -> list[np.ndarray]:
    """Sums that a published row tells."""
    place, code, period = found["territory"], found["card"], found["period"]
    sexes = [found["sex"]] if found["sex"] else list(SEXES)
    here = reach(place, periods_of(code, period), sexes)
    if code == "women":
        return [reach(place, [period], ["K"]), here]
    if code == "growth":
        before = QUARTERS.index(period) - 4
        return [here, reach(place, [QUARTERS[before]], sexes)] if before >= 0 else [here]
    return [here]


def not_for_showing(rows: Sequence[Row]) -> list[tuple[str, np.ndarray]]:
    """Cells by quarter and sex, and by quarter, with fewer than three units or with one above three quarters."""
    cells = [(place, [quarter], sexes) for place in (*COUNTIES, "08", "14") for quarter in QUARTERS
             for sexes in (["K"], ["M"], list(SEXES))]  # fmt: skip
    hidden = []
    for place, periods, sexes in cells:
        given: dict[str, float] = defaultdict(float)
        for row in rows:
            if row.territory.startswith(place) and row.period in periods and row.cell["sex"] in sexes:
                given[row.unit] += row.value or 0.0
        total = sum(given.values())
        if given and (len(given) < 3 or (total > 0 and max(given.values()) > 0.75 * total)):
            hidden.append((f"{place} {periods} {sexes}", reach(place, periods, sexes)))
    return hidden


def recovered(published: Sequence[dict[str, Any]], rows: Sequence[Row]) -> list[str]:
    """What can be worked out of what must not be shown: an own way of reckoning, over the finest cells."""
    present = {(row.territory[:4], row.period, row.cell["sex"]) for row in rows}
    there = np.array([cell in present for cell in FINEST])
    known = [form[there] for found in published if found["numerator"] is not None for form in told_by(found)]
    if not known:
        return []
    _, sizes, basis = np.linalg.svd(np.array(known), full_matrices=False)
    basis = basis[sizes > 1e-9]
    out = []
    for name, wanted in not_for_showing(rows):
        form = wanted[there]
        if form.any() and np.linalg.norm(form - basis.T @ (basis @ form)) < 1e-7:
            out.append(name)
    return out


@pytest.mark.parametrize("part", range(10))
def test_nothing_hidden_can_be_reckoned_back(tmp_path: Path, part: int):
    released = suppressed = 0
    for seed in range(rounds(100)):
        rows = table(random.Random(part * 1000 + seed))

        published, done = computed(tmp_path, CARDS, rows, policy=Policy.PUBLIC)

        assert recovered(published, rows) == [], (part, seed)
        released += done.by_status.get("ok", 0)
        suppressed += done.by_status.get("suppressed", 0)
    assert released > 0
    assert suppressed > 0


def test_the_attacker_would_find_what_one_wall_alone_leaves_open(tmp_path: Path):
    leaks = 0
    for seed in range(5):
        rows = table(random.Random(seed))

        published, _ = computed(tmp_path, CARDS, rows, policy=Policy.NETWORK)

        leaks += bool(recovered(published, rows))
    assert leaks > 0
