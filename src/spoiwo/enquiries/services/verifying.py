"""Verification: a yes or no that another institution's register gives, without a value being shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from spoiwo.access import queries as access
from spoiwo.access.types import Grant
from spoiwo.audit.types import Action
from spoiwo.clients.queries import sought as clients
from spoiwo.clients.queries.own_records import OwnVersion
from spoiwo.enquiries.errors import AddressMissing, NotCovered, NothingAsked, TooManyVerifications
from spoiwo.enquiries.models import Verification
from spoiwo.enquiries.rules import verifying as rules
from spoiwo.enquiries.rules.asking import check_sought
from spoiwo.enquiries.services.log import Step, record
from spoiwo.enquiries.types import CATEGORY_OF, Address, Question, Sought, Verdict
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be verified, at whom, for which purpose (code) on which legal basis (code and version)."""

    asked_id: int
    questions: tuple[Question, ...]
    sought: Sought
    purpose: str
    legal_basis: str
    address: Address
    case_ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Answers by question, the day the other register tells of, the agreement that allowed it."""

    answers: Mapping[Question, Verdict]
    as_of: date | None
    agreement: str


@transaction.atomic
def verify(asked: Asked, *, now: datetime, day: date, request_id: str, by: Actor) -> Verified:
    """Ask, and put it on record in both chains before anything is answered.

    Raises NothingAsked, AddressMissing, NobodyNamed, NotPeselNumber, NotCovered, TooManyVerifications and
    AuditUnavailable.
    """
    _check(asked)
    grants = _grants(asked, day=day, by=by)
    _check_limits(now=now, by=by)
    who = asked.sought
    with acting_for(asked.asked_id):
        versions, as_of = clients.known_at(
            asked.asked_id,
            pesel=who.pesel,
            last_name=who.last_name,
            first_name=who.first_name,
            birth_date=who.birth_date,
            by=by,
        )
    limit = min(grant.stale_after_days for grant in grants)
    stale = rules.is_stale(as_of, day=day, limit=limit)
    answers = rules.verdicts(
        asked.questions, map(_known, versions), address=asked.address, stale=stale, day=day
    )
    person = versions[0].record.person_id if versions and not stale else None
    agreement = grants[0].agreement_number
    _write_down(asked, person, agreement=agreement, now=now, request_id=request_id, by=by)
    return Verified(answers=answers, as_of=as_of, agreement=agreement)


def _write_down(
    asked: Asked, person: UUID | None, *, agreement: str, now: datetime, request_id: str, by: Actor
) -> None:
    """Count the question, and put it on record in both chains."""
    row = Verification.objects.create(
        institution_id=by.institution_id,
        asked_id=asked.asked_id,
        user_id=by.user_id,
        at=now,
        questions=[question.value for question in asked.questions],
        purpose=asked.purpose,
        legal_basis=asked.legal_basis,
        agreement=agreement,
        case_ref=asked.case_ref,
    )
    step = Step(
        action=Action.VERIFY,
        what=f"verification:{row.pk}",
        outcome="ok",
        person=person,
        categories={CATEGORY_OF[question].value for question in asked.questions},
        purpose=asked.purpose,
        legal_basis=asked.legal_basis,
        agreement=agreement,
        request_id=request_id,
    )
    record(step, chains=(by.institution_id, asked.asked_id), by=by)


def _check(asked: Asked) -> None:
    if not asked.questions:
        raise NothingAsked
    check_sought(asked.sought)
    if Question.ADDRESS in asked.questions and not (asked.address.place and asked.address.house):
        raise AddressMissing


def _grants(asked: Asked, *, day: date, by: Actor) -> list[Grant]:
    """Agreements in force that allow every question for the purpose. Raises NotCovered."""
    stated = (asked.purpose, asked.legal_basis)
    grants = [
        grant
        for grant in access.grants_between(asked.asked_id, by.institution_id, day)
        if any((option.code, option.legal_basis_code) == stated for option in grant.purposes)
    ]
    given = {category for grant in grants for category in grant.categories}
    if not {CATEGORY_OF[question] for question in asked.questions} <= given:
        raise NotCovered
    return grants


def _check_limits(*, now: datetime, by: Actor) -> None:
    rows = Verification.objects.visible_to(by)
    in_hour = rows.filter(user_id=by.user_id, at__gt=now - timedelta(hours=1)).count()
    in_day = rows.filter(at__gt=now - timedelta(days=1)).count()
    if not rules.within_limits(by_user=in_hour, by_institution=in_day):
        raise TooManyVerifications


def _known(version: OwnVersion) -> rules.Known:
    return rules.Known(
        status=version.status,
        since=version.status_from,
        until=version.status_to,
        address=Address(place=version.place, street=version.street, house=version.house, flat=version.flat),
    )
