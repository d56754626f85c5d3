"""Reads about territory. Codes are plain strings of 2, 4 or 7 digits; names sort the Polish way."""

from collections.abc import Iterable
from datetime import date

from spoiwo.kernel.teryt import TerytCode, UnitLevel
from spoiwo.kernel.text import polish_sort_key
from spoiwo.territory import rules
from spoiwo.territory.models import Subregion, TercEdition, TerytUnit
from spoiwo.territory.types import UnitPath

SUCCESSORS = {
    "0809102": "0862011",  # the rural commune Zielona Góra is part of the city since 1 January 2015
}


def unit_on(code: str, day: date) -> TerytUnit | None:
    """The unit as it was on the day; None when the register knows none."""
    return TerytUnit.objects.on(day).filter(code=code).first()


def voivodeships(day: date) -> list[TerytUnit]:
    """All voivodeships, by name."""
    return _by_name(TerytUnit.objects.on(day).filter(level=UnitLevel.VOIVODESHIP))


def counties_of(voivodeship_code: str, day: date) -> list[TerytUnit]:
    """The counties of a voivodeship, cities with county rights among them, by name."""
    return _by_name(TerytUnit.objects.on(day).filter(level=UnitLevel.COUNTY, parent__code=voivodeship_code))


def communes_of(county_code: str, day: date) -> list[TerytUnit]:
    """The whole communes of a county (kinds 1, 2 and 3, no parts), by name; of one name, urban first."""
    return _by_name(TerytUnit.objects.on(day).filter(level=UnitLevel.COMMUNE, parent__code=county_code))


def names_of(codes: Iterable[str], day: date) -> dict[str, str]:
    """Names of the units as they were on the day, by code; unknown codes are left out."""
    return dict(TerytUnit.objects.on(day).filter(code__in=set(codes)).values_list("code", "name"))


def path_of(code: str, day: date) -> UnitPath:
    """Names of the voivodeship, county and commune that the unit is or lies in, on the day.

    A part of a commune shows its commune. Raises NotTeryt when the code has no such shape.
    """
    unit = TerytCode(code)
    above = [found.value if found else "" for found in (unit.voivodeship, unit.county, unit.commune)]
    names = dict(TerytUnit.objects.on(day).filter(code__in=above).values_list("code", "name"))
    voivodeship, county, commune = (names.get(value) for value in above)
    # Voivodeships are published in capitals.
    return UnitPath(voivodeship.lower() if voivodeship else None, county, commune)


def subregions_of(voivodeship_code: str) -> list[Subregion]:
    """The subregions of a voivodeship, by name."""
    found = Subregion.objects.filter(voivodeship__code=voivodeship_code)
    return sorted(found, key=lambda subregion: polish_sort_key(subregion.name))


def counties_of_subregion(subregion_code: str, day: date) -> list[TerytUnit]:
    """The counties of a subregion under the names of that day, by name."""
    codes = Subregion.objects.filter(code=subregion_code).values("memberships__county__code")
    return _by_name(TerytUnit.objects.on(day).filter(code__in=codes))


def present_codes(codes: Iterable[str]) -> dict[str, str]:
    """Under which code each of these places lies in the newest state of the register."""
    wanted = {code for code in codes if len(code) == rules.WHOLE_CODE}
    known: dict[str, set[str]] = {}
    communes = TerytUnit.objects.in_force().filter(level=UnitLevel.COMMUNE)
    for code in communes.values_list("code", flat=True) if wanted else ():
        known.setdefault(code[:2], set()).add(code)
    return {code: rules.present_code(code, known.get(code[:2], ()), SUCCESSORS) for code in wanted}


def register_state() -> date | None:
    """The newest state of the TERYT register taken in; None before the first."""
    newest = TercEdition.objects.order_by("-as_of").first()
    return newest.as_of if newest else None


def _by_name(units: Iterable[TerytUnit]) -> list[TerytUnit]:
    return sorted(units, key=lambda unit: (polish_sort_key(unit.name), unit.code))
