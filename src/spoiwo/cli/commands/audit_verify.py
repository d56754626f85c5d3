"""spoiwo audit verify."""

from argparse import Namespace

from spoiwo.audit import queries as audit
from spoiwo.cli import finding
from spoiwo.cli.console import Console
from spoiwo.cli.types import Answer, ExitCode, Text


def run(options: Namespace, console: Console) -> Answer:
    """Recompute the chains; a breach makes the exit code 1 and is named by institution and position."""
    chosen = {finding.institution_id(options.institution)} if options.institution else None
    found = audit.verify(institution_ids=chosen)
    codes = finding.codes(breach.institution_id for breach in found.breaches)
    breaches = [
        {
            "chain": codes.get(breach.institution_id, str(breach.institution_id)),
            "position": breach.seq,
            "problem": breach.problem,
        }
        for breach in found.breaches
    ]
    data = {
        "intact": not breaches,
        "chains": found.chains,
        "records": found.records,
        "breaches": breaches,
    }
    lines = [_line(breach, console) for breach in breaches] or [
        console.pick(
            Text(
                f"All chains are intact: {found.chains} chains, {found.records} records.",
                f"Łańcuchy są nienaruszone. Łańcuchów: {found.chains}, wpisów: {found.records}.",
            )
        )
    ]
    return Answer(data, lines, ExitCode.REFUSED if breaches else ExitCode.DONE)


_PROBLEMS = {
    "missing": "brakuje wpisu",
    "altered": "wpis zmieniono",
    "does not follow the record before it": "wpis nie wynika z poprzedniego",
    "the chain has no head": "łańcuch nie ma czoła",
    "the end of the chain is missing": "brakuje końca łańcucha",
}


def _line(breach: dict[str, object], console: Console) -> str:
    problem = str(breach["problem"])
    return console.pick(
        Text(
            f"{breach['chain']}: broken at position {breach['position']}: {problem}",
            f"{breach['chain']}: naruszony na pozycji {breach['position']}: {_PROBLEMS.get(problem, problem)}",
        )
    )
