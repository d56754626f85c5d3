"""What can be refused in the partnership."""

from datetime import date

from spoiwo.kernel.errors import DomainError


class PartnershipError(DomainError):
    """Something about the partnership was refused."""


class NotFound(PartnershipError):
    """No such thing in the actor's reach."""


class NotYours(PartnershipError):
    """The actor may see it, but not do this to it."""


class WrongState(PartnershipError):
    """The thing has moved on; this can no longer, or not yet, be done. state: where it stands."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class CodeTaken(PartnershipError):
    """Another one has this code."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class EndsBeforeStart(PartnershipError):
    """The last day lies before the first."""


class ChairTaken(PartnershipError):
    """The body has a chair in that time already."""


class NotASignatory(PartnershipError):
    """The institution is not an active signatory on that day."""

    def __init__(self, institution_id: int, day: date):
        super().__init__(f"{institution_id} {day}")
        self.institution_id = institution_id
        self.day = day


class ReasonMissing(PartnershipError):
    """Nothing was said as a reason."""


class EvidenceMissing(PartnershipError):
    """Nothing shows yet that it was done."""


class LetterMissing(PartnershipError):
    """An action that is a letter cannot be verified before a letter was sent."""


class OwnWork(PartnershipError):
    """Somebody else must verify it."""


class NotCarried(PartnershipError):
    """A decision by circulation had no more votes for it than against."""


class NoQuorum(PartnershipError):
    """Too few members for a decision."""

    def __init__(self, present: int, needed: int):
        super().__init__(f"{present} of {needed}")
        self.present = present
        self.needed = needed


class NotHeldYet(PartnershipError):
    """Conclusions are adopted by meetings that took place."""


class WindowClosed(PartnershipError):
    """Amendments were welcome until an earlier day."""


class AmendmentsOpen(PartnershipError):
    """Amendments wait for a decision. count: how many."""

    def __init__(self, count: int):
        super().__init__(str(count))
        self.count = count


class TextMissing(PartnershipError):
    """There is no text yet."""


class NoTargets(PartnershipError):
    """Nobody would get it."""


class FileRefused(PartnershipError):
    """The file cannot be kept. reason: "empty", "too_large" or "kind"."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class LinkSpent(PartnershipError):
    """The signed link is old, forged, or belongs to an earlier invitation."""


class RowsRefused(PartnershipError):
    """Rows of a file that could not be read: (row number, reason code)."""

    def __init__(self, rows: tuple[tuple[int, str], ...]):
        super().__init__(str(rows))
        self.rows = rows


class TooFewReviews(PartnershipError):
    """An idea needs marks of more reviewers without a stake in it."""

    def __init__(self, given: int, needed: int):
        super().__init__(f"{given} of {needed}")
        self.given = given
        self.needed = needed


class OwnIdea(PartnershipError):
    """Authors do not judge their own idea unless they declare their stake."""


class LooksLikeClientData(PartnershipError):
    """The text seems to hold a client's number."""


class NotAParty(PartnershipError):
    """Nobody would read it: an institution named is no signatory, or none is named."""
