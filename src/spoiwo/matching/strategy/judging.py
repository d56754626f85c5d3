"""Verdicts on given pairs, one by one, as a full run with the same knowledge gives them."""

import math
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from spoiwo.matching.strategy import deciding, weighing
from spoiwo.matching.strategy.comparing import FIELDS
from spoiwo.matching.strategy.knowledge import Knowledge
from spoiwo.matching.strategy.known import Known, Place
from spoiwo.matching.strategy.levels import levels_of

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Verdict (deciding.AUTO or REVIEW), natural logarithm of the odds, what brought the two together, and the
    level of each field (`explaining` words them).
    """

    verdict: str
    odds: float
    rule: str
    levels: Mapping[str, int]

    @property
    def probability(self) -> float:
        """The odds as a share, 0 to 1."""
        return 1 / (1 + math.exp(-max(min(self.odds, 30.0), -30.0)))


class Weighed(NamedTuple):
    """Best verdict, rule, what is added to the bound of its odds; logarithms of prior times likelihood."""

    ceiling: str
    stricter: float
    rule: str
    same: float
    stranger: float
    family: float


class Judge:
    """Judges pairs of records by the knowledge of a full run. Cheap to keep: remembers what it worked out."""

    def __init__(self, knowledge: Knowledge) -> None:
        """knowledge: of the two registers, or of the one whose duplicates are sought."""
        self._knowledge = knowledge
        self._weights = weighing.Weights(knowledge.priors, knowledge.learnt)
        self._weighed: dict[tuple[int, ...], Weighed | None] = {}

    def judge(self, one: Known, other: Known) -> Judged | None:
        """The verdict on a pair that shares a key, before rivals are settled; None when it is no pair."""
        levels = levels_of(one, other)
        weighed = self._weigh(levels)
        if weighed is None:
            return None
        stranger = weighed.stranger + self._rarity(one, other, levels)
        odds = weighed.same - added(stranger, weighed.family)
        if odds < deciding.REVIEW_FROM:
            return None
        sure = weighed.ceiling == deciding.AUTO and odds - weighed.stricter >= self._knowledge.bound
        return Judged(
            verdict=deciding.AUTO if sure else deciding.REVIEW, odds=odds, rule=weighed.rule, levels=levels
        )

    def _weigh(self, levels: Mapping[str, int]) -> Weighed | None:
        code = tuple(levels[name] for name in FIELDS)
        if code not in self._weighed:
            self._weighed[code] = weigh(levels, self._weights, self._knowledge)
        return self._weighed[code]

    def _rarity(self, one: Known, other: Known, levels: Mapping[str, int]) -> float:
        """Logarithm of the chance that a stranger has the values on which the two agree."""
        known, total = self._knowledge, self._knowledge.total
        chance = 0.0
        for kind, formula in weighing.RARITY.items():
            terms = formula.get(levels[weighing.RARITY_FIELD[kind]])
            if terms is None:
                continue
            counts = [known.count(kind, value_of(kind, record)) for record in (one, other)]
            count = max(counts) if terms.commonest else min(counts)
            chance += math.log(max(terms.least, terms.factor * count / total))
        return chance


def weigh(levels: Mapping[str, int], weights: weighing.Weights, knowledge: Knowledge) -> Weighed | None:
    """What is the same for all pairs with these levels; None when they are no pair whatever their values."""
    ceiling = deciding.ceiling(levels, by_document=knowledge.by_document)
    if ceiling == deciding.NO:
        return None
    rule = deciding.rule(levels)
    logs = weights.logs(levels)
    return Weighed(
        ceiling,
        deciding.stricter(rule, by_document=knowledge.by_document),
        rule,
        logs[weighing.SAME],
        logs[weighing.STRANGER],
        added(logs[weighing.RELATIVE], logs[weighing.TWIN]),
    )


def sureness(found: Judged, knowledge: Knowledge) -> float | None:
    """The odds less what the rule of the pair adds to the bound; None where a veto leaves review at best."""
    if deciding.ceiling(found.levels, by_document=knowledge.by_document) != deciding.AUTO:
        return None
    return found.odds - deciding.stricter(found.rule, by_document=knowledge.by_document)


def decided(found: Judged, knowledge: Knowledge) -> Judged:
    """The pair with the verdict that follows from the bound of this knowledge."""
    sure = sureness(found, knowledge)
    is_auto = sure is not None and sure >= knowledge.bound
    return replace(found, verdict=deciding.AUTO if is_auto else deciding.REVIEW)


def added(one: float, other: float) -> float:
    """Logarithm of the sum of two numbers given by their logarithms."""
    high, low = max(one, other), min(one, other)
    return high + math.log1p(math.exp(low - high))


def value_of(kind: str, one: Known) -> str:
    """The value of a record that Knowledge counts, as a text."""
    match kind:
        case "given":
            return one.first.given if one.first else ""
        case "surname":
            return one.last.sound if one.last else ""
        case "born":
            return str(one.born)
        case "phone":
            return str(one.phone)
        case "town":
            return one.town or ""
    return place_text(one.home if kind == "home" else one.building)


def place_text(place: Place) -> str:
    """A place as one text."""
    return "|".join(part or "" for part in place)


def settled(
    judged: Mapping[tuple[Key, Key], Judged], known: Mapping[Key, Known]
) -> dict[tuple[Key, Key], Judged]:
    """The pairs after rivals met: where two sure partners of one record are two people, the weaker goes to
    review, both do when they are about as strong; hopeless ones between records that have a sure partner go.

    judged: all pairs of the records concerned, those that were judged earlier among them. known: both records
    of every pair.
    """
    partners: dict[Key, list[tuple[Key, float]]] = defaultdict(list)
    for (one, other), found in judged.items():
        if found.verdict == deciding.AUTO:
            partners[one].append((other, found.odds))
            partners[other].append((one, found.odds))
    doubted = {pair for one, others in partners.items() for pair in _doubted(one, others, known)}
    kept: dict[tuple[Key, Key], Judged] = {}
    for pair, found in judged.items():
        if found.verdict == deciding.AUTO and pair in doubted:
            kept[pair] = replace(found, verdict=deciding.REVIEW)
        else:
            kept[pair] = found
    return {
        pair: found
        for pair, found in kept.items()
        if found.verdict == deciding.AUTO
        or found.odds >= deciding.HOPELESS
        or not (pair[0] in partners and pair[1] in partners)
    }


def _doubted(one: Key, partners: list[tuple[Key, float]], known: Mapping[Key, Known]) -> set[tuple[Key, Key]]:
    """Pairs of a record, in both orders, that its other partners make doubtful."""
    doubted: set[Key] = set()
    for at, (first, first_odds) in enumerate(partners):
        for second, second_odds in partners[at + 1 :]:
            x, y = known[first], known[second]
            if (x.standing or 0) < 2 or (y.standing or 0) < 2 or x.pesel == y.pesel:
                continue
            if first_odds < second_odds or abs(first_odds - second_odds) < deciding.CLEARLY:
                doubted.add(first)
            if first_odds >= second_odds or abs(first_odds - second_odds) < deciding.CLEARLY:
                doubted.add(second)
    return {pair for other in doubted for pair in ((one, other), (other, one))}
