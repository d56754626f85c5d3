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
from spoiwo.monitoring.services.known import MEMORY, THREADS, gathered, made_known
from spoiwo.monitoring.services.snapshots import Snapshot, take_snapshot
from spoiwo.monitoring.types import Found


def figures_of(card: Card, *, until: int | None = None) -> tuple[str, list[Found]]:
    """Name of the newest snapshot, and the figures that may be shown to the public. Raises CardRefused."""
    snapshot = take_snapshot()
    return snapshot.name, figures_over(card, snapshot, until=until)


def figures_over(card: Card, snapshot: Snapshot, *, until: int | None = None) -> list[Found]:
    """The figures over a snapshot that may be shown to the public, after all publications or those before one.

    Raises CardRefused.
    """
    if not snapshot.files:
        return []
    earlier = made_known(card, snapshot.name, until=until)
    with TemporaryDirectory() as made:
        folder = gathered(Path(made), snapshot.files)
        return _computed(card, folder, snapshot.frame if card.frame_parts else None, earlier)


def compiled(card: Card) -> str:
    """The statement that computes the card."""
    dimensions = tuple(sorted({*card.by, *card.filtered}))
    return statement(
        [card], Surroundings(dimensions=dimensions, frame_columns=("kind",) if card.frame_parts else None)
    )


def _computed(card: Card, folder: Path, frame: Path | None, earlier: Earlier) -> list[Found]:
    engine = DuckIndicators(threads=THREADS, memory=MEMORY)
    out = folder / "result" / "figures.out"
    out.parent.mkdir()
    try:
        compute_file(engine, [card], folder, frame, out, policy=Policy.PUBLIC, store=engine, earlier=earlier)
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
