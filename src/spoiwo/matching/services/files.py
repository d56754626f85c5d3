"""Matching registers that lie in files: no database, no Django, nothing kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

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
    run.judge(engine, columns, dedupe=right is None, progress=progress)
    progress("writing")
    explaining.explain(engine, language=language)
    _write(engine, out)
    return _counted(engine)


def take_in(engine: LinkageEngine, left: Path, right: Path | None) -> list[str]:
    """Make `raw` (for strategy.run) and `ident` of two registers or one; the columns that were read.

    Raises RegisterUnusable.
    """
    columns = _load(engine, left, "left_register")
    if right is not None:
        columns = [*columns, *_load(engine, right, "right_register")]
    _stack(engine, two=right is not None)
    return sorted(set(columns), key=normalising.COLUMNS.index)


def _counted(engine: LinkageEngine) -> FileMatch:
    sides = engine.rows("SELECT count(*), count(*) FILTER (side = 1) FROM ident")[0]
    pairs = engine.rows("SELECT count(*), count(*) FILTER (verdict = 'auto') FROM judged")[0]
    both, right, found, auto = (int(str(count)) for count in (*sides, *pairs))
    return FileMatch(strategy=STRATEGY, left=both - right, right=right, auto=auto, review=found - auto)


def _load(engine: LinkageEngine, path: Path, table: str) -> list[str]:
    """Read a register and answer those of its columns that are used; refuse what cannot be one."""
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
    engine.load_csv(table, path, delimiter=delimiter, columns=_distinct(names), kept=known)
    bad = engine.rows(f"SELECT count(*) - count({_ID}), count({_ID}) - count(DISTINCT {_ID}) FROM {table}")[0]
    if bad[0]:
        raise RegisterUnusable(path.name, "empty_id")
    if bad[1]:
        raise RegisterUnusable(path.name, "id_twice")
    return known


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


def _stack(engine: LinkageEngine, *, two: bool) -> None:
    """Make `raw`, both registers under one another, and `ident`, which keeps their ids; numbers mean nothing."""
    both = "SELECT 0::TINYINT AS side, * FROM left_register"
    if two:
        both += " UNION ALL BY NAME SELECT 1::TINYINT AS side, * FROM right_register"
    engine.run(f"CREATE TABLE raw AS SELECT (row_number() OVER ())::INTEGER AS id, * FROM ({both})")
    engine.run(f"CREATE TABLE ident AS SELECT id, side, {_ID} FROM raw")
    engine.run("DROP TABLE left_register")
    if two:
        engine.run("DROP TABLE right_register")


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
