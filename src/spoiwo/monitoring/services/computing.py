"""Figures of a card over a snapshot."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from spoiwo.engines.indicators.batching import Surroundings
from spoiwo.engines.indicators.cards import Card, CardUnusable
from spoiwo.engines.indicators.compiling import statement
from spoiwo.engines.indicators.computing import Earlier, compute_file
from spoiwo.engines.indicators.disclosure.solving import TooEntangled
from spoiwo.engines.indicators.duck import DuckIndicators
from spoiwo.engines.indicators.releasing import Policy
from spoiwo.monitoring.errors import CardRefused
from spoiwo.monitoring.services.known import MEMORY, THREADS, cards_beside, gathered, made_known
from spoiwo.monitoring.services.snapshots import take_snapshot
from spoiwo.monitoring.types import Found


def figures_of(card: Card, *, until: int | None = None) -> tuple[str, list[Found]]:
    """Name of the newest snapshot, and the figures that may be shown to the public. Raises CardRefused."""
    snapshot, files = take_snapshot()
    return snapshot, figures_over(card, files, until=until)


def figures_over(card: Card, files: Sequence[Path], *, until: int | None = None) -> list[Found]:
    """The figures over these files that may be shown to the public, after all publications or those before one.

    Raises CardRefused.
    """
    if not files:
        return []
    beside = cards_beside(card, until=until)
    with TemporaryDirectory() as made:
        known = made_known(card, beside, until=until)
        earlier = Earlier(cards=list(beside.values()), editions=known)
        return _computed(card, gathered(Path(made), files), earlier)


def compiled(card: Card) -> str:
    """The statement that computes the card."""
    return statement([card], Surroundings(dimensions=tuple(sorted({*card.by, *card.filtered}))))


def _computed(card: Card, folder: Path, earlier: Earlier) -> list[Found]:
    engine = DuckIndicators(threads=THREADS, memory=MEMORY)
    out = folder / "result" / "figures.out"
    out.parent.mkdir()
    try:
        compute_file(engine, [card], folder, None, out, policy=Policy.PUBLIC, store=engine, earlier=earlier)
        rows = engine.read(out)
    except CardUnusable as error:
        raise CardRefused(error.reason, error.detail) from None
    except TooEntangled:
        raise CardRefused("entangled") from None
    finally:
        engine.close()
    return [_found(row, len(card.by)) for row in rows]


def _found(row: Sequence[object], dimensions: int) -> Found:
    _, territory, level, period, *rest = row
    cell, figures = rest[:dimensions], rest[dimensions:]
    return Found(territory, level, period, tuple(cell), *figures)  # type: ignore[arg-type]
