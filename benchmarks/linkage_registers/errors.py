"""How an office writes down a person: one function per kind of slip, rates per office."""

from dataclasses import dataclass
from random import Random
from typing import Any

from benchmarks.linkage_registers import names
from benchmarks.linkage_registers.people import Person, Town, moved, place_name

Row = dict[str, str]
COLUMNS = (
    "local_id pesel first_name second_name last_name birth_date sex citizenship teryt place postal_code street house "
    "flat phone"
).split()
_PLAIN: dict[int, Any] = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")
_BROKEN = str.maketrans(dict.fromkeys("ąćęłńśźżĄĆĘŁŃŚŹŻ", "?"))
_LOST = str.maketrans(dict.fromkeys("ąćęłńśźżĄĆĘŁŃŚŹŻ"))
_MISREAD = str.maketrans("ąćęłńśźżĄĆĘŁŃŚŹŻ", "¹æê³ñœŸ¿¥ÆÊ£ÑŒ¯¯")
_SOUNDS = (("rz", "ż"), ("ż", "rz"), ("ch", "h"), ("h", "ch"), ("ó", "u"), ("u", "ó"), ("sz", "s"), ("ą", "om"),
           ("ę", "en"), ("ks", "x"), ("w", "v"), ("nn", "n"), ("l", "ll"), ("i", "y"))  # fmt: skip
_DIMINUTIVES = dict(
    pair.split(":")
    for pair in (
        "Anna:Ania Katarzyna:Kasia Małgorzata:Gosia Agnieszka:Aga Barbara:Basia Krystyna:Krysia Magdalena:Magda "
        "Elżbieta:Ela Joanna:Asia Aleksandra:Ola Zofia:Zosia Teresa:Renia Danuta:Danka Jan:Janek Piotr:Piotrek "
        "Krzysztof:Krzysiek Andrzej:Andrzejek Tomasz:Tomek Paweł:Pawełek Stanisław:Staszek Jakub:Kuba Jerzy:Jurek "
        "Grzegorz:Grzesiek Wojciech:Wojtek Zbigniew:Zbyszek Tadeusz:Tadek Ryszard:Rysiek Maciej:Maciek"
    ).split()
)
DUMMIES = ("00000000000", "11111111111", "99999999999", "12345678901", "00000000000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Share of rows, 0 to 1, that each slip hits."""

    no_pesel: float = 0.0
    dummy: float = 0.0
    relative: float = 0.0
    digit: float = 0.0
    transposed: float = 0.0
    cut_zeros: bool = False
    no_born: float = 0.0
    born_digit: float = 0.0
    born_swap: float = 0.0
    born_first: float = 0.0
    born_year: float = 0.0
    typo_first: float = 0.0
    typo_last: float = 0.0
    sound: float = 0.0
    diminutive: float = 0.0
    swapped: float = 0.0
    second_first: float = 0.0
    both_names: float = 0.0
    no_second: float = 0.3
    no_diacritics: float = 0.0
    broken: float = 0.0
    lost: float = 0.0
    misread: float = 0.0
    capitals: float = 0.0
    cut: int = 0
    maiden: float = 0.0
    double: float = 0.0
    scheme: float = 0.0
    moved: float = 0.0
    no_address: float = 0.0
    street_form: float = 0.3
    one_line: bool = False
    no_flat: float = 0.0
    no_phone: float = 0.0
    other_phone: float = 0.0
    wrong_sex: float = 0.0
    no_sex: float = 0.0
    no_teryt: float = 0.0
    late_pesel: float = 0.0
    mother: float = 0.0


def slip(rng: Random, word: str) -> str:
    """One wrong, missing, doubled or transposed letter anywhere in the word."""
    if len(word) < 3:
        return word
    at = rng.randrange(len(word) - 1)
    kind = rng.random()
    if kind < 0.3:
        return word[:at] + word[at + 1 :]
    if kind < 0.5:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    letter = rng.choice("aeiouyklmnrstwzpbd")
    return word[:at] + letter + word[at + 1 if kind < 0.85 else at :]


def misheard(rng: Random, word: str) -> str:
    """The word as one hears it."""
    fitting = [(one, other) for one, other in _SOUNDS if one in word.lower()]
    if not fitting:
        return word
    one, other = rng.choice(fitting)
    return word.lower().replace(one, other, 1).capitalize()


class Office:
    """Writes people down with its own rates."""

    def __init__(self, rng: Random, town: Town, rates: Rates) -> None:
        self.rng, self.town, self.rates = rng, town, rates

    def _hit(self, rate: float) -> bool:
        return rate > 0 and self.rng.random() < rate

    def row(self, person: Person, local_id: str) -> Row:
        """One row of this office's register."""
        if self._hit(self.rates.moved):
            person = moved(self.rng, person, self.town)
        row = dict.fromkeys(COLUMNS, "")
        row.update(local_id=local_id, sex=person.sex, citizenship=person.citizenship)
        self._names(row, person)
        self._born(row, person)
        self._pesel(row, person)
        self._contact(row, person)
        self._letters(row)
        return row

    def _names(self, row: Row, person: Person) -> None:
        rng, rates = self.rng, self.rates
        first, last, second = person.first, person.last, person.second
        if person.foreign:
            scheme = rng.choice((1, 2, 2, 3)) if self._hit(rates.scheme) else 0
            first, last = names.spelled(first, scheme), names.spelled(last, min(scheme, 2))
        if person.maiden != person.last and self._hit(rates.maiden):
            last = person.maiden
        elif person.sex == "K" and self._hit(rates.double):
            last = (
                f"{last}-{names.of_sex(names.surname(rng), 'K')}"
                if person.maiden == last
                else f"{person.maiden}-{last}"
            )
        if self._hit(rates.diminutive):
            first = _DIMINUTIVES.get(first, first)
        first = slip(rng, first) if self._hit(rates.typo_first) else first
        last = slip(rng, last) if self._hit(rates.typo_last) else last
        if self._hit(rates.sound):
            last = misheard(rng, last)
        if self._hit(rates.no_second):
            second = ""
        if second and self._hit(rates.both_names):
            first, second = f"{first} {second}", ""
        if second and self._hit(rates.second_first):
            first, second = second, first
        if self._hit(rates.swapped):
            first, last = last, first
        row.update(first_name=first, second_name=second, last_name=last)

    def _born(self, row: Row, person: Person) -> None:
        rng, rates, born = self.rng, self.rates, person.born
        year, month, day = born.year, born.month, born.day
        if self._hit(rates.born_first):
            month, day = 1, 1
        elif self._hit(rates.born_swap) and day <= 12:
            month, day = day, month
        elif self._hit(rates.born_year):
            year += rng.choice((-10, -1, 1, 10))
        elif self._hit(rates.born_digit):
            day = min(28, max(1, day + rng.choice((-10, -1, 1, 2, 10))))
        row["birth_date"] = "" if self._hit(rates.no_born) else f"{year:04}-{month:02}-{day:02}"

    def _pesel(self, row: Row, person: Person) -> None:
        rng, rates, pesel = self.rng, self.rates, person.pesel
        mother = next((one for one in person.relatives if (person.born - one.born).days > 5500), None)
        if mother and self._hit(rates.mother):
            pesel = mother.pesel
        elif self._hit(rates.no_pesel) or (person.foreign and self._hit(rates.late_pesel)):
            pesel = ""
        elif self._hit(rates.dummy):
            pesel = rng.choice(DUMMIES)
        elif person.relatives and self._hit(rates.relative):
            pesel = rng.choice(person.relatives).pesel
        elif pesel and self._hit(rates.digit):
            at = rng.randrange(11)
            pesel = pesel[:at] + str((int(pesel[at]) + rng.randrange(1, 10)) % 10) + pesel[at + 1 :]
        elif pesel and self._hit(rates.transposed):
            at = rng.randrange(10)
            pesel = pesel[:at] + pesel[at + 1] + pesel[at] + pesel[at + 2 :]
        row["pesel"] = (pesel.lstrip("0") or "0" if pesel else "") if rates.cut_zeros else pesel

    def _contact(self, row: Row, person: Person) -> None:
        rng, rates = self.rng, self.rates
        if self._hit(rates.wrong_sex):
            row["sex"] = "K" if person.sex == "M" else "M"
        if self._hit(rates.no_sex):
            row["sex"] = ""
        row.update(
            place=place_name(person.place), teryt="" if self._hit(rates.no_teryt) else f"08{person.place:05}"
        )
        phone = "" if self._hit(rates.no_phone) else person.phone
        row["phone"] = (
            f"{rng.choice('5678')}{rng.randrange(10**8):08}"
            if phone and self._hit(rates.other_phone)
            else phone
        )
        if self._hit(rates.no_address):
            return
        street = person.street
        if self._hit(rates.street_form):
            street = rng.choice(("ul. {}", "ul.{}", "Ul. {}", "ulica {}")).format(street)
        flat = "" if self._hit(rates.no_flat) else person.flat
        row.update(postal_code=person.postal, street=street, house=person.house, flat=flat)
        if rates.one_line:
            row.update(street=f"{street} {person.house}{'/' + flat if flat else ''}", house="", flat="")

    def _letters(self, row: Row) -> None:
        rates = self.rates
        table: dict[int, Any] | None = _PLAIN if self._hit(rates.no_diacritics) else None
        if table is None and self._hit(rates.broken):
            table = _BROKEN
        if table is None and self._hit(rates.lost):
            table = _LOST
        if table is None and self._hit(rates.misread):
            table = _MISREAD
        upper = self._hit(rates.capitals)
        for column in ("first_name", "second_name", "last_name", "place", "street"):
            text = row[column].translate(table) if table is not None else row[column]
            text = text.upper() if upper else text
            row[column] = text[: rates.cut] if rates.cut and column.endswith("name") else text
