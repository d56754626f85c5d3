"""TERYT codes: voivodeships, counties, communes and parts of communes."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Self

from spoiwo.kernel.errors import DomainError

_FIRST_CITY_COUNTY = 61  # counties numbered from here on are cities with county rights
_CITY_COMMUNE = "011"  # the only commune of a city divided into districts


class NotTeryt(DomainError):
    """The text has not the shape of a TERYT code of 2, 4 or 7 digits."""

    def __init__(self, text: str):
        super().__init__(repr(text))
        self.text = text


class UnitLevel(StrEnum):
    """How high a unit stands."""

    VOIVODESHIP = "voivodeship"
    COUNTY = "county"
    COMMUNE = "commune"
    PART = "part"  # of a commune: town, rural area, district, delegation


class CommuneKind(IntEnum):
    """The seventh digit."""

    URBAN = 1
    RURAL = 2
    URBAN_RURAL = 3
    TOWN = 4  # in an urban-rural commune
    RURAL_AREA = 5  # in an urban-rural commune
    WARSAW_DISTRICT = 8
    DELEGATION = 9  # office of a divided city: Kraków, Łódź, Poznań, Wrocław

    @property
    def is_part(self) -> bool:
        """Whether units of this kind are parts of a commune rather than communes."""
        return self >= CommuneKind.TOWN


_KIND_DIGITS = frozenset(str(kind.value) for kind in CommuneKind)


@dataclass(frozen=True, slots=True, order=True)
class TerytCode:
    """A code of the right shape; whether such a unit exists, and when, is known to territory.

    value: 2 digits (voivodeship), 4 (county), 7 (commune or part of one, the last digit its kind).
    Raises NotTeryt when made from anything else.
    """

    value: str

    def __post_init__(self) -> None:
        if not _has_shape(self.value):
            raise NotTeryt(self.value)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code as people write it, spaces anywhere ("08 01 07 3"). Raises NotTeryt."""
        return cls("".join(text.split()))

    def __str__(self) -> str:
        return self.value

    @property
    def level(self) -> UnitLevel:
        """Voivodeship, county, commune, or part of a commune."""
        if len(self.value) == 2:
            return UnitLevel.VOIVODESHIP
        if len(self.value) == 4:
            return UnitLevel.COUNTY
        return UnitLevel.PART if CommuneKind(int(self.value[6])).is_part else UnitLevel.COMMUNE

    @property
    def kind(self) -> CommuneKind | None:
        """The kind in the seventh digit; None above communes."""
        return CommuneKind(int(self.value[6])) if len(self.value) == 7 else None

    @property
    def voivodeship(self) -> "TerytCode":
        """The voivodeship it is or lies in."""
        return TerytCode(self.value[:2])

    @property
    def county(self) -> "TerytCode | None":
        """The county it is or lies in; None for a voivodeship."""
        return TerytCode(self.value[:4]) if len(self.value) >= 4 else None

    @property
    def commune(self) -> "TerytCode | None":
        """The whole commune it is or is a part of; None above communes.

        A town or rural area has the number of its commune; districts and delegations have numbers of
        their own, and their commune is the city.
        """
        kind = self.kind
        if kind is None or not kind.is_part:
            return None if kind is None else self
        if kind in (CommuneKind.TOWN, CommuneKind.RURAL_AREA):
            return TerytCode(f"{self.value[:6]}{CommuneKind.URBAN_RURAL.value}")
        return TerytCode(self.value[:4] + _CITY_COMMUNE)

    @property
    def parent(self) -> "TerytCode | None":
        """The unit one level up; None for a voivodeship."""
        above = {
            UnitLevel.VOIVODESHIP: None,
            UnitLevel.COUNTY: self.voivodeship,
            UnitLevel.COMMUNE: self.county,
            UnitLevel.PART: self.commune,
        }
        return above[self.level]

    @property
    def is_city_county(self) -> bool:
        """Whether it is a city with county rights (miasto na prawach powiatu), as a county."""
        return self.level is UnitLevel.COUNTY and int(self.value[2:]) >= _FIRST_CITY_COUNTY

    def covers(self, other: "TerytCode") -> bool:
        """Whether the other unit is this one or lies within it."""
        return self in (other, other.commune, other.county, other.voivodeship)


def _has_shape(text: str) -> bool:
    if not (text.isascii() and text.isdigit() and len(text) in (2, 4, 7)):
        return False
    numbers = [text[start : start + 2] for start in range(0, min(len(text), 6), 2)]
    return "00" not in numbers and (len(text) < 7 or text[6] in _KIND_DIGITS)
