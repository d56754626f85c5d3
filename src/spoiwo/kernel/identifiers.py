"""Numbers of institutions: NIP (tax), REGON (statistics), KRS (court register)."""

from enum import StrEnum

from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError
from stdnum.pl import nip, regon

from spoiwo.kernel.errors import DomainError

_KRS_LENGTH = 10
_MAIN_UNIT = "00000"  # registers pad the number of the institution itself to fourteen digits


class IdentifierFault(StrEnum):
    """Why a number was refused."""

    CHARACTERS = "characters"  # something else than digits
    LENGTH = "length"
    CHECKSUM = "checksum"
    ZEROS = "zeros"  # a filler that passes the checksum


class BadIdentifier(DomainError):
    """The text is not the number it should be."""

    def __init__(self, text: str, fault: IdentifierFault):
        super().__init__(f"{text!r}: {fault}")
        self.text = text
        self.fault = fault


class NotNip(BadIdentifier):
    """The text is not a NIP."""


class NotRegon(BadIdentifier):
    """The text is not a REGON of nine or fourteen digits."""


class NotKrs(BadIdentifier):
    """The text is not a KRS number of ten digits."""


def parse_nip(text: str) -> str:
    """Ten digits of a NIP written with or without spaces, hyphens and the prefix PL. Raises NotNip."""
    try:
        number = nip.validate(_unspaced(text))
    except ValidationError as error:
        raise NotNip(text, _fault(error)) from error
    if not number.strip("0"):
        raise NotNip(text, IdentifierFault.ZEROS)
    return number


def parse_regon(text: str) -> str:
    """Nine digits of an institution or fourteen of its local unit. Raises NotRegon.

    Fourteen digits ending in 00000 are the institution itself, as the court register writes it:
    nine are returned.
    """
    digits = _unspaced(text)
    if len(digits) == 14 and digits.endswith(_MAIN_UNIT):
        digits = digits.removesuffix(_MAIN_UNIT)
    try:
        number = regon.validate(digits)
    except ValidationError as error:
        raise NotRegon(text, _fault(error)) from error
    if not number.strip("0"):
        raise NotRegon(text, IdentifierFault.ZEROS)
    return number


def parse_krs(text: str) -> str:
    """Ten digits of a KRS number; it has no checksum, and leading zeros are not added. Raises NotKrs."""
    digits = _unspaced(text)
    if not (digits.isascii() and digits.isdigit()):
        raise NotKrs(text, IdentifierFault.CHARACTERS)
    if len(digits) != _KRS_LENGTH:
        raise NotKrs(text, IdentifierFault.LENGTH)
    if not digits.strip("0"):
        raise NotKrs(text, IdentifierFault.ZEROS)
    return digits


def _fault(error: ValidationError) -> IdentifierFault:
    match error:
        case InvalidChecksum():
            return IdentifierFault.CHECKSUM
        case InvalidLength():
            return IdentifierFault.LENGTH
        case _:
            return IdentifierFault.CHARACTERS


def _unspaced(text: str) -> str:
    return "".join(text.split())
