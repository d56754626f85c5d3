"""What leaves with a publication: nothing that was hidden before, and a digest of the whole table."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from spoiwo.monitoring.types import Found, Key

# Fewer than 3 units, a share above 75 %, persons, secondary suppression over all that was ever published, audited by
# intervals; hidden stays hidden.
POLICY = "public-4"
HIDDEN = "suppressed"


def still_hidden(found: Iterable[Found], hidden: Collection[Key]) -> list[Found]:
    """The figures, those that an earlier publication hid hidden again: two publications must not tell by their
    difference what each of them keeps.
    """
    return [
        replace(
            one,
            numerator=None,
            denominator=None,
            value=None,
            n_units=None,
            coverage=None,
            status=HIDDEN,
        )
        if one.key in hidden and one.status == "ok"
        else one
        for one in found
    ]


def beside(measures: Collection[str], cards: Mapping[int, Collection[str]]) -> list[int]:
    """Which cards, told by their measures, can tell about these: those that share one, and those that share one with
    them, and so on.
    """
    reached, near = set(measures), set[int]()
    while fresh := [key for key, own in cards.items() if key not in near and reached & set(own)]:
        near.update(fresh)
        reached.update(measure for key in fresh for measure in cards[key])
    return sorted(near)


def card_hash(code: str, entry: Mapping[str, object], sql: str) -> str:
    """SHA-256 of what a card computes and of the statement it was compiled to when it was approved."""
    told = json.dumps([code, entry, sql], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def table_hash(found: Sequence[Found]) -> str:
    """SHA-256 of the released table, whatever the order of its rows."""
    rows = sorted((_row(one) for one in found), key=json.dumps)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _row(one: Found) -> list[object]:
    return [
        one.territory, one.level, one.period, list(one.cell), one.numerator, one.denominator, one.value,
        one.n_units, one.coverage, one.status,
    ]  # fmt: skip
