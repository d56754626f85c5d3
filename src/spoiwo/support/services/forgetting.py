"""When somebody is erased, the support register forgets who they were; what was given stays counted."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from spoiwo.audit.types import Action
from spoiwo.clients.services.erasing import Erased, on_erased, on_restored, put_down_elsewhere
from spoiwo.clients.services.erasure_register import Line
from spoiwo.kernel.actor import Actor
from spoiwo.support.errors import NoBasis, NoSuchRow, StandsInRegister
from spoiwo.support.models import (
    CaseDocument,
    CaseStep,
    Certificate,
    Correction,
    Delivery,
    Participant,
    Path,
    Registration,
    SupportCase,
)
from spoiwo.support.services.log import record
from spoiwo.toolkit.among import among
from spoiwo.toolkit.context import acting_for

JOB = "support"  # the named system job towards the database: hidden people are forgotten like anybody
NOBODY = "—"  # stands where a name stood
LEAST_BASIS = 10  # characters


@transaction.atomic
def erase_person(uuid: UUID, *, basis: str, by: Actor) -> None:
    """Erase somebody whom the centre knows from its support alone, because they asked or a rule says so.

    Rows joined with theirs go too. Raises NoSuchRow, NoBasis, StandsInRegister.
    """
    row = Participant.objects.visible_to(by).filter(uuid=uuid).exclude(wrapped_key=b"").first()
    if row is None:
        raise NoSuchRow(str(uuid))
    if len(basis.strip()) < LEAST_BASIS:
        raise NoBasis
    same = Participant.objects.visible_to(by).filter(person=row.person_id)
    if same.filter(record__isnull=False).exists():
        raise StandsInRegister
    uuids = list(same.values_list("uuid", flat=True))
    forget_participants(same)
    for one in uuids:
        put_down_elsewhere((one, by.institution_id, timezone.now(), basis.strip()))
        record(by, "participant", one, action=Action.ERASE)


@on_erased
def forget(erased: Erased) -> None:
    """Forget everybody who is one of the erased records, in the transaction of the erasure."""
    with acting_for(erased.institution_id, job=JOB):
        forget_participants(Participant.objects.filter(among("record", erased.records)))


@on_restored
def forget_again(lines: Sequence[Line]) -> int:
    """Forget whom a restored backup brought back."""
    done = 0
    for institution in sorted({one[1] for one in lines}):
        uuids = [one[0] for one in lines if one[1] == institution]
        with acting_for(institution, job=JOB), transaction.atomic():
            back = Participant.objects.filter(among("uuid", uuids), institution_id=institution)
            done += forget_participants(back.exclude(wrapped_key=b""))
    return done


def forget_participants(people: QuerySet[Any]) -> int:
    """Destroy the keys of their numbers and take away what tells who they were; says how many they are."""
    rows = list(people.select_for_update())
    pks = [row.pk for row in rows]
    if not pks:
        return 0
    _forget_words(pks)
    _forget_applications(rows)
    Participant.objects.filter(among("pk", pks)).update(
        wrapped_key=b"",
        pesel_sealed=b"",
        pesel_index=None,
        first_name="",
        last_name=NOBODY,
        birth_date=None,
        phone="",
        email="",
        sort_key="",
        search_key="",
    )
    return len(pks)


def _forget_words(participants: list[int]) -> None:
    """Texts that advisers wrote about them."""
    about = among("participant", participants)
    cases = SupportCase.objects.filter(about).values("pk")
    CaseStep.objects.filter(case__in=cases).update(text=NOBODY)
    CaseDocument.objects.filter(case__in=cases).delete()
    SupportCase.objects.filter(about, closed_on__isnull=False).update(outcome="")
    SupportCase.objects.filter(about).update(goal=NOBODY)
    Path.objects.filter(about).update(exit_reason="", plan_refs="")
    given = Delivery.objects.filter(about)
    Correction.objects.filter(delivery__in=given.values("pk")).update(reason=NOBODY)
    given.update(topic="", duplicate_reason="")


def _forget_applications(rows: list[Participant]) -> None:
    """What they typed to come to events, also where nobody answered, and the names on their certificates."""
    own = Q(among("participant", [row.pk for row in rows]))
    for row in rows:
        for field in ("email", "phone"):
            if value := getattr(row, field):
                own |= Q(
                    **{f"{field}__iexact": value},
                    participant__isnull=True,
                    institution_id=row.institution_id,
                    last_name__iexact=row.last_name,
                )
    applied = Registration.objects.filter(own)
    Certificate.objects.filter(registration__in=applied.values("pk")).update(full_name=NOBODY)
    applied.update(first_name="", last_name=NOBODY, email="", phone="", represents="", needs="")
