"""What districts say to people: refusals, ranges and cells in words."""

from collections.abc import Iterable, Mapping
from functools import singledispatch

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.districts import errors, models
from spoiwo.districts.errors import DistrictsError
from spoiwo.districts.rules.addresses import in_words
from spoiwo.districts.rules.files import COLUMNS
from spoiwo.districts.types import ELSEWHERE, Cell, Fault, Parity

PARITY_NAMES = dict(models.PARITY_CHOICES)
REASON_NAMES = dict(models.REASON_CHOICES)
STATE_NAMES = dict(models.STATE_CHOICES)
TONES = {"open": "soon", "handed": "new", "taken": "ok", "cancelled": ""}
FAULT_NAMES = {
    Fault.DISTRICT: gettext_lazy("The code of the district is missing or longer than 20 characters."),
    Fault.TERYT: gettext_lazy("Enter the TERYT code of a county (4 digits) or a commune (7 digits)."),
    Fault.SIDE: gettext_lazy("Write all, odd or even numbers."),
    Fault.NUMBER: gettext_lazy("Write a house number such as 7 or 12A."),
    Fault.ORDER: gettext_lazy("The last number comes before the first."),
    Fault.NUMBERS_NOWHERE: gettext_lazy("Numbers need a street, or a place without streets."),
    Fault.DATE: gettext_lazy("Write the date as day, month and year, for example 3.02.2024."),
    Fault.DATES: gettext_lazy("The last day comes before the first, or another worker begins later."),
    Fault.TOO_LONG: gettext_lazy("This text is too long."),
    Fault.WORKER: gettext_lazy("Nobody of this name works at your institution."),
    Fault.TWICE: gettext_lazy("These addresses are in a district at that time already."),
}
_SENTENCES: Mapping[type[DistrictsError], object] = {
    errors.NoSuchRow: gettext_lazy("This is not among the districts of your institution."),
    errors.CodeTaken: gettext_lazy("Your institution has a district of this code."),
    errors.NotYours: gettext_lazy("Another institution has to do this."),
    errors.EndsBeforeStart: gettext_lazy("The last day would come before the first. Choose a later one."),
    errors.NotAColleague: gettext_lazy("Choose somebody who works at your institution."),
    errors.OwnSubstitute: gettext_lazy("Choose somebody else: nobody stands in for themselves."),
    errors.OverlapsAbsence: gettext_lazy("A substitute is named for some of these days already."),
    errors.WrongStep: gettext_lazy("Somebody has worked off this hand-over meanwhile."),
    errors.UnreadableFile: gettext_lazy(
        "The file cannot be read. Save it as CSV or XLSX and choose it again."
    ),
}


@singledispatch
def message_for(error: DistrictsError) -> str:
    """The sentence for a refusal; a rule without one is a bug."""
    sentence = _SENTENCES.get(type(error))
    if sentence is None:
        raise error
    return str(sentence)


@message_for.register
def _missing(error: errors.MissingColumns) -> str:
    return _("Columns are missing: %(names)s.") % {"names": ", ".join(error.columns)}


@message_for.register
def _bad_range(error: errors.BadRange) -> str:
    return " ".join(str(FAULT_NAMES[fault]) for _field, fault in error.faults)


def faults_in_words(faults: Iterable[tuple[str, Fault]]) -> str:
    """What is wrong with a row, column by column."""
    return " ".join(f"{COLUMNS[field][0]}: {FAULT_NAMES[fault]}" for field, fault in faults)


def range_in_words(row: models.AddressRange, units: Mapping[str, str]) -> str:
    """As in "Gorzów Wielkopolski, Polna, odd numbers, 1 to 19"; units: names of communes and counties."""
    return _ground(
        units.get(row.teryt, row.teryt),
        row.place,
        row.street,
        Parity(row.parity),
        (row.first_house, row.last_house),
    )


def cell_in_words(cell: Cell, units: Mapping[str, str], names: Mapping[str, str]) -> str:
    """The same for ground that ranges treat alike. names: how keys of places and streets are written."""
    place = "" if cell.place == ELSEWHERE else names.get(cell.place, cell.place)
    street = names.get(cell.street, cell.street)
    if cell.street == ELSEWHERE:
        street = _("all other streets") if place else _("all other addresses")
    numbers = (in_words(cell.first) if _is_limit(cell) else "", in_words(cell.last))
    return _ground(units.get(cell.teryt, cell.teryt), place, street, cell.parity, numbers)


def _is_limit(cell: Cell) -> bool:
    """Whether the first number says anything: 1 and 2 begin a street anyway."""
    return cell.first is not None and (cell.first.number > 2 or cell.last is not None)


def _ground(unit: str, place: str, street: str, parity: Parity, numbers: tuple[str, str]) -> str:
    first, last = numbers
    parts = [unit] if not place or place.casefold() == unit.casefold() else [unit, place]
    if street:
        parts.append(street)
    if parity is not Parity.ALL:
        parts.append(str(PARITY_NAMES[parity]).lower())
    if first and last:
        parts.append(first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last})
    elif first:
        parts.append(_("from %(first)s") % {"first": first})
    elif last:
        parts.append(_("to %(last)s") % {"last": last})
    return ", ".join(parts)
