"""Numbers by which people and entities are told: checked, and as they are looked up."""

from spoiwo.kernel import identifiers, pesel
from spoiwo.kernel.errors import DomainError
from spoiwo.support.errors import BadNumber
from spoiwo.toolkit.keys import PESEL, key_ring

_PARSERS = {"nip": identifiers.parse_nip, "regon": identifiers.parse_regon, "krs": identifiers.parse_krs}


def pesel_number(text: str) -> str:
    """The PESEL number without spaces. Raises BadNumber when it cannot be one."""
    try:
        number = pesel.parse(text)
    except pesel.NotPesel as error:
        raise BadNumber("pesel") from error
    if not number.checksum_ok or number.is_dummy:
        raise BadNumber("pesel")
    return number.value


def blind(number: str) -> bytes | None:
    """The blind index of a PESEL number, None without a number."""
    return key_ring().blind_index(PESEL, number) if number else None


def checked(field: str, text: str) -> str:
    """A NIP, REGON or KRS as it is stored, empty when nothing was given. Raises BadNumber."""
    if not text.strip():
        return ""
    try:
        return _PARSERS[field](text)
    except DomainError as error:
        raise BadNumber(field) from error


def entity_number(text: str) -> tuple[str, str]:
    """("nip" or "regon", the number as it is stored). Raises BadNumber when it is neither."""
    try:
        return "nip", checked("nip", text)
    except BadNumber:
        return "regon", checked("regon", text)
