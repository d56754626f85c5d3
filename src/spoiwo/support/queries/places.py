"""Counties and subregions that a report can be narrowed to."""

from datetime import date

from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.territory import queries as territory

SUBREGION = "s:"


def places(actor: Actor, day: date) -> list[tuple[str, str]]:
    """Subregions and counties of the centre's voivodeship: (code, name); subregions carry a prefix."""
    seat = institutions.institution_of(actor)
    region = seat.teryt[:2] if seat else ""
    if not region:
        return []
    subregions = [(f"{SUBREGION}{one.code}", one.name) for one in territory.subregions_of(region)]
    return [*subregions, *((one.code, one.name) for one in territory.counties_of(region, day))]


def counties_of(place: str, day: date) -> frozenset[str]:
    """The counties of a place; empty for everywhere."""
    if place.startswith(SUBREGION):
        return frozenset(
            one.code for one in territory.counties_of_subregion(place.removeprefix(SUBREGION), day)
        )
    return frozenset({place} if place else set())


def county_names(codes: frozenset[str], day: date) -> dict[str, str]:
    """Names of counties; those the register does not know are left out."""
    return territory.names_of(codes, day)
