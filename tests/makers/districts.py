"""Offices that work by districts, with workers and clients, valid as they stand."""

from datetime import date
from itertools import count
from typing import Any

from spoiwo.districts.models import AddressRange, District
from spoiwo.districts.rules import addresses
from spoiwo.districts.services import drawing
from spoiwo.districts.types import Address, Range, RangeDetails, Spot
from spoiwo.institutions.models import Institution, Membership
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.periods import Period
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions, registers

_numbers = count(1)
GORZOW = "0861011"
SINCE = date(2024, 1, 1)
ALWAYS = Period(date(2020, 1, 1))


def office(*kinds: Kind, **fields: object) -> Institution:
    """A labour office unless told otherwise, its area being the city."""
    return institutions.institution("", *kinds, **{"area": "0861", **fields})


def keeper(holder: Institution) -> Actor:
    """Somebody who draws districts."""
    return institutions.acting(institutions.member(holder, Role.SUPERVISOR))


def worker(holder: Institution, name: str = "", *roles: Role) -> Membership:
    """Somebody who serves clients."""
    account = institutions.user(full_name=name or f"Anna Próbna{next(_numbers)}")
    return institutions.member(holder, *(roles or (Role.CASE_WORKER,)), account=account)


def district(by: Actor, code: str = "", serves: Membership | None = None, **fields: Any) -> District:
    """A district of the keeper's institution, served by somebody since long ago when named."""
    code = code or f"R{next(_numbers)}"
    with acting_for(by.institution_id):
        made = drawing.add_district(code=code, name=f"Rejon {code}", by=by, **fields)
        if serves is not None:
            drawing.name_worker(made.uuid, user_id=serves.user_id, since=SINCE, by=by)
    return made


def ground(by: Actor, of: District, **said: Any) -> AddressRange:
    """Addresses of a district: all of Gorzów since long ago unless told otherwise."""
    details = RangeDetails(**{"teryt": GORZOW, "valid_from": SINCE, **said})
    with acting_for(by.institution_id):
        return drawing.add_range(of.uuid, details, by=by)


def lives(local_id: str, street: str = "Polna", house: str = "3", **fields: object) -> Any:
    """A row of a register: somebody who lives in Gorzów."""
    return registers.row(
        local_id, teryt=GORZOW, place="Gorzów Wielkopolski", street=street, house=house, **fields
    )


def stretch(district: int = 1, **said: object) -> Range:
    """Addresses of a district: all of Gorzów unless told otherwise; houses as text."""
    first, last = str(said.pop("first", "")), str(said.pop("last", ""))
    values: dict[str, object] = {"teryt": GORZOW, "period": ALWAYS, **said}
    values["street"] = addresses.street_key(str(values.get("street", "")))
    values["place"] = addresses.place_key(str(values.get("place", "")))
    return Range(
        id=next(_numbers),
        district=district,
        first=addresses.house_of(first),
        last=addresses.last_house_of(last),
        **values,  # type: ignore[arg-type]
    )


def at(
    house: str = "", street: str = "Polna", place: str = "Gorzów Wielkopolski", teryt: str = GORZOW
) -> Spot:
    """An address as districts ask about it."""
    return addresses.spot_of(Address(teryt=teryt, place=place, street=street, house=house))
