"""What institutions can refuse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spoiwo.kernel.errors import DomainError


class InstitutionsError(DomainError):
    """A refusal of this context."""


class Fault(StrEnum):
    """What is wrong with one value."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    CHARACTERS = "characters"  # something that cannot be shown or stored
    NIP = "nip"
    REGON = "regon"
    KRS = "krs"
    POSTAL_CODE = "postal_code"
    TERYT = "teryt"  # not the shape of a code
    TERYT_UNKNOWN = "teryt_unknown"  # no such unit today
    E_DELIVERY = "e_delivery"
    EMAIL = "email"
    WEBSITE = "website"
    KIND = "kind"
    KIND_TWICE = "kind_twice"
    DATE = "date"
    ENDS_BEFORE_START = "ends_before_start"
    END_WITHOUT_START = "end_without_start"
    CODE = "code"  # not the shape of a code, or a word that is an address
    CODE_TAKEN = "code_taken"
    REGON_TAKEN = "regon_taken"
    RUNNING_BODY = "running_body"  # no such institution
    RUNS_ITSELF = "runs_itself"
    ROLE_TWICE = "role_twice"


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that was refused; limit is how long a text may be, where that matters."""

    field: str
    fault: Fault
    value: str = ""
    limit: int = 0


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
