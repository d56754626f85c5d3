"""What an audit entry says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

PLATFORM = 0  # the chain of what belongs to no institution


class Action(StrEnum):
    """What was done; codes never change, new ones may be added."""

    VIEW_CLIENT = "view_client"
    LIST_CLIENTS = "list_clients"
    EXPORT = "export"
    IMPORT_STARTED = "import_started"
    IMPORT_PUBLISHED = "import_published"
    IMPORT_REFUSED = "import_refused"
    LINK = "link"
    UNLINK = "unlink"
    UNDO = "undo"
    DECIDE_PROPOSAL = "decide_proposal"
    AGREEMENT_CHANGED = "agreement_changed"
    STAFF_INVITED = "staff_invited"
    STAFF_SUSPENDED = "staff_suspended"
    STAFF_RESTORED = "staff_restored"
    ROLE_GRANTED = "role_granted"
    ROLE_ENDED = "role_ended"
    STAFF_CHANGED = "staff_changed"
    ACCOUNT_CREATED = "account_created"
    INSTITUTION_CREATED = "institution_created"
    INSTITUTION_CHANGED = "institution_changed"
    INSTITUTION_CLOSED = "institution_closed"
    POST_CHANGED = "post_changed"
    SIGN_IN = "sign_in"
    VIEW_LOG = "view_log"
    ERASE = "erase"
    RESTORE = "restore"
    PARTNERSHIP_CHANGED = "partnership_changed"  # bodies, meetings, conclusions, communiqués, documents
    CALENDAR_CHANGED = "calendar_changed"
    SURVEY_CHANGED = "survey_changed"  # questionnaires, frames, steps of a survey, decisions about answers
    ANSWERS_READ = "answers_read"
    VERIFY = "verify"  # a yes or no about a person, without values
    ENQUIRY = "enquiry"  # steps of an enquiry of one institution at another
    CONFIRMATION = "confirmation"  # documents about a person: issued, signed, withdrawn, read
    MESSAGE = "message"  # between workers, about a common client
    EMERGENCY = "emergency"  # emergency access: begun, ended, reviewed
    RESTRICTION_CHANGED = "restriction_changed"  # a person hidden or shown again, readers named
    OVERSIGHT = "oversight"  # findings, incidents, reviews of access, retention, records of the officer
    PLAN = "plan"  # steps of joint plans and their lists; the outcome says which
    REFERRAL = "referral"  # steps of referrals; the outcome says which
    PROJECT = "project"  # projects and the people in them
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened, for the chain of one institution; holds no names, identifiers or free text.

    institution_id: whose chain (PLATFORM for none). actor_user_id, person: replaced by pseudonyms when stored.
    institution_acting_id: for whom the actor acted (the reader), 0 for the platform.
    object_ref: "type:id" of the thing, ids only. categories: codes of what was shown or changed.
    purpose, legal_basis, agreement: codes that allowed it. relation: code of the relation that allowed it.
    digest: SHA-256 over what was shown or changed, empty when nothing was. count: how many things it covers.
    """

    institution_id: int
    action: Action
    actor_user_id: int = 0
    institution_acting_id: int = 0
    person: UUID | None = None
    object_ref: str = ""
    categories: Sequence[str] = field(default_factory=tuple)
    purpose: str = ""
    legal_basis: str = ""
    agreement: str = ""
    relation: str = ""
    count: int = 1
    outcome: str = "ok"
    digest: bytes = b""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody of an institution viewed a person: when, for which institution, for which purpose (code or empty)."""

    at: datetime
    institution_acting_id: int
    purpose: str


@dataclass(frozen=True, slots=True)
class Breach:
    """The first position of a chain that does not hold: whose chain, which sequence number, what is wrong."""

    institution_id: int
    seq: int
    problem: str


@dataclass(frozen=True, slots=True)
class SealBreach:
    """A seal that does not hold: its number and what is wrong."""

    number: int
    problem: str


@dataclass(frozen=True, slots=True)
class SealMark:
    """What a seal says in public: number, time, hash of the one before, root, records, key and signature."""

    number: int
    at: datetime
    previous: bytes
    root: bytes
    records: int
    public_key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class SealState:
    """How sealing stands: the newest seal, records that none covers yet, the time of the oldest of these.

    late: the oldest has waited so long that people should be told.
    """

    newest: SealMark | None
    unsealed: int
    unsealed_since: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class Verification:
    """Result of checking: how many chains, records and seals were read, and the first breach of each chain.

    unsealed: records that no seal covers yet; whoever can write to the database could still change these unseen.
    """

    chains: int
    records: int
    breaches: tuple[Breach, ...]
    seals: int = 0
    seal_breaches: tuple[SealBreach, ...] = ()
    unsealed: int = 0

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong anywhere."""
        return not self.breaches and not self.seal_breaches


CHANGES_NOTHING = frozenset(
    {
        Action.VIEW_CLIENT,
        Action.LIST_CLIENTS,
        Action.EXPORT,
        Action.VIEW_LOG,
        Action.SIGN_IN,
        Action.ANSWERS_READ,
        Action.VERIFY,
    }
)
