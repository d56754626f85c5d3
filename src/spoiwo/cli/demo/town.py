"""The one place where people come from: unique numbers, names, birth dates, addresses."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from spoiwo.cli.demo import foreign_names, identity, names
from spoiwo.cli.demo.chances import Weighted, one_of, whole
from spoiwo.cli.demo.communes import STREETS
from spoiwo.cli.demo.names import Spellings, Surname
from spoiwo.cli.demo.types import Address, Commune, Person, Place

YEAR = 365.25
"""Days in a mean year, for drawing ages; ages themselves are counted by calendar."""

_FOREIGN_IN_1000 = 52
_FOREIGN_WITHOUT_PESEL_IN_100 = 48
_POLES_WITHOUT_PESEL_IN_1000 = 3
_SECOND_NAME_IN_100 = 35
_OLDEST_WITH_MAILBOX = 70
_YOUNGEST_WITH_PHONE = 14


class Town:
    """Gives out everything that must be unique or that depends on the place; one per population."""

    def __init__(self, rng: Random, communes: Sequence[Commune], day: date) -> None:
        """Draw from `rng` alone; people live in `communes` on `day`."""
        if not communes:
            raise ValueError("people need at least one commune to live in")
        self.rng = rng
        self.day = day
        self._spots = Weighted(
            [(commune, place) for commune in communes for place in commune.places],
            [place.weight for commune in communes for place in commune.places],
        )
        self._taken: set[str] = set()
        self._people = 0

    def spot(self) -> tuple[Commune, Place]:
        """A place in proportion to its weight."""
        return self._spots.pick(self.rng)

    def address(self) -> Address:
        """A full address; villages without streets have house numbers only."""
        commune, place = self.spot()
        if not place.has_streets:
            return Address(commune.teryt, place.name, place.postal_code, house=self._house(150))
        flat = str(whole(self.rng, 1, 60)) if self.rng.random() < 0.6 else ""
        return Address(
            commune.teryt, place.name, place.postal_code, one_of(self.rng, STREETS), self._house(60), flat
        )

    def no_address(self) -> Address:
        """The place where a homeless person stays: no street, no house."""
        commune, place = self.spot()
        return Address(commune.teryt, place.name, place.postal_code)

    def origin(self) -> str:
        """Citizenship of a household, ISO 3166 alpha-2."""
        if self.rng.random() * 1000 < _FOREIGN_IN_1000:
            return foreign_names.CITIZENSHIPS.pick(self.rng)
        return "PL"

    def surname(self, origin: str) -> Surname:
        """A family's surname."""
        if origin == "PL":
            return names.polish_surname(self.rng)
        return foreign_names.foreign_surname(self.rng, origin)

    def given_name(self, sex: str, born: date, origin: str, avoiding: Sequence[str] = ()) -> Spellings:
        """A given name that none of the brothers and sisters in `avoiding` bears."""
        while True:
            if origin == "PL":
                spellings: Spellings = (names.polish_given_name(self.rng, sex, born.year),)
            else:
                spellings = foreign_names.foreign_given_name(self.rng, sex, origin)
            if spellings[0] not in avoiding:
                return spellings

    def born(self, youngest: int, oldest: int) -> date:
        """A birth date of somebody who has turned `youngest` and not yet `oldest`."""
        return self.day - timedelta(days=whole(self.rng, int(youngest * YEAR) + 1, int(oldest * YEAR)))

    def person(
        self,
        relation: str,
        sex: str,
        born: date,
        origin: str,
        surname: Spellings,
        *,
        family_name: str = "",
        given: Spellings | None = None,
        without_pesel: bool = False,
        mother: Person | None = None,
        father: Person | None = None,
    ) -> Person:
        """Somebody new. `family_name` (at birth) is the present surname unless given."""
        self._people += 1
        given = given or self.given_name(sex, born, origin)
        person = Person(
            number=self._people,
            relation=relation,
            sex=sex,
            birth_date=born,
            given_spellings=given,
            surname_spellings=surname,
            second_name=self._second_name(sex, born, origin, given[0]),
            family_name=family_name or surname[0],
            citizenship=origin,
            pesel="" if without_pesel or self._lacks_pesel(origin) else self._pesel(born, sex),
            document_kind="",
            document_no="",
            phone="",
            email="",
            mother=mother.number if mother else None,
            father=father.number if father else None,
        )
        self._equip(person)
        return person

    def _equip(self, person: Person) -> None:
        """Papers and contact details by age; without a PESEL there is always a document."""
        rng, age = self.rng, person.age_on(self.day)
        if not person.pesel or rng.random() < 0.25:
            person.document_kind, person.document_no = identity.identity_document(rng, person.citizenship)
        if age >= _YOUNGEST_WITH_PHONE and rng.random() < 0.78:
            person.phone = identity.phone_number(rng)
        if _YOUNGEST_WITH_PHONE < age < _OLDEST_WITH_MAILBOX and rng.random() < 0.3:
            person.email = identity.mailbox(rng, person.given, person.surname, person.number)

    def _house(self, highest: int) -> str:
        letter = one_of(self.rng, "abc") if self.rng.random() < 0.12 else ""
        return f"{whole(self.rng, 1, highest)}{letter}"

    def _second_name(self, sex: str, born: date, origin: str, given: str) -> str:
        if origin != "PL" or self.rng.random() * 100 >= _SECOND_NAME_IN_100:
            return ""
        return self.given_name(sex, born, origin, [given])[0]

    def _lacks_pesel(self, origin: str) -> bool:
        if origin == "PL":
            return self.rng.random() * 1000 < _POLES_WITHOUT_PESEL_IN_1000
        return self.rng.random() * 100 < _FOREIGN_WITHOUT_PESEL_IN_100

    def _pesel(self, born: date, sex: str) -> str:
        while True:
            pesel = identity.compose_pesel(born, sex, whole(self.rng, 0, identity.SERIALS - 1))
            if pesel not in self._taken:
                self._taken.add(pesel)
                return pesel
