"""Deadlines as people write them ("marzec/kwiecień br."), as an interval of days."""

import calendar
import re
from datetime import date

from spoiwo.kernel.text import fold

_MONTHS = {
    stem: number
    for number, stems in enumerate(
        (
            ("stycz",), ("lut",), ("marz", "marc"), ("kwie",), ("maj",), ("czerw",),
            ("lip",), ("sierp",), ("wrze",), ("pazdz",), ("listop",), ("grud",),
        ),
        start=1,
    )
    for stem in stems
}  # fmt: skip
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DAY = re.compile(r"\b(\d{1,2})[.\s-]+(\d{1,2})[.\s-]+(\d{4})\b")
_QUARTER = re.compile(r"\b(iv|iii|ii|i|[1-4])\s*\.?\s*kwarta")
_YEAR = re.compile(r"\b(20\d\d)\b")


def read_deadline(wording: str, *, said_on: date) -> tuple[date, date] | None:
    """First and last day that the words mean, seen from the day they were said; None when they mean no days.

    Understood: days, months and ranges of months, quarters, "do końca roku"; "br." is the year they were said in.
    """
    words = fold(wording)
    if found := _DAY.findall(words):
        days = [_day(*map(int, one)) for one in found]
        known = [day for day in days if day]
        return (
            (said_on if len(known) == 1 and words.startswith("do ") else min(known), max(known))
            if known
            else None
        )
    year = int(found_year[1]) if (found_year := _YEAR.search(words)) else said_on.year
    if quarter := _QUARTER.search(words):
        number = _QUARTERS[quarter[1]]
        return date(year, 3 * number - 2, 1), _last_day(year, 3 * number)
    months = [month for word in re.findall(r"[a-z]+", words) if (month := _month(word))]
    if months:
        return date(year, min(months), 1), _last_day(year, max(months))
    if "konca roku" in words:
        return said_on, date(year, 12, 31)
    return None


def _month(word: str) -> int | None:
    return next((number for stem, number in _MONTHS.items() if word.startswith(stem)), None)


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
