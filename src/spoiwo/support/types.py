"""Codes of the support register and the values its parts pass around."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from uuid import UUID


class DeliveryKind(StrEnum):
    """What was delivered; the codes never change."""

    GENERAL = "general"  # general advice
    SPECIALIST = "specialist"  # legal, financial, marketing advice
    ANIMATION = "animation"
    TUTORING = "tutoring"
    MEDIATION = "mediation"
    PSYCHOLOGICAL = "psychological"
    CAREER = "career"  # career counselling
    OTHER = "other"


ADVICE = (DeliveryKind.GENERAL, DeliveryKind.SPECIALIST)
"""What the report counts as advice (porady)."""


LARGEST_DOCUMENT = 10_000_000  # bytes
DOCUMENTS = (".pdf", ".docx", ".odt", ".xlsx", ".ods", ".txt", ".png", ".jpg", ".jpeg")
"""Kinds of files that a support case keeps."""


class Mode(StrEnum):
    """How a delivery reached its recipient."""

    OFFICE = "office"
    VISIT = "visit"
    ONLINE = "online"
    PHONE = "phone"
    EMAIL = "email"


class LabourStatus(StrEnum):
    """Standing on the labour market when support began."""

    UNEMPLOYED = "unemployed"
    INACTIVE = "inactive"
    EMPLOYED = "employed"
    STUDENT = "student"
    UNKNOWN = "unknown"


class Education(StrEnum):
    """Highest schooling finished."""

    LOWER = "lower"
    SECONDARY = "secondary"
    HIGHER = "higher"
    UNKNOWN = "unknown"


class RecipientKind(StrEnum):
    """A recipient is exactly one of these."""

    PERSON = "person"
    ENTITY = "entity"
    GROUP = "group"


class EventKind(StrEnum):
    """What kind of event."""

    TRAINING = "training"
    STUDY_VISIT = "study_visit"
    SEMINAR = "seminar"
    CONFERENCE = "conference"
    FAIR = "fair"
    INFORMATION = "information"
    CYCLE = "cycle"  # a meeting cycle of an animator programme in one county
    NETWORKING = "networking"


TRAINED_BY = (EventKind.TRAINING, EventKind.STUDY_VISIT)
"""Events whose participants the report counts as trained."""


class EventState(StrEnum):
    """Where an event stands."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    REPORTED = "reported"  # attendance is locked
    CANCELLED = "cancelled"


class RegistrationState(StrEnum):
    """Where somebody's registration stands."""

    APPLIED = "applied"
    ACCEPTED = "accepted"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    ATTENDED = "attended"


class CaseStage(StrEnum):
    """Where a support case stands."""

    OPENED = "opened"
    DIAGNOSED = "diagnosed"
    UNDER_WAY = "under_way"
    CLOSED = "closed"


class PartnershipState(StrEnum):
    """Where a private-social partnership group stands."""

    FORMING = "forming"
    MATCHED = "matched"
    WORKING = "working"
    CLOSED = "closed"


class MemberRole(StrEnum):
    """What an entity is in a partnership group."""

    SOCIAL = "social"
    COMPANY = "company"
    TUTOR = "tutor"  # a company that tutors


class Involvement(StrEnum):
    """The four levels of company involvement of the source."""

    CORE_BUSINESS = "1"
    COMMERCIAL = "2"
    INVESTMENT = "3"
    PHILANTHROPY = "4"


class PartnershipResultKind(StrEnum):
    """What came of a partnership group."""

    OFFER = "offer"
    SALES_CHANNEL = "sales_channel"
    CONTRACT = "contract"


class PathState(StrEnum):
    """Where a support path stands."""

    OPEN = "open"
    FINISHED = "finished"
    LEFT = "left"  # ended before the last stage, with a reason


class AnimationKind(StrEnum):
    """What animation founded. A team is one for social enterprise, not the domestic-violence team of that name."""

    PARTNERSHIP = "partnership"
    TEAM = "team"
    CLUSTER = "cluster"
    LOCAL_GOVERNMENT = "local_government"


class PromotionKind(StrEnum):
    """Ways of promotion."""

    CATALOGUE = "catalogue"
    TV_SPOT = "tv_spot"
    PROGRAMME = "programme"
    PUBLICATION = "publication"


class CorrectionKind(StrEnum):
    """What happened to a row of a closed period."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class RecipientRef:
    """Exactly one of a person, an entity, an initiative group, by the uuid of the centre's own row."""

    kind: RecipientKind
    uuid: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What a support centre writes down of a person. teryt: commune or county. Empty when unknown."""

    first_name: str
    last_name: str
    pesel: str = ""
    birth_date: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    teryt: str = ""
    labour_status: LabourStatus = LabourStatus.UNKNOWN
    education: Education = Education.UNKNOWN
    supported_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityDetails:
    """What a support centre writes down of an entity. is_social: a social economy entity (PES)."""

    name: str
    is_social: bool
    kind: str = "OTHER"
    nip: str = ""
    regon: str = ""
    krs: str = ""
    teryt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDetails:
    """One delivery as its adviser tells it.

    participants: uuid of the centre's person -> minutes attended; a person who is the recipient attends all of
    it unless told otherwise. starts_at: None when nobody noted the hour. duplicate_reason: why a second row of
    the same adviser, recipient and time is right. correction_reason: why a closed period is changed.
    """

    kind: DeliveryKind
    day: date
    minutes: int
    recipient: RecipientRef
    mode: Mode = Mode.OFFICE
    topic: str = ""
    place: str = ""
    teryt: str = ""
    starts_at: time | None = None
    adviser_id: int = 0  # 0: whoever writes it down
    project: UUID | None = None
    participants: Mapping[UUID, int] = field(default_factory=dict)
    anonymous_headcount: int = 0
    de_minimis_pln: int = 0
    case: UUID | None = None
    partnership: UUID | None = None
    path: UUID | None = None
    duplicate_reason: str = ""
    correction_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDetails:
    """A part of an event as it is planned; parallel ones carry a track."""

    day: date
    minutes: int
    starts_at: time | None = None
    title: str = ""
    track: str = ""
    leader: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDetails:
    """An event as it is planned; it lasts from its first session to its last.

    required_sessions: how many sessions finish it, None for all. capacity: None without a limit.
    """

    kind: EventKind
    title: str
    sessions: tuple[SessionDetails, ...]
    about: str = ""
    place: str = ""
    teryt: str = ""
    capacity: int | None = None
    required_sessions: int | None = None
    registration_until: date | None = None
    is_public: bool = True
    anonymous_headcount: int = 0
    project: UUID | None = None
    cycle: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """What somebody types who wants to come."""

    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    represents: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of work of one adviser for one recipient. start: minutes after midnight, None when not noted."""

    start: int | None
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose rows of which days are counted.

    institutions: ids, empty for all that the caller may read. county: TERYT of 4 digits, empty for all.
    unemployed: count only people who were (or were not) unemployed when support began; None for all.
    """

    first: date
    last: date
    institutions: frozenset[int] = frozenset()
    counties: frozenset[str] = frozenset()
    unemployed: bool | None = None

    @property
    def part(self) -> str:
        """A name for what the scope is narrowed to, empty when it is not."""
        whom = {None: "", True: "unemployed", False: "others"}[self.unemployed]
        return " ".join([*sorted(self.counties), *([whom] if whom else [])])


class Unit(StrEnum):
    """What a figure counts."""

    COUNT = "count"
    HOURS = "hours"
    PLN = "pln"


@dataclass(frozen=True, slots=True)
class Figure:
    """A named figure; hours are exact to a minute (value = minutes / 60)."""

    key: str
    value: float
    unit: Unit = Unit.COUNT


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a match table: what was compared, how well it fits (0..1), its weight, and why in a few words."""

    code: str
    fit: float
    weight: int
    why: str


@dataclass(frozen=True, slots=True)
class Match:
    """An entity proposed for a partnership group, with the table that explains the score (0..100)."""

    entity: UUID
    score: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a stage's checklist."""

    code: str
    name_pl: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a path. after: codes of stages that must be passed before; strands run side by side.

    months_after: how long after the stages before it falls due, 0 for at once.
    """

    code: str
    name_pl: str
    name_en: str
    after: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    months_after: int = 0


@dataclass(frozen=True, slots=True)
class PathPlan:
    """The stages of a kind of path, in the order they are shown."""

    code: str
    name_pl: str
    name_en: str
    recipient: RecipientKind
    stages: tuple[Stage, ...]
