"""What is refused, one class per reason."""

from spoiwo.kernel.errors import DomainError


class EnquiriesError(DomainError):
    """A refusal of the context."""


class NoSuchThing(EnquiriesError):
    """Absent, or out of the actor's reach."""


class NotCovered(EnquiriesError):
    """No agreement in force allows the question for the stated purpose."""


class TooManyVerifications(EnquiriesError):
    """More questions than one person may ask in an hour, or one institution in a day."""


class NobodyNamed(EnquiriesError):
    """Neither a PESEL with the last name, nor both names with the date of birth."""


class NotPeselNumber(EnquiriesError):
    """The number cannot be a PESEL."""


class NothingAsked(EnquiriesError):
    """No question, no category and no single fact."""


class AddressMissing(EnquiriesError):
    """An address is to be compared, but none was given."""


class AsksItself(EnquiriesError):
    """An institution does not ask itself."""


class BasisNotInForce(EnquiriesError):
    """The legal basis does not hold on the day."""


class TermOutOfBounds(EnquiriesError):
    """Fewer days to answer than one, or more than a year of them."""


class ItemsNeedBasis(EnquiriesError):
    """Sensitive facts are asked for without a legal basis of their own, or were given without having been asked for."""


class AlreadySettled(EnquiriesError):
    """Somebody has answered, refused or sent it meanwhile. state: where it stands."""

    def __init__(self, state: str):
        super().__init__(state)
        self.state = state


class NothingToGive(EnquiriesError):
    """An answer with no line in it."""


class DataChanged(EnquiriesError):
    """The register says something else now than the officer saw before confirming."""


class ReasonMissing(EnquiriesError):
    """A refusal or a withdrawal says why."""


class NotSignedFile(EnquiriesError):
    """The file does not carry a signature that can be recognised."""


class SignatureOfSomethingElse(EnquiriesError):
    """The signature covers something else than the document that was prepared."""


class BrokenSignature(EnquiriesError):
    """The signature does not come out: the file was changed, or the certificate is not that of whoever signed."""


class RevokedCertificate(EnquiriesError):
    """The issuer has taken the certificate back by which the file was signed."""


class NotCommonClient(EnquiriesError):
    """The other institution does not serve the person, or shares nothing about them any more."""


class EmptyMessage(EnquiriesError):
    """Nothing was written."""
