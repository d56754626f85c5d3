"""Letters that mail servers send back (RFC 3464): which of ours it is about, and whether it failed for good."""

from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import Message

FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Returned:
    """What a report of delivery says of one letter. problem: in the words of the server."""

    message_id: str
    problem: str
    is_final: bool


def read_returned(raw: bytes) -> Returned | None:
    """What a message says of a letter that came back; None when it is no report of delivery."""
    message = message_from_bytes(raw, policy=policy.compat32)
    if message.get_content_type() != "multipart/report":
        return None
    message_id, problem, action = "", "", ""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            action, problem = _verdict(part)
        elif kind in ("message/rfc822", "text/rfc822-headers"):
            message_id = message_id or _id_of(part)
    if not message_id or not action:
        return None
    return Returned(message_id, problem, is_final=action == FAILED)


def _verdict(part: Message) -> tuple[str, str]:
    """(action, words of the server) of the recipient it failed for, of the first one otherwise."""
    blocks = part.get_payload()
    told = [one for one in blocks if isinstance(one, Message) and one["Action"]] if blocks else []
    found = [(_plain(one["Action"]).lower(), one) for one in told]
    action, block = next((one for one in found if one[0] == FAILED), found[0] if found else ("", part))
    words = _plain(block["Diagnostic-Code"]) or _plain(block["Status"])
    return action, words.partition(";")[2].strip() or words


def _id_of(part: Message) -> str:
    payload = part.get_payload()
    if isinstance(payload, list) and payload and isinstance(payload[0], Message):
        return _plain(payload[0]["Message-ID"])
    return _plain(message_from_string(str(payload))["Message-ID"])


def _plain(value: object) -> str:
    return " ".join(str(value or "").split())
