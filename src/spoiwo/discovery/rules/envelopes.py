"""The files that cross: layout, signature, and refusal of whatever is not exactly that.

An envelope is a line of JSON (the header), a line with the signature in base64, and the rows: alias, number of tokens,
and for each token the place of its kind and its digest. A reply and a parcel are JSON.
"""

import base64
import hashlib
import json
from binascii import Error as NoBase64
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from spoiwo.discovery.errors import BadSignature, NotForThisRound, TooManyRows, Unreadable
from spoiwo.discovery.rules.pair_keys import PUBLIC_BYTES, OfficeKeys, check_signature
from spoiwo.discovery.types import (
    ALIAS_BYTES,
    TOKEN_BYTES,
    Envelope,
    Found,
    Header,
    Level,
    Parcel,
    Reply,
    Row,
)

MAGIC = "spoiwo-tokens-1"
REPLY = "spoiwo-reply-1"
PARCEL = "spoiwo-parcel-1"
LONGEST_HEADER = 2000
_ONE = 1 + TOKEN_BYTES


def pack(rows: Sequence[Row], *, agreement: str, epoch: int, root: bytes, keys: OfficeKeys) -> bytes:
    """An envelope, signed."""
    body = b"".join(_packed(row) for row in rows)
    header = Header(
        agreement=agreement,
        epoch=epoch,
        signer=text_of(keys.public),
        rows=len(rows),
        root=root.hex(),
        body=hashlib.sha256(body).hexdigest(),
    )
    line = json.dumps({"format": MAGIC, **asdict(header)}, ensure_ascii=False).encode()
    return line + b"\n" + base64.b64encode(keys.sign(line)) + b"\n" + body


def unpack(content: bytes, *, most_rows: int) -> Envelope:
    """The envelope in a file. Raises Unreadable, BadSignature, TooManyRows."""
    line, _, rest = content.partition(b"\n")
    signature, _, body = rest.partition(b"\n")
    header = _header(line)
    check_signature(bytes_of(header.signer), _base64(signature), line)
    if header.body != hashlib.sha256(body).hexdigest():
        raise Unreadable
    if header.rows > most_rows:
        raise TooManyRows(most_rows)
    rows = _rows(body)
    if len(rows) != header.rows:
        raise Unreadable
    return Envelope(header, rows)


def check_round(header: Header, *, agreement: str, epoch: int, signer: bytes | None = None) -> None:
    """Whether an envelope is meant for a round and comes from the office expected. Raises what is wrong."""
    if (header.agreement, header.epoch) != (agreement, epoch):
        raise NotForThisRound
    if signer is not None and bytes_of(header.signer) != signer:
        raise BadSignature


def check_parcel(parcel: Parcel, *, agreement: str, epoch: int) -> None:
    """Whether a parcel is meant for a round. Raises NotForThisRound."""
    if (parcel.agreement, parcel.epoch) != (agreement, epoch):
        raise NotForThisRound


def write_reply(reply: Reply) -> bytes:
    """A reply as a file."""
    found = [{"alias": one.alias.hex(), "level": one.level.value, "link": one.link} for one in reply.found]
    whole = {"format": REPLY, "agreement": reply.agreement, "epoch": reply.epoch, "found": found}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def read_reply(content: bytes) -> Reply:
    """The reply in a file. Raises Unreadable."""
    whole = parsed(content, REPLY)
    try:
        found = [
            Found(bytes.fromhex(one["alias"]), Level(one["level"]), str(one["link"]))
            for one in whole["found"]
        ]
        return Reply(agreement=str(whole["agreement"]), epoch=int(whole["epoch"]), found=found)
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable from error


def write_parcel(parcel: Parcel) -> bytes:
    """A parcel as a file."""
    sealed = {link: text_of(one) for link, one in sorted(parcel.sealed.items())}
    whole = {"format": PARCEL, "agreement": parcel.agreement, "epoch": parcel.epoch, "sealed": sealed}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def read_parcel(content: bytes) -> Parcel:
    """The parcel in a file. Raises Unreadable."""
    whole = parsed(content, PARCEL)
    try:
        sealed = {str(link): bytes_of(text) for link, text in whole["sealed"].items()}
        return Parcel(agreement=str(whole["agreement"]), epoch=int(whole["epoch"]), sealed=sealed)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable from error


def text_of(value: bytes) -> str:
    """Bytes as text for files."""
    return base64.b64encode(value).decode()


def bytes_of(text: str) -> bytes:
    """Bytes of such a text. Raises Unreadable."""
    return _base64(text.encode())


def parsed(content: bytes, expected: str) -> Any:
    """A file of JSON in one of our formats. Raises Unreadable."""
    try:
        whole = json.loads(content)
    except ValueError as error:
        raise Unreadable from error
    if not isinstance(whole, dict) or whole.get("format") != expected:
        raise Unreadable
    return whole


def _base64(text: bytes) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except NoBase64 as error:
        raise Unreadable from error


def _header(line: bytes) -> Header:
    if len(line) > LONGEST_HEADER:
        raise Unreadable
    whole = parsed(line, MAGIC)
    try:
        header = Header(
            agreement=str(whole["agreement"]),
            epoch=int(whole["epoch"]),
            signer=str(whole["signer"]),
            rows=int(whole["rows"]),
            root=str(whole["root"]),
            body=str(whole["body"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable from error
    if len(bytes_of(header.signer)) != PUBLIC_BYTES:
        raise Unreadable
    return header


def _packed(row: Row) -> bytes:
    tokens = b"".join(bytes((kind,)) + digest for kind, digest in row.tokens)
    return row.alias + bytes((len(row.tokens),)) + tokens


def _rows(body: bytes) -> list[Row]:
    rows, at = [], 0
    while at < len(body):
        alias, start = body[at : at + ALIAS_BYTES], at + ALIAS_BYTES + 1
        if start > len(body):
            raise Unreadable
        count = body[start - 1]
        at = start + count * _ONE
        if at > len(body):
            raise Unreadable
        places = range(start, at, _ONE)
        rows.append(Row(alias, [(body[place], body[place + 1 : place + _ONE]) for place in places]))
    return rows
