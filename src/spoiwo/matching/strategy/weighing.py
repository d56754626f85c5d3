"""How likely the evidence of a pair is if it is one person, and under each rival explanation.

Four hypotheses compete: one person, two strangers, two relatives of one household or family,
twins. For each field
and level a table tells how often it is seen under each; what strangers agree on is worked out from how rare the
values are in the registers themselves.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

SAME, STRANGER, RELATIVE, TWIN = range(4)
Shares = tuple[float, float, float, float]

# Level: share among pairs of one person, strangers (1: the rarity of the value is counted), relatives, twins.
TABLE: Mapping[str, Mapping[int, Shares]] = {
    "given": {
        0: (0.93, 1.0, 0.03, 0.0004),
        1: (0.02, 1.0, 0.004, 0.001),
        2: (0.02, 1.0, 0.006, 0.006),
        3: (0.012, 0.02, 0.02, 0.01),
        4: (0.004, 0.01, 0.01, 0.01),
        5: (0.004, 0.0005, 0.0005, 0.0001),
        6: (0.008, 0.02, 0.0005, 0.00005),
        9: (0.006, 0.04, 0.05, 0.06),
        7: (0.003, 0.93, 0.88, 0.92),
    },
    "surname": {
        0: (0.92, 1.0, 0.65, 0.95),
        1: (0.03, 1.0, 0.02, 0.02),
        2: (0.02, 1.0, 0.02, 0.01),
        3: (0.004, 0.0005, 0.002, 0.004),
        4: (0.003, 0.0005, 0.001, 0.001),
        6: (1.0, 1.0, 1.0, 1.0),
        5: (0.01, 0.01, 0.01, 0.005),
        7: (0.02, 0.97, 0.3, 0.02),
    },
    "born": {
        0: (0.95, 1.0, 0.0003, 0.95),
        1: (0.006, 0.00005, 0.0001, 0.006),
        2: (0.014, 0.0012, 0.002, 0.014),
        3: (0.008, 0.0003, 0.0006, 0.008),
        4: (0.006, 0.0004, 0.0015, 0.004),
        6: (0.014, 0.000002, 0.00005, 0.008),
        5: (0.006, 0.03, 0.03, 0.004),
        9: (0.001, 0.0006, 0.004, 0.0005),
        7: (0.004, 0.97, 0.96, 0.004),
    },
    "number": {
        0: (0.85, 1e-8, 0.002, 0.004),
        1: (0.02, 1e-7, 0.012, 0.002),
        2: (0.003, 1e-7, 1e-4, 1e-4),
        3: (0.06, 3e-7, 1e-5, 3e-4),
        6: (0.001, 3e-7, 1e-5, 3e-4),
        4: (0.03, 0.03, 0.05, 0.03),
        7: (0.008, 0.02, 0.02, 0.02),
        5: (0.0004, 0.95, 0.92, 0.95),
    },
    "address": {
        0: (0.6, 1.0, 0.7, 0.8),
        1: (0.05, 1.0, 0.05, 0.05),
        2: (0.008, 0.0002, 0.004, 0.002),
        3: (0.02, 0.003, 0.015, 0.01),
        4: (0.14, 1.0, 0.15, 0.07),
        5: (0.18, 0.85, 0.08, 0.06),
    },
    "phone": {0: (0.65, 1.0, 0.3, 0.4), 5: (0.35, 1.0, 0.7, 0.6)},
    "second": {0: (0.95, 0.03, 0.04, 0.03), 5: (0.05, 0.97, 0.96, 0.97)},
    "sex": {0: (0.996, 0.6, 0.5, 0.6), 5: (0.004, 0.4, 0.5, 0.4)},
    "document": {0: (0.85, 1e-6, 2e-6, 2e-6), 2: (0.08, 1e-5, 2e-5, 2e-5), 5: (0.07, 1.0, 1.0, 1.0)},
    "email": {0: (0.7, 1e-5, 0.1, 0.1), 5: (0.3, 1.0, 0.9, 0.9)},
}
MISSING = 8


class Term(NamedTuple):
    """Chance that a stranger agrees on a value: factor times its share in the registers, not below `least`.

    commonest: of two values the more frequent counts, else the rarer.
    """

    factor: float = 1.0
    least: float = 0.0
    commonest: bool = False


RARITY: Mapping[str, Mapping[int, Term]] = {
    "given": {0: Term(), 1: Term(2.0), 2: Term(60.0, 0.003), 6: Term(commonest=True)},
    "surname": {0: Term(), 1: Term(100.0, 0.0006), 2: Term(2.0, 0.0006), 6: Term(commonest=True)},
    "born": {0: Term(least=0.00004, commonest=True)},
    "home": {0: Term(commonest=True)},
    "building": {1: Term(commonest=True)},
    "town": {4: Term(commonest=True)},
    "phone": {0: Term(commonest=True)},
}
"""Kind of value -> level of its field -> how chance is worked out. Shares of strangers at these levels are 1."""
RARITY_FIELD: Mapping[str, str] = {
    "given": "given", "surname": "surname", "born": "born", "home": "address", "building": "address",
    "town": "address", "phone": "phone",
}  # fmt: skip
SLIPS_OF_DATE = (1, 2, 3, 4, 6)
LEARNT = ("given", "surname", "address", "phone", "second")
OF_MEN = "surname of men"  # women change theirs, so each sex teaches for itself
_STEADY = 4  # times rarer than women men change their surnames
_TRUST = 60.0  # how many observed pairs weigh as much as the table

_LEAST = 0.1  # however clean the pairs with numbers are, those without are never quite as clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """Expected numbers of pairs under each hypothesis, before any evidence."""

    same: float
    strangers: float
    relatives: float
    twins: float


@dataclass(frozen=True, slots=True)
class Weights:
    """The tables in force for one run: those above with what the registers themselves taught about their errors."""

    priors: Priors
    learnt: Mapping[str, Mapping[int, float]] = field(default_factory=dict)

    def logs(self, levels: Mapping[str, int]) -> tuple[float, float, float, float]:
        """Logarithm of prior times likelihood under each hypothesis, without the rarity of agreeing values."""
        sums = [
            math.log(self.priors.same),
            math.log(self.priors.strangers),
            math.log(self.priors.relatives),
            math.log(self.priors.twins),
        ]
        for name, table in TABLE.items():
            level = levels[name]
            if level == MISSING or (name == "sex" and levels["given"] in {0, 1} and level == 0):
                continue
            shares = table[level]
            of_man = name == "surname" and levels["woman"] == 0
            learnt = self.learnt.get(OF_MEN if of_man else name, {})
            sums[SAME] += math.log(
                learnt.get(level, shares[SAME] / (_STEADY if of_man and level == 7 else 1))
            )
            for rival in (STRANGER, RELATIVE, TWIN):
                sums[rival] += math.log(shares[rival])
        return sums[0], sums[1], sums[2], sums[3]


def learn(observed: Mapping[str, Mapping[int, int]]) -> dict[str, dict[int, float]]:
    """Shares among pairs of one person: the table, moved towards what was counted among pairs known by number."""
    learnt: dict[str, dict[int, float]] = {}
    for name in (*LEARNT, OF_MEN):
        usual = {level: shares[SAME] for level, shares in TABLE[_field(name)].items()}
        if name == OF_MEN:
            usual[7] /= _STEADY
        counts = {level: count for level, count in observed.get(name, {}).items() if level in usual}
        total = sum(counts.values())
        learnt[name] = {
            level: max((counts.get(level, 0) + _TRUST * share) / (total + _TRUST), _LEAST * share)
            for level, share in usual.items()
        }
    learnt["born"] = _learn_dates(observed.get("born", {}))
    return learnt


def _field(name: str) -> str:
    return "surname" if name == OF_MEN else name


def _learn_dates(counts: Mapping[int, int]) -> dict[int, float]:
    """Slips in dates together: where the number is equal, it nearly always confirms one of the two dates."""
    table = TABLE["born"]
    usual = sum(table[level][SAME] for level in SLIPS_OF_DATE)
    seen = sum(counts.get(level, 0) for level in SLIPS_OF_DATE)
    rate = max(_LEAST, (seen + _TRUST * usual) / (sum(counts.values()) + _TRUST) / usual)
    far = max(
        _LEAST * table[5][SAME],
        (counts.get(5, 0) + _TRUST * table[5][SAME]) / (sum(counts.values()) + _TRUST),
    )
    return {5: far, **{level: table[level][SAME] * rate for level in SLIPS_OF_DATE}}


def unpacked(code: int, fields: Sequence[str]) -> dict[str, int]:
    """Levels by field from a code of `comparing`."""
    return {name: code // 10**place % 10 for place, name in enumerate(fields)}
