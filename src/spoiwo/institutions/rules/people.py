"""What an account, an authorisation and a post must look like."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from spoiwo.institutions.errors import BadDetails
from spoiwo.institutions.rules.texts import has_controls, is_email
from spoiwo.institutions.types import Fault, NewAuthorisation, NewPost, Problem
from spoiwo.kernel.teryt import NotTeryt, TerytCode

NUMBER_LENGTH = 60
PERSON_LENGTH = 120
POST_LENGTHS = {"holder_name": PERSON_LENGTH, "function": 160, "phone": 40}


def checked_person(*, email: str, full_name: str) -> tuple[str, str]:
    """Address in small letters and name with single spaces. Raises BadDetails."""
    address, name = email.strip().lower(), " ".join(full_name.split())
    problems = []
    if not is_email(address):
        problems.append(Problem("email", Fault.EMAIL, address[:40]))
    if not name:
        problems.append(Problem("full_name", Fault.MISSING))
    elif len(name) > PERSON_LENGTH:
        problems.append(Problem("full_name", Fault.TOO_LONG, name[:40], PERSON_LENGTH))
    elif has_controls(name):
        problems.append(Problem("full_name", Fault.CHARACTERS))
    if problems:
        raise BadDetails(problems)
    return address, name


def checked_authorisations(given: Iterable[NewAuthorisation]) -> tuple[NewAuthorisation, ...]:
    """Authorisations with tidy numbers. Raises BadDetails, the fields named after the role: number_iod."""
    tidy = tuple(replace(one, number=" ".join(one.number.split())) for one in given)
    problems = [problem for one in tidy for problem in _authorisation_problems(one)]
    roles = [one.role for one in tidy]
    problems += [
        Problem("roles", Fault.ROLE_TWICE, role) for role in dict.fromkeys(roles) if roles.count(role) > 1
    ]
    if not tidy:
        problems.append(Problem("roles", Fault.MISSING))
    if problems:
        raise BadDetails(problems)
    return tidy


def checked_territories(codes: Iterable[str]) -> list[str]:
    """TERYT codes of counties and communes, each once, in order. Raises BadDetails."""
    problems, found = [], set()
    for code in codes:
        try:
            parsed = TerytCode.parse(code).value
        except NotTeryt:
            problems.append(Problem("territories", Fault.TERYT, code))
            continue
        if len(parsed) == 2:
            problems.append(Problem("territories", Fault.TERYT, code))
        found.add(parsed)
    if problems:
        raise BadDetails(problems)
    return sorted(found)


def checked_post(post: NewPost) -> NewPost:
    """A post with single spaces and its address in small letters. Raises BadDetails."""
    tidy: dict[str, Any] = {
        field: " ".join(getattr(post, field).split())
        for field in ("holder_name", "function", "phone", "email")
    }
    tidy["email"] = tidy["email"].lower()
    problems = []
    for field, limit in POST_LENGTHS.items():
        if not tidy[field] and field != "phone":
            problems.append(Problem(field, Fault.MISSING))
        elif len(tidy[field]) > limit:
            problems.append(Problem(field, Fault.TOO_LONG, tidy[field][:40], limit))
        elif has_controls(tidy[field]):
            problems.append(Problem(field, Fault.CHARACTERS))
    if tidy["email"] and not is_email(tidy["email"]):
        problems.append(Problem("email", Fault.EMAIL, tidy["email"][:40]))
    if problems:
        raise BadDetails(problems)
    return replace(post, **tidy)


def check_last_day(last_day: date, *, not_before: date) -> None:
    """Refuse to end something before it began or in the past. Raises BadDetails."""
    if last_day < not_before:
        raise BadDetails([Problem("last_day", Fault.ENDS_BEFORE_START, last_day.isoformat())])


def _authorisation_problems(one: NewAuthorisation) -> Iterator[Problem]:
    if not one.number:
        yield Problem(f"number_{one.role}", Fault.MISSING)
    elif len(one.number) > NUMBER_LENGTH:
        yield Problem(f"number_{one.role}", Fault.TOO_LONG, one.number[:40], NUMBER_LENGTH)
    if one.valid_to is not None and one.valid_to < one.valid_from:
        yield Problem(f"valid_to_{one.role}", Fault.ENDS_BEFORE_START, one.valid_to.isoformat())
