"""What can be refused when purposes are stated and agreements are made."""

from datetime import date

from spoiwo.kernel.errors import DomainError


class AccessError(DomainError):
    """Something about access was refused."""


class PurposeNotAllowed(AccessError):
    """No agreement in force allows this purpose with these institutions today."""


class AgreementNotFound(AccessError):
    """No such agreement in the actor's reach."""


class NotYoursToChange(AccessError):
    """The actor may see the agreement, but not do this to it."""


class NotADraft(AccessError):
    """The agreement is signed; a change needs a new version."""


class NotInForce(AccessError):
    """The agreement is not in force, so there is nothing to end or to follow."""


class AgreementNumberTaken(AccessError):
    """Another agreement has this number."""

    def __init__(self, number: str):
        super().__init__(number)
        self.number = number


class DraftAlreadyOpen(AccessError):
    """A draft of the next version exists already."""

    def __init__(self, agreement_id: int):
        super().__init__(str(agreement_id))
        self.agreement_id = agreement_id


class AgreementIncomplete(AccessError):
    """The agreement cannot be signed yet. missing: codes of what it lacks, in a fixed order."""

    def __init__(self, missing: tuple[str, ...]):
        super().__init__(", ".join(missing))
        self.missing = missing


class OwnInstitutionMissing(AccessError):
    """A director makes agreements of the own institution only."""


class ClauseOutsideParties(AccessError):
    """A clause names an institution that is not a party."""


class EndsBeforeStart(AccessError):
    """The last day lies before the first."""


class EndCannotMoveOut(AccessError):
    """Ending can only shorten an agreement; to last longer it needs a new version and all signatures."""

    def __init__(self, valid_to: date):
        super().__init__(valid_to.isoformat())
        self.valid_to = valid_to


class AlreadySigned(AccessError):
    """The institution has signed this version."""


class DocumentRefused(AccessError):
    """The signed document cannot be taken. reason: "not_pdf", "empty" or "too_large"."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class DocumentMissing(AccessError):
    """The operator puts an agreement into force on the strength of the signed document, which is missing."""


class ReasonTooShort(AccessError):
    """Whoever asks for emergency access must say why. least: how many characters at least."""

    def __init__(self, least: int):
        super().__init__(str(least))
        self.least = least


class TooLong(AccessError):
    """Emergency access lasts an hour at the most. most: minutes."""

    def __init__(self, most: int):
        super().__init__(str(most))
        self.most = most


class TooManyEmergencies(AccessError):
    """The account has asked for emergency access too often today. most: how many times are allowed."""

    def __init__(self, most: int):
        super().__init__(str(most))
        self.most = most


class NoSuchEmergency(AccessError):
    """The emergency access does not exist, or not for the one who asks."""


class OwnEmergency(AccessError):
    """Nobody reviews their own emergency access."""


class NotOverYet(AccessError):
    """The emergency access still goes on; it is reviewed when it is over."""


class ReviewedAlready(AccessError):
    """Somebody has given a verdict on this emergency access."""
