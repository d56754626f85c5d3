"""What a connector asks of the platform over the network: signed by the office's key, for one step, and for once.

A request is a line of JSON, a line with the signature in base64, and what is sent along. The line holds the digest of
what is sent along, so whoever reads the first two lines knows who asks before reading the rest.
"""

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from spoiwo.discovery.errors import BadSignature, TooLate, Unreadable
from spoiwo.discovery.rules import envelopes
from spoiwo.discovery.rules.pair_keys import PUBLIC_BYTES, OfficeKeys, check_signature

MAGIC = "spoiwo-request-1"
LONGEST_LINE = 2000
CLOCKS_APART = timedelta(minutes=10)  # what the clocks of an office and of the platform may differ by


class Step(StrEnum):
    """What a connector may ask for."""

    CONNECT = "connect"
    STANDING = "standing"
    TOKENS = "tokens"
    REPLY = "reply"
    GIVE = "give"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The head of a request. signer: public key of the office; round: public id, or None where it is about none;
    at: milliseconds since 1970, greater with every request; body: SHA-256 of what is sent along.
    """

    signer: str
    step: Step
    agreement: str
    round: UUID | None
    at: int
    body: str


def write(
    step: Step, body: bytes, *, agreement: str, round_uuid: UUID | None, at: int, keys: OfficeKeys
) -> bytes:
    """A request, signed."""
    head = Asked(
        signer=envelopes.text_of(keys.public),
        step=step,
        agreement=agreement,
        round=round_uuid,
        at=at,
        body=hashlib.sha256(body).hexdigest(),
    )
    told = {**asdict(head), "round": str(round_uuid or "")}
    line = json.dumps({"format": MAGIC, **told}, ensure_ascii=False).encode()
    return line + b"\n" + base64.b64encode(keys.sign(line)) + b"\n" + body


def read_head(line: bytes, signature: bytes) -> Asked:
    """Who asks for what. Raises Unreadable, BadSignature."""
    whole = envelopes.parsed(line, MAGIC)
    try:
        head = Asked(
            signer=str(whole["signer"]),
            step=Step(whole["step"]),
            agreement=str(whole["agreement"]),
            round=UUID(whole["round"]) if whole["round"] else None,
            at=int(whole["at"]),
            body=str(whole["body"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable from error
    public = envelopes.bytes_of(head.signer)
    if len(public) != PUBLIC_BYTES:
        raise Unreadable
    check_signature(public, envelopes.bytes_of(signature.decode("ascii", "replace")), line)
    return head


def check_body(asked: Asked, body: bytes) -> None:
    """Whether it is what was signed. Raises BadSignature."""
    if hashlib.sha256(body).hexdigest() != asked.body:
        raise BadSignature


def check_once(asked: Asked, *, last: int, now: datetime) -> None:
    """Whether the request is fresh and no repetition of an earlier one. Raises TooLate."""
    apart = timedelta(milliseconds=abs(asked.at - round(now.timestamp() * 1000)))
    if asked.at <= last or apart > CLOCKS_APART:
        raise TooLate
