"""Files that two offices carry to each other past the platform: signed, for one step of one round."""

import base64
import hashlib
import json
from typing import NamedTuple

from spoiwo.discovery.errors import BadSignature, NotForThisRound, Unreadable
from spoiwo.discovery.rules import envelopes
from spoiwo.discovery.rules.pair_keys import OfficeKeys, check_signature

MAGIC = "spoiwo-psi-1"


class Letter(NamedTuple):
    """What a letter holds, and the round it is for."""

    epoch: int
    body: bytes


def write(body: bytes, *, step: str, agreement: str, epoch: int, keys: OfficeKeys) -> bytes:
    """A letter, signed."""
    told = {
        "format": MAGIC,
        "step": step,
        "agreement": agreement,
        "epoch": epoch,
        "body": hashlib.sha256(body).hexdigest(),
    }
    line = json.dumps(told, ensure_ascii=False).encode()
    return line + b"\n" + base64.b64encode(keys.sign(line)) + b"\n" + body


def read(content: bytes, *, step: str, agreement: str, sender: bytes) -> Letter:
    """The letter in a file. Raises Unreadable, BadSignature, NotForThisRound."""
    line, _, rest = content.partition(b"\n")
    signature, _, body = rest.partition(b"\n")
    told = envelopes.parsed(line, MAGIC)
    check_signature(sender, envelopes.bytes_of(signature.decode("ascii", "replace")), line)
    if told.get("body") != hashlib.sha256(body).hexdigest():
        raise BadSignature
    if (told.get("step"), told.get("agreement")) != (step, agreement):
        raise NotForThisRound
    epoch = told.get("epoch")
    if not isinstance(epoch, int):
        raise Unreadable
    return Letter(epoch, body)
