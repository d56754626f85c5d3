"""Periods of statistics as numbers: the month they end in and how many months they have."""

import re

_SHAPE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")
SHAPE = r"^[0-9]{4}(-(Q[1-4]|0[1-9]|1[0-2]))?$"


def read_period(text: str) -> tuple[int, int]:
    """(month it ends in, counted from year 0; months it has) of 2024, 2024-Q3 or 2024-07. Raises ValueError."""
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, quarter, month = found.groups()
    if quarter:
        return int(year) * 12 + int(quarter) * 3 - 1, 3
    if month:
        return int(year) * 12 + int(month) - 1, 1
    return int(year) * 12 + 11, 12


def written_period(label: int, months: int) -> str:
    """The text of the label-th period of that many months."""
    if months == 12:
        return f"{label:04}"
    if months == 3:
        return f"{label // 4:04}-Q{label % 4 + 1}"
    return f"{label // 12:04}-{label % 12 + 1:02}"


def between(first: str, last: str) -> list[str]:
    """All periods from the first to the last, which are of one length, whether or not anything is told of them."""
    (start, months), (end, _months) = read_period(first), read_period(last)
    return [written_period(label, months) for label in range(start // months, end // months + 1)]
