"""Naming somebody who stands in during an absence."""

from datetime import date, datetime

from django.db import transaction

from spoiwo.audit.types import Action
from spoiwo.districts.errors import (
    EndsBeforeStart,
    NoSuchRow,
    NotAColleague,
    OverlapsAbsence,
    OwnSubstitute,
)
from spoiwo.districts.models import Substitution
from spoiwo.districts.services.log import record
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor


@transaction.atomic
def name_substitute(*, substitute_id: int, starts_on: date, ends_on: date, by: Actor) -> Substitution:
    """Name who does one's work from a day to a day, both included.

    Raises OwnSubstitute, NotAColleague, EndsBeforeStart, OverlapsAbsence when somebody is named for one of the days.
    """
    if substitute_id == by.user_id:
        raise OwnSubstitute
    if substitute_id not in institutions.staff_of(by.institution_id):
        raise NotAColleague(str(substitute_id))
    if ends_on < starts_on:
        raise EndsBeforeStart
    named = Substitution.objects.select_for_update().filter(
        institution_id=by.institution_id, absent_id=by.user_id, withdrawn_at__isnull=True
    )
    if any(one.starts_on <= ends_on and starts_on <= one.ends_on for one in named):
        raise OverlapsAbsence
    made = Substitution.objects.create(
        institution_id=by.institution_id,
        absent_id=by.user_id,
        substitute_id=substitute_id,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record(by, "substitution", made.pk)
    return made


@transaction.atomic
def withdraw_substitute(substitution_id: int, *, at: datetime, by: Actor) -> None:
    """Take back whom one named. Raises NoSuchRow."""
    row = (
        Substitution.objects.select_for_update()
        .filter(
            pk=substitution_id,
            institution_id=by.institution_id,
            absent_id=by.user_id,
            withdrawn_at__isnull=True,
        )
        .first()
    )
    if row is None:
        raise NoSuchRow(str(substitution_id))
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    record(by, "substitution", row.pk, outcome="withdrawn")


def record_stand_in(absent_id: int, *, count: int, by: Actor) -> None:
    """Put on record that the substitute opened the work of an absent colleague."""
    record(by, "work-of", absent_id, outcome="substitute", count=count, action=Action.LIST_CLIENTS)
