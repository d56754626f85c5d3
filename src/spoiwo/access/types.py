"""Codes of access: categories of data and their tiers, kinds of relation, purposes in use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from types import MappingProxyType
from uuid import UUID


class Tier(IntEnum):
    """How far data may travel; the higher the more protected."""

    VERIFY = 0  # yes or no
    IDENTITY = 1  # identity, contact, responsible workers
    STATUS = 2  # labour and benefit status, active measures
    PLAN = 3  # measures and plans
    SENSITIVE = 4  # health, addiction, disability, violence: leaves the owner only item by item with a basis


class Category(StrEnum):
    """What kind of data; agreements share by category."""

    IDENTITY = "identity"
    CONTACT = "contact"
    STATUS = "status"
    LIFE_SITUATION = "life_situation"
    WORK_HISTORY = "work_history"
    SUPPORT_GIVEN = "support_given"
    BENEFITS = "benefits"
    MEASURES = "measures"
    SENSITIVE = "sensitive"


TIER_OF: Mapping[Category, Tier] = MappingProxyType(
    {
        Category.IDENTITY: Tier.IDENTITY,
        Category.CONTACT: Tier.IDENTITY,
        Category.STATUS: Tier.STATUS,
        Category.LIFE_SITUATION: Tier.STATUS,
        Category.WORK_HISTORY: Tier.STATUS,
        Category.SUPPORT_GIVEN: Tier.STATUS,
        Category.BENEFITS: Tier.STATUS,
        Category.MEASURES: Tier.PLAN,
        Category.SENSITIVE: Tier.SENSITIVE,
    }
)


class RelationKind(StrEnum):
    """Why an institution may know a person; the reason decides which purpose is pre-selected."""

    INVOLVEMENT = "involvement"  # the person is in the institution's own register
    PLAN_TEAM = "plan_team"
    REFERRAL = "referral"
    EMERGENCY = "emergency"  # for an hour at the most, by one account; never stored as a relation


class RestrictionKind(StrEnum):
    """Why a person is seen by named people only."""

    WORKERS_RELATIVE = "workers_relative"
    PROTECTED_ADDRESS = "protected_address"
    VIOLENCE = "violence"
    OTHER = "other"


class Kept(StrEnum):
    """What a rule of retention is about."""

    CLIENT = "client"
    HISTORY = "history"


class KeptUntil(StrEnum):
    """The event from which the time is counted."""

    NOT_IN_REGISTER = "not_in_register"
    STATUS_ENDED = "status_ended"
    REPLACED = "replaced"


class Verdict(StrEnum):
    """What the review of an emergency access came to."""

    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"


class LinkRule(StrEnum):
    """Matching rules that an agreement may allow to link unattended, where the evidence leaves no doubt."""

    PESEL_ONE_FIELD = "pesel_one_field"  # exact valid PESEL and at least one agreeing field
    PESEL_SLIP = "pesel_slip"
    DOCUMENT = "document"
    NAMES_BIRTH_DATE = "names_birth_date"
    SURNAME_CHANGED = "surname_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one institution shares with another today, under one agreement."""

    giver_id: int
    receiver_id: int
    agreement_id: int
    agreement_number: str
    categories: frozenset[Category]
    purposes: tuple["PurposeOption", ...]
    stale_after_days: int
    link_rules: frozenset[LinkRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeOption:
    """A purpose with its legal basis, as an agreement allows it; the basis code carries its version ("x:2")."""

    code: str
    name: str
    legal_basis_code: str
    legal_basis_name: str
    preselected_for: frozenset[RelationKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPurpose:
    """A purpose a reader may state: what it is, on what basis, under which agreements, whose data it opens.

    legal_basis: code and version ("labour-market:2"). preselected: it fits why the reader may know the person.
    """

    code: str
    name: str
    legal_basis: str
    legal_basis_name: str
    agreements: tuple[str, ...]
    giver_ids: frozenset[int]
    preselected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPurpose:
    """The purpose a person stated, good for a working session on one person.

    legal_basis: code and version. agreement: number of the first agreement that allowed it.
    """

    purpose: str
    legal_basis: str
    agreement: str
    stated_on: date


@dataclass(frozen=True, slots=True, order=True)
class Clause:
    """Who gives which category to whom; 0 stands for every party."""

    giver_id: int
    receiver_id: int
    category: Category


@dataclass(frozen=True, slots=True)
class PurposeTerm:
    """A purpose of an agreement with its legal basis (row ids) and the relations it is pre-selected for."""

    purpose_id: int
    legal_basis_id: int
    preselected_for: frozenset[RelationKind] = frozenset({RelationKind.INVOLVEMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementTerms:
    """Everything the parties agree on. parties: institution ids. stale_after_days: when data count as old.

    one_side_links: "same person" from one side makes a link, without the answer of the other.
    """

    number: str
    title: str
    valid_from: date
    valid_to: date | None
    stale_after_days: int
    link_rules: frozenset[LinkRule]
    parties: frozenset[int]
    clauses: frozenset[Clause]
    purposes: frozenset[PurposeTerm]
    one_side_links: bool = False


class Standing(StrEnum):
    """Where an agreement stands on a day."""

    DRAFT = "draft"
    COMING = "coming"  # signed, its first day lies ahead
    IN_FORCE = "in_force"
    LAST_DAY = "last_day"  # in force until the day is over
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChanges:
    """What one version of an agreement says differently from the one before; empty parts are unchanged."""

    fields: tuple[str, ...]
    parties_added: frozenset[int]
    parties_removed: frozenset[int]
    clauses_added: frozenset[Clause]
    clauses_removed: frozenset[Clause]
    purposes_added: frozenset[PurposeTerm]
    purposes_removed: frozenset[PurposeTerm]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyWish:
    """Why somebody needs what they may not see otherwise, for how many minutes, under which terms.

    people: index rows it opens, none when nobody was found. terms: the purpose stated, None when only own records
    are opened, for which no other institution gives anything.
    """

    reason: str
    minutes: int
    people: tuple[UUID, ...]
    terms: ChosenPurpose | None
