"""Codes and values of enquiries, confirmations and messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from spoiwo.access.types import Category
from spoiwo.clients.types import FACT_CATEGORIES, FactKind

WORKERS = ("case_worker",)  # who asks, answers, issues and writes
SENSITIVE_ITEMS = tuple(kind for kind, category in FACT_CATEGORIES.items() if category is Category.SENSITIVE)
ASKABLE = tuple(category for category in Category if category is not Category.SENSITIVE)
MONTH = 30  # days after the due day, when nobody waits for an answer any more


class Question(StrEnum):
    """What may be verified without seeing values."""

    SERVED = "served"
    UNEMPLOYED = "unemployed"
    BENEFIT_RIGHT = "benefit_right"
    JOBSEEKER = "jobseeker"
    SOCIAL_BENEFIT = "social_benefit"
    ADDRESS = "address"


CATEGORY_OF: Mapping[Question, Category] = MappingProxyType(
    {
        Question.SERVED: Category.IDENTITY,
        Question.UNEMPLOYED: Category.STATUS,
        Question.BENEFIT_RIGHT: Category.STATUS,
        Question.JOBSEEKER: Category.STATUS,
        Question.SOCIAL_BENEFIT: Category.STATUS,
        Question.ADDRESS: Category.CONTACT,
    }
)


class Verdict(StrEnum):
    """What an officer is told."""

    YES = "yes"
    NO = "no"
    NOBODY = "nobody"  # no such person known
    UNKNOWN = "unknown"  # the data are older than the agreement allows


class EnquiryState(StrEnum):
    """Where an enquiry stands."""

    DRAFT = "draft"
    SENT = "sent"
    ANSWERED = "answered"
    REFUSED = "refused"
    NO_DATA = "no_data"
    EXPIRED = "expired"


SETTLED = (EnquiryState.ANSWERED, EnquiryState.REFUSED, EnquiryState.NO_DATA, EnquiryState.EXPIRED)


class Refusal(StrEnum):
    """Why an enquiry is refused."""

    NO_BASIS = "no_basis"
    TOO_WIDE = "too_wide"
    NOT_OURS = "not_ours"
    UNCLEAR = "unclear"
    OTHER = "other"


class PaperKind(StrEnum):
    """For whom a confirmation is made."""

    OFFICE = "office"  # potwierdzenie danych, between offices
    CITIZEN = "citizen"  # zaświadczenie, valid once signed


class PaperState(StrEnum):
    """Whether a confirmation may be relied on."""

    VALID = "valid"
    UNSIGNED = "unsigned"
    WITHDRAWN = "withdrawn"


class SignatureForm(StrEnum):
    """How a file was signed outside."""

    PADES = "PAdES"
    CADES = "CAdES"
    XADES = "XAdES"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sought:
    """Who is meant, as the asking office knows them; never printed by repr, so that it does not reach logs."""

    last_name: str
    first_name: str = ""
    birth_date: date | None = None
    pesel: str = ""

    def __repr__(self) -> str:
        return "Sought(***)"

    @property
    def name(self) -> str:
        """Last and first name."""
        return f"{self.last_name} {self.first_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Address:
    """An address to be compared."""

    place: str = ""
    street: str = ""
    house: str = ""
    flat: str = ""

    def __repr__(self) -> str:
        return "Address(***)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """How an office keeps a thing in its own files: case reference (znak sprawy) and file class (JRWA)."""

    case_ref: str = ""
    jrwa: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything an enquiry says.

    asked_id: the institution asked. items: sensitive facts asked for one by one, on items_basis_id (a legal basis).
    grounds: why the data are needed, in the asking office's words. record: the own client it is about, if any.
    """

    asked_id: int
    sought: Sought
    categories: frozenset[Category]
    purpose_id: int
    legal_basis_id: int
    grounds: str = ""
    items: frozenset[FactKind] = frozenset()
    items_basis_id: int | None = None
    filing: Filing = field(default_factory=Filing)
    record: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Line:
    """One thing that leaves its owner in an answer.

    key: stable within one answer. field: code of what it is. as_of: day that the owner's data tell of; old: whether
    that is longer ago than the owner's data should be. kind: code of a sensitive fact, empty for all else.
    """

    key: str
    category: Category
    field: str
    label: str
    text: str
    as_of: date | None
    old: bool = False
    kind: str = ""

    def __repr__(self) -> str:
        return f"Line({self.field})"


class Proof(StrEnum):
    """How far a signature was proved, the most at the end."""

    NAMED = "named"  # it names this document; not reckoned
    CORRECT = "correct"  # reckoned and right; no list of issuers to compare with
    UNLISTED = "unlisted"  # right, but the issuer is not on the list
    TRUSTED = "trusted"  # right, and from an issuer on the list
    CURRENT = "current"  # the same, and the issuer's own list does not name it as revoked


class Revocation(StrEnum):
    """What is known about whether a certificate was taken back by its issuer."""

    GOOD = "good"  # a list of the issuer that still holds does not name it
    REVOKED = "revoked"
    UNKNOWN = "unknown"  # no such list


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What was found in a file signed outside: form, who signed as the certificate says, how far that is proved."""

    form: SignatureForm
    signer: str
    proof: Proof


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for an institution or for somebody who works there.

    Enquiries to answer (overdue among them), answers not read, conversations with something new.
    """

    to_answer: int = 0
    overdue: int = 0
    answers: int = 0
    messages: int = 0

    @property
    def total(self) -> int:
        """Everything together."""
        return self.to_answer + self.answers + self.messages
