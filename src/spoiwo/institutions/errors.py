"""What institutions can refuse."""

from collections.abc import Sequence
from datetime import date

from spoiwo.institutions.types import Problem
from spoiwo.kernel.errors import DomainError


class InstitutionsError(DomainError):
    """A refusal of this context."""


class BadDetails(InstitutionsError):
    """Values that cannot be what they say, all of them at once."""

    def __init__(self, problems: Sequence[Problem]):
        super().__init__(", ".join(f"{problem.field}: {problem.fault}" for problem in problems))
        self.problems = tuple(problems)


class OutOfReach(InstitutionsError):
    """There is no such thing, or the actor may not know of it."""


class AddressTaken(InstitutionsError):
    """Another account has this e-mail address."""

    def __init__(self, email: str):
        super().__init__("account exists")
        self.email = email


class AlreadyWorksThere(InstitutionsError):
    """The account is one of the institution's already."""


class OwnRoles(InstitutionsError):
    """Nobody changes what they themselves may do."""


class LastAdministrator(InstitutionsError):
    """The institution would be left without a local administrator from this day on."""

    def __init__(self, day: date):
        super().__init__(str(day))
        self.day = day


class InstitutionIsClosed(InstitutionsError):
    """The institution was closed on this day; nobody is authorised there any more."""

    def __init__(self, day: date):
        super().__init__(str(day))
        self.day = day


class AuthorisationEnded(InstitutionsError):
    """The authorisation has ended before."""


class InvitationSpent(InstitutionsError):
    """The link was used, replaced by a newer one, is older than it may be, or was never issued."""


class UnreadableFile(InstitutionsError):
    """The file is neither CSV nor XLSX; line: where that showed, 0 when it is none at all."""

    def __init__(self, line: int = 0):
        super().__init__(f"line {line}")
        self.line = line


class MissingColumns(InstitutionsError):
    """Columns without which an institution cannot be brought in."""

    def __init__(self, columns: Sequence[str]):
        super().__init__(", ".join(columns))
        self.columns = tuple(columns)


class EmptyFile(InstitutionsError):
    """There is no row in the file."""


class TooManyRows(InstitutionsError):
    """The file has more rows than one file may have."""

    def __init__(self, limit: int):
        super().__init__(str(limit))
        self.limit = limit
