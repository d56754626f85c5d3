"""Days and parts of a sentence as the answers to a person write them."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

Found = tuple[date | None, str, str]  # day, what, details


def joined(*parts: Any) -> str:
    """The parts that say something, one after the other."""
    return ", ".join(str(part) for part in parts if part)


def local_day(at: datetime) -> date:
    """The day of a moment, where the reader lives."""
    return timezone.localdate(at)


def day_words(day: date | None) -> str:
    """A day in words; a dash for none."""
    return date_format(day, "j E Y") if day else "–"
