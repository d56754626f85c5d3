"""Who is in which office's register, and the rows that the office would hold of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from random import Random

from spoiwo.cli.demo import codes
from spoiwo.cli.demo.chances import Weighted, whole
from spoiwo.cli.demo.noise import NoiseRates, distort
from spoiwo.cli.demo.types import Household, Person, Row

Client = tuple[Person, Household]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """How many different people each office serves; `common` of them are served by both."""

    pup: int
    ops: int
    common: int

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be met (ValueError)."""
        if self.common < 0 or self.common > min(self.pup, self.ops):
            raise ValueError(f"{self.common} common clients do not fit in {self.pup} and {self.ops} clients")


@dataclass(frozen=True, slots=True)
class Register:
    """Rows of one office in the standard columns; `people[i]` is the number of the person of `rows[i]`."""

    office: str
    rows: list[Row]
    people: list[int]
    facts: list[Row]


def choose_clients(
    rng: Random, stream: Iterator[Household], quotas: Quotas, ops_communes: Collection[str] = ()
) -> tuple[list[Client], list[Client]]:
    """Clients of the labour office and of the welfare centre, drawn until the quotas are met.

    stream: households without end; ops_communes: TERYT codes of the communes that the welfare
    centre serves, all when empty.
    """
    left = {
        "both": quotas.common,
        codes.PUP: quotas.pup - quotas.common,
        codes.OPS: quotas.ops - quotas.common,
    }
    chosen: dict[str, list[Client]] = {role: [] for role in left}
    while any(left.values()):
        household = next(stream)
        in_reach = not ops_communes or household.address.teryt in ops_communes
        for person in household.members:
            role = _role(rng, person, in_reach, left)
            if role:
                left[role] -= 1
                chosen[role].append((person, household))
    return chosen["both"] + chosen[codes.PUP], chosen["both"] + chosen[codes.OPS]


def _role(rng: Random, person: Person, in_reach: bool, left: dict[str, int]) -> str:
    """Where the person is served, in proportion to what is still to be filled; empty for nowhere."""
    pup, ops = person.labour is not None, person.welfare is not None and in_reach
    weights = (3 * left["both"] * (pup and ops), left[codes.PUP] * pup, left[codes.OPS] * ops)
    return Weighted(("both", codes.PUP, codes.OPS), weights).pick(rng) if any(weights) else ""


def keep_register(
    rng: Random, office: str, clients: Sequence[Client], *, rows: int, rates: NoiseRates, day: date
) -> Register:
    """The register of an office with `rows` rows: every client once, some of them once more.

    Rows stand in random order under rising numbers, so that neither order nor number tells who is who.
    Facts hang on the first row of a client. Raises ValueError for a person whom the office does not serve.
    """
    entries = [*clients, *rng.sample(clients, rows - len(clients))]
    rng.shuffle(entries)
    register = Register(office, [], [], [])
    seen: set[int] = set()
    number = 10_000
    for person, household in entries:
        number += whole(rng, 1, 3)
        row = _row(rng, office, number, person, household, day)
        distort(rng, row, person, household, rates)
        register.rows.append(row)
        register.people.append(person.number)
        if person.number not in seen:
            seen.add(person.number)
            register.facts.extend(_facts(office, row["local_id"], person))
    return register


def unique_people(rows: int, rates: NoiseRates) -> int:
    """How many different people a register of that many rows holds at the given rate of duplicates."""
    return rows - round(rows * rates.duplicate)


def same_person(left: Register, right: Register) -> list[tuple[str, str]]:
    """Pairs of local ids, one of each register, that are the same person, in the order of `left`."""
    rows_of: dict[int, list[str]] = {}
    for row, person in zip(right.rows, right.people, strict=True):
        rows_of.setdefault(person, []).append(row["local_id"])
    return [
        (row["local_id"], other)
        for row, person in zip(left.rows, left.people, strict=True)
        for other in rows_of.get(person, ())
    ]


def repeated(register: Register) -> list[tuple[str, str]]:
    """Pairs of local ids within one register that are the same person."""
    rows_of: dict[int, list[str]] = {}
    for row, person in zip(register.rows, register.people, strict=True):
        rows_of.setdefault(person, []).append(row["local_id"])
    return [pair for local_ids in rows_of.values() for pair in combinations(local_ids, 2)]


def _row(rng: Random, office: str, number: int, person: Person, household: Household, day: date) -> Row:
    """The undistorted row; a welfare centre keeps families, a labour office does not."""
    standing = person.labour if office == codes.PUP else person.welfare
    if standing is None:
        raise ValueError(f"person {person.number} is no client of {office}")
    address = household.address
    return {
        "local_id": f"EW{number:07d}" if office == codes.PUP else str(number),
        "household_id": "" if office == codes.PUP else f"R{household.number:06d}",
        "pesel": person.pesel,
        "document_kind": person.document_kind,
        "document_no": person.document_no,
        "first_name": person.given,
        "second_name": person.second_name,
        "last_name": person.surname,
        "family_name": person.family_name,
        "birth_date": person.birth_date.isoformat(),
        "sex": person.sex,
        "citizenship": person.citizenship,
        "teryt": address.teryt,
        "place": address.place,
        "postal_code": address.postal_code,
        "street": address.street,
        "house": address.house,
        "flat": address.flat,
        "phone": person.phone,
        "email": person.email,
        "status": standing.code,
        "status_from": standing.since.isoformat(),
        "status_to": _text(standing.until),
        "case_ref": f"{office}.{'4012' if office == codes.OPS else '632'}.{number}.{standing.since.year}",
        "worker": f"stanowisko {whole(rng, 1, 12)}",
        "updated_at": (day - timedelta(days=whole(rng, 0, 45))).isoformat(),
    }


def _facts(office: str, local_id: str, person: Person) -> list[Row]:
    return [
        {
            "local_id": local_id,
            "category": fact.category,
            "kind": fact.kind,
            "value": fact.value,
            "unit": fact.unit,
            "from": fact.since.isoformat(),
            "to": _text(fact.until),
            "note": "",
        }
        for fact in person.facts
        if fact.holder == office
    ]


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""
