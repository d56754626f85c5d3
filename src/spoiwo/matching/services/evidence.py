"""From records to judged pairs: candidates by stored keys, judged one by one, then compared with their rivals.

What two registers taught is given; so a record is judged as the comparison of whole registers judged it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from spoiwo.clients.queries import comparing
from spoiwo.matching.models import FoundPair, StoredKey
from spoiwo.matching.rules import marks
from spoiwo.matching.services.keys import keys_sought, most_pairs
from spoiwo.matching.strategy import Judge, Judged, Known, deciding, known, settled
from spoiwo.matching.strategy.comparing import FIELDS
from spoiwo.matching.strategy.levels import levels_of
from spoiwo.matching.strategy.weighing import unpacked
from spoiwo.matching.types import Evidence, Mark, Pair, Verdict
from spoiwo.toolkit.among import among

FOUND_COLUMNS = (
    "left_record_id", "right_record_id", "left_institution_id", "right_institution_id", "is_sure", "odds", "rule",
    "code",
)  # fmt: skip
CONTRADICTS = "pesel_contradicts"
Group = dict[int, list[int]]  # institution -> records that have a key


class _Found(NamedTuple):
    """A row of FOUND_COLUMNS."""

    left: int
    right: int
    left_institution: int
    right_institution: int
    is_sure: bool
    odds: float
    rule: str
    code: int


@dataclass(slots=True)
class Search:
    """What a search for partners found: records to settle anew, and keys that too many records share."""

    touched: set[int]
    capped: int = 0


def of_one_number(one: Known, other: Known) -> tuple[float, str, int] | None:
    """Odds, rule and code of a pair that no explanation holds for but that has one right PESEL; None for others.

    A spouse's or a child's number was typed in, or somebody changed first name and date of birth: people look.
    """
    if one.pesel is None or one.pesel != other.pesel or not one.standing or not other.standing:
        return None
    return deciding.REVIEW_FROM, CONTRADICTS, _packed(levels_of(one, other))


def search(own: Collection[int], institution_id: int, judges: Mapping[int, Judge]) -> Search:
    """Find and judge all pairs of these records of an institution anew.

    judges: for each partner, and for the institution itself where duplicates are sought; without any, what was
    found before stands, and the records need not be read.
    """
    done = Search({*own, *_partners(own)})
    if not judges:
        return done
    records = {one.record: known(one.cells) for one in comparing.values_of_records(own)}
    _forget(records, institution_id, judges)
    pairs, done.capped = _candidates(records, institution_id, judges)
    others = {other for _one, other, _institution in pairs} - records.keys()
    beside = {one.record: known(one.cells) for one in comparing.values_of_records(others)} | records
    rows = []
    for one, other, institution in sorted(pairs):
        if other not in beside:
            continue
        found = _judged(beside[one], beside[other], judges[institution])
        if found is not None:
            rows.append((*_ends(one, other, institution_id, institution), *found))
            done.touched.add(other)
    write_pairs(rows)
    return done


def write_pairs(rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows of FOUND_COLUMNS; a pair that is there already gets the new values."""
    names, holes = ", ".join(FOUND_COLUMNS), ", ".join(["%s"] * len(FOUND_COLUMNS))
    anew = ", ".join(f"{name} = excluded.{name}" for name in FOUND_COLUMNS[4:])
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO matching_foundpair ({names}) VALUES ({holes})"  # noqa: S608 names of our columns
            f" ON CONFLICT (left_record_id, right_record_id) DO UPDATE SET {anew}",
            rows,
        )


def forget(records: Collection[int]) -> set[int]:
    """Drop all pairs of records that are gone; the partners they had."""
    partners = _partners(records)
    FoundPair.objects.filter(among("left_record", records)).delete()
    FoundPair.objects.filter(among("right_record", records)).delete()
    return partners - set(records)


def evidence_about(
    records: Collection[int], institution_id: int, partners: Collection[int]
) -> dict[Pair, Evidence]:
    """What was found about these records between the institution and its partners (itself among them for
    duplicates), after rivals were compared.
    """
    wanted = _found_pairs(records, institution_id, partners)
    beside = {one for pair in wanted for one in pair}.difference(records)
    around = _in_force(wanted | _found_pairs(beside, institution_id, partners))
    by_sides: dict[Pair, dict[Pair, Judged]] = defaultdict(dict)
    for pair, row in around.items():
        sides = (min(row.institutions), max(row.institutions))
        by_sides[sides][pair] = row.judged
    found = {}
    for judged in by_sides.values():
        for pair, one in settled(judged, _rivals(judged)).items():
            if pair in wanted:
                found[pair] = _evidence(one, around[pair])
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    judged: Judged
    code: int
    institutions: Pair  # of the left and of the right record


def _evidence(one: Judged, row: _Row) -> Evidence:
    return Evidence(
        verdict=Verdict(one.verdict),
        rule=marks.rule_code(one.rule),
        marks=_marks(row.code),
        left_institution=row.institutions[0],
        right_institution=row.institutions[1],
    )


def _judged(one: Known, other: Known, judge: Judge) -> tuple[bool, float, str, int] | None:
    found = judge.judge(one, other)
    if found is not None:
        return found.verdict == deciding.AUTO, found.odds, found.rule, _packed(found.levels)
    contradicting = of_one_number(one, other)
    return (False, *contradicting) if contradicting else None


def _ends(one: int, other: int, mine: int, theirs: int) -> tuple[int, int, int, int]:
    return (one, other, mine, theirs) if one < other else (other, one, theirs, mine)


@lru_cache(maxsize=10_000)
def _levels(code: int) -> Mapping[str, int]:
    """Few ways of comparing make up nearly all pairs."""
    return MappingProxyType(unpacked(code, FIELDS))


@lru_cache(maxsize=10_000)
def _marks(code: int) -> Mapping[str, Mark]:
    return MappingProxyType(marks.marks(_levels(code)))


def _packed(levels: Mapping[str, int]) -> int:
    return sum(levels[field] * 10**place for place, field in enumerate(FIELDS))


def _candidates(
    records: Mapping[int, Known], institution_id: int, judges: Mapping[int, Judge]
) -> tuple[set[tuple[int, int, int]], int]:
    """(own record, other record, the other's institution) that share a key; and how many keys were passed over."""
    sought = {record: keys_sought(one) for record, one in records.items()}
    wanted = {key for keys in sought.values() for key in keys}
    groups: dict[int, Group] = defaultdict(lambda: defaultdict(list))
    stored = StoredKey.objects.filter(among("key", wanted), institution__in=sorted({institution_id, *judges}))
    for key, institution, record in stored.values_list("key", "institution_id", "record_id"):
        groups[key][institution].append(record)
    pairs: set[tuple[int, int, int]] = set()
    capped: set[int] = set()
    for one, keys in sought.items():
        for key in keys:
            for institution in judges:
                if _is_too_large(key, groups[key], institution_id, institution):
                    capped.add(key)
                    continue
                # Of two records that are both looked at the first one makes the pair.
                pairs.update(
                    (one, other, institution)
                    for other in groups[key][institution]
                    if other != one and (other not in records or one < other)
                )
    return pairs, len(capped)


def _is_too_large(key: int, group: Group, institution_id: int, other_id: int) -> bool:
    mine, theirs = len(group[institution_id]), len(group[other_id])
    if institution_id == other_id:
        return mine * mine > 2 * most_pairs(key)
    return max(mine, 1) * theirs > most_pairs(key)


def _touching(records: Collection[int]) -> Iterator[_Found]:
    columns = [column.removesuffix("_id") for column in FOUND_COLUMNS]
    for end in ("left_record", "right_record"):
        rows = FoundPair.objects.filter(among(end, records)).values_list(*columns)
        yield from (_Found(*row) for row in rows)


def _partners(records: Collection[int]) -> set[int]:
    return {end for row in _touching(records) for end in (row.left, row.right)}


def _forget(records: Collection[int], institution_id: int, judges: Collection[int]) -> None:
    """Drop the pairs of these records with the institutions that are searched again."""
    if institution_id in judges:
        sides = Q(left_institution__in=sorted(judges), right_institution__in=sorted(judges))
    else:
        sides = Q(left_institution__in=sorted(judges)) | Q(right_institution__in=sorted(judges))
    FoundPair.objects.filter(sides, among("left_record", records)).delete()
    FoundPair.objects.filter(sides, among("right_record", records)).delete()


def _found_pairs(
    records: Collection[int], institution_id: int, partners: Collection[int]
) -> dict[Pair, _Row]:
    """Pairs of these records of which one is the institution's and the other a partner's."""
    found = {}
    for row in _touching(records):
        sides = (row.left_institution, row.right_institution)
        other = sides[1] if sides[0] == institution_id else sides[0]
        if institution_id in sides and other in partners:
            verdict = deciding.AUTO if row.is_sure else deciding.REVIEW
            judged = Judged(verdict=verdict, odds=row.odds, rule=row.rule, levels=_levels(row.code))
            found[row.left, row.right] = _Row(judged, row.code, sides)
    return found


def _in_force(pairs: Mapping[Pair, _Row]) -> dict[Pair, _Row]:
    """Pairs of which neither record has vanished since they were found."""
    ends = {one for pair in pairs for one in pair}
    held = comparing.records_in_force(ends)
    return {pair: row for pair, row in pairs.items() if held.issuperset(pair)}


def _rivals(judged: Mapping[Pair, Judged]) -> dict[int, Known]:
    """The records that stand beside another as sure partners of a third: whether they are two people is asked."""
    partners: dict[int, set[int]] = defaultdict(set)
    for (one, other), found in judged.items():
        if found.verdict == deciding.AUTO:
            partners[one].add(other)
            partners[other].add(one)
    several = {record for others in partners.values() if len(others) > 1 for record in others}
    return {one.record: known(one.cells) for one in comparing.values_of_records(several)}
