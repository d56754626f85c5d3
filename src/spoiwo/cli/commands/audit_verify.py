"""spoiwo audit verify."""

import json
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from spoiwo.audit import queries as audit
from spoiwo.audit.types import SealBreach, SealMark, Verification
from spoiwo.cli import finding
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Unusable
from spoiwo.cli.types import Answer, ExitCode, Text


def run(options: Namespace, console: Console) -> Answer:
    """Recompute the chains; a breach makes the exit code 1 and is named by institution and position."""
    chosen = {finding.institution_id(options.institution)} if options.institution else None
    witness = _witness(options.witness) if options.witness else []
    found = audit.verify(institution_ids=chosen, witness=witness)
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
        "intact": found.holds,
        "chains": found.chains,
        "records": found.records,
        "seals": found.seals,
        "not_sealed_yet": found.unsealed,
        "breaches": breaches,
        "seal_breaches": [{"seal": one.number, "problem": one.problem} for one in found.seal_breaches],
    }
    lines = [_line(breach, console) for breach in breaches]
    lines += [_seal_line(one, console) for one in found.seal_breaches]
    return Answer(
        data, lines or [_intact(found, console)], ExitCode.DONE if found.holds else ExitCode.REFUSED
    )


def _witness(path: Path) -> list[SealMark]:
    """Seals saved from the public page. Raises Unusable when the file is not one of these."""
    try:
        return [
            SealMark(
                number=int(seal["number"]),
                at=datetime.fromisoformat(seal["at"]),
                previous=bytes.fromhex(seal["previous"]),
                root=bytes.fromhex(seal["root"]),
                records=int(seal["records"]),
                public_key=bytes.fromhex(seal["key"]),
                signature=bytes.fromhex(seal["signature"]),
            )
            for seal in json.loads(path.read_text(encoding="utf-8"))["seals"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(
            f"{path}: no list of seals can be read from it.", f"{path}: nie da się z niego odczytać pieczęci."
        ) from error


def _intact(found: Verification, console: Console) -> str:
    return console.pick(
        Text(
            f"All chains are intact: {found.chains} chains, {found.records} records, {found.seals} seals; "
            f"{found.unsealed} records are not sealed yet.",
            f"Łańcuchy są nienaruszone. Łańcuchów: {found.chains}, wpisów: {found.records}, pieczęci: {found.seals}; "
            f"wpisów jeszcze nie zapieczętowanych: {found.unsealed}.",
        )
    )


def _seal_line(breach: SealBreach, console: Console) -> str:
    return console.pick(
        Text(
            f"seal {breach.number}: {breach.problem}",
            f"pieczęć {breach.number}: {_SEAL_PROBLEMS.get(breach.problem, breach.problem)}",
        )
    )


_SEAL_PROBLEMS = {
    "missing": "nie ma jej na platformie",
    "does not follow the seal before it": "nie wynika z poprzedniej",
    "covers other chains than those recorded for it": "obejmuje inne łańcuchy, niż zapisano",
    "signed with a key that is not ours": "podpisana obcym kluczem",
    "the signature does not fit": "podpis nie pasuje",
    "differs from the copy kept outside": "różni się od odpisu przechowanego poza platformą",
}
_PROBLEMS = {
    "altered after it was sealed": "wpis zmieniono po zapieczętowaniu, ten albo wcześniejszy",
    "sealed records are missing": "brakuje zapieczętowanych wpisów",
    "the seal of this record is missing": "brakuje pieczęci tego wpisu",
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
