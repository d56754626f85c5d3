"""spoiwo audit seal."""

from argparse import Namespace

from spoiwo.audit import services as audit
from spoiwo.audit.errors import ChainBroken
from spoiwo.cli import finding
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused
from spoiwo.cli.types import Answer, Text


def run(options: Namespace, console: Console) -> Answer:  # noqa: ARG001
    """Make a seal now; nothing is sealed when nothing is new, or when the new records do not hold."""
    try:
        number = audit.seal()
    except ChainBroken as error:
        code = finding.codes([error.institution_id]).get(error.institution_id, str(error.institution_id))
        raise Refused(
            f"{code}: broken at position {error.seq}; altered records are not sealed.",
            f"{code}: naruszony na pozycji {error.seq}; zmienionych wpisów się nie pieczętuje.",
        ) from error
    if number is None:
        return Answer({"seal": None}, [console.pick(Text("Nothing new to seal.", "Nie ma nowych wpisów."))])
    return Answer(
        {"seal": number}, [console.pick(Text(f"Seal {number} made.", f"Powstała pieczęć {number}."))]
    )
