"""The reference page of the file of referrals follows the code."""

from spoiwo.referrals.rules.files import _ENDS, COLUMNS, STATES
from spoiwo.referrals.rules.steps import OPEN, OUTCOMES
from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "reference" / "referral-file.md").read_text(encoding="utf-8")


def line(code: str) -> str:
    return next(
        text for text in PAGE.splitlines() if text.startswith("|") and f"`{code}`" in text.split("|")[1]
    )


def test_every_column_and_state_is_described_with_its_codes():
    assert all(line(column) for column in COLUMNS)
    for word, state in STATES.items():
        codes = {code for step, found in OUTCOMES.items() if step == _ENDS.get(state) for code in found}
        assert set(line(word).split("|")[3].replace("`", "").replace(",", " ").split()) == (
            {"empty"} if state in OPEN else {code.value for code in codes}
        )
