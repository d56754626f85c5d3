"""The records of the data protection officer: computed from agreements, rules and the log, never typed twice."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.access.types import Category, Grant
from spoiwo.audit import queries as audit
from spoiwo.audit.types import Action
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor

DISCLOSING = (Action.VIEW_CLIENT, Action.LIST_CLIENTS, Action.EXPORT, Action.VERIFY, Action.CONFIRMATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity of processing under an agreement: with whom, which way, for what, which data."""

    agreement: str
    partner: str
    given: bool
    purposes: tuple[tuple[str, str], ...]  # name, legal basis
    categories: frozenset[Category]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """How often one institution saw own clients' data for one purpose on one basis."""

    institution: str
    action: str
    purpose: str
    legal_basis: str
    agreement: str
    categories: str
    times: int
    people: int


def activities_of(actor: Actor, day: date) -> list[Activity]:
    """What the institution gives and receives today, partner by partner."""
    own = actor.institution_id
    partners = access.partners_of(own, day)
    names = {pk: badge.name for pk, badge in institutions.badges_of(partners).items()}
    found = []
    for partner in sorted(partners, key=names.__getitem__):
        pairs = (
            (True, access.grants_between(own, partner, day)),
            (False, access.grants_between(partner, own, day)),
        )
        found += [_activity(grant, names[partner], given) for given, grants in pairs for grant in grants]
    return found


def _activity(grant: Grant, partner: str, given: bool) -> Activity:
    return Activity(
        agreement=grant.agreement_number,
        partner=partner,
        given=given,
        purposes=tuple((one.name, one.legal_basis_name) for one in grant.purposes),
        categories=grant.categories - {Category.SENSITIVE},
    )


def disclosures_of(actor: Actor, *, first: date, last: date) -> list[Disclosed]:
    """What other institutions saw of own clients between two days, by institution and purpose."""
    records = (
        audit.records_for(actor)
        .filter(action__in=DISCLOSING, at__gte=_midnight(first), at__lt=_midnight(last + timedelta(days=1)))
        .exclude(institution_acting_id=actor.institution_id)
        .order_by()
        .values("institution_acting_id", "action", "purpose", "legal_basis", "agreement", "categories")
        .annotate(times=Count("id"), people=Count("person", distinct=True))
    )
    rows: list[dict[str, Any]] = [{**row} for row in records]
    names = {
        pk: badge.name
        for pk, badge in institutions.badges_of({row["institution_acting_id"] for row in rows}).items()
    }
    found = [
        Disclosed(
            institution=names.get(row["institution_acting_id"], ""),
            **{name: row[name] for name in row if name != "institution_acting_id"},
        )
        for row in rows
    ]
    return sorted(
        found, key=lambda one: (one.institution, one.purpose, one.action, one.agreement, one.categories)
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
