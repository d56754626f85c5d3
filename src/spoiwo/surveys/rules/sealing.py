"""Answers under seal: what is kept of an answer."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from spoiwo.kernel.sealing import seal, unseal
from spoiwo.surveys.types import Value

PLACE = "survey-answer"


@dataclass(slots=True)
class Kept:
    """What is under the seal: values by field code, and the fields filled in beforehand nobody has confirmed yet.

    prefilled_from: where those came from, in words. pages: codes of pages that were gone through.
    """

    values: dict[str, Value] = field(default_factory=dict)
    prefilled: dict[str, str] = field(default_factory=dict)  # field code -> where the value came from
    pages: list[str] = field(default_factory=list)


def sealed(kept: Kept, key: bytes, answer_id: UUID) -> bytes:
    """An answer as it is stored; it opens in its own row only."""
    document = {"values": kept.values, "prefilled": kept.prefilled, "pages": kept.pages}
    return seal(key, json.dumps(document, ensure_ascii=False, separators=(",", ":")), f"{PLACE}:{answer_id}")


def opened(stored: bytes, key: bytes, answer_id: UUID) -> Kept:
    """What `sealed` wrote. Raises CannotUnseal."""
    document = json.loads(unseal(key, stored, f"{PLACE}:{answer_id}"))
    return Kept(document["values"], document["prefilled"], document["pages"])


def merged(known: Iterable[tuple[str, dict[str, Value]]]) -> tuple[dict[str, Value], dict[str, str]]:
    """Values from several sources, later ones first in line, with the source of each."""
    values: dict[str, Value] = {}
    sources: dict[str, str] = {}
    for source, given in known:
        for code, value in given.items():
            values[code] = value
            sources[code] = source
    return values, sources
