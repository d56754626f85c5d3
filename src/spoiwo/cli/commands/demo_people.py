"""spoiwo demo people."""

from argparse import Namespace
from datetime import date

from spoiwo.cli.console import Console
from spoiwo.cli.demo.generate import generate
from spoiwo.cli.errors import Unusable
from spoiwo.cli.types import Answer


def run(options: Namespace, console: Console) -> Answer:
    """Write invented people as two offices would extract them; the same arguments write the same bytes."""
    day = _day(options.day)
    try:
        report = generate(
            options.seed,
            options.out,
            day=day,
            pup=options.pup,
            ops=options.ops,
            common=options.common,
            noise=options.noise,
        )
    except (OSError, ValueError) as error:
        raise Unusable(
            f"The files cannot be written: {error}", f"Nie można zapisać plików: {error}"
        ) from error
    console.say("All people in these files are invented.", "Wszystkie osoby w tych plikach są zmyślone.")
    data = {
        "seed": report.seed,
        "files": [str(path) for path in report.files],
        "rows": {"pup": report.pup_rows, "ops": report.ops_rows},
        "people": {"pup": report.pup_people, "ops": report.ops_people, "common": report.common_people},
        "facts": report.facts,
        "pairs": dict(report.pairs),
    }
    return Answer(data, [str(path) for path in report.files])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unusable(
            f"{text} is no date of the form YYYY-MM-DD.", f"{text} to nie data w postaci RRRR-MM-DD."
        ) from error
