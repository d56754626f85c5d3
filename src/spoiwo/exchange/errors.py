"""What can be refused about files."""

from collections.abc import Mapping, Sequence
from datetime import date

from spoiwo.exchange.types import FileProblem
from spoiwo.kernel.errors import DomainError


class ExchangeError(DomainError):
    """The root of this context's refusals."""


class UnusableFile(ExchangeError):
    """The file cannot be read.

    place: row or line where reading stopped, 0 when it is the file as a whole.
    details: headers or figures that the wording needs; never cells of people.
    """

    def __init__(self, problem: FileProblem, *, place: int = 0, details: Sequence[str] = ()):
        super().__init__(f"{problem} at {place}")
        self.problem = problem
        self.place = place
        self.details = tuple(details)


class NoSuchImport(ExchangeError):
    """The import does not exist, or not for this actor."""


class NoSuchMapping(ExchangeError):
    """The mapping does not exist, or not for this institution."""


class ImportUnderWay(ExchangeError):
    """Another file of the same kind is being taken in."""


class AlreadyImported(ExchangeError):
    """The very same file is the newest one in force."""

    def __init__(self, as_of: date):
        super().__init__(as_of.isoformat())
        self.as_of = as_of


class NotNow(ExchangeError):
    """The import is past, or not yet at, the point where this can be done."""


class ManyWouldVanish(ExchangeError):
    """So many rows are missing from the file that it may be the wrong one; say that it is meant."""

    def __init__(self, vanished: int, total: int):
        super().__init__(f"{vanished} of {total}")
        self.vanished = vanished
        self.total = total


class MostWouldVanish(ManyWouldVanish):
    """More than half is missing from the file; the number that was typed is not the number missing."""


class NothingToRestore(ExchangeError):
    """A newer import has come, or none came before this one."""


class NothingToTake(ExchangeError):
    """Every row of the file was rejected.

    problems: "problem:column" -> rows. first: (row number, column, problem) of the first findings.
    """

    def __init__(self, problems: Mapping[str, int], first: Sequence[tuple[int, str, str]]):
        super().__init__(", ".join(sorted(problems)))
        self.problems = dict(problems)
        self.first = tuple(first)


class MappingIncomplete(ExchangeError):
    """Mandatory columns have no header.

    missing: their standard names.
    """

    def __init__(self, missing: Sequence[str]):
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


class MappingNameTaken(ExchangeError):
    """The institution has a mapping of this name."""


class LeaseLost(ExchangeError):
    """Another worker has taken the import over, or it was stopped."""
