"""spoiwo report partnership."""

from argparse import Namespace
from typing import TYPE_CHECKING

from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused, Unusable
from spoiwo.cli.types import Answer
from spoiwo.partnership import queries

if TYPE_CHECKING:
    from spoiwo.partnership.models import Agreement


def run(options: Namespace, _console: Console) -> Answer:
    """The figures of a year, worked out from the registers; frozen ones once the report is approved."""
    agreement = _agreement(options.agreement)
    figures = queries.figures_shown(agreement, options.year)
    report = queries.report_of(agreement, options.year)
    is_frozen = report is not None and bool(report.sha256)
    data: dict[str, object] = {
        "agreement": agreement.code,
        "year": options.year,
        "frozen": is_frozen,
        "sha256": report.sha256 if report else "",
        "figures": {one.key: one.value for one in figures},
    }
    if options.rows:
        data["rows"] = {one.key: list(one.rows) for one in figures}
    return Answer(
        data, [f"{agreement.title}, {options.year}:", *(f"  {one.key}: {one.value}" for one in figures)]
    )


def _agreement(code: str) -> "Agreement":
    if code:
        found = queries.agreement_by_code(code)
        if found is None:
            raise Refused(f"There is no agreement {code}.", f"Nie ma umowy {code}.")
        return found
    known = queries.public_agreements()
    if len(known) == 1:
        return known[0]
    if not known:
        raise Refused("No agreement is registered.", "Nie zarejestrowano żadnej umowy.")
    codes = ", ".join(one.code for one in known)
    raise Unusable(f"Say which agreement: {codes}.", f"Podaj umowę: {codes}.")
