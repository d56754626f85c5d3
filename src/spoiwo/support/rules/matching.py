"""Which company suits a partnership group: named criteria, weights, and a table that explains the score."""

from collections.abc import Mapping

from spoiwo.kernel.text import search_key
from spoiwo.support.types import Criterion, Involvement

WEIGHTS: Mapping[str, int] = {"needs": 40, "area": 25, "territory": 20, "level": 15}
SHORTEST_WORD = 4
_STEM = 5  # Polish endings differ, beginnings do not
LEVEL_FIT = {
    Involvement.CORE_BUSINESS: 1.0,
    Involvement.INVESTMENT: 0.8,
    Involvement.COMMERCIAL: 0.6,
    Involvement.PHILANTHROPY: 0.4,
}


def criteria_of(
    *, needs: str, offers: str, area: str, activity: str, group_teryt: str, teryt: str, level: str
) -> tuple[Criterion, ...]:
    """The table for one candidate.

    needs, area: of the group; offers, activity: of the candidate; TERYT codes of both; level: of involvement.
    """
    met = _shared(needs, offers)
    alike = _shared(area, activity)
    same_county = bool(teryt) and teryt[:4] == group_teryt[:4]
    same_region = bool(teryt) and teryt[:2] == group_teryt[:2]
    return (
        _line("needs", _share_of(met, needs), ", ".join(sorted(met))),
        _line("area", _share_of(alike, area), ", ".join(sorted(alike))),
        _line("territory", 1.0 if same_county else 0.5 if same_region else 0.0, teryt[:4]),
        _line("level", LEVEL_FIT[Involvement(level)] if level else 0.0, level),
    )


def score_of(criteria: tuple[Criterion, ...]) -> int:
    """Weighted fit, 0 to 100."""
    weights = sum(one.weight for one in criteria)
    return round(100 * sum(one.fit * one.weight for one in criteria) / weights) if weights else 0


def is_worth_proposing(criteria: tuple[Criterion, ...]) -> bool:
    """Whether a company has something to do with the group; to be near is not enough."""
    return any(one.fit > 0 for one in criteria if one.code in {"needs", "area"})


def _line(code: str, fit: float, why: str) -> Criterion:
    return Criterion(code, round(fit, 2), WEIGHTS[code], why)


def _stems(text: str) -> dict[str, str]:
    return {word[:_STEM]: word for word in search_key(text).split() if len(word) >= SHORTEST_WORD}


def _shared(one: str, other: str) -> set[str]:
    words = _stems(one)
    return {words[stem] for stem in words.keys() & _stems(other).keys()}


def _share_of(found: set[str], text: str) -> float:
    wanted = _stems(text)
    return len(found) / len(wanted) if wanted else 0.0
