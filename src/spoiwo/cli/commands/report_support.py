"""spoiwo report support."""

from argparse import Namespace
from datetime import date

from spoiwo.cli import finding
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Unusable
from spoiwo.cli.types import Answer, Text
from spoiwo.support.queries import measures
from spoiwo.support.queries.report import report
from spoiwo.support.types import Figure, Scope
from spoiwo.toolkit.context import acting_for

_SEES_ALL = "export"
_NOTHING = Text("Nothing was written down for these days.", "W tych dniach niczego nie zapisano.")


def run(options: Namespace, console: Console) -> Answer:
    """Figures of a period under stable keys (docs/reference/support-report.md). Raises Unusable."""
    institution = finding.institution_id(options.institution) if options.institution else 0
    scope = Scope(
        first=_day(options.first),
        last=_day(options.last),
        institutions=frozenset({institution} if institution else set()),
    )
    if scope.last < scope.first:
        raise Unusable("The last day comes before the first.", "Ostatni dzień wypada przed pierwszym.")
    with acting_for(institution, job=_SEES_ALL):
        found = report(scope)
        counties = measures.by_county(scope) if options.by_county else {}
    data: dict[str, object] = {
        "from": scope.first.isoformat(),
        "to": scope.last.isoformat(),
        "institution": options.institution or None,
        "closed_at": found.period.closed_at.isoformat() if found.period else None,
        "corrections": found.corrected,
        "figures": _values(found.figures),
    }
    if options.by_county:
        data["counties"] = {county or None: _values(figures) for county, figures in counties.items()}
    lines = [f"{one.key}\t{_plain(one)}" for one in found.figures if one.value]
    return Answer(data, lines or [console.pick(_NOTHING)])


def _values(figures: list[Figure]) -> dict[str, float]:
    return {one.key: _number(one) for one in figures}


def _number(one: Figure) -> float:
    """Whole figures as whole numbers, hours and amounts to two places."""
    return int(one.value) if float(one.value).is_integer() else round(one.value, 2)


def _plain(one: Figure) -> str:
    return str(_number(one))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unusable(
            f"{text} is not a day: write YYYY-MM-DD.", f"{text} to nie data: wpisz RRRR-MM-DD."
        ) from error
