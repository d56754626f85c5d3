"""Telling two directors how many clients they share before they sign: two figures, and nothing about anybody.

The registers are compared in memory; of what was found only the figures are kept.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from spoiwo.access import policies as access_policies
from spoiwo.access import queries as access
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor
from spoiwo.matching.errors import NoSuchAgreement
from spoiwo.matching.models import SharedCount
from spoiwo.matching.rules.counting import may_be_counted_again
from spoiwo.matching.services import knowing
from spoiwo.matching.services.parts import part
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for

COUNT = "matching.count_shared"


def ask(*, agreement_id: int, by: Actor) -> None:
    """Ask for the own institution how many clients it shares with the other parties of a draft.

    When the other side has asked too, the registers are compared. Raises NoSuchAgreement when the draft is out
    of the actor's reach.
    """
    draft = access.agreement(by, agreement_id)
    if draft is None or not access_policies.may_sign_ever(by, draft):
        raise NoSuchAgreement(str(agreement_id))
    others = {party.institution_id for party in draft.parties.all()} - {by.institution_id}
    with acting_for(by.institution_id), transaction.atomic():
        for other in sorted(others):
            _ask(by.institution_id, other, timezone.now())
        audit.append(
            Entry(
                institution_id=by.institution_id,
                institution_acting_id=by.institution_id,
                action=Action.AGREEMENT_CHANGED,
                actor_user_id=by.user_id,
                object_ref=f"agreement:{draft.pk}",
                agreement=draft.number,
                outcome="count_asked",
            )
        )


def count_shared(left: int, right: int) -> None:
    """Compare two registers and keep how many people they share. Does nothing unless both sides asked for it."""
    with part(left):
        row = SharedCount.objects.filter(left_institution=left, right_institution=right).first()
        if row is None or row.left_asked_at is None or row.right_asked_at is None:
            return
    sure, possible = knowing.count_between(left, right)
    with part(left):
        row = SharedCount.objects.select_for_update().get(pk=row.pk)
        row.sure, row.possible, row.counted_at = sure, possible, timezone.now()
        row.save()


def _ask(own: int, other: int, now: datetime) -> None:
    left, right = knowing.ordered(own, other)
    row, _ = SharedCount.objects.get_or_create(left_institution_id=left, right_institution_id=right)
    row = SharedCount.objects.select_for_update().get(pk=row.pk)
    if row.counted_at is not None:
        if not may_be_counted_again(row.counted_at, now):
            return
        row.left_asked_at = row.right_asked_at = row.counted_at = None
    if own == left:
        row.left_asked_at = row.left_asked_at or now
    else:
        row.right_asked_at = row.right_asked_at or now
    row.save()
    if row.left_asked_at and row.right_asked_at:
        transaction.on_commit(lambda: jobs.enqueue(COUNT, left=left, right=right))
