"""Choosing common clients for joint work by criteria, kept as a list with reasons."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from spoiwo.clients.queries import selecting
from spoiwo.kernel.actor import Actor
from spoiwo.plans.errors import NothingChosen
from spoiwo.plans.models import SelectedClient, Selection
from spoiwo.plans.rules import criteria
from spoiwo.plans.services.log import record_own
from spoiwo.plans.types import Candidate, Criterion


@transaction.atomic
def select_clients(
    *, name: str, wanted: Collection[Criterion], at: datetime, day: date, by: Actor
) -> Selection:
    """A list of the own common clients who meet at least one of the criteria, most reasons first.

    Raises NothingChosen.
    """
    if not wanted:
        raise NothingChosen
    chosen = []
    for one in selecting.common_now(by, kinds=criteria.KINDS, day=day):
        candidate = Candidate(
            record=one.record, status=one.status, status_from=one.status_from, facts=one.facts
        )
        found = criteria.reasons(candidate, wanted, today=day)
        if found:
            chosen.append((one.record, found))
    made = Selection.objects.create(
        institution_id=by.institution_id,
        name=name,
        criteria=[one.value for one in Criterion if one in wanted],
        made_at=at,
        made_by_id=by.user_id,
    )
    SelectedClient.objects.bulk_create(
        SelectedClient(
            selection=made,
            institution_id=by.institution_id,
            record_id=record,
            reasons=[reason.value for reason in found],
        )
        for record, found in sorted(chosen, key=lambda pair: -len(pair[1]))
    )
    record_own(by, f"selection:{made.uuid}", count=len(chosen))
    return made
