"""From records that share a key to pairs with evidence."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from spoiwo.clients.types import ComparedValues, MatchKey
from spoiwo.matching.rules.comparing import compare
from spoiwo.matching.types import Evidence, Subject

Pair = tuple[int, int]  # two record ids, the smaller first
Group = tuple[int, MatchKey]  # of one institution
Known = tuple[ComparedValues, Subject]


class Found(NamedTuple):
    """A pair with what speaks for it, and the institutions in the order of the pair."""

    evidence: Evidence
    left_institution: int
    right_institution: int


def found_pairs(
    own: Sequence[ComparedValues], others: Iterable[ComparedValues], capped: Collection[Group]
) -> dict[Pair, Found]:
    """Pairs of an own and another record with evidence; the same whichever side is `own`.

    capped: (institution, key) whose groups are too large to mean a person; such a key pairs nobody.
    """
    by_key: dict[MatchKey, list[Known]] = defaultdict(list)
    for other in others:
        known = other, _subject(other)
        for key in other.keys:
            if (other.institution, key) not in capped:
                by_key[key].append(known)
    found: dict[Pair, Found] = {}
    for one in own:
        subject = _subject(one)
        for other, other_subject in _candidates(one, by_key, capped):
            mine_first = one.record < other.record
            evidence = compare(subject, other_subject) if mine_first else compare(other_subject, subject)
            if evidence is None:
                continue
            left, right = (one, other) if mine_first else (other, one)
            found[left.record, right.record] = Found(evidence, left.institution, right.institution)
    return found


def _candidates(
    one: ComparedValues,
    by_key: dict[MatchKey, list[Known]],
    capped: Collection[Group],
) -> Iterator[Known]:
    seen: set[int] = set()
    for key in one.keys:
        if (one.institution, key) in capped:
            continue
        for known in by_key.get(key, ()):
            if known[0].record not in seen:
                seen.add(known[0].record)
                yield known


def _subject(values: ComparedValues) -> Subject:
    return Subject(
        pesel=values.pesel,
        first_name=values.first_name,
        second_name=values.second_name,
        last_name=values.last_name,
        family_name=values.family_name,
        birth_date=values.birth_date,
        sex=values.sex,
        teryt=values.teryt,
        street=values.street,
        house=values.house,
        flat=values.flat,
        phone=values.phone,
    )
