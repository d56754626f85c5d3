"""Stable codes of institutions and of what people may be authorised to."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from spoiwo.kernel.actor import Actor


class Kind(StrEnum):
    """What an institution is; one institution may be several things at once."""

    PUP = "PUP"
    OPS = "OPS"
    CUS = "CUS"
    PCPR = "PCPR"
    WUP = "WUP"
    ROPS = "ROPS"
    OWES = "OWES"
    KIS = "KIS"
    CIS = "CIS"
    ZAZ = "ZAZ"
    WTZ = "WTZ"
    SOCIAL_COOPERATIVE = "SOCIAL_COOPERATIVE"
    SOCIAL_COMPANY = "SOCIAL_COMPANY"
    ASSOCIATION = "ASSOCIATION"
    FOUNDATION = "FOUNDATION"
    OTHER_PES = "OTHER_PES"
    JST = "JST"
    OHP = "OHP"
    NGO = "NGO"
    SCHOOL = "SCHOOL"
    BUSINESS = "BUSINESS"
    OTHER = "OTHER"


class Role(StrEnum):
    """What a person is authorised to do at an institution; the codes never change."""

    CASE_WORKER = "case_worker"  # works with people: sees common clients, opens a client's page
    REGISTRAR = "registrar"  # brings the institution's register extracts in
    REVIEWER = "reviewer"  # decides proposals that two records are one person
    SUPERVISOR = "supervisor"  # sees who looked at whom, totals of imports and links
    DIRECTOR = "director"  # agreements and totals, no single person's data
    LOCAL_ADMIN = "local_admin"  # invites, suspends and re-roles the institution's own staff
    IOD = "iod"  # data protection officer: registers of processing, access log
    SUPPORT_ADVISER = "support_adviser"  # records advice, events and support paths of a support centre
    SECRETARY = "secretary"  # secretariat of the partnership: bodies, meetings, conclusions, communiqués
    ANALYST = "analyst"  # questionnaires and editions, measures and indicator cards


class Module(StrEnum):
    """Parts of the platform that an institution may switch off for itself; all are on at first."""

    CALENDAR = "calendar"
    SURVEYS = "surveys"
    DOCUMENTS = "documents"  # templates and good practices
    PUBLIC_PAGE = "public_page"  # what the directory says of it, for people who are signed out


@dataclass(frozen=True, slots=True)
class Badge:
    """How an institution is marked beside its data: short name, and the kind (first of several) that colours it."""

    id: int
    code: str
    name: str
    kind: str


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
    ROW_TWICE = "row_twice"  # value: the number of the earlier row


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that was refused; limit is how long a text may be, where that matters."""

    field: str
    fault: Fault
    value: str = ""
    limit: int = 0


SESSION_INSTITUTION = "institution"
"""Under which key the session keeps for which institution somebody acts."""
SESSION_USED_AT = "used_at"
"""Under which key the session keeps when it was last prolonged, in seconds since 1970."""

COMMAND_LINE = Actor(user_id=0, institution_id=0, is_operator=True)
"""Whoever sits at the server itself: the command line and the loader of the demonstration."""


@dataclass(frozen=True, slots=True)
class KindPeriod:
    """One of the things an institution is; days unknown are None."""

    kind: Kind
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionDetails:
    """What the directory says of an institution. Texts are empty and days None when unknown.

    teryt: the commune or county it sits in. area: the TERYT unit it serves. running_body_id: the institution
    that runs it (podmiot prowadzący). e_delivery: its e-Doręczenia address, AE:PL-...
    """

    name: str
    short_name: str
    kinds: tuple[KindPeriod, ...]
    running_body_id: int | None = None
    nip: str = ""
    regon: str = ""
    krs: str = ""
    street: str = ""
    postal_code: str = ""
    place: str = ""
    teryt: str = ""
    area: str = ""
    e_delivery: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    social_enterprise_from: date | None = None
    social_enterprise_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAuthorisation:
    """An authorisation as its administrator writes it down; valid_to is the last day, None without an end."""

    role: Role
    number: str
    valid_from: date
    valid_to: date | None = None


class Standing(StrEnum):
    """How somebody stands with the institution as an account."""

    ACTIVE = "active"
    INVITED = "invited"  # has not signed in yet and has no password
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHeld:
    """An authorisation of one of the staff; is_over: withdrawn, or its last day is past."""

    authorisation_id: int
    role: Role
    number: str
    valid_from: date
    valid_to: date | None
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """One of the staff. roles: all authorisations ever given, oldest first."""

    membership_id: int
    user_id: int
    full_name: str
    email: str
    standing: Standing
    territories: tuple[str, ...]
    roles: tuple[RoleHeld, ...]
    last_used_at: datetime | None
    has_second_factor: bool
    version: int


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an invitation brought in. token: of the one-time link; empty for somebody who can sign in already."""

    membership_id: int
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """Somebody in a function at an institution, as written down; is_public: shown in the directory."""

    holder_name: str
    function: str
    valid_from: date
    email: str = ""
    phone: str = ""
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a file of institutions; number as a spreadsheet counts it, cells by field."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken, with every reason."""

    number: int
    cells: dict[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What a file did, or would have done when it was not applied."""

    applied: bool
    created: int
    changed: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
