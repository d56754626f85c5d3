"""Somebody takes everything that is published and reckons back. Nothing that was to be hidden comes out."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from spoiwo.engines.indicators.cards import Card
from spoiwo.engines.indicators.computing import Earlier
from spoiwo.engines.indicators.disclosure.auditing import Audit
from spoiwo.engines.indicators.disclosure.tables import TableRow
from spoiwo.engines.indicators.observed import Row
from spoiwo.engines.indicators.releasing import Policy
from tests.makers.observations import card, computed, went_out
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


def recovered(*editions: tuple[Sequence[dict[str, Any]], Sequence[Row]]) -> list[str]:
    """What can be worked out of what must not be shown, from publications over several states of the data.

    An own way of reckoning, over the finest cells: one that has not changed is the same unknown in all states.
    """
    place = _unknowns([rows for _published, rows in editions])
    known = [
        _over(form, place[at])
        for at, (published, _rows) in enumerate(editions)
        for found in published
        if found["numerator"] is not None
        for form in told_by(found)
    ]
    if not known:
        return []
    width = 1 + max(number for numbers in place for number in numbers)
    _, sizes, basis = np.linalg.svd(np.array([_spread(form, width) for form in known]), full_matrices=False)
    basis = basis[sizes > 1e-9]
    out = []
    for at, (_published, rows) in enumerate(editions):
        for name, wanted in not_for_showing(rows):
            form = _spread(_over(wanted, place[at]), width)
            if form.any() and np.linalg.norm(form - basis.T @ (basis @ form)) < 1e-7:
                out.append(f"{name} in edition {at}")
    return out


def _unknowns(editions: Sequence[Sequence[Row]]) -> list[list[int]]:
    """For each state of the data the unknown behind every finest cell, -1 where nobody reported anything."""
    fresh: dict[tuple[object, ...], int] = {}
    places = []
    for rows in editions:
        sums: dict[tuple[str, str, str], float] = defaultdict(float)
        for row in rows:
            sums[row.territory[:4], row.period, row.cell["sex"]] += row.value or 0.0
        places.append(
            [fresh.setdefault((cell, sums[cell]), len(fresh)) if cell in sums else -1 for cell in FINEST]
        )
    return places


def _over(form: np.ndarray, numbers: Sequence[int]) -> dict[int, float]:
    return {number: share for share, number in zip(form, numbers, strict=True) if share and number >= 0}


def _spread(form: dict[int, float], width: int) -> np.ndarray:
    line = np.zeros(width)
    for number, share in form.items():
        line[number] = share
    return line


def told_nearly(published: Sequence[dict[str, Any]], rows: Sequence[Row]) -> list[str]:
    """What must not be shown and lies between bounds nearer than a quarter of it, for who knows of nothing negative.

    The smallest and the largest value of each under everything published, over the finest cells.
    """
    place = _unknowns([rows])[0]
    width = 1 + max(place)
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in rows:
        sums[row.territory[:4], row.period, row.cell["sex"]] += row.value or 0.0
    truth = np.zeros(width)
    for cell, number in zip(FINEST, place, strict=True):
        if number >= 0:
            truth[number] = sums[cell]
    shown = [found for found in published if found["numerator"] is not None]
    if not shown:
        return []
    known = np.array([_spread(_over(form, place), width) for found in shown for form in told_by(found)])
    out = []
    for name, wanted in not_for_showing(rows):
        aim = _spread(_over(wanted, place), width)
        value = float(aim @ truth)
        ends = [linprog(way * aim, A_eq=known, b_eq=known @ truth, bounds=(0, None)) for way in (1, -1)]
        if value > 0 and all(end.status == 0 for end in ends):
            span = -ends[1].fun - ends[0].fun
            if span < 0.25 * value * (1 - 1e-6):
                out.append(f"{name}: {value} within {span}")
    return out


def revised(chance: random.Random, rows: Sequence[Row]) -> list[Row]:
    """The data some time later: a few answers corrected, a few units more, a few answers taken back."""
    later = [
        replace(row, value=float(chance.choice([1, 2, 4, 60]))) if chance.random() < 0.05 else row
        for row in rows
        if chance.random() > 0.03
    ]
    fresh = [replace(row, unit=f"{row.unit}-late") for row in rows if chance.random() < 0.03]
    return [*later, *fresh]


def one_after_the_other(
    folder: Path, cards: Sequence[Card], rows: Sequence[Row], before: Sequence[Sequence[TableRow]]
) -> list[dict[str, Any]]:
    """Publish cards by themselves, each after those before it."""
    out: list[dict[str, Any]] = []
    for at, each in enumerate(cards):
        others = [one for one in cards if one != each]
        known = [went_out(folder, cards[:at], rows, out, beside=cards[at:])] if at else []
        earlier = Earlier(cards=others, editions=[*before, *known])
        found, _ = computed(folder, [each], rows, policy=Policy.PUBLIC, earlier=earlier)
        out += [{"sex": None} | told for told in found]
    return out


@pytest.mark.parametrize("part", range(10))
def test_nothing_hidden_can_be_reckoned_back(tmp_path: Path, part: int):
    released = suppressed = 0
    for seed in range(rounds(100)):
        rows = table(random.Random(part * 1000 + seed))

        published, done = computed(tmp_path, CARDS, rows, policy=Policy.PUBLIC)

        assert recovered((published, rows)) == [], (part, seed)
        released += done.by_status.get("ok", 0)
        suppressed += done.by_status.get("suppressed", 0)
    assert released > 0
    assert suppressed > 0


def test_the_attacker_would_find_what_one_wall_alone_leaves_open(tmp_path: Path):
    leaks = 0
    for seed in range(5):
        rows = table(random.Random(seed))

        published, _ = computed(tmp_path, CARDS, rows, policy=Policy.NETWORK)

        leaks += bool(recovered((published, rows)))
    assert leaks > 0


def test_nothing_hidden_comes_out_by_publications_after_each_other(tmp_path: Path):
    for seed in range(rounds(30)):
        chance = random.Random(seed)
        first_rows = table(chance)
        rows = revised(chance, first_rows)
        cards = chance.sample(QUARTERLY, 2)

        first = one_after_the_other(tmp_path, cards, first_rows, [])
        known = [went_out(tmp_path, cards, first_rows, first)]
        second = one_after_the_other(tmp_path, cards[::-1], rows, known)

        out_before = recovered(
            (first, first_rows), ([], rows)
        )  # has become too small, and had been told already
        assert not [name for name in out_before if "edition 0" in name], seed
        assert set(recovered((first, first_rows), (second, rows))) <= set(out_before), seed


def test_the_attacker_would_find_what_publications_that_do_not_know_of_each_other_give_away(tmp_path: Path):
    leaks = 0
    for seed in range(5):
        chance = random.Random(seed)
        first_rows = table(chance)
        rows = revised(chance, first_rows)

        first, _ = computed(tmp_path, QUARTERLY, first_rows, policy=Policy.PUBLIC)
        second, _ = computed(tmp_path, QUARTERLY, rows, policy=Policy.PUBLIC)

        leaks += bool(recovered((first, first_rows), (second, rows)))
    assert leaks > 0


def lopsided(chance: random.Random) -> list[Row]:
    """Two units in each cell, those of one large: every total may be shown, and bounds what is in them."""
    cells = [("0801", "K", 2, 400), ("0801", "M", 2, 4), ("0802", "K", 2, 4), ("0802", "M", 2, 4)]
    return [
        Row(measure="m", unit=f"{county}-{sex}-{number}", territory=f"{county}011", period=quarter,
            value=float(chance.randint(largest // 2, largest)), cell={"sex": sex})
        for quarter in QUARTERS for county, sex, units, largest in cells for number in range(units)
    ]  # fmt: skip


def test_nothing_hidden_can_be_told_nearly_once_it_was_audited(tmp_path: Path):
    nearly = 0
    for seed in range(rounds(50)):
        chance = random.Random(seed)
        rows = (lopsided, table)[seed % 2](chance)

        plain, _ = computed(tmp_path, QUARTERLY[:2], rows, policy=Policy.PUBLIC)
        audited, done = computed(
            tmp_path, QUARTERLY[:2], rows, policy=Policy.PUBLIC, earlier=Earlier(cards=(), audit=True)
        )

        assert done.audit is Audit.DONE
        assert told_nearly(audited, rows) == [], seed
        nearly += len(told_nearly(plain, rows))
    assert nearly > 0, "there was something for the audit to do"
