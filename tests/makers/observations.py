"""Observations, frames and cards for the engines of indicators, and the files they travel in."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from spoiwo.engines.indicators.cards import Card, CardUnusable, card_of
from spoiwo.engines.indicators.computing import NOTHING, Computed, compute_file, published
from spoiwo.engines.indicators.disclosure.tables import TableRow
from spoiwo.engines.indicators.duck import DuckIndicators
from spoiwo.engines.indicators.observed import Expected, Row
from spoiwo.engines.indicators.releasing import Place, Policy

FORMULAS = (
    "a", "b", "a + b", 'only(a, sex="K")', "shift(a, years=-1)", "rolling(a, quarters=4)", "cumulative(a)",
    'cumulative(b, since="start")', "edition(a, -1)", "a - shift(a, years=-1)", "a * 2 / b", "-a", "3",
    'institutions(kind="CIS")', "response_rate()", 'rolling(only(a, sex="M"), quarters=4)',
    "shift(rolling(a, years=1), years=-1)", "a + edition(b, -2)",
)  # fmt: skip
CALENDARS = (
    ("2023", "2024"),
    ("2023-Q1", "2023-Q2", "2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"),
    ("2023-11", "2023-12", "2024-01", "2024-02", "2024-04"),
    ("2022", "2023-Q4", "2024-Q1", "2024-03"),
    ("2020", "2022", "2023"),
)
PLACES = ("08", "0801", "0802", "0801011", "0802032", "1401011", "1401")


def row(**given) -> Row:
    """One complete answer; a value of None is a missing one."""
    value = given.pop("value", 10.0)
    status = given.pop("status", "missing" if value is None else "ok")
    cell = given.pop("cell", {})
    kept = {"measure": "m", "unit": "A", "territory": "0801011", "period": "2024"}
    return Row(**{**kept, **given, "value": value, "status": status, "cell": cell})


def card(**given) -> Card:
    """A card that sums m over a voivodeship and a year."""
    return card_of({"code": "c", "kind": "sum", "numerator": "m"} | given)


def write_observations(path: Path, rows: Sequence[Row]) -> Path:
    names = sorted({name for each in rows for name in each.cell})
    fixed = (
        "measure VARCHAR, unit_id VARCHAR, territory VARCHAR, period VARCHAR, value DOUBLE, status VARCHAR"
    )
    values = [
        (r.measure, r.unit, r.territory, r.period, r.value, r.status, *(r.cell.get(n) for n in names))
        for r in rows
    ]
    return _write(path, fixed, names, values)


def write_frame(path: Path, rows: Sequence[Expected]) -> Path:
    names = sorted({name for each in rows for name in each.cell})
    values = [(r.unit, r.territory, r.period, *(r.cell.get(n) for n in names)) for r in rows]
    return _write(path, "unit_id VARCHAR, territory VARCHAR, period VARCHAR", names, values)


def _write(path: Path, fixed: str, names: Sequence[str], values: Iterable[tuple[object, ...]]) -> Path:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE t ({fixed}{''.join(f', {name} VARCHAR' for name in names)})")
        for each in values:
            connection.execute(f"INSERT INTO t VALUES ({', '.join('?' * len(each))})", list(each))
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def computed(
    folder: Path,
    cards: Sequence[Card],
    rows: Sequence[Row],
    frame: Sequence[Expected] | None = None,
    *,
    policy: Policy = Policy.NONE,
    engine=None,
    earlier=NOTHING,
) -> tuple[list[dict[str, object]], Computed]:
    """The result as it is written, row by row, and what the computation says of itself."""
    observations = write_observations(folder / "observations.parquet", rows)
    expected = write_frame(folder / "frame.parquet", frame) if frame is not None else None
    store = DuckIndicators(threads=1)
    out = folder / "result.parquet"
    done = compute_file(
        engine or store,
        cards,
        observations,
        expected,
        out,
        policy=policy,
        store=store,
        earlier=earlier,
    )
    store.close()
    return read(out), done


def _place(card: Card, told: dict[str, object]) -> Place:
    cell = tuple(None if told.get(name) is None else str(told[name]) for name in card.by)
    return str(told["territory"]), str(told["period"]), cell


def went_out(
    folder: Path,
    cards: Sequence[Card],
    rows: Sequence[Row],
    found: Iterable[dict[str, object]],
    beside: Sequence[Card] = (),
) -> list[TableRow]:
    """What everybody knows since the figures found were published. beside: cards of other publications."""
    shown = [
        {_place(each, told) for told in found if told["card"] == each.code and told["numerator"] is not None}
        for each in cards
    ]
    store = DuckIndicators(threads=1)
    known = published(store, [*cards, *beside], write_observations(folder / "before.parquet", rows), shown)
    store.close()
    return known


def read(path: Path) -> list[dict[str, object]]:
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT * FROM '{path}'")
        names = [column[0] for column in found.description]
        return [dict(zip(names, values, strict=True)) for values in found.fetchall()]


def any_case(seed: int, how_many: int = 6) -> tuple[list[Card], list[Row], list[Expected] | None]:
    """Cards, observations and a frame of every sort: gaps, wrong order of periods, units that move."""
    chance = random.Random(seed)
    units = [f"U{number}" for number in range(chance.randint(1, 6))]
    home = {unit: chance.choice(PLACES) for unit in [*units, "silent"]}
    calendar = chance.choice(CALENDARS)
    rows = [_any_row(chance, unit, period, sex, measure, home)
            for unit in units for period in calendar for sex in chance.choice([("K", "M"), ("K", "M", None), ("K",)])
            for measure in "ab" if chance.random() > 0.15]  # fmt: skip
    rows.append(row(measure="a", unit="U0", territory="08", period=calendar[0], value=1.0, cell={"sex": "Ł"}))
    frame = None
    if chance.random() < 0.6:
        periods = chance.choice([("2023", "2024"), calendar])
        frame = [
            Expected(unit=unit, territory=home[unit], period=period,
                     cell={"kind": chance.choice(["CIS", "KIS"]), "sex": "K"})
            for unit in home for period in periods
        ]  # fmt: skip
    cards = [found for number in range(how_many) if (found := _any_card(chance, f"c{number}")) is not None]
    rows = _divided(chance, rows)
    return [each for each in cards if frame is not None or not each.frame_parts], rows, frame


def _divided(chance: random.Random, rows: list[Row]) -> list[Row]:
    """Sometimes one measure is broken down by what the other is not."""
    how = chance.choice(["alike", "alike", "a by age", "b not by sex"])
    if how == "a by age":
        ages: tuple[dict[str, str], ...] = ({"age": "18-25"}, {"age": "26+"}, {})
        return [replace(r, cell={**r.cell, **chance.choice(ages)}) if r.measure == "a" else r for r in rows]
    if how == "b not by sex":
        return [replace(r, cell={}) if r.measure == "b" else r for r in rows]
    return rows


def _any_row(chance: random.Random, unit: str, period: str, sex: str | None, measure: str, home) -> Row:
    status = chance.choices(["ok", "missing", "zero_reported", "na"], [0.75, 0.1, 0.08, 0.07])[0]
    value = {"ok": chance.choice([0.0, 1.0, 2.5, 7.0, -1.0, float("nan")]),
             "zero_reported": chance.choice([None, 0.0])}.get(status)  # fmt: skip
    place = home[unit] if chance.random() < 0.9 else chance.choice(PLACES)
    return Row(measure=measure, unit=unit, territory=place, period=period, value=value, status=status,
               cell={"sex": sex} if sex else {})  # fmt: skip


def _any_card(chance: random.Random, code: str) -> Card | None:
    kind = chance.choice(["count", "sum", "ratio", "share", "rate", "average", "change"])
    entry = {
        "code": code,
        "kind": kind,
        "numerator": chance.choice(FORMULAS),
        "multiplier": chance.choice([1, 100]),
        "time": chance.choice(["sum", "last", "average"]),
        "space": chance.choice(["sum", "sum", "none"]),
        "by": chance.choice([[], ["sex"]]),
        "levels": chance.choice([[2], [2, 4, 7], [4]]),
        "grain": chance.choice(["year", "quarter", "month"]),
        "missing": chance.choice(["require_all", "skip", "zero"]),
        "pair": chance.choice([True, True, False]),
    }
    if kind in {"ratio", "share", "rate"} or (kind in {"average", "change"} and chance.random() < 0.5):
        entry["denominator"] = chance.choice(FORMULAS)
    try:
        return card_of(entry)
    except CardUnusable:
        return None  # a constant, or a shift by part of a period
