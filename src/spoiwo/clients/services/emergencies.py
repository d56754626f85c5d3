"""Emergency access to a client: found by number or by name and date of birth, opened for an hour at the most."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.access import services as access_services
from spoiwo.access.queries import Emergency
from spoiwo.access.types import ChosenPurpose, EmergencyWish, OfferedPurpose
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.models import HiddenRecord, HiddenRecordReader, RecordVersion
from spoiwo.clients.rules import sharing
from spoiwo.kernel import pesel
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.keys import PESEL, key_ring

JOB = "guarding"
MOST_PEOPLE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Who is sought: by PESEL, or by both names and the date of birth."""

    pesel: str = ""
    first_name: str = ""
    last_name: str = ""
    birth_date: date | None = None


@transaction.atomic
def open_in_emergency(
    *, sought: Sought, reason: str, minutes: int, purpose: OfferedPurpose | None, by: Actor
) -> Emergency:
    """Open to the actor whom the own register hides, or whom a partner serves and the own institution does not know.

    What others hide stays hidden. Nobody found is on record too. Raises ReasonTooShort, TooLong, TooManyEmergencies.
    """
    now = timezone.now()
    access_services.check_wish(reason=reason, minutes=minutes, now=now, by=by)
    givers = purpose.giver_ids if purpose else frozenset()
    found = _find(sought, institutions={by.institution_id, *givers}, by=by)
    wish = EmergencyWish(
        reason=reason, minutes=minutes, people=tuple(sorted({one[1] for one in found})), terms=_terms(purpose)
    )
    opened = access_services.open_emergency(wish=wish, now=now, by=by)
    own = [record for record, _person, institution in found if institution == by.institution_id]
    _unhide(own, until=opened.ends_at, by=by)
    return opened


@transaction.atomic
def end(*, uuid: UUID, by: Actor) -> None:
    """End the own emergency access before its time. Raises NoSuchEmergency."""
    now = timezone.now()
    access_services.end_emergency(uuid=uuid, now=now, by=by)
    others_until = max((one.ends_at for one in access.own_emergencies(by, now)), default=now)
    with acting_for(by.institution_id, job=JOB, user_id=by.user_id):
        for_a_while = HiddenRecordReader.objects.filter(user_id=by.user_id, until__gt=others_until)
        for_a_while.update(until=others_until)


def record_emergency_view(
    *,
    emergency: Emergency,
    person: UUID,
    shown: dict[int, tuple[str, ...]],
    digest: bytes,
    request_id: str,
    by: Actor,
) -> None:
    """Put on record what an emergency access showed of a person: in the own chain and in each owner's.

    shown: owner -> codes of the categories. Raises AuditUnavailable: then nothing may be answered.
    """
    every = tuple(sorted({code for codes in shown.values() for code in codes}))
    audit.append(
        *(
            Entry(
                institution_id=institution,
                action=Action.VIEW_CLIENT,
                actor_user_id=by.user_id,
                institution_acting_id=by.institution_id,
                person=person,
                object_ref=f"emergency:{emergency.uuid}",
                categories=codes,
                purpose=emergency.purpose,
                legal_basis=emergency.legal_basis,
                agreement=emergency.agreement,
                relation="emergency",
                digest=digest if institution == by.institution_id else b"",
                request_id=request_id,
            )
            for institution, codes in sorted({by.institution_id: every, **shown}.items())
        )
    )


def _terms(purpose: OfferedPurpose | None) -> ChosenPurpose | None:
    if purpose is None:
        return None
    return ChosenPurpose(
        purpose=purpose.code,
        legal_basis=purpose.legal_basis,
        agreement=purpose.agreements[0],
        stated_on=timezone.localdate(),
    )


def _find(sought: Sought, *, institutions: Collection[int], by: Actor) -> list[tuple[int, UUID, int]]:
    """(record, index row, institution) of those who fit exactly, in registers in force."""
    with acting_for(by.institution_id, job=JOB, user_id=by.user_id):
        hidden_elsewhere = HiddenRecord.objects.exclude(institution_id=by.institution_id).values("record_id")
        rows = (
            RecordVersion.objects.current()
            .filter(_wanted(sought), institution__in=institutions, record__erased_at__isnull=True)
            .exclude(record__in=hidden_elsewhere)
            .order_by("record_id")
            .values_list("record_id", "record__person_id", "institution_id")
        )
        return list(rows[:MOST_PEOPLE])


def _wanted(sought: Sought) -> Q:
    if sought.pesel:
        try:
            number = pesel.parse(sought.pesel).value
        except pesel.NotPesel:
            return Q(pk__in=[])
        return Q(pesel_index=key_ring().blind_index(PESEL, number))
    return Q(
        last_key=search_key(sought.last_name),
        first_key=search_key(sought.first_name),
        birth_date=sought.birth_date,
    )


def _unhide(records: Collection[int], *, until: datetime, by: Actor) -> None:
    with acting_for(by.institution_id, job=JOB, user_id=by.user_id):
        hidden = HiddenRecord.objects.filter(pk__in=records).values_list("pk", flat=True)
        HiddenRecordReader.objects.bulk_create(
            HiddenRecordReader(hidden_id=pk, user_id=by.user_id, until=until) for pk in hidden
        )


def terms_offered(by: Actor, day: date) -> list[OfferedPurpose]:
    """Purposes under which partners give something to the actor's institution today."""
    grants = access.grants_to(by.institution_id, day)
    named = sharing.identifying(grants)
    return access.offered_purposes([grant for grant in grants if grant.giver_id in named], ())
