"""What the support register refuses, one class per reason."""

from collections.abc import Sequence
from datetime import date

from spoiwo.kernel.errors import DomainError


class SupportError(DomainError):
    """A refusal of the support register."""


class NoSuchRow(SupportError):
    """Absent, or out of the actor's reach."""


class MinutesNotPositive(SupportError):
    """A delivery lasts at least a minute."""


class AttendedLongerThanDelivered(SupportError):
    """A participant's minutes exceed those delivered."""

    def __init__(self, attended: int, delivered: int):
        super().__init__(f"{attended} of {delivered}")
        self.attended = attended
        self.delivered = delivered


class OutsideProject(SupportError):
    """The day lies outside the project."""

    def __init__(self, starts_on: date, ends_on: date):
        super().__init__(f"{starts_on} to {ends_on}")
        self.starts_on = starts_on
        self.ends_on = ends_on


class InTheFuture(SupportError):
    """Support is written down once it was given."""


class OverlapsAnother(SupportError):
    """The same adviser supported the same recipient at that time already, and no reason was given."""


class PeriodClosed(SupportError):
    """The day lies in a closed period; a correction needs a reason."""

    def __init__(self, starts_on: date, ends_on: date):
        super().__init__(f"{starts_on} to {ends_on}")
        self.starts_on = starts_on
        self.ends_on = ends_on


class PeriodOverlaps(SupportError):
    """A closed period covers some of these days already."""


class PeriodNotOver(SupportError):
    """A period is closed after its last day."""


class BadNumber(SupportError):
    """PESEL, NIP, REGON or KRS that cannot be. field: which one."""

    def __init__(self, field: str):
        super().__init__(field)
        self.field = field


class NoBasis(SupportError):
    """Erasing needs a basis in words."""


class StandsInRegister(SupportError):
    """The person stands in the institution's register of clients, and is erased there."""


class KnownAlready(SupportError):
    """The centre knows a person with this PESEL number, or an entity with this number."""


class EventLocked(SupportError):
    """The event was reported; attendance is locked."""


class EventNotOpen(SupportError):
    """Nobody can register: not announced, closed, or over."""


class EventHasAttendance(SupportError):
    """An event at which people were present cannot be cancelled."""


class EventNotOver(SupportError):
    """An event is reported after its last session."""


class NothingPlanned(SupportError):
    """An event without a session cannot be announced."""


class RegisteredAlready(SupportError):
    """The person is registered."""


class NotFinished(SupportError):
    """A certificate needs the sessions that the completion rule asks for, and a reported event."""


class StageNotReady(SupportError):
    """Stages before it are not passed, or lines of its checklist are open."""

    def __init__(self, open_checks: Sequence[str], open_stages: Sequence[str]):
        super().__init__(", ".join([*open_checks, *open_stages]))
        self.open_checks = tuple(open_checks)
        self.open_stages = tuple(open_stages)


class PathEnded(SupportError):
    """The path is finished or was left."""


class WrongRecipient(SupportError):
    """The template is for another kind of recipient."""


class WrongStep(SupportError):
    """The group, case or registration does not stand where this step could follow."""


class MembersMissing(SupportError):
    """A partnership group needs at least one social enterprise and one company."""


class NotOnePerson(SupportError):
    """The two rows are one person already, or the link does not exist."""


class BadFile(SupportError):
    """The file is empty, too large, or of a kind that is not kept."""


class BadTemplate(SupportError):
    """The path template cannot be read: unknown stages, circles, codes twice."""
