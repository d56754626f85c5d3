"""Invented households with correct data: the truth that offices then distort."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from benchmarks.linkage_registers import names

_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_STREETS = (
    "Polna Leśna Słoneczna Krótka Szkolna Ogrodowa Lipowa Brzozowa Łąkowa Kwiatowa Kościuszki Mickiewicza Słowackiego "
    "Sienkiewicza Kolejowa Zielona Parkowa Wojska-Polskiego Jana-Pawła-II Żeromskiego Konopnickiej Reymonta Dworcowa "
    "Świerkowa Dębowa Długa Wąska Rynek Młyńska Chopina Piłsudskiego Wyszyńskiego Armii-Krajowej 3-Maja Konstytucji"
).split()
_PLACES = (
    "Gorzów-Wielkopolski Zielona-Góra Nowa-Sól Żary Żagań Świebodzin Słubice Gubin Międzyrzecz Strzelce-Krajeńskie "
    "Sulechów Wschowa Szprotawa Drezdenko Kostrzyn-nad-Odrą Krosno-Odrzańskie Lubsko Skwierzyna Rzepin Witnica "
    "Iłowa Kożuchów Ośno-Lubuskie Torzym Babimost Bytom-Odrzański Cybinka Dobiegniew Jasień Kargowa"
).split()


@dataclass(slots=True)
class Person:
    """One invented person; `household` and `born` tell twins and relatives apart for the models of error."""

    number: int
    first: str
    second: str
    last: str
    maiden: str
    born: date
    sex: str
    pesel: str
    citizenship: str
    place: int
    postal: str
    street: str
    house: str
    flat: str
    phone: str
    household: int
    foreign: tuple[str, str] | None = None
    relatives: list["Person"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the people are like: shares between 0 and 1."""

    surnames: int = 0  # 0: open; otherwise a village knows so many surnames only
    foreigners: float = 0.04
    without_pesel: float = 0.004
    foreigners_without_pesel: float = 0.3
    twins: float = 0.008
    juniors: float = 0.01
    alone: float = 0.45
    shelter: float = 0.0
    places: int = 30
    shared_phone: float = 0.2
    cousins: float = 0.0


def pesel_of(rng: Random, born: date, sex: str) -> str:
    """A well-formed number of that day and sex."""
    month = born.month + {18: 80, 19: 0, 20: 20}[born.year // 100]
    serial = rng.randrange(1000)
    tenth = rng.randrange(5) * 2 + (sex == "M")
    digits = f"{born.year % 100:02}{month:02}{born.day:02}{serial:03}{tenth}"
    check = -sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 10
    return f"{digits}{check}"


class Town:
    """Makes households until there are enough people."""

    def __init__(self, rng: Random, world: World) -> None:
        self.rng = rng
        self.world = world
        self.people: list[Person] = []
        self.used: set[str] = set()
        self.local = [
            [names.surname(rng, 0.7) for _ in range(world.surnames)] for _ in range(world.places)
        ]  # fmt: skip

    def fill(self, count: int) -> list[Person]:
        """At least `count` people in households."""
        while len(self.people) < count:
            self._household()
        return self.people

    def _household(self) -> None:
        rng, world = self.rng, self.world
        place = min(int(rng.expovariate(1 / 6)), world.places - 1)
        alien = rng.random() < world.foreigners
        last = rng.choice(self.local[place]) if world.surnames else names.surname(rng)
        home = self._home(place)
        shelter = rng.random() < world.shelter
        if shelter:
            home = (f"{65 + place % 4}-{place:03}", "Schronisko", "1", "")
        phone = self._phone()
        size = 1 if shelter or rng.random() < world.alone else rng.choice((2, 2, 3, 3, 4, 5))
        head_born = date(1940, 1, 1) + timedelta(days=rng.randrange(24000))
        members = [self._person(place, home, last, alien, head_born, rng.choice("KM"), phone)]
        head = members[0]
        for position in range(1, size):
            members.append(self._member(members, position, place, home, last, alien, phone))
        if world.cousins and rng.random() < world.cousins:
            self._cousin(head, place, last)
        for member in members:
            member.relatives = [other for other in members if other is not member]
        self.people.extend(members)

    def _member(
        self, members: list[Person], position: int, place: int, home: tuple[str, str, str, str],
        last: str, alien: bool, phone: str,
    ) -> Person:  # fmt: skip
        rng, head = self.rng, members[0]
        if position == 1 and rng.random() < 0.7:
            born = head.born + timedelta(days=rng.randrange(-2500, 2500))
            spouse = self._person(place, home, last, alien, born, "M" if head.sex == "K" else "K", phone)
            if spouse.sex == "K" and not alien:
                spouse.maiden = names.of_sex(names.surname(rng), "K")
            return spouse
        previous = members[-1]
        twin = rng.random() < self.world.twins * 10 and position > 1 and previous.born > head.born
        born = previous.born if twin else head.born + timedelta(days=rng.randrange(6800, 14000))
        if born > date(2012, 12, 28):
            born = date(1994, 1, 1) + timedelta(days=rng.randrange(6800))
        sex = previous.sex if twin and rng.random() < 0.6 else rng.choice("KM")
        child = self._person(place, home, last, alien, born, sex, phone)
        while any(child.first == other.first and child.sex == other.sex for other in members):
            child.first, child.foreign = self._another(child)
        if not twin and sex == head.sex and rng.random() < self.world.juniors * 8:
            child.first, child.foreign = head.first, head.foreign
        return child

    def _another(self, child: Person) -> tuple[str, tuple[str, str] | None]:
        """Another given name for a child whose brother or sister has the first one."""
        if child.foreign:
            first = names.foreign(self.rng, child.sex)[0]
            return first, (first, child.foreign[1])
        return names.given(self.rng, child.sex), None

    def _cousin(self, head: Person, place: int, last: str) -> None:
        """Somebody of the same names in the same place, of nearly the same age, at another address."""
        rng = self.rng
        born = head.born + timedelta(days=rng.randrange(-1500, 1500))
        other = self._person(place, self._home(place), last, False, born, head.sex, self._phone())
        other.first = head.first
        self.people.append(other)

    def _home(self, place: int) -> tuple[str, str, str, str]:
        rng = self.rng
        flat = str(rng.randrange(1, 60)) if rng.random() < 0.55 else ""
        house = f"{rng.randrange(1, 120)}{rng.choice(('', '', '', '', 'A', 'B'))}"
        return (
            f"{65 + place % 4}-{place * 17 % 900 + rng.randrange(30):03}",
            rng.choice(_STREETS),
            house,
            flat,
        )

    def _phone(self) -> str:
        return f"{self.rng.choice('5678')}{self.rng.randrange(10**8):08}"

    def _person(
        self, place: int, home: tuple[str, str, str, str], last: str, alien: bool, born: date, sex: str, phone: str,
    ) -> Person:  # fmt: skip
        rng, world = self.rng, self.world
        pesel = pesel_of(rng, born, sex)
        while pesel in self.used:
            pesel = pesel_of(rng, born, sex)
        self.used.add(pesel)
        spelled = names.foreign(rng, sex) if alien else None
        own_last = spelled[1] if spelled else names.of_sex(last, sex)
        if rng.random() < (world.foreigners_without_pesel if alien else world.without_pesel):
            pesel = ""
        return Person(
            number=rng.getrandbits(60), first=spelled[0] if spelled else names.given(rng, sex),
            second=names.given(rng, sex) if not alien and rng.random() < 0.6 else "", last=own_last, maiden=own_last,
            born=born, sex=sex, pesel=pesel, citizenship="UA" if alien else "PL", place=place, postal=home[0],
            street=home[1].replace("-", " "), house=home[2], flat=home[3],
            phone=phone if rng.random() < world.shared_phone else self._phone(), household=len(self.people),
            foreign=spelled,
        )  # fmt: skip


def place_name(place: int) -> str:
    """Name of a place by its number."""
    return _PLACES[place % len(_PLACES)].replace("-", " ")


def moved(rng: Random, person: Person, town: Town) -> Person:
    """The same person at another address."""
    place = min(int(rng.expovariate(1 / 6)), town.world.places - 1) if rng.random() < 0.5 else person.place
    postal, street, house, flat = town._home(place)  # noqa: SLF001 - one module
    return replace(
        person, place=place, postal=postal, street=street.replace("-", " "), house=house, flat=flat
    )
