"""How registers are matched: normalisation, candidates, evidence, hypotheses, decision. No Django, no database.

Whole registers in SQL: `run.judge`. Single records in Python, with the same decisions given the same `Knowledge`:
`known` brings a record into its form, `stored_keys` and `sought_keys` find candidates, `Judge` judges a pair,
`settled` compares rivals.
"""

from spoiwo.matching.strategy.judging import Judge, Judged, settled
from spoiwo.matching.strategy.keys import sought_keys, stored_keys
from spoiwo.matching.strategy.knowledge import STRATEGY, Knowledge, untaught
from spoiwo.matching.strategy.known import Known, known

__all__ = [
    "STRATEGY",
    "Judge",
    "Judged",
    "Knowledge",
    "Known",
    "known",
    "settled",
    "sought_keys",
    "stored_keys",
    "untaught",
]
