"""One record in the form it is compared in, in Python; `normalising` says the same of a whole register in SQL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from spoiwo.matching.strategy import forms
from spoiwo.matching.strategy.forms import Word

PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
FILLERS = (
    "12345678901", "01234567890", "12345678910", "10987654321", "98765432109", "09876543210", "23456789012",
)  # fmt: skip
_CENTURIES = {0: 1900, 1: 2000, 4: 1800}
_NO_DIGIT = re.compile(r"[^0-9]")
_DECIMALS = re.compile(r"[.,]0*$")  # a spreadsheet took the number for an amount
_NO_SIGN = re.compile(r"[^a-z0-9]")
_FLAT_SIGN = re.compile(r"(?:lok|m)[.]?")  # 12 m. 5 and 12/5 are one
_SEX = {"K": "K", "M": "M", "F": "K", "W": "K"}
Place = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A record as the rules see it; dates are numbers YYYYMMDD.

    coded: the date inside a PESEL with a right checksum. standing: 3 a right PESEL in accord with birth date and
    sex, 2 a right one beside a slip in one of these, 1 a right one of somebody born on another day, 0 a wrong one.
    town, road, building, home: equal for two records where these are the same, with None for what is unknown.
    """

    first: Word | None
    second: Word | None
    last: Word | None
    family: Word | None
    born: int | None
    pesel: str | None
    coded: int | None
    standing: int | None
    sex: str | None
    phone: int | None
    document: str | None
    email: str | None
    town: str | None
    road: str | None
    house: str | None
    flat: str | None

    @property
    def day(self) -> int | None:
        """The birth date, from the PESEL where it is missing."""
        return self.born if self.born is not None else self.coded

    @property
    def housed(self) -> bool:
        """Whether place and house are known."""
        return self.house is not None and self.town is not None

    @property
    def streets(self) -> Place:
        """Place and street."""
        return self.town, self.road

    @property
    def building(self) -> Place:
        """Place, street and house."""
        return self.town, self.road, self.house

    @property
    def home(self) -> Place:
        """Place, street, house and flat."""
        return self.town, self.road, self.house, self.flat


def known(values: Mapping[str, str]) -> Known:
    """The record with these columns of the extract (normalising.COLUMNS); whatever is missing is unknown.

    birth_date: text as an office writes it; ISO is best. pesel: the number itself.
    """

    def text(name: str) -> str:
        return (values.get(name) or "").strip(" ")

    born, sex = date_of(text("birth_date")), _SEX.get(text("sex")[:1].upper())
    pesel = pesel_of(values.get("pesel") or "")
    coded = coded_date(pesel) if pesel else None
    road = forms.road(text("street").lower())
    place = text("place").lower() or text("teryt")[:6]
    house, flat = house_of(text("house"))
    return Known(
        first=forms.word(text("first_name")),
        second=forms.word(text("second_name")),
        last=forms.word(text("last_name")),
        family=forms.word(text("family_name")),
        born=born,
        pesel=pesel,
        coded=coded,
        standing=_standing(pesel, coded, born, sex),
        sex=sex,
        phone=digits_of(values.get("phone") or "", 9),
        document=_NO_SIGN.sub("", (values.get("document_no") or "").lower()) or None,
        email=text("email").lower() or None,
        town=forms.bare(place) if place else None,
        road=road.bare if road else None,
        house=house or (road.house if road else None),
        flat=text("flat").lower() or flat or (road.flat if road else None),
    )


def house_of(text: str) -> tuple[str | None, str | None]:
    """The number of a house and, where it stands in the same field, of the flat."""
    house, *rest = _FLAT_SIGN.sub("/", text.lower().replace(" ", ""), count=1).split("/")
    return house or None, (rest[0] or None) if rest else None


def date_of(text: str) -> int | None:
    """A date as the number YYYYMMDD, possible or not; ISO, DD.MM.YYYY and plain digits are read."""
    digits = ""
    if len(text) >= 10 and not "0" <= text[4] <= "9":
        digits = text[:4] + text[5:7] + text[8:10]
    elif len(text) >= 10 and not "0" <= text[2] <= "9":
        digits = text[6:10] + text[3:5] + text[:2]
    elif len(text) == 8:
        digits = text
    return int(digits) if digits.isascii() and digits.isdigit() else None


def pesel_of(text: str) -> str | None:
    """Eleven digits, leading zeros put back; None for fillers and what is no number."""
    digits = _NO_DIGIT.sub("", _DECIMALS.sub("", text))
    if not 8 <= len(digits) <= 11:
        return None
    digits = digits.rjust(11, "0")
    if len(digits.replace(digits[0], "")) <= 1 or len(digits.replace(digits[-1], "")) <= 1:
        return None
    return None if digits in FILLERS else digits


def coded_date(pesel: str) -> int | None:
    """The date inside a number with a right checksum; None when there is no such day."""
    if sum(weight * int(digit) for weight, digit in zip(PESEL_WEIGHTS, pesel, strict=True)) % 10:
        return None
    century, month = divmod(int(pesel[2:4]), 20)
    day = int(pesel[4:6])
    if century not in _CENTURIES or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return (_CENTURIES[century] + int(pesel[:2])) * 10000 + month * 100 + day


def _standing(pesel: str | None, coded: int | None, born: int | None, sex: str | None) -> int | None:
    if pesel is None:
        return None
    if coded is None:
        return 0
    sex_fits = sex is None or (sex == "M") == (int(pesel[9]) % 2 == 1)
    if born is None or born == coded:
        return 3 if sex_fits else 2
    return 2 if sex_fits and _is_slip(born, coded) else 1


def _is_slip(born: int, coded: int) -> bool:
    """Whether the dates may be one, written with a slip; relatives seldom share a year or a day of it."""
    years = abs(born // 10000 - coded // 10000)
    return years == 0 or (born % 10000 == coded % 10000 and (years <= 10 or years == 100))


def digits_of(text: str, count: int) -> int | None:
    """The last so many digits as a number; None when there are fewer or they are one digit repeated."""
    digits = _NO_DIGIT.sub("", text)[-count:]
    if len(digits) < count or not digits.replace(digits[0], ""):
        return None
    return int(digits)
