"""What the generator passes around: places, people, what offices know of them."""

from dataclasses import dataclass, field
from datetime import date

Row = dict[str, str]
"""One record in the standard columns: text as a file holds it, empty when unknown."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town or village; `weight` is its rough share of the commune, not a statistic."""

    name: str
    postal_code: str
    weight: int
    has_streets: bool


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune by its seven-digit TERYT code, with the places people may live in."""

    teryt: str
    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives; `street` is empty in villages without streets."""

    teryt: str
    place: str
    postal_code: str
    street: str = ""
    house: str = ""
    flat: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A status that an office gives a person (codes in `codes`); `until` is None while it lasts."""

    code: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing an office knows beyond the register; `holder` is the office kind, `PUP` or `OPS`."""

    holder: str
    category: str
    kind: str
    value: str
    unit: str
    since: date
    until: date | None = None


@dataclass(slots=True, kw_only=True)
class Person:
    """An invented person; numbers are unique within one population and mean nothing outside it.

    `given_spellings` and `surname_spellings` hold the spelling of the document first and the
    transliterations that offices use after it; Polish names have one spelling.
    `labour` and `welfare` say what a labour office and a welfare centre would record; None
    when that office does not serve the person.
    """

    number: int
    relation: str
    sex: str
    birth_date: date
    given_spellings: tuple[str, ...]
    surname_spellings: tuple[str, ...]
    second_name: str
    family_name: str
    citizenship: str
    pesel: str
    document_kind: str
    document_no: str
    phone: str
    email: str
    mother: int | None = None
    father: int | None = None
    spouse: int | None = None
    labour: Standing | None = None
    welfare: Standing | None = None
    facts: list[Fact] = field(default_factory=list)

    @property
    def given(self) -> str:
        """First given name as the document spells it."""
        return self.given_spellings[0]

    @property
    def surname(self) -> str:
        """Present surname as the document spells it."""
        return self.surname_spellings[0]

    def age_on(self, day: date) -> int:
        """Whole years lived by that day."""
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """People at one address; `former` is where all of them lived before `moved_on`."""

    number: int
    address: Address
    former: Address | None
    moved_on: date | None
    members: tuple[Person, ...]
