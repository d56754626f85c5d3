"""Cards over a file of observations, from loading to the written result."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from spoiwo.engines.indicators.batching import Surroundings, batches
from spoiwo.engines.indicators.cards import Card, CardUnusable, loosened
from spoiwo.engines.indicators.compiling import statement
from spoiwo.engines.indicators.disclosure.auditing import Audit
from spoiwo.engines.indicators.disclosure.tables import TableRow
from spoiwo.engines.indicators.duck import DuckIndicators
from spoiwo.engines.indicators.port import IndicatorEngine, Value, dialect_of
from spoiwo.engines.indicators.quoting import name, text
from spoiwo.engines.indicators.releasing import (
    COLUMNS,
    Place,
    Policy,
    judged,
    rows_out,
    suppressed,
    told_by,
    with_what_is_behind,
)

FIGURES = ("numerator", "denominator", "value", "n_units", "coverage")
STATUS = "CASE WHEN r.hide THEN 'suppressed' ELSE r.status END"


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """What came out: rows by status, and measures that the cards name but the file does not hold."""

    rows: int
    by_status: dict[str, int]
    unknown_measures: tuple[str, ...] = ()
    unpaired: tuple[str, ...] = field(default=())
    audit: Audit = Audit.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What is out already. cards: those that were published, which are worked out again but not shown; here: of the
    first of them, the places, periods and cells of which a figure was shown over the same data; editions: what other
    states of the data have made known (see `published`); audit: whether what is hidden is bounded by intervals too,
    where SciPy is installed and the tables are not too large.
    """

    cards: Sequence[Card]
    here: Sequence[Container[Place]] = ()
    editions: Iterable[Sequence[TableRow]] = ()
    audit: bool = False


NOTHING = Earlier(cards=())


def compute_file(
    engine: IndicatorEngine, cards: Sequence[Card], observations: Path, frame: Path | None, out: Path,
    *, policy: Policy, store: DuckIndicators, earlier: Earlier = NOTHING,
) -> Computed:  # fmt: skip
    """Write the figures of all cards, sorted by card (in their order), level, territory, period and cell.

    store: keeps and writes the result; may be the engine itself; earlier: what is out already, with which a public
    release must not give away anything hidden. Raises FileUnusable, CardUnusable, TooLarge, ResultUnwritable.
    """
    measures = {measure for card in (*cards, *earlier.cards) for measure in card.measures}
    if any(not card.measures for card in cards):
        measures = set()  # whoever answered anything counts
    loaded = engine.load(observations, frame, sorted(measures))
    around = replace(loaded, contributors=policy is not Policy.NONE)
    _check_dimensions(cards, around)
    beside, here = _tellable(earlier.cards, earlier.here, around)
    paired = _paired(engine, [*cards, *beside], around)
    cards, beside = paired[: len(cards)], paired[len(cards) :]
    by = tuple(dict.fromkeys(dimension for card in cards for dimension in card.by))
    public = policy is Policy.PUBLIC
    worked_out = with_what_is_behind([*cards, *beside]) if public else list(cards)
    every = tuple(dict.fromkeys(dimension for card in worked_out for dimension in card.by))
    _fill(engine, store, worked_out, around, _layout(every, told_by(policy)))
    audit = _hide(store, worked_out, len(cards), every, policy, replace(earlier, here=here))
    store.write(_released(by, cards), out)
    return replace(_told(store, around, cards, out), audit=audit)


def published(
    store: DuckIndicators, cards: Sequence[Card], observations: Path, out: Sequence[Container[Place]],
    *, frame: Path | None = None,
) -> list[TableRow]:  # fmt: skip
    """What publications over one state of the data have made known. cards: those published, and then those that other
    publications are of; out: of the first, the places, periods and cells of which a figure was shown. Cards by
    dimensions that the data do not have tell nothing. Raises as `compute_file`.
    """
    loaded = store.load(observations, frame, sorted({measure for card in cards for measure in card.measures}))
    around = replace(loaded, contributors=True)
    tellable, out = _tellable(cards, out, around)
    worked_out = with_what_is_behind(_paired(store, tellable, around))
    by = tuple(dict.fromkeys(dimension for card in worked_out for dimension in card.by))
    _fill(store, store, worked_out, around, _layout(by, COLUMNS))
    _number(store, by)
    return rows_out(store.answer(_judgements(by)), worked_out, by, out)


def _paired(engine: IndicatorEngine, cards: Sequence[Card], around: Surroundings) -> list[Card]:
    """The cards as the data can pair them."""
    measures = {measure for card in cards if card.is_paired for measure in card.measures}
    if len(measures) < 2 or not around.dimensions:
        return list(cards)
    empty = ", ".join(f"count(*) - count(o.{name(d)})" for d in around.dimensions)
    # Where nothing is empty, the file tells it without being read.
    (gaps,) = _asked(engine, f"SELECT {empty} FROM observations AS o")
    dimensions = [d for d, gap in zip(around.dimensions, gaps, strict=True) if gap]
    if not dimensions:
        return list(cards)
    told = ", ".join(f"max(CASE WHEN o.{name(d)} IS NOT NULL THEN 1 ELSE 0 END)" for d in dimensions)
    wanted = ", ".join(text(measure) for measure in sorted(measures))
    divided = {
        str(measure): {d for d, mark in zip(dimensions, marks, strict=True) if mark}
        for measure, *marks in _asked(
            engine,
            f"SELECT o.measure, {told} FROM observations AS o WHERE o.measure IN ({wanted}) GROUP BY o.measure",
        )
    }
    return [loosened(card, divided) for card in cards]


def _asked(engine: IndicatorEngine, query: str) -> list[tuple[Value, ...]]:
    """What an engine answers to a query in DuckDB's dialect."""
    return engine.answer(
        query if engine.dialect == DuckIndicators.dialect else dialect_of(query, engine.dialect)
    )


def _check_dimensions(cards: Sequence[Card], around: Surroundings) -> None:
    for card in cards:
        unknown = _unknown(card, around)
        if unknown:
            needs_frame = card.frame_parts and around.frame_columns is None
            raise CardUnusable(card.code, "needs_frame" if needs_frame else "dimension", ", ".join(unknown))
        if not card.frame_parts or around.frame_columns is None:
            continue
        filters = {dim for part in card.frame_parts for dim, _ in getattr(part, "filters", ())}
        outside = sorted({*card.by, *filters} - {*around.frame_columns})
        if outside:
            raise CardUnusable(card.code, "frame_column", ", ".join(outside))


def _tellable(
    cards: Sequence[Card], out: Sequence[Container[Place]], around: Surroundings
) -> tuple[list[Card], list[Container[Place]]]:
    """The cards that the data can tell, and what is out of the first of them."""
    known = [at for at, card in enumerate(cards) if not _unknown(card, around)]
    return [cards[at] for at in known], [out[at] for at in known if at < len(out)]


def _unknown(card: Card, around: Surroundings) -> list[str]:
    """Dimensions of a card that nobody has reported by; "frame" where it needs one and there is none."""
    if card.frame_parts and around.frame_columns is None:
        return ["frame"]
    return sorted({*card.by, *card.filtered} - {*around.dimensions, *(_frame_only(card, around))})


def _frame_only(card: Card, around: Surroundings) -> Sequence[str]:
    """Dimensions that only the frame has to know: those of a card without measures."""
    return () if card.measures else (around.frame_columns or ())


def _layout(by: Sequence[str], safety: Mapping[str, str]) -> dict[str, str]:
    layout = {"card": "INTEGER", "level": "INTEGER", "territory": "VARCHAR", "period": "VARCHAR"}
    layout |= {name(dimension): "VARCHAR" for dimension in by}
    layout |= {"numerator": "DOUBLE", "denominator": "DOUBLE", "value": "DOUBLE", "n_units": "BIGINT"}
    return {**layout, "coverage": "DOUBLE", "status": "VARCHAR", **safety}


def _fill(
    engine: IndicatorEngine,
    store: DuckIndicators,
    cards: Sequence[Card],
    around: Surroundings,
    layout: dict[str, str],
) -> None:
    """All figures as `figures` of the store: a table, or where one statement tells all, a view that is read once."""
    together = batches(cards)
    if engine is store and len(together) == 1:
        typed = ", ".join(f"CAST({column} AS {kind}) AS {column}" for column, kind in layout.items())
        store.run(
            f"CREATE VIEW figures AS SELECT {typed} FROM ({_numbered(together[0], cards, around, layout)}) AS f"
        )
        return
    store.run(f"CREATE TABLE figures ({', '.join(f'{column} {kind}' for column, kind in layout.items())})")
    for batch in together:
        query = _numbered(batch, cards, around, layout)
        if engine is store:
            store.run(f"INSERT INTO figures {query}")
            continue
        rows = engine.answer(dialect_of(query, engine.dialect))
        if rows:
            given = {
                column: (kind, [row[at] for row in rows]) for at, (column, kind) in enumerate(layout.items())
            }
            store.put("arrived", given)
            store.run("INSERT INTO figures SELECT * FROM arrived")


def _numbered(
    batch: Sequence[Card], cards: Sequence[Card], around: Surroundings, layout: dict[str, str]
) -> str:
    """The statement of a batch with the columns of `figures`, cards numbered as in the file."""
    numbers = [cards.index(card) for card in batch]
    as_given = " ".join(f"WHEN {at} THEN {number}" for at, number in enumerate(numbers))
    number = "s.card" if numbers == [*range(len(batch))] else f"CASE s.card {as_given} END"
    own = {name(dimension) for dimension in batch[0].by}
    safety = judged(batch) if around.contributors else {}
    taken = []
    for column in layout:
        if column == "card":
            taken.append(f"CAST({number} AS INTEGER) AS card")
        elif column in safety:
            taken.append(f"{safety[column]} AS {column}")
        elif column.startswith('"') and column not in own:
            taken.append(f"CAST(NULL AS VARCHAR) AS {column}")
        else:
            taken.append(f"s.{column}")
    return f"SELECT {', '.join(taken)} FROM ({statement(batch, around)}) AS s"


def _hide(
    store: DuckIndicators, cards: Sequence[Card], shown: int, by: Sequence[str], policy: Policy,
    earlier: Earlier,
) -> Audit:  # fmt: skip
    """Work out which rows may not be shown: the view `judged`, the figures with a column `hide`."""
    if policy is not Policy.PUBLIC:
        hide = "unsafe AND numerator IS NOT NULL" if policy is Policy.NETWORK else "FALSE"
        store.run(f"CREATE VIEW judged AS SELECT *, {hide} AS hide FROM figures")
        return Audit.NONE
    _number(store, by)
    rows = store.answer(_judgements(by))
    more, audit = suppressed(rows, cards, shown, by, earlier.here, earlier.editions, audit=earlier.audit)
    store.put("further", {"id": ("BIGINT", more)})
    store.run(
        "CREATE VIEW judged AS SELECT n.*, (unsafe AND numerator IS NOT NULL) OR f.id IS NOT NULL AS hide "
        "FROM numbered AS n LEFT JOIN further AS f ON n.id = f.id"
    )
    return audit


def _number(store: DuckIndicators, by: Sequence[str]) -> None:
    """The figures under numbers, the same ones every time, into the table `numbered`."""
    order = f"ORDER BY card, {_key(by)}"
    store.run(f"CREATE TABLE numbered AS SELECT row_number() OVER ({order}) AS id, * FROM figures")


def _judgements(by: Sequence[str]) -> str:
    """The query of what decides about each row."""
    dims = "".join(f", {name(dimension)}" for dimension in by)
    return (
        f"SELECT id, card, territory, period, numerator, sums, risky, unsafe{dims} FROM numbered ORDER BY id"
    )


def _key(by: Sequence[str]) -> str:
    cell = "".join(f", {name(dimension)} COLLATE C NULLS LAST" for dimension in by)
    return f"level, territory, period{cell}"


def _released(by: Sequence[str], cards: Sequence[Card]) -> str:
    """The query of what is written."""
    codes = " ".join(f"WHEN {at} THEN {text(card.code)}" for at, card in enumerate(cards))
    dims = "".join(f', r.{name(dimension)} AS "{_escaped(dimension)}"' for dimension in by)
    shown = ", ".join(f"CASE WHEN NOT r.hide THEN r.{column} END AS {column}" for column in FIGURES)
    return (
        f"SELECT CASE r.card {codes} END AS card, r.territory, r.level, r.period{dims}, {shown}, {STATUS} AS status "
        f"FROM judged AS r WHERE r.card < {len(cards)} ORDER BY r.card, {_key(by)}"
    )


def _told(store: DuckIndicators, around: Surroundings, cards: Sequence[Card], written: Path) -> Computed:
    """What the written file holds; a card never paired has figures, and no unit in any."""
    rows = f"read_parquet({text(str(written))})"
    counted = store.answer(f"SELECT status, count(*) FROM {rows} GROUP BY status ORDER BY status")
    unpaired = store.answer(
        f"SELECT card FROM {rows} GROUP BY card HAVING max(CASE WHEN status = 'suppressed' THEN 1 ELSE n_units END) = 0"
    )
    wanted = dict.fromkeys(measure for card in cards for measure in card.measures)
    by_status = {str(told): int(count or 0) for told, count in counted}
    return Computed(
        rows=sum(by_status.values()),
        by_status=by_status,
        unknown_measures=tuple(measure for measure in wanted if measure not in around.measures),
        unpaired=tuple(card.code for card in cards if card.is_paired and (card.code,) in unpaired),
    )


def _escaped(value: str) -> str:
    return value.replace('"', '""')
