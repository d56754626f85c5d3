"""Numbers and contact details of invented people.

PESEL numbers are well formed, so some may by chance belong to a living person; nothing else here does.
Telephone numbers begin with 99, which no Polish mobile operator uses; mailboxes lie in domains of examples.
"""

from datetime import date
from random import Random

from stdnum.pl import pesel as stdnum_pesel

from spoiwo.cli.demo.chances import one_of, whole
from spoiwo.cli.demo.names import plain_letters

SERIALS = 5000
"""How many people of one sex may be born on one day."""

_MONTH_SHIFT = {18: 80, 19: 0, 20: 20, 21: 40, 22: 60}
_DOCUMENT_LETTERS = "ABCDEFGHJKLMNPRSTWYZ"
_DOMAINS = ("example.pl", "example.org")


def compose_pesel(birth_date: date, sex: str, serial: int) -> str:
    """PESEL of the serial-th person (from 0, below `SERIALS`) of that sex (K or M) born on the day."""
    if not 0 <= serial < SERIALS:
        raise ValueError(f"serial {serial} is outside 0..{SERIALS - 1}")
    month = birth_date.month + _MONTH_SHIFT[birth_date.year // 100]
    order = serial * 2 + (sex == "M")
    digits = f"{birth_date.year % 100:02d}{month:02d}{birth_date.day:02d}{order:04d}"
    return digits + stdnum_pesel.calc_check_digit(digits)


def phone_number(rng: Random) -> str:
    """Nine digits without a country prefix."""
    return f"99{whole(rng, 0, 9_999_999):07d}"


def mailbox(rng: Random, given: str, surname: str, number: int) -> str:
    """An address no one else in the population has, since it carries the person's number."""
    local = f"{plain_letters(given)}.{plain_letters(surname)}{number}".lower().replace(" ", "")
    return f"{local}@{one_of(rng, _DOMAINS)}"


def identity_document(rng: Random, citizenship: str) -> tuple[str, str]:
    """Kind and number of a document: an identity card for Poles, else a passport or a residence card."""
    letters = "".join(one_of(rng, _DOCUMENT_LETTERS) for _ in range(3))
    if citizenship == "PL":
        return "ID", f"{letters}{whole(rng, 0, 999_999):06d}"
    if rng.random() < 0.6:
        return "PASSPORT", f"{letters[:2]}{whole(rng, 0, 999_999):06d}"
    return "RESIDENCE", f"R{letters[0]}{whole(rng, 0, 9_999_999):07d}"
