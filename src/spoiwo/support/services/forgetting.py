"""When somebody's record is erased, the support register forgets who they were; what was given stays counted."""

from typing import Any

from django.db.models import Q, QuerySet

from spoiwo.clients.services.erasing import Erased, on_erased
from spoiwo.support.models import (
    CaseStep,
    Certificate,
    Correction,
    Delivery,
    Participant,
    Path,
    Registration,
    SupportCase,
)
from spoiwo.toolkit.among import among
from spoiwo.toolkit.context import acting_for

JOB = "support"  # the named system job towards the database: hidden people are forgotten like anybody
NOBODY = "—"  # stands where a name stood


@on_erased
def forget(erased: Erased) -> None:
    """Forget everybody who is one of the erased records, in the transaction of the erasure."""
    with acting_for(erased.institution_id, job=JOB):
        forget_participants(Participant.objects.filter(among("record", erased.records)))


def forget_participants(people: QuerySet[Any]) -> None:
    """Destroy the keys of their numbers and take away what tells who they were, also in what was written of them."""
    rows = list(people.select_for_update())
    pks = [row.pk for row in rows]
    if not pks:
        return
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


def _forget_words(participants: list[int]) -> None:
    """Texts that advisers wrote about them."""
    about = among("participant", participants)
    cases = SupportCase.objects.filter(about).values("pk")
    CaseStep.objects.filter(case__in=cases).update(text=NOBODY)
    SupportCase.objects.filter(about, closed_on__isnull=False).update(outcome="")
    SupportCase.objects.filter(about).update(goal=NOBODY)
    Path.objects.filter(about).update(exit_reason="", plan_refs="")
    given = Delivery.objects.filter(about)
    Correction.objects.filter(delivery__in=given.values("pk")).update(reason=NOBODY)
    given.update(topic="", duplicate_reason="")


def _forget_applications(rows: list[Participant]) -> None:
    """What they typed to come to events, also where nobody answered, and the names on their certificates."""
    own = among("participant", [row.pk for row in rows])
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
