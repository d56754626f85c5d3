"""spoiwo audit export."""

import json
from argparse import Namespace
from pathlib import Path

from spoiwo.audit import queries as audit
from spoiwo.cli import finding
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Unusable
from spoiwo.cli.types import Answer, Text
from spoiwo.oversight import queries as oversight


def run(options: Namespace, console: Console) -> Answer:
    """Write export.jsonl, seals.json, public_key.txt and verify_audit.py into a folder."""
    chosen = {finding.institution_id(options.institution)} if options.institution else None
    folder: Path = options.out
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "export.jsonl").open("w", encoding="utf-8") as stream:
            count = sum(stream.write(line) > 0 for line in audit.record_lines(chosen))
        seals = audit.seals_for(chosen)
        (folder / "seals.json").write_text(json.dumps(seals, ensure_ascii=False), encoding="utf-8")
        keys = "".join(f"{key.hex()}\n" for key in sorted(audit.public_keys()))
        (folder / "public_key.txt").write_text(keys, encoding="ascii")
        (folder / "verify_audit.py").write_text(oversight.verifier_source(), encoding="utf-8")
    except OSError as error:
        raise Unusable(
            f"{folder} cannot be written: {error.strerror}.",
            f"Nie można zapisać w {folder}: {error.strerror}.",
        ) from error
    told = Text(
        f"{count} records and {len(seals['seals'])} seals written to {folder}. Check them with:\n"
        f"  python verify_audit.py export.jsonl seals.json public_key.txt",
        f"Zapisano w {folder}. Wpisów: {count}, pieczęci: {len(seals['seals'])}. Sprawdzenie:\n"
        f"  python verify_audit.py export.jsonl seals.json public_key.txt",
    )
    return Answer(
        {"records": count, "seals": len(seals["seals"]), "folder": str(folder)}, [console.pick(told)]
    )
