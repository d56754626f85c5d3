"""What a card came to over a snapshot, kept beside the snapshot.

Neither ever changes, and publishing asks for it again and again: everything that was ever published of neighbouring
cards counts. What is kept can be dropped; it is worked out again.
"""

import hashlib
import json
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from spoiwo.engines.indicators.batching import Surroundings
from spoiwo.engines.indicators.cards import Card
from spoiwo.engines.indicators.compiling import statement
from spoiwo.engines.indicators.computing import published
from spoiwo.engines.indicators.disclosure.tables import TableRow, behind
from spoiwo.engines.indicators.duck import DuckIndicators
from spoiwo.engines.indicators.releasing import Place
from spoiwo.monitoring.services.snapshots import files_of, folder_of

KNOWN = "known"
THREADS = 1
MEMORY = "500MB"
Kept = list[
    list[object]
]  # of each row: whether of what is behind the card, place, period, cell, sums, risky, told


def rows_of(cards: Sequence[Card], snapshot: str, out: Sequence[Container[Place]]) -> list[TableRow]:
    """Rows of the cards over a snapshot, and of what is behind them. out: of the first cards, what was shown of them.

    Raises SnapshotGone when something has to be worked out and the snapshot is not there.
    """
    folder = folder_of(KNOWN)
    paths = [folder / f"{_name(card, snapshot)}.json" for card in cards]
    missing = {path: card for card, path in zip(cards, paths, strict=True) if not path.exists()}
    if missing:
        _work_out(list(missing.values()), snapshot, folder)
    numbers = count()
    found: list[TableRow] = []
    for at, (card, path) in enumerate(zip(cards, paths, strict=True)):
        found += _read(card, path, numbers, out[at] if at < len(out) else frozenset())
    return found


def gathered(folder: Path, files: Sequence[Path]) -> Path:
    """The folder, with the files in it."""
    for path in files:
        (folder / path.name).symlink_to(path)
    return folder


def _name(card: Card, snapshot: str) -> str:
    """Names the snapshot, the card whatever its code, and how the engine works it out."""
    nameless = replace(card, code="", texts={})
    frame_columns = ("kind",) if card.frame_parts else None
    dimensions = tuple(sorted({*card.by, *card.filtered}))
    around = Surroundings(dimensions=dimensions, frame_columns=frame_columns, contributors=True)
    told = json.dumps([snapshot, repr(nameless), statement([nameless], around)])
    return hashlib.sha256(told.encode()).hexdigest()


def _work_out(cards: Sequence[Card], snapshot: str, folder: Path) -> None:
    kept = files_of(snapshot)
    rows: dict[str, Kept] = {card.code: [] for card in cards}
    if kept.files:
        frame = kept.frame if any(card.frame_parts for card in cards) else None
        engine = DuckIndicators(threads=THREADS, memory=MEMORY)
        try:
            with TemporaryDirectory() as made:
                worked_out = published(engine, cards, gathered(Path(made), kept.files), (), frame=frame)
        finally:
            engine.close()
        hidden = {shadow.code: card.code for card in cards if (shadow := behind(card)) is not None}
        for row in worked_out:
            code = row.card.code
            rows[hidden.get(code, code)].append(_kept(row, is_behind=code in hidden))
    for card in cards:
        _write(folder / f"{_name(card, snapshot)}.json", rows[card.code])


def _kept(row: TableRow, *, is_behind: bool) -> list[object]:
    cell = [row.cell.get(name) for name in row.card.by]
    return [is_behind, row.territory, row.period, cell, list(row.sums), list(row.risky), row.told]


def _write(path: Path, rows: Kept) -> None:
    with TemporaryDirectory(dir=path.parent) as making:
        part = Path(making) / path.name
        part.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        part.replace(path)


def _read(card: Card, path: Path, numbers: Iterator[int], out: Container[Place]) -> Iterator[TableRow]:
    shadow = behind(card)
    for is_behind, territory, period, cell, sums, risky, told in json.loads(path.read_text("utf-8")):
        own = shadow if is_behind and shadow is not None else card
        yield TableRow(
            number=next(numbers),
            card=own,
            territory=territory,
            period=period,
            cell=dict(zip(own.by, cell, strict=True)),
            sums=sums,
            risky=risky,
            told=told,
            shown=False,
            earlier=not is_behind and (territory, period, tuple(cell)) in out,
        )
