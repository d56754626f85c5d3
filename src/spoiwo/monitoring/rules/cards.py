"""Checking cards, and comparing what they give."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from spoiwo.engines.indicators.cards import Card, CardUnusable, Protects, card_of
from spoiwo.kernel.expressions.units import Unit, UnitsDiffer, unit_of
from spoiwo.monitoring.errors import CardRefused, MeasuresUnknown, OwnWork, UnitsDoNotFit
from spoiwo.monitoring.types import Change, Found

SAME = 1e-9  # of the figure


def checked(
    code: str, entry: Mapping[str, object], units: Mapping[str, str], opened: Collection[str] = ()
) -> Card:
    """The card of an entry whose formulas fit the catalogue.

    units: unit of every measure by code; opened: measures of what is public anyway. Raises CardRefused,
    MeasuresUnknown, UnitsDoNotFit.
    """
    try:
        card = card_of({**entry, "code": code})
    except CardUnusable as error:
        raise CardRefused(error.reason, error.detail) from None
    unknown = [measure for measure in card.measures if measure not in units]
    if unknown:
        raise MeasuresUnknown(unknown)
    try:
        unit_of(card.numerator, units)
        if card.base is not None:
            unit_of(card.base, units)
    except UnitsDiffer as error:
        raise UnitsDoNotFit(
            error.left, written_unit(error.left_unit), error.right, written_unit(error.right_unit)
        ) from None
    return protecting(card, opened)


def protecting(card: Card, opened: Collection[str]) -> Card:
    """The card, which protects nobody when all its measures are of what is public anyway, and else always somebody.

    Raises CardRefused.
    """
    if card.measures and set(card.measures) <= set(opened):
        return replace(card, protects=Protects.OPEN)
    if card.protects is Protects.OPEN:
        raise CardRefused("field", "protects")
    return card


def written_unit(unit: Unit) -> str:
    """A unit as codes: person, pln/person."""
    above = [code for code, power in unit for _ in range(max(power, 0))]
    below = [code for code, power in unit for _ in range(max(-power, 0))]
    return "/".join(["*".join(above) or "1", *(["*".join(below)] if below else [])])


def check_second_person(*, drafted_by: int, approving: int) -> None:
    """Four eyes. Raises OwnWork."""
    if drafted_by == approving:
        raise OwnWork


def changes(before: Iterable[Found], after: Iterable[Found]) -> list[Change]:
    """Figures that are not the same, in the order of place and period."""
    old = {found.key: found for found in before}
    new = {found.key: found for found in after}
    return [
        Change(old.get(key), new.get(key))
        for key in sorted({*old, *new}, key=_order)
        if not _same(old.get(key), new.get(key))
    ]


def _order(key: tuple[int, str, str, tuple[str | None, ...]]) -> tuple[object, ...]:
    level, territory, period, cell = key
    return level, territory, period, tuple(value or "" for value in cell)


def _same(left: Found | None, right: Found | None) -> bool:
    if left is None or right is None:
        return False
    if left.value is None or right.value is None:
        return left.value is right.value and left.status == right.status
    return abs(left.value - right.value) <= SAME * max(1.0, abs(left.value))
