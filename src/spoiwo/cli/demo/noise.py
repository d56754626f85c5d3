"""How offices distort what people tell them: one function per kind of error, rates per office.

A distortion changes a row in place and leaves it alone where it does not apply, so a rate is the share
among rows where the error is possible. No distortion writes anything that a spreadsheet takes for a formula.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from random import Random

from spoiwo.cli.demo import codes
from spoiwo.cli.demo.chances import one_of, whole, words
from spoiwo.cli.demo.names import plain_letters
from spoiwo.cli.demo.types import Household, Person, Row

DUMMY_PESELS = ("00000000000", "11111111111", "99999999999", "12345678901")

_NEIGHBOURS = dict(
    pair.split(":")
    for pair in words(
        "a:sq b:vn c:xv d:sf e:wr f:dg g:fh h:gj i:uo j:hk k:jl l:k m:n n:bm o:ip p:o r:et s:ad t:ry u:yi "
        "w:qe y:tu z:x ą:a ć:c ę:e ł:l ń:n ó:u ś:s ź:z ż:z"
    )
)
_SOUNDS_ALIKE = (("ó", "u"), ("u", "ó"), ("rz", "ż"), ("ż", "rz"), ("ch", "h"), ("h", "ch"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseRates:
    """Share of rows, 0 to 1, that each kind of error hits in one office.

    `maiden_name`, `old_address` and `transliteration` say how often the office has the former or another
    form where there is one; `duplicate` is the share of rows that repeat somebody already in the register.
    """

    transliteration: float = 0.0
    maiden_name: float = 0.0
    old_address: float = 0.0
    typo_in_first_name: float = 0.0
    typo_in_last_name: float = 0.0
    typo_in_street: float = 0.0
    swapped_names: float = 0.0
    lost_diacritics: float = 0.0
    capitals: float = 0.0
    wrong_case: float = 0.0
    swapped_day_and_month: float = 0.0
    missing_pesel: float = 0.0
    dummy_pesel: float = 0.0
    relatives_pesel: float = 0.0
    one_digit_in_pesel: float = 0.0
    missing_birth_date: float = 0.0
    missing_second_name: float = 0.0
    missing_family_name: float = 0.0
    missing_phone: float = 0.0
    missing_address: float = 0.0
    street_prefix: float = 0.0
    duplicate: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a rate outside 0..1 (ValueError)."""
        for rate in fields(self):
            if not 0 <= getattr(self, rate.name) <= 1:
                raise ValueError(f"{rate.name} is not a share between 0 and 1")


_REALISTIC_PUP = NoiseRates(
    transliteration=0.3,
    old_address=0.35,
    typo_in_first_name=0.006,
    typo_in_last_name=0.01,
    typo_in_street=0.01,
    swapped_names=0.003,
    lost_diacritics=0.03,
    capitals=0.06,
    wrong_case=0.005,
    swapped_day_and_month=0.004,
    missing_pesel=0.01,
    dummy_pesel=0.002,
    relatives_pesel=0.002,
    one_digit_in_pesel=0.008,
    missing_birth_date=0.003,
    missing_second_name=0.2,
    missing_family_name=0.3,
    missing_phone=0.1,
    missing_address=0.02,
    street_prefix=0.3,
    duplicate=0.015,
)
_REALISTIC_OPS = NoiseRates(
    transliteration=0.5,
    maiden_name=0.12,
    old_address=0.3,
    typo_in_first_name=0.01,
    typo_in_last_name=0.015,
    typo_in_street=0.02,
    swapped_names=0.006,
    lost_diacritics=0.06,
    capitals=0.03,
    wrong_case=0.015,
    swapped_day_and_month=0.006,
    missing_pesel=0.03,
    dummy_pesel=0.004,
    relatives_pesel=0.006,
    one_digit_in_pesel=0.012,
    missing_birth_date=0.01,
    missing_second_name=0.6,
    missing_family_name=0.5,
    missing_phone=0.3,
    missing_address=0.03,
    street_prefix=0.15,
    duplicate=0.025,
)
_HOSTILE = NoiseRates(
    transliteration=0.7,
    maiden_name=0.3,
    old_address=0.5,
    typo_in_first_name=0.04,
    typo_in_last_name=0.07,
    typo_in_street=0.08,
    swapped_names=0.03,
    lost_diacritics=0.2,
    capitals=0.15,
    wrong_case=0.08,
    swapped_day_and_month=0.03,
    missing_pesel=0.4,
    dummy_pesel=0.03,
    relatives_pesel=0.02,
    one_digit_in_pesel=0.06,
    missing_birth_date=0.05,
    missing_second_name=0.7,
    missing_family_name=0.8,
    missing_phone=0.5,
    missing_address=0.2,
    street_prefix=0.4,
    duplicate=0.06,
)

PRESETS: Mapping[str, Mapping[str, NoiseRates]] = {
    "clean": {codes.PUP: NoiseRates(), codes.OPS: NoiseRates()},
    "realistic": {codes.PUP: _REALISTIC_PUP, codes.OPS: _REALISTIC_OPS},
    "hostile": {codes.PUP: _HOSTILE, codes.OPS: _HOSTILE},
}
"""Rates of both offices by the name of the preset."""


def typo(rng: Random, word: str) -> str:
    """One slip of the keyboard or of the ear after the first letter; words under three letters stay."""
    if len(word) < 3:
        return word
    at = whole(rng, 1, len(word) - 1)
    letter = word[at]
    slip = rng.random()
    if slip < 0.3 and letter in _NEIGHBOURS:
        return word[:at] + one_of(rng, _NEIGHBOURS[letter]) + word[at + 1 :]
    if slip < 0.5:
        return word[:at] + word[at + 1 :]
    if slip < 0.65:
        return word[:at] + letter + word[at:]
    if slip < 0.8 and at > 1:
        return word[: at - 1] + letter + word[at - 1] + word[at + 1 :]
    right, wrong = one_of(rng, _SOUNDS_ALIKE)
    return word[0] + word[1:].replace(right, wrong, 1)


def distort(rng: Random, row: Row, person: Person, household: Household, rates: NoiseRates) -> None:
    """Make the errors of one office in a row of the standard columns, in place."""
    for name, change in _CHANGES.items():
        rate: float = getattr(rates, name)
        if rate and rng.random() < rate:
            change(rng, row, person, household)
    _spoil_pesel(rng, row, household, rates)


Change = Callable[[Random, Row, Person, Household], None]


def _other_spelling(rng: Random, row: Row, person: Person, household: Household) -> None:
    row["first_name"] = one_of(rng, person.given_spellings[1:] or person.given_spellings)
    row["last_name"] = one_of(rng, person.surname_spellings[1:] or person.surname_spellings)


def _maiden_name(rng: Random, row: Row, person: Person, household: Household) -> None:
    row["last_name"] = person.family_name if person.surname != person.family_name else row["last_name"]


def _old_address(rng: Random, row: Row, person: Person, household: Household) -> None:
    former = household.former
    if former is not None:
        row.update(teryt=former.teryt, place=former.place, postal_code=former.postal_code)
        row.update(street=former.street, house=former.house, flat=former.flat)


def _typo_in(column: str) -> Change:
    def change(rng: Random, row: Row, person: Person, household: Household) -> None:
        row[column] = typo(rng, row[column])

    return change


def _without(*columns: str) -> Change:
    def change(rng: Random, row: Row, person: Person, household: Household) -> None:
        for column in columns:
            row[column] = ""

    return change


def _swap_names(rng: Random, row: Row, person: Person, household: Household) -> None:
    row["first_name"], row["last_name"] = row["last_name"], row["first_name"]


def _lose_diacritics(rng: Random, row: Row, person: Person, household: Household) -> None:
    for column in ("first_name", "second_name", "last_name", "family_name", "place", "street"):
        row[column] = plain_letters(row[column])


def _capitals(rng: Random, row: Row, person: Person, household: Household) -> None:
    for column in ("first_name", "second_name", "last_name", "family_name"):
        row[column] = row[column].upper()


def _wrong_case(rng: Random, row: Row, person: Person, household: Household) -> None:
    column = one_of(rng, ("first_name", "last_name"))
    row[column] = row[column].swapcase() if rng.random() < 0.3 else row[column].lower()


def _swap_day_and_month(rng: Random, row: Row, person: Person, household: Household) -> None:
    year, month, day = row["birth_date"].split("-")
    if int(day) <= 12:
        row["birth_date"] = f"{year}-{day}-{month}"


def _street_prefix(rng: Random, row: Row, person: Person, household: Household) -> None:
    if row["street"] and not row["street"].startswith(("al.", "os.")):
        row["street"] = f"{one_of(rng, ('ul. ', 'ul.', 'ul '))}{row['street']}"


# In this order: first what the person told, then how it was typed, then what was left out.
_CHANGES: dict[str, Change] = {
    "transliteration": _other_spelling,
    "maiden_name": _maiden_name,
    "old_address": _old_address,
    "typo_in_first_name": _typo_in("first_name"),
    "typo_in_last_name": _typo_in("last_name"),
    "typo_in_street": _typo_in("street"),
    "swapped_names": _swap_names,
    "lost_diacritics": _lose_diacritics,
    "capitals": _capitals,
    "wrong_case": _wrong_case,
    "swapped_day_and_month": _swap_day_and_month,
    "missing_birth_date": _without("birth_date"),
    "missing_second_name": _without("second_name"),
    "missing_family_name": _without("family_name"),
    "missing_phone": _without("phone", "email"),
    "missing_address": _without("postal_code", "street", "house", "flat"),
    "street_prefix": _street_prefix,
}


def _spoil_pesel(rng: Random, row: Row, household: Household, rates: NoiseRates) -> None:
    """At most one of the four errors, so that their rates add up."""
    if not row["pesel"]:
        return
    chance = rng.random()
    if (chance := chance - rates.missing_pesel) < 0:
        row["pesel"] = ""
    elif (chance := chance - rates.dummy_pesel) < 0:
        row["pesel"] = one_of(rng, DUMMY_PESELS)
    elif (chance := chance - rates.relatives_pesel) < 0:
        row["pesel"] = _relatives_pesel(rng, row["pesel"], household)
    elif chance < rates.one_digit_in_pesel:
        row["pesel"] = _wrong_digit(rng, row["pesel"])


def _relatives_pesel(rng: Random, pesel: str, household: Household) -> str:
    others = [member.pesel for member in household.members if member.pesel not in ("", pesel)]
    return one_of(rng, others) if others else pesel


def _wrong_digit(rng: Random, pesel: str) -> str:
    at = whole(rng, 0, 10)
    digit = (int(pesel[at]) + whole(rng, 1, 9)) % 10
    return f"{pesel[:at]}{digit}{pesel[at + 1 :]}"
