"""What service districts refuse."""

from collections.abc import Sequence

from spoiwo.districts.types import Fault
from spoiwo.kernel.errors import DomainError


class DistrictsError(DomainError):
    """A refusal of this context."""


class NoSuchRow(DistrictsError):
    """There is no such thing, or it is out of reach."""


class CodeTaken(DistrictsError):
    """The institution has a district of this code."""


class BadRange(DistrictsError):
    """A range that cannot be, with what is wrong in which field."""

    def __init__(self, faults: Sequence[tuple[str, Fault]]):
        super().__init__(", ".join(f"{field} {fault}" for field, fault in faults))
        self.faults = tuple(faults)


class NotYours(DistrictsError):
    """Another institution has to do this."""


class EndsBeforeStart(DistrictsError):
    """The last day would come before the first."""


class NotAColleague(DistrictsError):
    """The person does not work at the institution."""


class OwnSubstitute(DistrictsError):
    """Somebody named themselves as their own substitute."""


class OverlapsAbsence(DistrictsError):
    """A substitute is named for some of these days already."""


class WrongStep(DistrictsError):
    """The hand-over has gone further meanwhile."""


class UnreadableFile(DistrictsError):
    """The file is no table that can be read."""


class MissingColumns(DistrictsError):
    """Columns that every file of districts has are missing."""

    def __init__(self, columns: Sequence[str]):
        super().__init__(", ".join(columns))
        self.columns = tuple(columns)
