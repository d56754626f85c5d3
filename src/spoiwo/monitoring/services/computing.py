"""Figures of a card over a snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from spoiwo.engines.indicators.batching import Surroundings
from spoiwo.engines.indicators.cards import Card, CardUnusable
from spoiwo.engines.indicators.compiling import statement
from spoiwo.engines.indicators.computing import NOTHING, Earlier, compute_file
from spoiwo.engines.indicators.disclosure.auditing import Audit
from spoiwo.engines.indicators.disclosure.solving import TooEntangled
from spoiwo.engines.indicators.duck import DuckIndicators
from spoiwo.engines.indicators.releasing import Policy
from spoiwo.monitoring.errors import CardRefused
from spoiwo.monitoring.services.known import made_known
from spoiwo.monitoring.services.remembered import MEMORY, THREADS, gathered
from spoiwo.monitoring.services.snapshots import Snapshot, take_snapshot
from spoiwo.monitoring.types import Found


@dataclass(frozen=True, slots=True)
class Released:
    """Figures that may be shown to the public. snapshot: what they stand on; audit: whether what is hidden was bounded
    by intervals too.
    """

    snapshot: str
    found: list[Found]
    audit: Audit


def figures_of(card: Card, *, until: int | None = None) -> Released:
    """The figures over the newest snapshot. Raises CardRefused."""
    return figures_over(card, take_snapshot(), until=until)


def figures_over(card: Card, snapshot: Snapshot, *, until: int | None = None, audit: bool = True) -> Released:
    """The figures over a snapshot that may be shown to the public, after all publications or those before one.

    audit: whether what is hidden is bounded by intervals, where that can be done. Raises CardRefused.
    """
    return _computed(card, snapshot, replace(made_known(card, snapshot.name, until=until), audit=audit))


def figures_alone(card: Card, snapshot: Snapshot) -> list[Found]:
    """The figures as if nothing had ever been published, to see how much a card would hide. Raises CardRefused."""
    return _computed(card, snapshot, NOTHING).found


def compiled(card: Card) -> str:
    """The statement that computes the card."""
    dimensions = tuple(sorted({*card.by, *card.filtered}))
    return statement(
        [card], Surroundings(dimensions=dimensions, frame_columns=("kind",) if card.frame_parts else None)
    )


def _computed(card: Card, snapshot: Snapshot, earlier: Earlier) -> Released:
    if not snapshot.files:
        return Released(snapshot.name, [], Audit.NONE)
    frame = snapshot.frame if card.frame_parts else None
    engine = DuckIndicators(threads=THREADS, memory=MEMORY)
    with TemporaryDirectory() as made:
        folder = gathered(Path(made), snapshot.files)
        out = folder / "result" / "figures.out"
        out.parent.mkdir()
        try:
            done = compute_file(
                engine, [card], folder, frame, out, policy=Policy.PUBLIC, store=engine, earlier=earlier
            )
            rows = engine.read(out)
        except CardUnusable as error:
            raise CardRefused(error.reason, error.detail) from None
        except TooEntangled:
            raise CardRefused("entangled") from None
        finally:
            engine.close()
    return Released(snapshot.name, [_found(row, len(card.by)) for row in rows], done.audit)


def _found(row: Sequence[object], dimensions: int) -> Found:
    _, territory, level, period, *rest = row
    cell, figures = rest[:dimensions], rest[dimensions:]
    return Found(territory, level, period, tuple(cell), *figures)  # type: ignore[arg-type]
