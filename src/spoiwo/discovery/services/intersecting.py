"""Private set intersection of PESEL numbers between two offices, past any third party. No database, no Django.

One office asks with its numbers blinded, the other blinds them once more and adds its own; only whoever asked can
tell which are equal, and learns nothing of the others. The cryptography is openmined.psi's (elliptic curves).
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager

from spoiwo.discovery.errors import BadConfiguration, Unreadable
from spoiwo.discovery.rules import envelopes, letters
from spoiwo.discovery.services import office
from spoiwo.discovery.services.office import Office, records
from spoiwo.engines.psi import Intersecting, PsiBroken, PsiMissing
from spoiwo.matching.services.tokens import number_of

ASK, ANSWER = "ask", "answer"
_KEY = "psi.key"


class PsiAbsent(BadConfiguration):
    """The library is not installed."""

    def __init__(self) -> None:
        super().__init__("spoiwo[psi]")


def ask(own: Office, *, epoch: int) -> bytes:
    """A letter with the own numbers blinded; the key that reads the answer stays in the office's folder."""
    with _engine(own) as psi:
        key, request = psi.ask([number for number, _local_ids in _numbers(own)])
    office.write_file(office.round_folder(own, epoch) / _KEY, envelopes.text_of(key).encode())
    return letters.write(request, step=ASK, agreement=own.agreement, epoch=epoch, keys=own.keys)


def answer(own: Office, letter: bytes) -> bytes:
    """The answer to the partner's letter; nobody but the partner can read it.

    Raises Unreadable, BadSignature, NotForThisRound.
    """
    asked = letters.read(letter, step=ASK, agreement=own.agreement, sender=own.partner)
    with _engine(own) as psi:
        setup, response = psi.answer([number for number, _local_ids in _numbers(own)], asked.body)
    body = struct.pack("<I", len(setup)) + setup + response
    return letters.write(body, step=ANSWER, agreement=own.agreement, epoch=asked.epoch, keys=own.keys)


def read(own: Office, letter: bytes) -> tuple[int, list[str]]:
    """The round, and the local ids of own clients whose numbers the partner has too.

    Raises Unreadable, BadSignature, NotForThisRound, and BadConfiguration when nothing was asked in the round.
    """
    told = letters.read(letter, step=ANSWER, agreement=own.agreement, sender=own.partner)
    path = office.round_folder(own, told.epoch) / _KEY
    try:
        key = envelopes.bytes_of(path.read_text(encoding="ascii"))
    except OSError as error:
        raise BadConfiguration(_KEY) from error
    (size,) = struct.unpack_from("<I", told.body.ljust(4, b"\0"))
    if not size:
        raise Unreadable
    with _engine(own) as psi:
        places = psi.read(key, told.body[4 : 4 + size], told.body[4 + size :])
    numbers = _numbers(own)
    found = {local_id for place in places for local_id in numbers[place][1]}
    return told.epoch, sorted(found)


def _numbers(own: Office) -> list[tuple[str, list[str]]]:
    """Right numbers of the register in order, each with the local ids that have it."""
    holders: dict[str, list[str]] = {}
    for cells in records(own.register):
        number = number_of(cells)
        if number is not None:
            holders.setdefault(number, []).append(cells["local_id"])
    return sorted(holders.items())


@contextmanager
def _engine(own: Office) -> Iterator[Intersecting]:
    """The cryptography, in a process that has no key of the office."""
    try:
        yield Intersecting(own.psi_python)
    except PsiMissing as error:
        raise PsiAbsent from error
    except PsiBroken as error:
        raise Unreadable from error
