"""What a full run learnt of two registers; later runs over single records judge by it and decide alike."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from spoiwo.matching.errors import KnowledgeOutdated
from spoiwo.matching.strategy.deciding import AUTO_FROM
from spoiwo.matching.strategy.weighing import Priors

STRATEGY = "rivals-3"  # written on every decision; a change of the rules gets a new name

LEAST: Mapping[str, int] = {
    "given": 1, "surname": 1, "born": 1, "home": 3, "building": 10, "town": 1, "phone": 3,
}  # fmt: skip
"""Values that no more records have are not remembered and count as met so often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Sizes, expected pairs, learnt errors and frequent values of the registers of one full run.

    total: records on both sides. bound: odds that are enough for `auto`. learnt: field -> level -> share among
    pairs of one person. counts: kind of LEAST -> value (as judging.value_of words it) -> records that have it.
    """

    total: int
    priors: Priors
    strategy: str = STRATEGY
    dedupe: bool = False
    by_document: bool = False
    bound: float = AUTO_FROM
    learnt: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def to_json(self) -> str:
        """Text for a store; equal knowledge gives equal text. Holds names and addresses that several people have."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The knowledge a text holds. Raises KnowledgeOutdated when other rules wrote it."""
        told: dict[str, Any] = json.loads(text)
        if told["strategy"] != STRATEGY:
            raise KnowledgeOutdated(told["strategy"])
        told["priors"] = Priors(**told["priors"])
        told["learnt"] = {
            name: {int(level): share for level, share in shares.items()}
            for name, shares in told["learnt"].items()
        }
        return cls(**told)

    def count(self, kind: str, value: str) -> int:
        """How many records have the value."""
        return self.counts.get(kind, {}).get(value, LEAST[kind])


def untaught(left: int, right: int = 0, *, dedupe: bool = False) -> Knowledge:
    """Knowledge of registers of these sizes that nobody has compared yet: every value rare, errors as usual."""
    small = max(1.0, float(min(left, right) if not dedupe else left))
    strangers = max(1.0, left * left / 2 if dedupe else float(left * right))
    same = 0.02 * small if dedupe else 0.2 * small
    return Knowledge(
        total=max(1, left + right),
        dedupe=dedupe,
        priors=Priors(same=same, strangers=strangers, relatives=0.5 * small + 1, twins=0.008 * small + 0.1),
    )
