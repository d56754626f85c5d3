"""Codes of the partnership, and what people write down of it."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum


class AccessionState(StrEnum):
    """How an institution stands to the agreement."""

    INVITED = "invited"
    SIGNED = "signed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class BodyKind(StrEnum):
    """What a body is."""

    COUNCIL = "council"
    SECRETARIAT = "secretariat"
    SIGNATORIES = "signatories"  # all signatories together
    WORKING_GROUP = "working_group"
    PLATFORM = "platform"  # of one kind of institution: KIS, CIS, ZAZ, WTZ
    FORUM = "forum"  # exchange of information between offices
    EXTERNAL = "external"  # a body of somebody else in which the partnership takes part


class Seat(StrEnum):
    """What a member of a body is there."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"


class MeetingKind(StrEnum):
    """What a meeting is counted as."""

    COUNCIL = "council"
    SIGNATORIES = "signatories"
    COMMITTEE = "committee"  # of an external committee or one of its groups
    SUPPORT_CENTRE = "support_centre"  # with the staff of a support centre (OWES)
    INFORMATION = "information"
    WORKSHOP = "workshop"
    FORUM = "forum"
    TRAINING = "training"
    STUDY_VISIT = "study_visit"
    CIRCULATION = "circulation"  # decided by letters, nobody meets
    OTHER = "other"


class MeetingState(StrEnum):
    """From the first draft to the minutes that everybody reads."""

    DRAFT = "draft"  # sends nothing, seen by the secretariat
    ANNOUNCED = "announced"
    HELD = "held"
    PREPARING = "preparing"  # minutes are being written
    REVIEW = "review"  # attendees may propose amendments
    APPROVED = "approved"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Purpose(StrEnum):
    """What a meeting of the forum is for; cadence rules count by it."""

    SUPPORT_INFORMATION = "support_information"  # possibilities of support for common clients
    GOOD_PRACTICE = "good_practice"


class Answer(StrEnum):
    """What an invited institution answered."""

    NONE = ""
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class Presence(StrEnum):
    """Whether somebody came."""

    UNKNOWN = ""
    PRESENT = "present"
    REMOTE = "remote"
    EXCUSED = "excused"
    ABSENT = "absent"


class Visibility(StrEnum):
    """Who may read a thing once it is out of the secretariat's hands."""

    PUBLIC = "public"
    PARTNERS = "partners"
    BODY = "body"


class ItemKind(StrEnum):
    """Items of an agenda; internal ones are for members of the body."""

    COMMON = "common"
    INTERNAL = "internal"
    FOLLOW_UP = "follow_up"  # open conclusions come by themselves


class AmendmentState(StrEnum):
    """What became of a proposed amendment."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class OutcomeKind(StrEnum):
    """What a discussion led to."""

    INFORMATION = "information"
    DECISION = "decision"
    RECOMMENDATION = "recommendation"
    CONCLUSION = "conclusion"
    ACTION = "action"


class ActionKind(StrEnum):
    """By what an action is done."""

    NONE = ""
    LETTER = "letter"  # wystąpienie
    MEETING = "meeting"
    TRAINING = "training"
    VISIT = "visit"
    PROCEDURE = "procedure"
    PUBLICATION = "publication"
    PARTICIPATION = "participation"
    FORUM = "forum"


class OutcomeState(StrEnum):
    """Where a conclusion stands; overdue is never a state but worked out from the deadline."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"  # nobody owns it yet: legal and visible
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    CLAIMED = "claimed"  # the owner says it is done
    VERIFIED = "verified"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"  # without effect, with a reason


class Step(StrEnum):
    """What can be done to a conclusion."""

    ADOPT = "adopt"
    ASSIGN = "assign"
    ACCEPT = "accept"
    START = "start"
    CLAIM = "claim"
    SEND_BACK = "send_back"
    VERIFY = "verify"
    REJECT = "reject"
    SUPERSEDE = "supersede"
    EXPIRE = "expire"


class LetterState(StrEnum):
    """A letter from a body to institutions."""

    DRAFT = "draft"
    AWAITING = "awaiting"
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    CLOSED = "closed"


class CommuniqueState(StrEnum):
    """A communiqué on its way."""

    DRAFT = "draft"
    APPROVED = "approved"
    SENT = "sent"


class Language(StrEnum):
    """Languages a communiqué may be told in beside Polish."""

    ENGLISH = "en"
    GERMAN = "de"
    UKRAINIAN = "uk"


class Channel(StrEnum):
    """How a communiqué gets to an institution."""

    EMAIL = "email"
    IN_APP = "in_app"
    PARTNER_WEB = "partner_web"  # put on the institution's own page
    E_DELIVERY = "e_delivery"
    PAPER = "paper"


class DeliveryState(StrEnum):
    """How far a delivery got; SENT is never counted as reached."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"  # the platform was stopped between handing over and writing it down
    ACKNOWLEDGED = "acknowledged"
    PROVEN = "proven"  # evidence kept, or the page was found


class MailState(StrEnum):
    """A letter in the outbox."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    BOUNCED = "bounced"


class CadenceOutlook(StrEnum):
    """Whether enough meetings will take place."""

    MET = "met"
    PLANNED = "planned"  # met if everything announced takes place
    ON_TIME = "on_time"  # nothing planned yet, but no date has passed
    BEHIND = "behind"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Pace:
    """How a cadence rule stands in a year. next_by: the day by which the next meeting keeps the even pace."""

    held: int
    planned: int
    at_least: int
    outlook: CadenceOutlook
    next_by: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyDetails:
    """What is written down of a body."""

    name: str
    kind: BodyKind
    prefix: str  # first part of the codes of its conclusions
    mandate: str = ""
    founding_act: str = ""
    founded_on: date | None = None
    overlap_note: str = ""
    entity_kind: str = ""
    is_external: bool = False
    quorum_percent: int = 50
    host_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDetails:
    """What is written down of a meeting. day_known: False when a source names the year only."""

    kind: MeetingKind
    title: str
    starts_on: date
    ends_on: date | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    day_known: bool = True
    place: str = ""
    online_url: str = ""
    host_id: int | None = None
    organiser_id: int | None = None
    aim: str = ""
    purposes: tuple[Purpose, ...] = ()
    visibility: Visibility = Visibility.PARTNERS
    headcount_other: int | None = None


@dataclass(frozen=True, slots=True)
class Presenter:
    """Who presents an item: an institution of the directory (or its name in words) and the function."""

    institution_id: int | None = None
    label: str = ""
    function: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure somebody quoted; it carries its source and may be doubted."""

    label: str
    value: str
    unit: str = ""
    period: str = ""
    source: str = ""
    is_doubtful: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDetails:
    """What is written down of an item of the agenda."""

    title: str
    kind: ItemKind = ItemKind.COMMON
    track: str = ""  # parallel workshops have one each; empty in the plenary
    minutes: int | None = None
    note: str = ""
    presenters: tuple[Presenter, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """An interval with its original wording; all empty when there is none."""

    earliest: date | None = None
    latest: date | None = None
    wording: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDetails:
    """What is written down of a conclusion, recommendation, decision or action."""

    kind: OutcomeKind
    text: str
    action_kind: ActionKind = ActionKind.NONE
    parent_id: int | None = None
    item_id: int | None = None
    addressee_id: int | None = None
    addressee_label: str = ""
    deadline: Deadline = field(default_factory=Deadline)
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file somebody sends along."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Target:
    """An institution and a channel of a communiqué."""

    institution_id: int
    channel: Channel


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """One figure of the annual report: its key, value, and the rows it counts (type:id)."""

    key: str
    value: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatDetails:
    """What is written down of a seat in a body: an institution, the function of who sits there, since when."""

    institution_id: int
    seat: Seat
    since: date
    until: date | None = None
    function: str = ""
    user_id: int | None = None
    elected_at_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDetails:
    """What is written down of a letter. purpose: "action", "information" or "comment"; holder: a function."""

    to_id: int
    subject: str
    text: str
    purpose: str = "action"
    holder: str = ""
    due_on: date | None = None
    outcome_id: int | None = None
    in_reply_to_id: int | None = None
