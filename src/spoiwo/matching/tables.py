"""What the page of a proposal sets side by side: own values and marks, or both records of a duplicate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from spoiwo.clients.queries import opening
from spoiwo.clients.queries.own_records import OwnVersion
from spoiwo.matching import messages
from spoiwo.matching.models import Proposal
from spoiwo.matching.rules.differences import Part, differences
from spoiwo.matching.types import Field, Mark
from spoiwo.toolkit.templatetags.spoiwo import pl_date

# Shown even when the own register does not know them: that, too, is a reason to doubt.
ALWAYS = frozenset({Field.PESEL, Field.FIRST_NAME, Field.LAST_NAME, Field.BIRTH_DATE, Field.ADDRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field: the own value, the own second value (for duplicates only), and how they compare.

    mark: None where nothing is compared.
    """

    label: str
    own: Sequence[Part]
    second: Sequence[Part]
    mark: Mark | None
    words: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All lines, and the names of fields by what they say."""

    lines: Sequence[Line]
    speaking_for: str
    speaking_against: str
    unknown: str


def comparison(proposal: Proposal, own: OwnVersion, second: OwnVersion | None, *, shares: bool) -> Comparison:
    """Lines of a proposal. second: the other record when it is the own register's too. shares: marks may be shown."""
    marks: Mapping[str, str] = proposal.marks if shares else {}
    said: dict[Mark, list[str]] = {mark: [] for mark in Mark}
    lines = []
    for field in Field:
        label = str(messages.FIELD_NAMES[field])
        mark = Mark(marks[field]) if field in marks else None
        value = _value(own, field)
        if field not in ALWAYS and not value and mark in {None, Mark.MISSING} and second is None:
            continue
        if mark is not None:
            said[mark].append(label)
        left, right = (
            differences(value, _value(second, field)) if second else ([Part(value, differs=False)], [])
        )
        lines.append(
            Line(
                label=label,
                own=left,
                second=right,
                mark=mark,
                words=str(messages.MARK_NAMES[mark]) if mark else "",
                tone=messages.MARK_TONES[mark] if mark else "",
            )
        )
    return Comparison(
        lines=lines,
        speaking_for=", ".join([*said[Mark.AGREES], *said[Mark.SIMILAR]]),
        speaking_against=", ".join(said[Mark.CONTRADICTS]),
        unknown=", ".join(said[Mark.MISSING]),
    )


def _value(version: OwnVersion, field: Field) -> str:
    """The value as people read it."""
    match field:
        case Field.PESEL:
            return opening.own_pesel(version)
        case Field.DOCUMENT:
            return opening.own_document(version)
        case Field.ADDRESS:
            house = "/".join(part for part in (version.house, version.flat) if part)
            road = " ".join(part for part in (version.street, house) if part)
            return ", ".join(
                part for part in (road, f"{version.postal_code} {version.place}".strip()) if part
            )
        case Field.LAST_NAME:
            family = f" ({version.family_name})" if version.family_name else ""
            return f"{version.last_name}{family}"
    found: Any = getattr(version, field.value)
    return pl_date(found) if isinstance(found, date) else str(found or "")
