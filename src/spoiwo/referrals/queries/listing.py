"""Lists of referrals and one referral with all that belongs to it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch

from spoiwo.kernel.actor import Actor
from spoiwo.plans.queries import reading as plans
from spoiwo.plans.queries.acting import PlanAction
from spoiwo.referrals.models import CheckAnswer, Referral, ReferralEvent, ReferralFile, RefusedReferral
from spoiwo.referrals.querysets import FileQuerySet, ReferralQuerySet
from spoiwo.referrals.rules.steps import OPEN
from spoiwo.referrals.types import ListFilter, Side, State

ORDERS: dict[str, tuple[Any, ...]] = {
    "due": (F("due_on").asc(nulls_last=True), "pk"),
    "-due": (F("due_on").desc(nulls_last=True), "pk"),
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "-pk"),
    "sent": ("sent_on", "pk"),
    "-sent": ("-sent_on", "-pk"),
}


def referrals(actor: Actor, wanted: ListFilter, today: date) -> ReferralQuerySet:
    """Referrals of one side, overdue ones first unless another order is asked for."""
    found: ReferralQuerySet = Referral.objects.visible_to(actor).on_side(actor, wanted.side)
    found = found.with_words(wanted.text)
    if wanted.state == "open":
        found = found.unclosed()
    elif wanted.state == "closed":
        found = found.exclude(state__in=OPEN).exclude(acknowledged_at__isnull=True)
    elif wanted.state in set(State):
        found = found.filter(state=wanted.state)
    if wanted.overdue:
        found = found.overdue(today)
    full = found.select_related("place", "sender", "receiver", "sent_by")
    return full.order_by(*ORDERS.get(wanted.sort, ORDERS["due"]))


def waiting_counts(actor: Actor) -> dict[Side, int]:
    """How many referrals wait for the actor's institution, as sender and as receiver."""
    seen = Referral.objects.visible_to(actor)
    return {
        side: seen.on_side(actor, side).waiting_for(side).count() for side in (Side.SENDER, Side.RECEIVER)
    }


def referral(actor: Actor, uuid: UUID) -> Referral | None:
    """A referral with its parties, its course and what was checked."""
    parts = (
        Prefetch("events", ReferralEvent.objects.select_related("by").order_by("at", "pk")),
        Prefetch("answers", CheckAnswer.objects.select_related("item").order_by("item__position", "pk")),
    )
    found: Referral | None = (
        Referral.objects.visible_to(actor)
        .select_related("place", "sender", "receiver", "sent_by", "previous", "record", "action")
        .prefetch_related(*parts)
        .filter(uuid=uuid)
        .first()
    )
    return found


def waiting_at(row: Referral) -> int:
    """Which one in line somebody is who waits for a place; 0 for those who do not wait."""
    if row.state != State.WAITLISTED or row.waiting_since is None:
        return 0
    before = Referral.objects.filter(
        place_id=row.place_id, state=State.WAITLISTED, waiting_since__lt=row.waiting_since
    )
    return int(before.count()) + 1


def first_waiting(actor: Actor) -> list[Referral]:
    """At each of the own places with a free place, whoever has waited longest."""
    waiting = Referral.objects.visible_to(actor).on_side(actor, Side.RECEIVER).filter(state=State.WAITLISTED)
    found: dict[int, Referral] = {}
    for row in waiting.select_related("place", "sender").order_by("waiting_since", "pk"):
        place = row.place
        taken = place.taken_elsewhere + place.taken_by_referrals
        if place.places_total is None or place.places_total > taken:
            found.setdefault(row.place_id, row)
    return list(found.values())


def of_client(actor: Actor, client: UUID) -> list[Referral]:
    """Referrals of an own client that the actor's institution sent, newest first."""
    seen = Referral.objects.visible_to(actor).on_side(actor, Side.SENDER).filter(record__uuid=client)
    return list(seen.select_related("place", "receiver").order_by("-sent_on", "-pk"))


def of_plan(actor: Actor, plan: UUID) -> list[Referral]:
    """Referrals that the actor's institution sent for actions of a plan, newest first."""
    seen = Referral.objects.visible_to(actor).on_side(actor, Side.SENDER).filter(action__plan__uuid=plan)
    return list(seen.select_related("place", "receiver").order_by("-sent_on", "-pk"))


def action_of(actor: Actor, row: Referral) -> PlanAction | None:
    """The action of a plan for which somebody was referred; for the sender alone, and within reach."""
    if row.action is None or row.sender_id != actor.institution_id:
        return None
    return plans.action(actor, row.action.uuid)


def files(actor: Actor) -> FileQuerySet:
    """Files of referrals that were read, newest first."""
    found: FileQuerySet = ReferralFile.objects.visible_to(actor).order_by("-read_at", "-pk")
    return found


def refused_rows(actor: Actor, uuid: UUID) -> FileQuerySet:
    """Rows of a file that were not taken."""
    found: FileQuerySet = RefusedReferral.objects.visible_to(actor).filter(file__uuid=uuid).order_by("number")
    return found
