"""Files of observations and frames: which columns they must have, and what may stand in them."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from spoiwo.engines.indicators.cards import RESERVED, RESULT
from spoiwo.engines.indicators.periods import read_period
from spoiwo.kernel.errors import DomainError

STATUSES = ("ok", "missing", "zero_reported", "na")
EITHER = ("ok", "missing")  # what a row without a status is, by its value
FRAME = ("unit_id", "territory", "period")
_TERRITORY = re.compile(r"[0-9]{2}(?:[0-9]{2}(?:[0-9]{3})?)?")


class FileUnusable(DomainError):
    """A file cannot be used. `reason` is a code, `detail` an example of what is wrong."""

    def __init__(self, file: str, reason: str, detail: str = ""):
        super().__init__(f"{file}: {reason} {detail}".rstrip())
        self.file = file
        self.reason = reason
        self.detail = detail


class TooLarge(DomainError):
    """The memory allowed does not suffice."""


class ResultUnwritable(DomainError):
    """The result cannot be written where it should go."""


def pattern_of(path: Path) -> str:
    """What to read: the file, or all Parquet files in a folder and below. Raises FileUnusable."""
    if path.is_dir():
        if next(path.rglob("*.parquet"), None) is None:
            raise FileUnusable(path.name, "no_parquet")
        return f"{path}/**/*.parquet"
    if not path.is_file():
        raise FileUnusable(path.name, "missing")
    return str(path)


def dimensions_of(file: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that are dimensions, sorted. Raises FileUnusable."""
    lacking = [column for column in RESERVED if column not in columns]
    if lacking:
        raise FileUnusable(file, "columns", ", ".join(lacking))
    dimensions = tuple(sorted(column for column in columns if column not in RESERVED))
    clashing = [column for column in dimensions if column in RESULT]
    if clashing:
        raise FileUnusable(file, "reserved", ", ".join(clashing))
    return dimensions


def frame_columns_of(file: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Columns of a frame besides the fixed ones, sorted. Raises FileUnusable."""
    lacking = [column for column in FRAME if column not in columns]
    if lacking:
        raise FileUnusable(file, "columns", ", ".join(lacking))
    return tuple(sorted(column for column in columns if column not in FRAME))


def check_territories(file: str, codes: Iterable[str | None]) -> None:
    """Raises FileUnusable unless all are codes of 2, 4 or 7 digits."""
    for code in codes:
        if code is None or _TERRITORY.fullmatch(code) is None:
            raise FileUnusable(file, "territory", repr(code))


def check_statuses(file: str, statuses: Iterable[str | None]) -> None:
    """Raises FileUnusable unless all are known; an empty one is ok or missing, as the value is."""
    for status in statuses:
        if status is not None and status not in STATUSES:
            raise FileUnusable(file, "status", repr(status))


def statuses_behind(told: Iterable[str | None]) -> frozenset[str]:
    """What rows of such statuses are, an empty one by its value."""
    found = {*told}
    return frozenset(status for status in STATUSES if status in found or (None in found and status in EITHER))


def read_periods(file: str, texts: Iterable[str | None]) -> list[tuple[str, int, int]]:
    """(text, month it ends in, months it has) of every period. Raises FileUnusable."""
    found = []
    for text in texts:
        try:
            found.append((text or "", *read_period(text or "")))
        except ValueError:
            raise FileUnusable(file, "period", repr(text)) from None
    return found
