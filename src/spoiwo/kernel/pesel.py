"""PESEL: the number of a person in the Polish population register."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from spoiwo.kernel.errors import DomainError

LENGTH = 11
_RISING = "01234567890123456789012"
_FILLER_SEQUENCES = frozenset(
    sequence[start : start + LENGTH]
    for sequence in (_RISING, _RISING[::-1], "12345678910", "10987654321")
    for start in range(len(sequence) - LENGTH + 1)
)
_CENTURIES = (1900, 2000, 2100, 2200, 1800)  # coded by adding a multiple of 20 to the month
_FILLER_RUN = 10  # so many equal digits of the eleven were typed to get past a mandatory field

Sex = Literal["K", "M"]


class NotPesel(DomainError):
    """The text is not eleven digits. The text itself is left out: it may be somebody's number.

    digits: how many digits were found; other_characters: whether there was anything else but spaces.
    """

    def __init__(self, *, digits: int, other_characters: bool):
        super().__init__(f"{digits} digits{', other characters' if other_characters else ''}")
        self.digits = digits
        self.other_characters = other_characters


class PeselProblem(StrEnum):
    """What may be wrong with eleven digits; a warning each, never a reason to refuse a person."""

    DUMMY = "dummy"
    CHECKSUM = "checksum"
    IMPOSSIBLE_DATE = "impossible_date"
    CONTRADICTS_BIRTH_DATE = "contradicts_birth_date"
    CONTRADICTS_SEX = "contradicts_sex"


@dataclass(frozen=True, slots=True, repr=False)
class Pesel:
    """Eleven digits, right or wrong. Never printed by repr, so that it does not reach logs.

    Raises NotPesel when made from anything else.
    """

    value: str

    def __post_init__(self) -> None:
        if not (self.value.isascii() and self.value.isdigit() and len(self.value) == LENGTH):
            digits = sum(character in "0123456789" for character in self.value)
            raise NotPesel(digits=digits, other_characters=digits != len(self.value))

    def __repr__(self) -> str:
        return "Pesel(***)"

    @property
    def checksum_ok(self) -> bool:
        """Whether the last digit agrees with the ten before it."""
        # Written out, because an import asks it of every row several times; python-stdnum, against which it is
        # tested, takes ten times as long. Code points in place of digits add 2160 to the sum: nothing.
        a, b, c, d, e, f, g, h, i, j, last = self.value.encode()
        return not (a + e + i + last + 3 * (b + f + j) + 7 * (c + g) + 9 * (d + h)) % 10

    @property
    def birth_date(self) -> date | None:
        """The date coded in the first six digits, 1800 to 2299; None when there is no such day."""
        month = int(self.value[2:4])
        century = _CENTURIES[month // 20]
        try:
            return date(century + int(self.value[:2]), month % 20, int(self.value[4:6]))
        except ValueError:
            return None

    @property
    def sex(self) -> Sex:
        """K (woman) for an even tenth digit, M (man) for an odd one."""
        return "M" if int(self.value[9]) % 2 else "K"

    @property
    def is_dummy(self) -> bool:
        """Whether it looks typed to fill a field: one digit repeated, or digits counted up or down.

        Needed beside the checksum, which 00000000000 and 22222222222 pass.
        """
        digits = set(self.value)
        if len(digits) <= 2 and max(self.value.count(digit) for digit in digits) >= _FILLER_RUN:
            return True
        return self.value in _FILLER_SEQUENCES


def parse(text: str) -> Pesel:
    """Read a PESEL as people write it, spaces anywhere. Raises NotPesel."""
    return Pesel("".join(text.split()))


def problems(
    pesel: Pesel, birth_date: date | None = None, sex: Sex | None = None
) -> tuple[PeselProblem, ...]:
    """What speaks against the number, in the order of PeselProblem; empty when nothing does.

    birth_date, sex: what the register says beside the number; None is not compared.
    A dummy is reported as that alone: whatever it seems to say of the person means nothing.
    """
    if pesel.is_dummy:
        return (PeselProblem.DUMMY,)
    coded = pesel.birth_date
    found = []
    if not pesel.checksum_ok:
        found.append(PeselProblem.CHECKSUM)
    if coded is None:
        found.append(PeselProblem.IMPOSSIBLE_DATE)
    elif birth_date is not None and coded != birth_date:
        found.append(PeselProblem.CONTRADICTS_BIRTH_DATE)
    if sex is not None and pesel.sex != sex:
        found.append(PeselProblem.CONTRADICTS_SEX)
    return tuple(found)
