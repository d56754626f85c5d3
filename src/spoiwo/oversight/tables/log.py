"""Lines of the access log as people read them, on screen and in files."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.access.messages import CATEGORY_NAMES
from spoiwo.access.types import Category
from spoiwo.audit.queries import Record
from spoiwo.oversight.messages import action_in_words
from spoiwo.oversight.types import Line, LogFilter, Vocabulary

CODE_LENGTH = 8


def lines(records: Iterable[Record], words: Vocabulary) -> list[Line]:
    """Records in words, in their order."""
    return [
        Line(
            at=record.at,
            who=_worker(record, words),
            institution=words.institutions.get(record.institution_acting_id, _("the platform")),
            action=action_in_words(
                record.action, record.outcome, words.institutions.get(record.institution_acting_id, "")
            ),
            whom=_client(record.person, words),
            purpose=words.purposes.get(record.purpose, record.purpose),
            basis=words.bases.get(record.legal_basis, record.legal_basis),
            agreement=record.agreement,
            data=_categories(record.categories),
            count=record.count,
            seq=record.seq,
        )
        for record in records
    ]


def header() -> list[str]:
    """Column names of the file."""
    return [
        _("Number"),
        _("When"),
        _("Institution"),
        _("Who"),
        _("What"),
        _("Whom"),
        _("Purpose"),
        _("Legal basis"),
        _("Agreement"),
        _("Data"),
        _("How many"),
    ]


def cells(line: Line) -> list[object]:
    """A line of the file, in the order of the header."""
    return [
        line.seq,
        timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M:%S"),
        line.institution,
        line.who,
        line.action,
        line.whom,
        line.purpose,
        line.basis,
        line.agreement,
        line.data,
        line.count,
    ]


def file_name(records: Sequence[Record], wanted: LogFilter, *, today: date) -> str:
    """Name of the file without its ending: the days asked for, else those of the oldest and newest line in it."""
    days = (
        [timezone.localdate(record.at) for record in (records[-1], records[0])] if records else [today, today]
    )
    first, last = wanted.first or days[0], wanted.last or days[1]
    stem = _("access-log")
    return f"{stem}_{first.isoformat()}_{last.isoformat()}"


def code_of(pseudonym: UUID) -> str:
    """A short code for somebody who is not named; the random end of the pseudonym."""
    return pseudonym.hex[-CODE_LENGTH:].upper()


def _worker(record: Record, words: Vocabulary) -> str:
    if record.actor is None:
        return _("by itself, as agreed")
    return words.workers.get(record.actor) or _("worker %(code)s") % {"code": code_of(record.actor)}


def _client(person: UUID | None, words: Vocabulary) -> str:
    if person is None:
        return ""
    return words.clients.get(person) or _("person %(code)s") % {"code": code_of(person)}


def _categories(codes: str) -> str:
    known = [Category(code) for code in codes.split(",") if code in set(Category)]
    return ", ".join(str(CATEGORY_NAMES[category]) for category in CATEGORY_NAMES if category in known)
