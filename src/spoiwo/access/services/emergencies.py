"""Emergency access: begun with a reason, ended by the clock or by hand, reviewed by somebody else."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from spoiwo.access import rules
from spoiwo.access.errors import NoSuchEmergency
from spoiwo.access.models import EmergencyAccess, EmergencyPerson
from spoiwo.access.queries.emergencies import asked_lately
from spoiwo.access.types import EmergencyWish, Verdict
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor


def check_wish(*, reason: str, minutes: int, now: datetime, by: Actor) -> None:
    """Refuse before anybody is looked for. Raises ReasonTooShort, TooLong, TooManyEmergencies."""
    rules.check_emergency(reason=reason, minutes=minutes, asked_lately=asked_lately(by, now))


@transaction.atomic
def open_emergency(*, wish: EmergencyWish, now: datetime, by: Actor) -> EmergencyAccess:
    """Let the actor see these people for some minutes; one that found nobody is over at once, and stays on record.

    Raises ReasonTooShort, TooLong, TooManyEmergencies.
    """
    check_wish(reason=wish.reason, minutes=wish.minutes, now=now, by=by)
    terms = wish.terms
    opened = EmergencyAccess.objects.create(
        institution_id=by.institution_id,
        user_id=by.user_id,
        reason=wish.reason.strip(),
        minutes=wish.minutes,
        opened_at=now,
        ends_at=now + timedelta(minutes=wish.minutes) if wish.people else now,
        found=bool(wish.people),
        purpose=terms.purpose if terms else "",
        legal_basis=terms.legal_basis if terms else "",
        agreement=terms.agreement if terms else "",
    )
    EmergencyPerson.objects.bulk_create(
        EmergencyPerson(emergency=opened, institution_id=by.institution_id, person=person)
        for person in sorted(set(wish.people))
    )
    for person in sorted(set(wish.people)):
        _record(opened, "opened", person, by)
    if not wish.people:
        _record(opened, "nobody", None, by)
    return opened


@transaction.atomic
def end_emergency(*, uuid: UUID, now: datetime, by: Actor) -> EmergencyAccess:
    """End the own emergency access before its time; one that is over stays as it is. Raises NoSuchEmergency."""
    found = _locked(uuid, by)
    if found.user_id != by.user_id:
        raise NoSuchEmergency(str(uuid))
    if found.ends_at > now:
        found.ends_at = now
        found.save(update_fields=["ends_at"])
        _record(found, "ended", None, by)
    return found


@transaction.atomic
def review_emergency(*, uuid: UUID, verdict: Verdict, note: str, now: datetime, by: Actor) -> EmergencyAccess:
    """Say whether it was justified; supervisors and data protection officers, never about themselves.

    Raises NoSuchEmergency, OwnEmergency, ReviewedAlready, NotOverYet, ReasonTooShort.
    """
    if not by.has_any("supervisor", "iod"):
        raise NoSuchEmergency(str(uuid))
    found = _locked(uuid, by)
    rules.check_review(
        whose=found.user_id, reviewer=by.user_id, ends=found.ends_at, verdict=found.verdict, now=now
    )
    rules.check_note(note)
    found.verdict, found.review_note = verdict, note.strip()
    found.reviewed_at, found.reviewed_by_user_id = now, by.user_id
    found.save(update_fields=["verdict", "review_note", "reviewed_at", "reviewed_by_user_id"])
    _record(found, verdict.value, None, by)
    return found


def _locked(uuid: UUID, by: Actor) -> EmergencyAccess:
    found = EmergencyAccess.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if found is None:
        raise NoSuchEmergency(str(uuid))
    return found


def _record(found: EmergencyAccess, outcome: str, person: UUID | None, by: Actor) -> None:
    audit.append(
        Entry(
            institution_id=found.institution_id,
            action=Action.EMERGENCY,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            person=person,
            object_ref=f"emergency:{found.uuid}",
            purpose=found.purpose,
            legal_basis=found.legal_basis,
            agreement=found.agreement,
            outcome=outcome,
        )
    )
