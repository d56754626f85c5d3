"""A second model of how offices err, with other names, other families and other slips than `errors`.

Rates are per field and row. A clerk here hits neighbouring keys, writes what was heard, glues or shortens names,
takes a day or a year for another, types numbers that a spreadsheet has spoiled and keeps addresses in one field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from spoiwo.cli.demo.foreign_names import CITIZENSHIPS, foreign_given_name, foreign_surname
from spoiwo.cli.demo.names import plain_letters, polish_given_name, polish_surname

Row = dict[str, str]
_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEAR = {
    letter: (line[at - 1 : at] + line[at + 1 : at + 2]) or letter
    for line in _KEYS
    for at, letter in enumerate(line)
}
_HEARD = (
    ("rz", "ż"), ("sz", "rz"), ("ch", "h"), ("ó", "u"), ("ą", "on"), ("ę", "em"), ("dź", "ć"), ("w", "f"), ("b", "p"),
    ("dz", "c"), ("ci", "ć"), ("ji", "i"), ("ia", "ja"), ("j", "i"), ("x", "ks"), ("c", "k"), ("z", "s"),
)  # fmt: skip
_SEEN = (("ł", "l"), ("rn", "m"), ("n", "u"), ("cl", "d"), ("i", "l"), ("e", "c"), ("ń", "n"), ("ś", "s"))
_SHORT = {
    "Anna": "Ania", "Katarzyna": "Kasia", "Małgorzata": "Małgosia", "Agnieszka": "Agnieszka", "Barbara": "Basia",
    "Joanna": "Joasia", "Aleksandra": "Ola", "Elżbieta": "Ela", "Magdalena": "Magda", "Krystyna": "Krysia",
    "Zofia": "Zosia", "Danuta": "Danusia", "Jadwiga": "Jadzia", "Jan": "Janek", "Tomasz": "Tomek", "Jakub": "Kuba",
    "Krzysztof": "Krzyś", "Stanisław": "Stasiek", "Zbigniew": "Zbyszek", "Wojciech": "Wojtek", "Tadeusz": "Tadek",
}  # fmt: skip
_TOWNS = (
    "Kłodawa Bogdaniec Deszczno Lubiszyn Santok Witnica Dębno Myślibórz Barlinek Choszczno Pełczyce Trzcianka Łęgowo "
    "Międzychód Pszczew Trzciel Zbąszynek Nowe-Miasteczko Świdnica Zabór Gozdnica Małomice Brody Lipinki-Łużyckie"
).split()
_ROADS = (
    "Jagiellończyka Chrobrego Sikorskiego Gen.-Andersa Ks.-Popiełuszki Osiedle-Staszica Os.-Dolinki Plac-Wolności "
    "Walczaka Warszawska Łokietka Fredry Żwirowa Grobla Śląska Pomorska Mieszka-I 30-Stycznia Obotrycka Matejki "
    "Wyczółkowskiego Zbigniewa-Herberta Aleja-Konstytucji-3-Maja Wiejska Łużycka Piaskowa Ceglana Szpitalna"
).split()


@dataclass(slots=True)
class Human:
    """One invented person; names with all spellings that offices give them, the document's first."""

    number: int
    first: tuple[str, ...]
    second: str
    last: tuple[str, ...]
    maiden: tuple[str, ...]
    born: date
    sex: str
    pesel: str
    citizenship: str
    town: str
    road: str
    house: str
    flat: str
    phone: str
    kin: list["Human"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What the people are like; shares of 0 to 1. surnames: how many a village knows, 0 for any."""

    foreign: float = 0.05
    surnames: int = 0
    namesakes: float = 0.0
    twins: float = 0.01
    junior: float = 0.02
    shelter: float = 0.0
    one_phone: float = 0.3
    without_pesel: float = 0.0
    foreign_without_pesel: float = 0.4


class County:
    """Families of an imaginary county, made one by one."""

    def __init__(self, rng: Random, people: People) -> None:
        self.rng, self.people = rng, people
        self.humans: list[Human] = []
        self._taken: set[str] = set()
        self._local = {
            town: [polish_surname(rng) for _ in range(people.surnames)] for town in _TOWNS if people.surnames
        }

    def settle(self, count: int) -> list[Human]:
        """So many people, by family."""
        while len(self.humans) < count:
            self.humans.extend(self._family())
        return self.humans[:count]

    def home(self) -> dict[str, Any]:
        """A new address; villages of few surnames have no streets."""
        rng = self.rng
        town = rng.choice(_TOWNS[:8] if rng.random() < 0.6 else _TOWNS).replace("-", " ")
        road = "" if self.people.surnames and rng.random() < 0.7 else rng.choice(_ROADS).replace("-", " ")
        house = f"{rng.randrange(1, 150)}{rng.choice(('', '', '', 'a', 'b', 'C'))}"
        return {
            "town": town,
            "road": road,
            "house": house,
            "flat": str(rng.randrange(1, 90)) if rng.random() < 0.5 else "",
        }

    def _family(self) -> list[Human]:
        rng, people = self.rng, self.people
        land = CITIZENSHIPS.pick(rng) if rng.random() < people.foreign else "PL"
        home, phone = self.home(), self._phone()
        if rng.random() < people.shelter:
            home = {"town": _TOWNS[0], "road": "Nadbrzeżna", "house": "2", "flat": ""}
        surname = self._surname(home["town"], land)
        oldest = date(1936, 1, 1) + timedelta(days=rng.randrange(25_000))
        family = [self._human(home, phone, land, surname, oldest, rng.choice("KM"))]
        if home["road"] == "Nadbrzeżna":
            return family
        if rng.random() < 0.5:
            born = oldest + timedelta(days=rng.randrange(-3000, 3000))
            spouse = self._human(home, phone, land, surname, born, "M" if family[0].sex == "K" else "K")
            if spouse.sex == "K":
                spouse.maiden = self._surname(home["town"], land)[1]
            family.append(spouse)
        for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 2, 3))):
            family.append(self._child(family, home, phone, land, surname))
        if rng.random() < people.namesakes:
            family.append(self._namesake(family[0], home, land, surname))
        for member in family:
            member.kin = [other for other in family if other is not member]
        return family

    def _surname(self, town: str, land: str) -> Any:
        if land != "PL":
            return foreign_surname(self.rng, land)
        return self.rng.choice(self._local[town]) if town in self._local else polish_surname(self.rng)

    def _child(self, family: list[Human], home: dict[str, Any], phone: str, land: str, surname: Any) -> Human:
        rng, people, parent, last = self.rng, self.people, family[0], family[-1]
        twin = len(family) > 2 and rng.random() < people.twins * 6
        born = last.born if twin else parent.born + timedelta(days=rng.randrange(6_600, 14_500))
        if born > date(2008, 1, 1):
            born = date(1988, 1, 1) + timedelta(days=rng.randrange(7_000))
        child = self._human(home, phone, land, surname, born, rng.choice("KM"))
        while any(child.first == other.first for other in family):
            child.first = self._given(child.sex, born.year, land)
        if not twin and child.sex == parent.sex and rng.random() < people.junior * 4:
            child.first = parent.first
        return child

    def _namesake(self, model: Human, home: dict[str, Any], land: str, surname: Any) -> Human:
        """A cousin of the same names and about the same age in the same village."""
        born = model.born + timedelta(days=self.rng.randrange(-900, 900))
        other = self._human(
            {**self.home(), "town": home["town"]}, self._phone(), land, surname, born, model.sex
        )
        other.first, other.last = model.first, model.last
        return other

    def _given(self, sex: str, year: int, land: str) -> tuple[str, ...]:
        if land == "PL":
            return (polish_given_name(self.rng, sex, year),)
        return tuple(foreign_given_name(self.rng, sex, land))

    def _human(
        self, home: dict[str, Any], phone: str, land: str, surname: Any, born: date, sex: str
    ) -> Human:
        rng, people = self.rng, self.people
        last = surname[0] if sex == "M" else surname[1]
        without = rng.random() < (people.without_pesel if land == "PL" else people.foreign_without_pesel)
        return Human(
            number=rng.getrandbits(60), first=self._given(sex, born.year, land),
            second=polish_given_name(rng, sex, born.year) if land == "PL" and rng.random() < 0.5 else "",
            last=tuple(last), maiden=tuple(last), born=born, sex=sex, pesel="" if without else self._pesel(born, sex),
            citizenship=land, phone=phone if rng.random() < people.one_phone else self._phone(), **home,
        )  # fmt: skip

    def _phone(self) -> str:
        return f"{self.rng.choice((50, 51, 53, 60, 66, 69, 72, 78, 79, 88))}{self.rng.randrange(10**7):07}"

    def _pesel(self, born: date, sex: str) -> str:
        while True:
            month = born.month + (20 if born.year > 1999 else 0)
            digits = f"{born:%y}{month:02}{born:%d}{self.rng.randrange(1000):03}"
            digits += str(self.rng.randrange(5) * 2 + (sex == "M"))
            check = -sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 10
            if digits not in self._taken:
                self._taken.add(digits)
                return f"{digits}{check}"


def mistyped(rng: Random, word: str) -> str:
    """A neighbouring key, a letter too many, one too few, or two in each other's place."""
    if len(word) < 2:
        return word
    at = rng.randrange(len(word))
    kind = rng.randrange(4)
    if kind == 0:
        near = rng.choice(_NEAR.get(plain_letters(word[at]).lower(), "e"))
        return word[:at] + (near.upper() if word[at].isupper() else near) + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1 :]
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _rewritten(rng: Random, word: str, pairs: tuple[tuple[str, str], ...]) -> str:
    fitting = [pair for pair in pairs if pair[0] in word.lower()[1:]]
    if not fitting:
        return word
    old, new = rng.choice(fitting)
    return word[0] + word[1:].replace(old, new, 1)


Change = Callable[[Random, Row, Human], None]


def _in(column: str, change: Callable[[Random, str], str]) -> Change:
    def changed(rng: Random, row: Row, _: Human) -> None:
        row[column] = change(rng, row[column])

    return changed


def _kin(column: str, value: Callable[[Human], str], *, older: int = -100) -> Change:
    """Somebody else's value from the family; older: by at least so many years."""

    def changed(rng: Random, row: Row, human: Human) -> None:
        others = [value(one) for one in human.kin if human.born.year - one.born.year >= older and value(one)]
        if others:
            row[column] = rng.choice(others)

    return changed


def _date(rng: Random, text: str) -> str:
    if not text:
        return text
    year, month, day = (int(part) for part in text.split("-"))
    kind = rng.randrange(7)
    if kind == 0:
        day = rng.randrange(1, 29)
    elif kind == 1:
        month = rng.randrange(1, 13)
    elif kind == 2:
        year += rng.choice((-1, 1))
    elif kind == 3:
        year += rng.choice((-10, 10))
    elif kind == 4 and day <= 12:
        month, day = day, month
    elif kind == 5:
        day = min(28, max(1, day + rng.choice((-1, 1))))
    else:
        day = day // 10 + day % 10 * 10 if 1 <= day // 10 + day % 10 * 10 <= 28 else day
    return f"{year:04}-{month:02}-{day:02}"


def _digit(rng: Random, text: str) -> str:
    if not text:
        return text
    at = rng.randrange(len(text))
    if rng.random() < 0.3 and at:
        return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
    return text[:at] + str((int(text[at]) + rng.randrange(1, 10)) % 10) + text[at + 1 :]


def _swap(_: Random, row: Row, __: Human) -> None:
    row["first_name"], row["last_name"] = row["last_name"], row["first_name"]


def _other_surname(rng: Random, row: Row, human: Human) -> None:
    if human.sex == "K" and human.maiden != human.last:
        row["last_name"] = human.maiden[0]
    elif human.sex == "K" and human.citizenship == "PL":
        row["last_name"] = polish_surname(rng)[1][0]


def _double_surname(rng: Random, row: Row, human: Human) -> None:
    if human.sex == "K":
        other = human.maiden[0] if human.maiden != human.last else polish_surname(rng)[1][0]
        row["last_name"] = rng.choice(("{}-{}", "{} - {}", "{} {}")).format(row["last_name"], other)


def _glued(rng: Random, row: Row, human: Human) -> None:
    if human.second:
        row["first_name"] = row["first_name"] + rng.choice((" ", " ", "")) + human.second
        row["second_name"] = ""


def _second_first(_: Random, row: Row, human: Human) -> None:
    if human.second:
        row["first_name"], row["second_name"] = human.second, row["first_name"]


def _spelled_otherwise(rng: Random, row: Row, human: Human) -> None:
    row["first_name"], row["last_name"] = rng.choice(human.first), rng.choice(human.last)


CHANGES: Mapping[str, Change] = {
    "spelling": _spelled_otherwise,
    "other_surname": _other_surname,
    "double_surname": _double_surname,
    "first_typo": _in("first_name", mistyped),
    "last_typo": _in("last_name", mistyped),
    "last_typo_again": _in("last_name", mistyped),
    "heard": _in("last_name", lambda rng, word: _rewritten(rng, word, _HEARD)),
    "misread": _in("last_name", lambda rng, word: _rewritten(rng, word, _SEEN)),
    "short": _in("first_name", lambda _, word: _SHORT.get(word, word)),
    "initial": _in("first_name", lambda _, word: f"{word[:1]}."),
    "second_first": _second_first,
    "glued": _glued,
    "swapped": _swap,
    "no_second": _in("second_name", lambda *_: ""),
    "date": _in("birth_date", _date),
    "january": _in("birth_date", lambda _, text: f"{text[:4]}-01-01"),
    "no_date": _in("birth_date", lambda *_: ""),
    "digit": _in("pesel", _digit),
    "no_pesel": _in("pesel", lambda *_: ""),
    "dummy": _in(
        "pesel", lambda rng, _: rng.choice(("00000000000", "99999999999", "12345678901", "00000000001", "-"))
    ),
    "kin_pesel": _kin("pesel", lambda one: one.pesel),
    "mothers_pesel": _kin("pesel", lambda one: one.pesel if one.sex == "K" else "", older=16),
    "kin_phone": _kin("phone", lambda one: one.phone),
    "no_phone": _in("phone", lambda *_: ""),
    "phone_typo": _in("phone", _digit),
    "phone_form": _in(
        "phone", lambda rng, text: text and rng.choice(("+48 {}", "48{}", "0048{}")).format(text)
    ),
    "street_typo": _in("street", mistyped),
    "no_flat": _in("flat", lambda *_: ""),
    "no_sex": _in("sex", lambda *_: ""),
    "wrong_sex": _in("sex", lambda _, sex: "K" if sex == "M" else "M"),
    "plain": lambda _, row, __: row.update(
        {
            name: plain_letters(row[name])
            for name in ("first_name", "second_name", "last_name", "street", "place")
        }
    ),
    "capitals": lambda _, row, __: row.update(
        {name: row[name].upper() for name in ("first_name", "second_name", "last_name", "street", "place")}
    ),
}
"""Kinds of slip by name, in the order in which they happen."""
