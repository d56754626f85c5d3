"""Codes and values of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class PlaceKind(StrEnum):
    """What kind of service a place gives."""

    CIS = "CIS"
    KIS = "KIS"
    ZAZ = "ZAZ"
    WTZ = "WTZ"
    OWES = "OWES"
    SOCIAL_ENTERPRISE = "SOCIAL_ENTERPRISE"
    SUPPORTED_EMPLOYMENT = "SUPPORTED_EMPLOYMENT"
    TRAINING = "TRAINING"
    PSYCHOLOGIST = "PSYCHOLOGIST"
    CAREER_ADVICE = "CAREER_ADVICE"
    ADDICTION = "ADDICTION"
    DEBT_ADVICE = "DEBT_ADVICE"
    CARE = "CARE"
    OTHER = "OTHER"


class TargetGroup(StrEnum):
    """For whom a place is."""

    LONG_TERM_UNEMPLOYED = "long_term_unemployed"
    WITHOUT_WORK = "without_work"
    DISABILITY = "disability"
    MENTAL_HEALTH = "mental_health"
    ADDICTION = "addiction"
    HOMELESS = "homeless"
    LEAVING_PRISON = "leaving_prison"
    LEAVING_CARE = "leaving_care"
    REFUGEES = "refugees"
    CARERS = "carers"
    YOUNG = "young"
    OVER_50 = "over_50"
    ENTITIES = "entities"
    EVERYBODY = "everybody"


class Funding(StrEnum):
    """Who pays."""

    PUBLIC = "public"
    PROJECT = "project"
    PFRON = "pfron"
    OWN = "own"
    PAID = "paid"


class Freshness(StrEnum):
    """How far an entry can be trusted today."""

    FRESH = "fresh"
    DUE = "due"  # to be confirmed within a week
    STALE = "stale"  # not confirmed in time: shown grey


class CorrectionState(StrEnum):
    """What became of a suggestion."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Stage(StrEnum):
    """When something of an eligibility list is asked."""

    SENDING = "sending"
    STARTING = "starting"


class Weight(StrEnum):
    """What the wrong answer does: shuts the way, or only warns."""

    EXCLUDES = "excludes"
    WARNS = "warns"


CORRECTED_FIELDS = (
    *("name", "about", "conditions", "funding_note", "street", "phone", "email", "website"),
    "places_total",
)
CONFIRM_EVERY_DAYS = 31
DUE_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDetails:
    """A place as its keeper writes it down. Texts are empty when unknown; places_total None: no limit.

    teryt: the commune it lies in. areas: TERYT codes of 2, 4 or 7 digits that it serves; none means everywhere.
    """

    kind: PlaceKind
    name: str
    about: str = ""
    groups: frozenset[TargetGroup] = frozenset()
    teryt: str = ""
    areas: frozenset[str] = frozenset()
    conditions: str = ""
    funding: Funding = Funding.PUBLIC
    funding_note: str = ""
    street: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    places_total: int | None = None
    taken_elsewhere: int = 0
    respond_days: int = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPlace:
    """A place that somebody says is missing. institution_id: whose it is, 0 when it is not in the directory.

    provider: the same in words. about: what is known of it. reason: how it is known.
    """

    kind: PlaceKind
    name: str
    teryt: str
    institution_id: int = 0
    provider: str = ""
    about: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for. text: words that must all be found. county or commune: where the person lives."""

    text: str = ""
    kind: str = ""
    group: str = ""
    area: str = ""
    only_free: bool = False
    only_fresh: bool = False
    sort: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPoint:
    """A question of an eligibility list in force.

    wanted: the answer that lets the person through ("yes" or "no"). given_by: statuses of the own register
    that answer it, status -> answer. source: the rule it comes from.
    """

    id: int
    code: str
    question: str
    wanted: str
    weight: Weight
    stage: Stage
    source: str
    given_by: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class NeedCount:
    """How many needs found no place, in a county, of a kind; first and last day on which they were written down."""

    county: str
    kind: PlaceKind
    count: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Cell:
    """A kind of service in a commune: entries, places in all (None when one has no limit), free ones, stale entries."""

    entries: int = 0
    total: int | None = 0
    free: int | None = 0
    stale: int = 0
