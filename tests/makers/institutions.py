"""Institutions, accounts and authorisations that are valid as they stand."""

from datetime import date
from itertools import count
from typing import Any

from spoiwo.institutions import rules
from spoiwo.institutions.models import Authorisation, Institution, InstitutionKind, Membership, User
from spoiwo.institutions.types import InstitutionDetails, Kind, KindPeriod, NewAuthorisation, Role
from spoiwo.kernel.actor import Actor

_numbers = count(1)
LONG_AGO = date(2020, 1, 1)
PASSWORD = "bardzo-dlugie-haslo-7"
OPERATOR = Actor(user_id=0, institution_id=0, is_operator=True)


def details(**values: object) -> InstitutionDetails:
    """What somebody writes down of a labour office."""
    given: dict[str, Any] = {
        "name": "Powiatowy Urząd Pracy w Żaganiu",
        "short_name": "PUP Żagań",
        "kinds": (KindPeriod(Kind.PUP),),
        "place": "Żagań",
    }
    return InstitutionDetails(**(given | values))


def institution(code: str = "", *kinds: Kind, **fields: object) -> Institution:
    """An open institution; a labour office unless told otherwise."""
    number = next(_numbers)
    name = str(fields.pop("name", f"Urząd próbny {number}"))
    short_name = str(fields.pop("short_name", name[:80]))
    made = Institution.objects.create(
        code=code or f"urzad-{number}",
        name=name,
        short_name=short_name,
        sort_key=rules.directory_sort_key(name),
        search_key=rules.directory_search_key(name, short_name, str(fields.get("place", ""))),
        place_key=rules.directory_sort_key(str(fields.get("place", ""))),
        **fields,
    )
    InstitutionKind.objects.bulk_create(
        InstitutionKind(institution=made, kind=kind) for kind in kinds or (Kind.PUP,)
    )
    return made


def user(email: str = "", *, password: str | None = PASSWORD, **fields: object) -> User:
    """An account that can sign in with PASSWORD."""
    address = email or f"osoba{next(_numbers)}@example.pl"
    return User.objects.create_user(address, password, **{"full_name": "Anna Próbna", **fields})


def member(office: Institution, *roles: Role, account: User | None = None, **fields: object) -> Membership:
    """Somebody who works at the institution, authorised to the roles since long ago and without an end."""
    made = Membership.objects.create(user=account or user(), institution=office, **fields)
    for role in roles:
        authorisation(made, role)
    return made


def authorisation(membership: Membership, role: Role, **fields: object) -> Authorisation:
    """An authorisation in force since long ago."""
    values: dict[str, Any] = {"number": f"UP/{next(_numbers)}", "valid_from": LONG_AGO, **fields}
    return Authorisation.objects.create(membership=membership, role=role, **values)


def new_authorisation(role: Role = Role.CASE_WORKER, **values: object) -> NewAuthorisation:
    """An authorisation as somebody writes it down."""
    given: dict[str, Any] = {"role": role, "number": "UP/7/2024", "valid_from": LONG_AGO, **values}
    return NewAuthorisation(**given)


def acting(membership: Membership, *roles: Role) -> Actor:
    """The actor this member is, with the roles named or else all it was ever authorised to."""
    held = frozenset(str(role) for role in roles or membership.authorisations.values_list("role", flat=True))
    return Actor(
        user_id=membership.user_id,
        institution_id=membership.institution_id,
        roles=held,
        territories=frozenset(membership.territories),
        is_operator=membership.user.is_operator,
    )
