"""Amounts in zlotys."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from spoiwo.kernel.errors import DomainError

GROSZ = Decimal("0.01")
LARGEST = Decimal("9999999999999.99")  # 15 digits, what the money columns of the database hold
NO_BREAK_SPACE = "\u00a0"

_CURRENCY = re.compile(r"(zł|zl|pln)\.?$", re.IGNORECASE)
_SPACED = re.compile(r"(\d{1,3}(?: \d{3})+|\d+)(?:[.,](\d{1,2}))?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{3})+),(\d{1,2})", re.ASCII)


class NotMoney(DomainError):
    """The text or number is not an amount in zlotys and grosze."""

    def __init__(self, text: str):
        super().__init__(repr(text))
        self.text = text


@dataclass(frozen=True, slots=True, order=True)
class Zloty:
    """An amount in zlotys with exactly two decimal places.

    Raises NotMoney for fractions of a grosz and for amounts of more than 15 digits: nothing is rounded here.
    """

    amount: Decimal

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or abs(self.amount) > LARGEST:
            raise NotMoney(str(self.amount))
        exact = self.amount.quantize(GROSZ)
        if exact != self.amount:
            raise NotMoney(str(self.amount))
        object.__setattr__(self, "amount", exact + 0)  # + 0 turns minus zero into zero

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an amount as Polish offices write it.

        Read: "1 234,50", "1234.50 zł", "1.234,50", "-12", "12 PLN"; any kind of space.
        Raises NotMoney, among others for what could be read two ways ("1.234", "12 34").
        """
        plain = _CURRENCY.sub("", " ".join(text.split())).rstrip().replace("−", "-")
        negative = plain.startswith("-")
        plain = plain.removeprefix("-").lstrip()
        match = _SPACED.fullmatch(plain) or _DOTTED.fullmatch(plain)
        if match is None:
            raise NotMoney(text)
        whole = match[1].replace(" ", "").replace(".", "")
        amount = Decimal(f"{whole}.{match[2] or '0'}")
        return cls(-amount if negative else amount)

    def __add__(self, other: "Zloty") -> "Zloty":
        return Zloty(self.amount + other.amount)

    def __sub__(self, other: "Zloty") -> "Zloty":
        return Zloty(self.amount - other.amount)


def format_pl(amount: Zloty) -> str:
    """As in "1 234,50 zł", with no-break spaces (U+00A0), which every font and spreadsheet knows."""
    digits = f"{amount.amount:,.2f}".replace(",", NO_BREAK_SPACE).replace(".", ",")
    return f"{digits}{NO_BREAK_SPACE}zł"
