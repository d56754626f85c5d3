"""How registers are matched: normalisation, candidates, evidence, hypotheses, decision. No Django, no database."""

STRATEGY = "rivals-1"  # written on every decision; a change of the rules gets a new name
