"""What territory can refuse."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from spoiwo.kernel.errors import DomainError


class TerritoryError(DomainError):
    """A refusal of this context."""


class FileFault(StrEnum):
    """Why a file cannot be read as TERC at all."""

    ENCODING = "encoding"
    ARCHIVE = "archive"
    CSV = "csv"
    XML = "xml"
    XML_DECLARATIONS = "xml_declarations"  # a DTD, which may carry entity bombs
    OTHER_CATALOGUE = "other_catalogue"  # SIMC, ULIC


class FieldFault(StrEnum):
    """What is wrong with one field of a row."""

    TWO_DIGITS = "two_digits"
    UNIT_ABOVE_MISSING = "unit_above_missing"
    KIND = "kind"
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    NAME_CHARACTERS = "name_characters"
    DATE = "date"


class UnreadableTerc(TerritoryError):
    """The file is not TERC as published. line: where it was noticed; for an encoding, the last good line."""

    def __init__(self, fault: FileFault, *, line: int = 0):
        super().__init__(f"line {line}: {fault}")
        self.fault = fault
        self.line = line


class MissingTercColumns(TerritoryError):
    """Columns the import needs are not in the header."""

    def __init__(self, columns: Sequence[str]):
        super().__init__(", ".join(columns))
        self.columns = tuple(columns)


class EmptyTerc(TerritoryError):
    """There is no row in the file."""


class IncompleteTercRow(TerritoryError):
    """The row has fewer fields than the header."""

    def __init__(self, *, line: int, found: int, expected: int):
        super().__init__(f"line {line}: {found} of {expected}")
        self.line = line
        self.found = found
        self.expected = expected


class BadTercField(TerritoryError):
    """A field of a row cannot be what it says."""

    def __init__(self, *, line: int, column: str, value: str, fault: FieldFault):
        super().__init__(f"line {line}, {column}: {value[:40]!r}: {fault}")
        self.line = line
        self.column = column
        self.value = value[:40]
        self.fault = fault


class RepeatedTercUnit(TerritoryError):
    """The same unit stands in the file twice."""

    def __init__(self, *, line: int, first_line: int, code: str):
        super().__init__(f"lines {first_line} and {line}: {code}")
        self.line = line
        self.first_line = first_line
        self.code = code


class TercUnitWithoutParent(TerritoryError):
    """The unit above is not in the file."""

    def __init__(self, *, line: int, code: str, parent: str):
        super().__init__(f"line {line}: {code} without {parent}")
        self.line = line
        self.code = code
        self.parent = parent


class TercCutOff(TerritoryError):
    """The file leaves out everything below a unit that had units below it, or a whole voivodeship."""

    def __init__(self, *, code: str, name: str, known: int):
        super().__init__(f"{code} {name}: {known} units known")
        self.code = code
        self.name = name
        self.known = known


class StateBeforeFile(TerritoryError):
    """The day given is earlier than the state the file itself declares."""

    def __init__(self, *, as_of: date, stated_on: date):
        super().__init__(f"{as_of} before {stated_on}")
        self.as_of = as_of
        self.stated_on = stated_on


class OlderThanRegister(TerritoryError):
    """The register already holds a later state; history is written forwards only."""

    def __init__(self, *, as_of: date, newest: date):
        super().__init__(f"{as_of} before {newest}")
        self.as_of = as_of
        self.newest = newest


class UnitGoneTheDayItCame(TerritoryError):
    """A unit that began on the day of this file is not in it, so it would have existed for no day."""

    def __init__(self, *, code: str, name: str, as_of: date):
        super().__init__(f"{code} {name}: {as_of}")
        self.code = code
        self.name = name
        self.as_of = as_of


class NoSuchCommune(TerritoryError):
    """No such commune is gone, or none such is in force in its voivodeship."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class SuccessorChanged(TerritoryError):
    """Somebody has named another successor meanwhile."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code
