"""Private set intersection of PESEL numbers between two offices, past any third party. No database, no Django.

One office asks with its numbers blinded, the other blinds them once more and adds its own; only whoever asked can
tell which are equal, and learns nothing of the others. The cryptography is openmined.psi's (elliptic curves).
"""

import struct
from types import ModuleType

from spoiwo.discovery.errors import BadConfiguration, Unreadable
from spoiwo.discovery.rules import envelopes, letters
from spoiwo.discovery.services import office
from spoiwo.discovery.services.office import Office, records
from spoiwo.matching.services.tokens import number_of

ASK, ANSWER = "ask", "answer"
FALSE_ALARMS = 1e-9  # chance that any number of the asking side seems to be in common though it is not
_KEY = "psi.key"


class PsiAbsent(BadConfiguration):
    """The library is not installed."""

    def __init__(self) -> None:
        super().__init__("spoiwo[psi]")


def ask(own: Office, *, epoch: int) -> bytes:
    """A letter with the own numbers blinded; the key that reads the answer stays in the office's folder."""
    psi = _library()
    client = psi.client.CreateWithNewKey(True)
    numbers = [number for number, _local_ids in _numbers(own)]
    folder = office.round_folder(own, epoch)
    office.write_file(folder / _KEY, envelopes.text_of(client.GetPrivateKeyBytes()).encode())
    body = client.CreateRequest(numbers).SerializeToString()
    return letters.write(body, step=ASK, agreement=own.agreement, epoch=epoch, keys=own.keys)


def answer(own: Office, letter: bytes) -> bytes:
    """The answer to the partner's letter; nobody but the partner can read it.

    Raises Unreadable, BadSignature, NotForThisRound.
    """
    psi = _library()
    asked = letters.read(letter, step=ASK, agreement=own.agreement, sender=own.partner)
    request = psi.Request()
    _parse(request, asked.body)
    server = psi.server.CreateWithNewKey(True)
    numbers = [number for number, _local_ids in _numbers(own)]
    setup = server.CreateSetupMessage(
        FALSE_ALARMS, len(request.encrypted_elements), numbers, psi.DataStructure.GCS
    ).SerializeToString()
    response = server.ProcessRequest(request).SerializeToString()
    body = struct.pack("<I", len(setup)) + setup + response
    return letters.write(body, step=ANSWER, agreement=own.agreement, epoch=asked.epoch, keys=own.keys)


def read(own: Office, letter: bytes) -> tuple[int, list[str]]:
    """The round, and the local ids of own clients whose numbers the partner has too.

    Raises Unreadable, BadSignature, NotForThisRound, and BadConfiguration when nothing was asked in the round.
    """
    psi = _library()
    told = letters.read(letter, step=ANSWER, agreement=own.agreement, sender=own.partner)
    path = office.round_folder(own, told.epoch) / _KEY
    try:
        client = psi.client.CreateFromKey(envelopes.bytes_of(path.read_text(encoding="ascii")), True)
    except OSError as error:
        raise BadConfiguration(_KEY) from error
    (size,) = struct.unpack_from("<I", told.body.ljust(4, b"\0"))
    if not size:
        raise Unreadable
    setup, response = psi.ServerSetup(), psi.Response()
    _parse(setup, told.body[4 : 4 + size])
    _parse(response, told.body[4 + size :])
    numbers = _numbers(own)
    found = {local_id for at in client.GetIntersection(setup, response) for local_id in numbers[at][1]}
    return told.epoch, sorted(found)


def _numbers(own: Office) -> list[tuple[str, list[str]]]:
    """Right numbers of the register in order, each with the local ids that have it."""
    holders: dict[str, list[str]] = {}
    for cells in records(own.register):
        number = number_of(cells)
        if number is not None:
            holders.setdefault(number, []).append(cells["local_id"])
    return sorted(holders.items())


def _parse(message: object, content: bytes) -> None:
    try:
        message.ParseFromString(content)  # type: ignore[attr-defined]  # a message of protobuf
    except Exception as error:  # its own class; what was cut off or altered
        raise Unreadable from error


def _library() -> ModuleType:
    """The library, which pins a release of protobuf and is therefore an extra."""
    try:
        import private_set_intersection.python as psi
    except ImportError as error:
        raise PsiAbsent from error
    module: ModuleType = psi
    return module
