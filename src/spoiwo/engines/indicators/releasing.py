"""Which figures may be released: the first wall over single figures, and the second over what they add up to."""

from collections.abc import Container, Iterable, Sequence
from enum import StrEnum

from spoiwo.engines.indicators.cards import Card, Protects
from spoiwo.engines.indicators.disclosure.auditing import Audit, AuditorAbsent, TableTooLarge, narrow
from spoiwo.engines.indicators.disclosure.suppressing import Release, rows_to_hide
from spoiwo.engines.indicators.disclosure.tables import TableRow, behind, release_of
from spoiwo.engines.indicators.port import Value

FEWEST_ENTITIES = 3
LARGEST_SHARE = 0.75
FEWEST_PERSONS = {Protects.OPEN: 0, Protects.ENTITIES: 0, Protects.PERSONS: 5, Protects.SENSITIVE: 10}
Place = tuple[str, str, tuple[str | None, ...]]  # territory, period, and the cell in the order of the card
COLUMNS = {"sums": "DOUBLE[]", "risky": "BOOLEAN[]", "unsafe": "BOOLEAN"}


class Policy(StrEnum):
    """For whom a result is made."""

    NONE = "none"
    NETWORK = "network"
    PUBLIC = "public"


def told_by(policy: Policy) -> dict[str, str]:
    """Which of COLUMNS a policy judges by."""
    if policy is Policy.NETWORK:
        return {"unsafe": COLUMNS["unsafe"]}
    return COLUMNS if policy is Policy.PUBLIC else {}


def threshold(card: Card) -> int:
    """The smallest count of persons that may be shown, 0 for cards about entities; a card may only raise it."""
    return max(FEWEST_PERSONS[card.protects], card.at_least)


def with_what_is_behind(cards: Sequence[Card]) -> list[Card]:
    """The cards, and those of the elementary figures behind them, which are worked out but never shown."""
    return [*cards, *(hidden for card in cards if (hidden := behind(card)) is not None)]


def judged(batch: Sequence[Card]) -> dict[str, str]:
    """SQL of COLUMNS over a statement told with its contributors."""
    slots = range(len(batch[0].operands))
    tests = [_risky(batch, slot) for slot in slots]
    few = f"({_protected(batch)} AND s.n_units > 0 AND s.n_units < {FEWEST_ENTITIES})"
    return {
        "sums": _list([f"s.v{slot}" for slot in slots]),
        "risky": _list(tests),
        "unsafe": f"coalesce({' OR '.join([*tests, few])}, FALSE)",
    }


def _risky(batch: Sequence[Card], slot: int) -> str:
    """Whether too few units, or too much of one, stand behind an operand."""
    tests = [
        f"({_protected(batch)} AND s.n_v{slot} > 0 AND s.n_v{slot} < {FEWEST_ENTITIES})",
        f"({_protected(batch)} AND s.abs_v{slot} > 0 AND s.max_v{slot} > {LARGEST_SHARE} * s.abs_v{slot})",
    ]
    for limit in sorted({threshold(card) for card in batch} - {0}):
        cards = ", ".join(str(at) for at, card in enumerate(batch) if threshold(card) == limit)
        tests.append(f"(s.card IN ({cards}) AND s.abs_v{slot} > 0 AND s.abs_v{slot} < {limit})")
    return f"coalesce({' OR '.join(tests)}, FALSE)"


def _protected(batch: Sequence[Card]) -> str:
    """Whether a row is of a card that protects anybody."""
    opened = [str(at) for at, card in enumerate(batch) if card.protects is Protects.OPEN]
    return f"s.card NOT IN ({', '.join(opened)})" if opened else "TRUE"


def _list(parts: Sequence[str]) -> str:
    return f"[{', '.join(parts)}]" if parts else "[]"


def suppressed(
    rows: Sequence[Sequence[Value]],
    cards: Sequence[Card],
    shown: int,
    by: Sequence[str],
    here: Sequence[Container[Place]] = (),
    before: Iterable[Sequence[TableRow]] = (),
    *,
    audit: bool = False,
) -> tuple[list[int], Audit]:
    """Numbers of the rows that a public release leaves out, and whether what is hidden was bounded by intervals.

    rows: id, card, territory, period, numerator, sums, risky, unsafe and the dimensions `by`; shown: how many of
    the cards are for release; here: of the cards after them, what is out already over the same data; before: what is
    out over other data, as `rows_out` tells it; audit: whether that is wanted. Raises TooEntangled.
    """
    tables = [_table_row(row, cards, by, shown=shown, out=here) for row in rows]
    release = release_of(tables, before)
    release.unsafe = {
        table.number for table, row in zip(tables, rows, strict=True) if row[7] and table.told and table.shown
    }
    hidden, done = _audited(release) if audit else (rows_to_hide(release), Audit.NONE)
    return sorted(hidden), done


def _audited(release: Release) -> tuple[set[int], Audit]:
    """With the audit where it can be done; without it the exact rule stands by itself, and that is told."""
    try:
        return rows_to_hide(release, narrow), Audit.DONE
    except AuditorAbsent:
        return rows_to_hide(release), Audit.ABSENT
    except TableTooLarge:
        return rows_to_hide(release), Audit.TOO_LARGE


def rows_out(
    rows: Sequence[Sequence[Value]],
    cards: Sequence[Card],
    by: Sequence[str],
    out: Sequence[Container[Place]],
) -> list[TableRow]:
    """Rows as `suppressed` takes them, of cards that were published. out: by card, what was shown of it."""
    return [_table_row(row, cards, by, shown=0, out=out) for row in rows]


def _table_row(
    row: Sequence[Value],
    cards: Sequence[Card],
    by: Sequence[str],
    *,
    shown: int,
    out: Sequence[Container[Place]],
) -> TableRow:
    number, at, territory, period, numerator, sums, risky, _ = row[:8]
    assert isinstance(number, int)
    assert isinstance(at, int)
    cell = {name: _text(value) for name, value in zip(by, row[8:], strict=True)}
    place = (str(territory), str(period), tuple(cell[name] for name in cards[at].by))
    return TableRow(
        number=number,
        card=cards[at],
        territory=str(territory),
        period=str(period),
        cell=cell,
        sums=sums,  # type: ignore[arg-type]
        risky=risky,  # type: ignore[arg-type]
        told=numerator is not None,
        shown=at < shown,
        earlier=shown <= at < shown + len(out) and place in out[at - shown],
    )


def _text(value: Value) -> str | None:
    return None if value is None else str(value)
