"""Proposals and answers, runs of matching, and what a run works out about records on the way.

The keys by which records are found, the pairs found and what registers taught are derived: they may be dropped
and worked out anew at any time.
"""

from spoiwo.matching.models.counting import SharedCount
from spoiwo.matching.models.evidence import (
    FoundPair,
    KeyedRecord,
    KeyedRegister,
    LearntRegisters,
    StoredKey,
)
from spoiwo.matching.models.proposals import Opinion, Proposal
from spoiwo.matching.models.runs import MatchRun

__all__ = [
    "FoundPair",
    "KeyedRecord",
    "KeyedRegister",
    "LearntRegisters",
    "MatchRun",
    "Opinion",
    "Proposal",
    "SharedCount",
    "StoredKey",
]
