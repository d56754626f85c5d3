"""Matching registers that lie in files: no database, no Django, nothing kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from spoiwo.engines.linkage import LinkageEngine
from spoiwo.kernel.errors import DomainError
from spoiwo.matching.strategy import STRATEGY, explaining, normalising, run

Progress = Callable[[str], None]
_DELIMITERS = (",", ";", "\t", "|")
_ID = "local_id"
_ENOUGH = {"pesel", "first_name", "last_name", "document_no"}  # without one of them nobody can be recognised


class RegisterUnusable(DomainError):
    """A file cannot be matched. reason: a code, worded where it is shown."""

    def __init__(self, name: str, reason: str):
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMatch:
    """What a run over files did: rows read on each side (right is 0 for one register) and pairs by decision."""

    strategy: str
    left: int
    right: int
    auto: int
    review: int


def match_files(
    engine: LinkageEngine,
    left: Path,
    right: Path | None,
    out: Path,
    *,
    language: str = "",
    progress: Progress = lambda _: None,
) -> FileMatch:
    """Write judged pairs of two registers, or of the duplicates in one when `right` is None, to `out`.

    Columns: left_id, right_id, decision, probability, rule, evidence; in the order of
    the ids. language: "pl" or "en" puts whole sentences into `evidence`; otherwise it holds codes, `field=level`.
    Raises RegisterUnusable for a file that is no register.
    """
    progress("reading")
    columns = take_in(engine, left, right)
    run.judge(engine, columns, dedupe=right is None, remember=False, progress=progress)
    progress("writing")
    explaining.explain(engine, language=language)
    _write(engine, out)
    return _counted(engine)


def take_in(engine: LinkageEngine, left: Path, right: Path | None) -> list[str]:
    """Make `raw` (for strategy.run) and `ident` of two registers or one; the columns that were read.

    Raises RegisterUnusable.
    """
    registers = [layout(path) for path in (left, right) if path is not None]
    known = {name for register in registers for name in register.known}
    columns = [name for name in normalising.COLUMNS if name in known]
    engine.make_register("raw", columns)
    for side, register in enumerate(registers):
        _load(engine, register, side)
    engine.run(f"CREATE TABLE ident AS SELECT id, side, {_ID} FROM raw")
    return columns


def _counted(engine: LinkageEngine) -> FileMatch:
    sides = engine.rows("SELECT count(*), count(*) FILTER (side = 1) FROM ident")[0]
    pairs = engine.rows("SELECT count(*), count(*) FILTER (verdict = 'auto') FROM judged")[0]
    both, right, found, auto = (int(str(count)) for count in (*sides, *pairs))
    return FileMatch(strategy=STRATEGY, left=both - right, right=right, auto=auto, review=found - auto)


class Layout(NamedTuple):
    """How a file is laid out: all columns in order, and those of them that are used."""

    path: Path
    delimiter: str
    names: list[str]
    known: list[str]


def layout(path: Path) -> Layout:
    """What the first line tells; refuses what cannot be a register."""
    header = _header(path)
    delimiter = max(_DELIMITERS, key=header.count)
    names = [name.strip().strip('"').lower() for name in header.split(delimiter)]
    if _ID not in names:
        raise RegisterUnusable(path.name, "no_id")
    known = [name for name in names if name in normalising.COLUMNS]
    if len(known) != len(set(known)):
        raise RegisterUnusable(path.name, "column_twice")
    if not _ENOUGH.intersection(known):
        raise RegisterUnusable(path.name, "no_identity")
    return Layout(path, delimiter, _distinct(names), known)


def _load(engine: LinkageEngine, register: Layout, side: int) -> None:
    """Read a register into `raw`; refuse rows that cannot be told apart."""
    engine.load_csv(
        "raw",
        register.path,
        delimiter=register.delimiter,
        columns=register.names,
        kept=register.known,
        side=side,
    )
    empty, twice = engine.rows(
        f"SELECT count(*) - count({_ID}), count({_ID}) - count(DISTINCT {_ID}) FROM raw WHERE side = {side}"
    )[0]
    if empty:
        raise RegisterUnusable(register.path.name, "empty_id")
    if twice:
        raise RegisterUnusable(register.path.name, "id_twice")


def _distinct(names: Sequence[str]) -> list[str]:
    """Names with a number where one stands twice or is empty; such columns are not read."""
    return [name if name and names.count(name) == 1 else f"{name}#{at}" for at, name in enumerate(names)]


def _header(path: Path) -> str:
    """The first line; a mark of byte order is dropped."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            line = stream.readline().strip("\r\n")
    except FileNotFoundError:
        raise RegisterUnusable(path.name, "missing") from None
    except (IsADirectoryError, PermissionError):
        raise RegisterUnusable(path.name, "unreadable") from None
    except UnicodeDecodeError:
        raise RegisterUnusable(path.name, "encoding") from None
    if not line:
        raise RegisterUnusable(path.name, "empty")
    return line


def _write(engine: LinkageEngine, out: Path) -> None:
    turned = "(one.side = other.side AND one.local_id > other.local_id)"
    left = f"CASE WHEN {turned} THEN other.local_id ELSE one.local_id END"
    right = f"CASE WHEN {turned} THEN one.local_id ELSE other.local_id END"
    engine.write_csv(
        f"""SELECT {left} AS left_id, {right} AS right_id, verdict AS decision,
        printf('%.6f', 1 / (1 + exp(-greatest(least(odds, 30), -30)))) AS probability, rule, evidence
        FROM judged JOIN explained USING (code) JOIN ident one ON one.id = a JOIN ident other ON other.id = b
        ORDER BY left_id, right_id""",
        out,
    )
