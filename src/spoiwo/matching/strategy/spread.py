"""Matching spread over a cluster: the rules for single records (`keys`, `levels`, `judging`) on many machines.

The decisions are those of `run`, which says the same in SQL on one machine; a test holds the two together.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from spoiwo.matching.strategy import candidates, deciding, judging, learning
from spoiwo.matching.strategy.comparing import FIELDS
from spoiwo.matching.strategy.keys import keys
from spoiwo.matching.strategy.knowledge import LEAST, Knowledge
from spoiwo.matching.strategy.known import Known, known
from spoiwo.matching.strategy.levels import levels_of
from spoiwo.matching.strategy.weighing import MISSING

Id = tuple[int, str]
"""Side and local_id."""
Pair = tuple[Id, Id]
Spread = Any
"""A distributed collection with the methods of a Spark RDD."""
Share = Callable[[object], Any]


@dataclass(frozen=True, slots=True)
class Met:
    """Who shares a key: ids of both sides with whether the key is telling, None when they are too many."""

    left: tuple[tuple[Id, bool], ...] = ()
    right: tuple[tuple[Id, bool], ...] = ()
    crowd: bool = False


def judge(
    rows: Spread, share: Share, *, dedupe: bool, progress: Callable[[str], None] = lambda _: None
) -> tuple[dict[Pair, judging.Judged], Knowledge]:
    """All pairs with their verdicts, and the knowledge they were judged by.

    rows: (side, columns of a record); in one register every side is 0. A pair has the left id first, or the smaller.
    """
    progress("normalising")
    records = rows.map(lambda row: ((row[0], row[1]["local_id"]), known(row[1]))).persist()
    sizes, shares = _sizes(records, dedupe=dedupe)
    counts = _counts(records)
    progress("candidates")
    pairs = _pairs(records, dedupe=dedupe)
    progress("comparing")
    both = (
        pairs.map(lambda pair: (pair[0], pair[1]))
        .join(records)
        .map(lambda found: (found[1][0], (found[0], found[1][1])))
        .join(records)
        .map(lambda found: ((found[1][0][0], found[0]), (found[1][0][1], found[1][1])))
        .persist()
    )
    kinds = both.map(lambda found: (_code(*found[1]), 1)).reduceByKey(lambda one, other: one + other)
    progress("deciding")
    knowledge = learning.taught(_seen(kinds.collect()), sizes, shares, counts, dedupe=dedupe)
    told = share(knowledge)
    open_pairs: dict[Pair, judging.Judged] = dict(
        both.mapPartitions(lambda part: _judged(part, told.value)).collect()
    )
    knowledge = replace(knowledge, bound=_bound(open_pairs.values(), knowledge))
    decided = {pair: judging.decided(found, knowledge) for pair, found in open_pairs.items()}
    ids = share(frozenset(one for pair in _rivals(decided) for one in pair))
    concerned = dict(records.filter(lambda record: record[0] in ids.value).collect())
    return judging.settled(decided, concerned), knowledge


def _sizes(records: Spread, *, dedupe: bool) -> tuple[list[int], list[float]]:
    """Records by side, and shares of them with a right number."""
    found = dict(
        records.map(lambda record: (record[0][0], (1, int((record[1].standing or 0) >= 1))))
        .reduceByKey(lambda one, other: (one[0] + other[0], one[1] + other[1]))
        .collect()
    )
    sides = [found.get(side, (0, 0)) for side in ((0,) if dedupe else (0, 1))]
    return [size for size, _ in sides], [right / size for size, right in sides if size]


def _counts(records: Spread) -> dict[str, dict[str, int]]:
    """Values that more records have than LEAST."""
    met = (
        records.flatMap(lambda record: _values(record[1]))
        .map(lambda value: (value, 1))
        .reduceByKey(lambda one, other: one + other)
        .filter(lambda counted: counted[1] > LEAST[counted[0][0]])
        .collect()
    )
    counts: dict[str, dict[str, int]] = {}
    for (kind, value), count in sorted(met):
        counts.setdefault(kind, {})[value] = count
    return counts


def _values(one: Known) -> Iterator[tuple[str, str]]:
    has = {
        "given": one.first is not None, "surname": one.last is not None, "born": one.born is not None,
        "home": one.housed, "building": one.housed, "town": one.town is not None, "phone": one.phone is not None,
    }  # fmt: skip
    return ((kind, judging.value_of(kind, one)) for kind in LEAST if has[kind])


def _pairs(records: Spread, *, dedupe: bool) -> Spread:
    """Pairs of ids that share a key which not too many have."""
    met = records.flatMap(
        lambda record: ((key[:2], (record[0], key.telling)) for key in set(keys(record[1])))
    ).aggregateByKey(Met(), _add, _merge)
    return met.flatMap(lambda group: _of_group(group[0][0], group[1], dedupe=dedupe)).distinct()


def _add(met: Met, one: tuple[Id, bool]) -> Met:
    return _merge(met, Met(left=(one,)) if one[0][0] == 0 else Met(right=(one,)))


def _merge(one: Met, other: Met) -> Met:
    """Both together; nothing of a crowd is kept, so a filler number costs no memory."""
    left, right = one.left + other.left, one.right + other.right
    if one.crowd or other.crowd or max(len(left), len(right)) > candidates.CAP:
        return Met(crowd=True)
    return Met(left, right)


def _of_group(kind: str, met: Met, *, dedupe: bool) -> Iterator[Pair]:
    cap = candidates.cap_of(kind)
    if met.crowd:
        return
    if dedupe:
        if len(met.left) > int((2 * cap) ** 0.5):
            return
        ordered = sorted(met.left)
        found = ((one, other) for at, one in enumerate(ordered) for other in ordered[at + 1 :])
    else:
        if len(met.left) * len(met.right) > cap:
            return
        found = ((one, other) for one in met.left for other in met.right)
    yield from ((one[0], other[0]) for one, other in found if one[1] or other[1])


def _code(one: Known, other: Known) -> tuple[int, ...]:
    levels = levels_of(one, other)
    return tuple(levels.get(name, MISSING) for name in FIELDS)


def _seen(kinds: Iterable[tuple[tuple[int, ...], int]]) -> learning.Seen:
    packed = {
        sum(level * 10**place for place, level in enumerate(code)): (code, count) for code, count in kinds
    }
    return learning.Seen(
        {number: count for number, (_, count) in packed.items()},
        {number: dict(zip(FIELDS, code, strict=True)) for number, (code, _) in packed.items()},
    )


def _judged(
    part: Iterable[tuple[Pair, tuple[Known, Known]]], knowledge: Knowledge
) -> Iterator[tuple[Pair, judging.Judged]]:
    judge_of = judging.Judge(knowledge)
    for pair, (one, other) in part:
        found = judge_of.judge(one, other)
        if found is not None:
            yield pair, found


def _bound(found: Iterable[judging.Judged], knowledge: Knowledge) -> float:
    """The bound of this run, from pairs that no veto forbids."""
    odds = Counter(
        math.floor(sure * 10) / 10 for one in found if (sure := judging.sureness(one, knowledge)) is not None
    )
    return deciding.enough(odds)


def _rivals(decided: dict[Pair, judging.Judged]) -> Iterator[Pair]:
    """Sure pairs of records that have several."""
    partners = Counter(
        one for pair, found in decided.items() if found.verdict == deciding.AUTO for one in pair
    )
    return (pair for pair in decided if max(partners[pair[0]], partners[pair[1]]) > 1)
