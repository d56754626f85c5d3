"""What the registers themselves tell before anybody is judged: their errors and how many pairs to expect."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from spoiwo.engines.linkage import LinkageEngine
from spoiwo.matching.strategy import comparing, weighing
from spoiwo.matching.strategy.knowledge import Knowledge

_ENOUGH_NUMBERS = 0.05  # share of pairs in which both have a number, below which they tell nothing
Levels = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """Kinds of evidence among the candidates: how many pairs of each, and its levels by field."""

    counts: Mapping[int, int]
    levels: Mapping[int, Levels]

    def total(self, condition: Callable[[Levels], bool]) -> int:
        """Pairs whose evidence fulfils the condition."""
        return sum(count for code, count in self.counts.items() if condition(self.levels[code]))

    @property
    def by_document(self) -> bool:
        """Whether no pair has two numbers while documents agree: registers that know people by document."""
        numbers = self.total(lambda levels: levels["number"] != weighing.MISSING)
        return not numbers and self.total(lambda levels: levels["document"] == 0) > 0


def read(engine: LinkageEngine) -> Seen:
    """The kinds of evidence in `seen`."""
    counts = {
        int(str(code)): int(str(count))
        for code, count in engine.rows("SELECT code, count(*) FROM seen GROUP BY code")
    }
    return Seen(counts, {code: weighing.unpacked(code, comparing.FIELDS) for code in counts})


def learn(engine: LinkageEngine, seen: Seen, sizes: Sequence[int], *, dedupe: bool) -> Knowledge:
    """All that the registers in the engine tell: expected pairs, errors, and the values in `frequent`."""
    counts: dict[str, dict[str, int]] = {}
    for kind, value, count in engine.rows("SELECT kind, value, n FROM frequent ORDER BY kind, value"):
        counts.setdefault(str(kind), {})[str(value)] = int(str(count))
    shares = [
        float(str(row[0]))
        for row in engine.rows(
            "SELECT avg(coalesce(standing >= 1, FALSE)::INTEGER) FROM rec GROUP BY side ORDER BY side"
        )
    ]
    return taught(seen, sizes, shares, counts, dedupe=dedupe)


def taught(
    seen: Seen,
    sizes: Sequence[int],
    shares: Sequence[float],
    counts: Mapping[str, Mapping[str, int]],
    *,
    dedupe: bool,
) -> Knowledge:
    """Knowledge from kinds of evidence, records by side, shares of them with a right number, frequent values."""
    return Knowledge(
        total=max(sum(sizes), 1),
        dedupe=dedupe,
        by_document=seen.by_document,
        priors=priors(seen, sizes, shares, dedupe=dedupe),
        learnt=weighing.learn(observed(seen)),
        counts=counts,
    )


def observed(seen: Seen) -> dict[str, dict[int, int]]:
    """How often each level is met in pairs that are one person by number or document and given name."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for code, count in seen.counts.items():
        levels = seen.levels[code]
        known = levels["number"] in {0, 1} or levels["document"] == 0
        relative = levels["given"] in {7, 9} and levels["document"] != 0
        if not known or relative or levels["given"] == weighing.MISSING or levels["sex"] == 5:
            continue
        for name in (*weighing.LEARNT, "born"):
            if levels[name] != weighing.MISSING:
                of_man = name == "surname" and levels["woman"] == 0
                found[weighing.OF_MEN if of_man else name][levels[name]] += count
    return found


def priors(seen: Seen, sizes: Sequence[int], shares: Sequence[float], *, dedupe: bool) -> weighing.Priors:
    """Expected numbers of pairs, from how many share a number and how many records have one.

    shares: of records with a right number, of each side.
    """
    smallest = min(sizes)
    same = max(
        _by_number(seen, shares),
        seen.total(_everything_agrees),
        seen.total(lambda levels: levels["document"] == 0),
        0.001 * smallest,
        1.0,
    )
    if dedupe:
        return weighing.Priors(
            same=same,
            strangers=max(1.0, smallest * smallest / 2),
            relatives=0.5 * smallest + 1,
            twins=0.008 * smallest + 0.1,
        )
    return weighing.Priors(
        same=same,
        strangers=max(1.0, float(sizes[0] * sizes[1])),
        relatives=0.5 * same + 0.1 * smallest + 0.1,
        twins=0.01 * same + 0.002 * smallest + 0.01,
    )


def _by_number(seen: Seen, shares: Sequence[float]) -> float:
    """Pairs that share a number, scaled up to all records; 0 when too few have one."""
    anchored = seen.total(lambda levels: levels["number"] in {0, 1} and levels["given"] not in {7, 9})
    both = shares[0] * shares[-1] if shares else 0.0
    return anchored / both if both > _ENOUGH_NUMBERS else 0.0


def _everything_agrees(levels: Levels) -> bool:
    return levels["given"] == levels["surname"] == levels["born"] == 0 and levels["number"] != 5
