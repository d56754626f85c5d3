"""What a confirmation says, in one form for ever: numbers, parties and lines as canonical JSON, and its fingerprint."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from spoiwo.access.types import Category
from spoiwo.enquiries.types import Line, Sought

FORM = 1


def content_of(head: Mapping[str, str], person: Sought, lines: Sequence[Line]) -> dict[str, Any]:
    """Everything the document says. head: number, issuer, recipient, day, purpose, legal basis and the like."""
    return {
        "form": FORM,
        "head": dict(head),
        "person": sought_values(person),
        "lines": [_line_values(line) for line in lines],
    }


def canonical(content: Mapping[str, Any]) -> str:
    """The one text of a content: keys in order, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def digest_of_lines(lines: Iterable[Line]) -> str:
    """SHA-256 over lines that an officer is about to give, so that nothing else leaves than what was seen."""
    return fingerprint({"lines": [_line_values(line) for line in lines]})


def sought_values(person: Sought) -> dict[str, str]:
    """Who is meant, as texts."""
    born = person.birth_date.isoformat() if person.birth_date else ""
    return {
        "last_name": person.last_name,
        "first_name": person.first_name,
        "birth_date": born,
        "pesel": person.pesel,
    }


def sought_from(values: Mapping[str, str]) -> Sought:
    """What sought_values wrote down."""
    born = values.get("birth_date", "")
    return Sought(
        last_name=values["last_name"],
        first_name=values.get("first_name", ""),
        birth_date=date.fromisoformat(born) if born else None,
        pesel=values.get("pesel", ""),
    )


def line_from(values: Mapping[str, Any]) -> Line:
    """A line as it was written down."""
    as_of = values["as_of"]
    return Line(
        key=values["key"],
        category=Category(values["category"]),
        field=values["field"],
        label=values["label"],
        text=values["text"],
        as_of=date.fromisoformat(as_of) if as_of else None,
        old=values["old"],
        kind=values["kind"],
    )


def _line_values(line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "category": line.category.value,
        "field": line.field,
        "label": line.label,
        "text": line.text,
        "as_of": line.as_of.isoformat() if line.as_of else "",
        "old": line.old,
        "kind": line.kind,
    }
