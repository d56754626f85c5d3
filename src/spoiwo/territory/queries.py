"""Reads about territory. Codes are plain strings of 2, 4 or 7 digits; names sort the Polish way."""

from collections.abc import Iterable
from datetime import date

from spoiwo.kernel.teryt import TerytCode, UnitLevel
from spoiwo.kernel.text import polish_sort_key
from spoiwo.territory import rules
from spoiwo.territory.models import CommuneSuccessor, Subregion, TercEdition, TerytUnit
from spoiwo.territory.types import GoneCommune, UnitPath

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


def places_in(voivodeship_code: str, digits: int, day: date) -> list[str]:
    """Codes of all counties (4 digits) or communes (7) of a voivodeship on the day."""
    level = UnitLevel.COUNTY if digits == rules.COUNTY_CODE else UnitLevel.COMMUNE
    found = TerytUnit.objects.on(day).filter(level=level, code__startswith=voivodeship_code)
    return list(found.order_by("code").values_list("code", flat=True))


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
    into = successors() if wanted else {}
    return {code: rules.present_code(code, known.get(code[:2], ()), into) for code in wanted}


def successors() -> dict[str, str]:
    """Into which commune each one went that is gone: those known from the start, and those that somebody has named."""
    return SUCCESSORS | dict(CommuneSuccessor.objects.values_list("code", "successor"))


def gone_communes() -> list[GoneCommune]:
    """Communes that ended and have no successor under their number, the last to end first."""
    in_force = set(
        TerytUnit.objects.in_force().filter(level=UnitLevel.COMMUNE).values_list("code", flat=True)
    )
    numbers = {code[:-1] for code in in_force}
    known = successors()
    ended = TerytUnit.objects.filter(level=UnitLevel.COMMUNE, valid_to__isnull=False).order_by("valid_to")
    rows = {
        unit.code: GoneCommune(unit.code, unit.name, unit.valid_to, known.get(unit.code, ""))
        for unit in ended
        if unit.code[:-1] not in numbers and unit.valid_to is not None
    }
    return sorted(rows.values(), key=lambda one: (one.ended_on, one.code), reverse=True)


def communes_to_choose(voivodeship_code: str) -> list[tuple[str, str]]:
    """Communes in force of a voivodeship with the code of each beside its name, by name."""
    found = TerytUnit.objects.in_force().filter(level=UnitLevel.COMMUNE, code__startswith=voivodeship_code)
    return [(unit.code, f"{unit.name} ({unit.code})") for unit in _by_name(found)]


def places_state() -> str:
    """Changes whenever places may lie under other codes: the state of the register, and the named successors."""
    named = CommuneSuccessor.objects.order_by("code").values_list("code", "successor")
    return " ".join([str(register_state() or ""), *(f"{code}>{into}" for code, into in named)])


def never_known(codes: Iterable[str]) -> set[str]:
    """Codes that no state of the register has had; of a voivodeship whose counties it does not know, none."""
    wanted = {code for code in codes if len(code) > rules.VOIVODESHIP_CODE}
    counties = TerytUnit.objects.filter(level=UnitLevel.COUNTY).values_list("code", flat=True)
    known = {code[: rules.VOIVODESHIP_CODE] for code in counties}
    there = set(TerytUnit.objects.filter(code__in=wanted).values_list("code", flat=True))
    return {code for code in wanted - there if code[: rules.VOIVODESHIP_CODE] in known}


def register_state() -> date | None:
    """The newest state of the TERYT register taken in; None before the first."""
    newest = TercEdition.objects.order_by("-as_of").first()
    return newest.as_of if newest else None


def _by_name(units: Iterable[TerytUnit]) -> list[TerytUnit]:
    return sorted(units, key=lambda unit: (polish_sort_key(unit.name), unit.code))
