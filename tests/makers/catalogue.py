"""Places of support that are valid as they stand, and the units they lie in."""

from datetime import date
from itertools import count
from typing import Any

from spoiwo.catalogue.models import Place
from spoiwo.catalogue.services import places
from spoiwo.catalogue.types import PlaceDetails, PlaceKind
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.actor import Actor
from spoiwo.territory.models import TerytUnit
from tests.makers import institutions
from tests.makers.territory import unit

_numbers = count(1)
TODAY = date(2026, 3, 10)
GORZOW, WITNICA, BOGDANIEC = "0861011", "0801073", "0801022"


def region() -> None:
    """A voivodeship with two counties and three communes."""
    if TerytUnit.objects.filter(code="08").exists():
        return
    top = unit("08", "LUBUSKIE")
    land, town = unit("0801", "gorzowski", parent=top), unit("0861", "Gorzów Wielkopolski", parent=top)
    unit(WITNICA, "Witnica", parent=land)
    unit(BOGDANIEC, "Bogdaniec", parent=land)
    unit(GORZOW, "Gorzów Wielkopolski", parent=town)


def office(*kinds: Kind, **fields: Any) -> Institution:
    """An institution in the region; a centre of social integration unless told otherwise."""
    region()
    return institutions.institution("", *(kinds or (Kind.CIS,)), **{"teryt": GORZOW, **fields})


def keeper(where: Institution | None = None, *roles: Role) -> Actor:
    """Somebody who keeps the entries of an institution."""
    return institutions.acting(institutions.member(where or office(), *(roles or (Role.CASE_WORKER,))))


def details(**values: Any) -> PlaceDetails:
    """A centre of social integration with three places."""
    given: dict[str, Any] = {
        "kind": PlaceKind.CIS,
        "name": f"Centrum próbne {next(_numbers)}",
        "teryt": GORZOW,
        "places_total": 3,
        **values,
    }
    return PlaceDetails(**given)


def place(by: Actor | None = None, *, today: date = TODAY, **values: Any) -> Place:
    """An entry of the catalogue."""
    return places.add_place(details(**values), today=today, by=by or keeper())
