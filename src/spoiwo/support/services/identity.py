"""Who is who: a person counts once, however many centres serve them. Every step can be undone."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.access.types import LinkRule
from spoiwo.audit.types import Action
from spoiwo.clients.queries import own_records
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.support.errors import NoSuchRow, NotOnePerson
from spoiwo.support.models import Participant, PersonMove
from spoiwo.support.services.log import record
from spoiwo.toolkit.context import acting_for

BY_PEOPLE = "person"
_JOB = "support"


@transaction.atomic
def join_record(participant: UUID, *, own_record: UUID, by: Actor) -> None:
    """Write down that a participant is the person of a record in the own register.

    From then on the record counts, and decisions about it are followed. Raises NoSuchRow, NotOnePerson.
    """
    row = _locked(participant, by)
    found = own_records.own_record(by, own_record)
    if found is None:
        raise NoSuchRow(str(own_record))
    if row.record_id == found.pk:
        raise NotOnePerson
    _move(row, to_person=row.person_id, to_record=found.pk, rule=BY_PEOPLE, by=by)
    record(by, "participant", participant, action=Action.LINK)


@transaction.atomic
def join_participants(one: UUID, other: UUID, *, by: Actor) -> None:
    """Write down that two people of the own register are one person. Raises NoSuchRow, NotOnePerson."""
    kept, moved = (_locked(uuid, by) for uuid in (one, other))
    if kept.person_id == moved.person_id or kept.pk == moved.pk:
        raise NotOnePerson
    _move(moved, to_person=kept.person_id, to_record=kept.record_id, rule=BY_PEOPLE, by=by)
    record(by, "participant", other, action=Action.LINK)


@transaction.atomic
def undo_join(participant: UUID, *, by: Actor) -> None:
    """Take the newest join of a participant back. Raises NoSuchRow, NotOnePerson when there is none."""
    row = _locked(participant, by)
    newest = row.moves.filter(undone_at__isnull=True).order_by("-pk").first()
    if newest is None:
        raise NotOnePerson
    row.person_id, row.record_id = newest.from_person, newest.from_record_id
    row.save(update_fields=["person", "record"])
    newest.undone_at = timezone.now()
    newest.save(update_fields=["undone_at"])
    record(by, "participant", participant, action=Action.UNDO)


def join_same_people(institution_id: int, *, day: date) -> int:
    """Join the centre's people with those of other centres under agreements that allow links unattended.

    The same valid PESEL number and one more agreeing field, where an agreement of the day between both lists
    that rule; people parted by hand stay apart. Answers how many were joined. Nobody is shown anything.
    """
    partners = _partners(institution_id, day)
    if not partners:
        return 0
    joined = 0
    with acting_for(institution_id, job=_JOB), transaction.atomic():
        for own, other in _same(institution_id, partners):
            _move(own, to_person=other.person_id, to_record=own.record_id, rule=str(LinkRule.PESEL_ONE_FIELD))
            joined += 1
    return joined


def _partners(institution_id: int, day: date) -> list[int]:
    return [
        other
        for other in access.partners_of(institution_id, day)
        if LinkRule.PESEL_ONE_FIELD in access.unattended_rules(institution_id, other, day)
    ]


def _same(institution_id: int, partners: list[int]) -> Iterator[tuple[Participant, Participant]]:
    own = Participant.objects.filter(institution_id=institution_id, pesel_index__isnull=False)
    parted = set(
        PersonMove.objects.filter(institution_id=institution_id, undone_at__isnull=False).values_list(
            "participant_id", flat=True
        )
    )
    by_number = {bytes(one.pesel_index): one for one in own.exclude(pk__in=parted)}
    theirs = Participant.objects.filter(institution_id__in=partners, pesel_index__isnull=False)
    for other in theirs.order_by("pk"):
        one = by_number.get(bytes(other.pesel_index))
        if one is not None and one.person_id != other.person_id and _agree(one, other):
            yield one, other


def _agree(one: Participant, other: Participant) -> bool:
    return (
        search_key(one.last_name) == search_key(other.last_name)
        or search_key(one.first_name) == search_key(other.first_name)
        or (one.birth_date is not None and one.birth_date == other.birth_date)
    )


def _locked(participant: UUID, by: Actor) -> Participant:
    row: Participant | None = (
        Participant.objects.visible_to(by).select_for_update().filter(uuid=participant).first()
    )
    if row is None:
        raise NoSuchRow(str(participant))
    return row


def _move(
    row: Participant, *, to_person: UUID, to_record: int | None, rule: str, by: Actor | None = None
) -> None:
    PersonMove.objects.create(
        institution_id=row.institution_id,
        participant=row,
        from_person=row.person_id,
        to_person=to_person,
        from_record_id=row.record_id,
        to_record_id=to_record,
        rule=rule,
        decided_by_user_id=by.user_id if by else 0,
    )
    row.person_id, row.record_id = to_person, to_record
    row.save(update_fields=["person", "record"])
