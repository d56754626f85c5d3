"""How sealing stands, and the own log as a stranger can check it."""

import json
from collections.abc import Iterator
from datetime import datetime
from importlib import resources

from spoiwo.audit import queries as audit
from spoiwo.kernel.actor import Actor
from spoiwo.oversight.types import Sealing


def verifier_source() -> str:
    """The program with which a stranger checks an exported log."""
    return resources.files("spoiwo.oversight").joinpath("data/verify_audit.py").read_text(encoding="utf-8")


def sealing(now: datetime) -> Sealing:
    """How sealing stands, for the desk and for everybody's page."""
    state = audit.state(now)
    return Sealing(newest=state.newest, unsealed=state.unsealed, late=state.late)


def sealed_files(actor: Actor) -> Iterator[tuple[str, bytes]]:
    """The own chain with its seals, the public keys and the program that checks them: (name, content)."""
    own = {actor.institution_id}
    yield "export.jsonl", "".join(audit.record_lines(own)).encode()
    yield "seals.json", json.dumps(audit.seals_for(own), ensure_ascii=False).encode()
    yield "public_key.txt", "".join(f"{key.hex()}\n" for key in sorted(audit.public_keys())).encode()
    yield "verify_audit.py", verifier_source().encode()
