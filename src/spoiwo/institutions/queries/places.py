"""Units of territory that people choose from when they write about institutions."""

from datetime import date

from spoiwo.institutions.models import Institution
from spoiwo.territory import queries as territory
from spoiwo.territory.types import UnitPath

Unit = tuple[str, str]
"""TERYT code and a name that tells the unit from others of the same name."""


def units_to_choose(institution: Institution | None, day: date) -> list[Unit]:
    """Voivodeships, and all counties and communes of the institution's voivodeship.

    For a new institution: of the voivodeships in which institutions sit already.
    """
    seats = [institution.teryt] if institution else Institution.objects.values_list("teryt", flat=True)
    regions = sorted({code[:2] for code in seats if code})
    units = [(unit.code, unit.name) for unit in territory.voivodeships(day)]
    for region in regions:
        for county in territory.counties_of(region, day):
            units.append((county.code, county.name))
            units += [
                (commune.code, f"{commune.name}, {county.name}")
                for commune in territory.communes_of(county.code, day)
            ]
    return units


def districts_of(institution: Institution, day: date) -> list[Unit]:
    """Where one of the staff may work: communes of the county it serves, or counties of the voivodeship.

    Empty for an institution of one commune, whose staff work in all of it.
    """
    area = institution.area or institution.teryt
    if len(area) == 4:
        units = territory.communes_of(area, day)
    elif len(area) == 2:
        units = territory.counties_of(area, day)
    else:
        units = []
    return [(unit.code, unit.name) for unit in units]


def place_names(institution: Institution, day: date) -> dict[str, UnitPath | None]:
    """Names of the units that the codes of its seat and of its area stand for; None where there is no code."""
    return {
        field: territory.path_of(code, day) if (code := getattr(institution, field)) else None
        for field in ("teryt", "area")
    }


def unit_names(codes: tuple[str, ...], day: date) -> list[str]:
    """Names of units; a code the register does not know stands for itself."""
    found = [(code, territory.unit_on(code, day)) for code in codes]
    return [unit.name if unit else code for code, unit in found]
