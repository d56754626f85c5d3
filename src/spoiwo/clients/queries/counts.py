"""How many: for the menu, the home page and reports. No single person is named here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.clients.models import CommonClient, RegisterState
from spoiwo.clients.querysets import CommonClientQuerySet
from spoiwo.clients.rules import sharing, situation
from spoiwo.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonCounts:
    """People of the own register whom one other institution serves too."""

    other_id: int
    people: int
    recent: int  # since the day asked for


def count_people(clients: CommonClientQuerySet, givers: Iterable[int]) -> int:
    """People in a set of common clients, each once however many institutions serve them."""
    if len(set(givers)) == 1:
        return clients.count()
    return clients.order_by().values("record").distinct().count()


def count_common(actor: Actor, day: date, *, new: bool = False) -> int:
    """The actor's common clients under agreements in force; with new, only those since the last own import."""
    givers = sharing.identifying(access.grants_to(actor.institution_id, day))
    clients = CommonClient.objects.visible_to(actor).served_by(givers)
    if new:
        state = RegisterState.objects.filter(pk=actor.institution_id).first()
        clients = clients.filter(since_generation__gte=state.generation if state else 0)
    return count_people(clients, givers)


def common_records(institution_id: int, day: date) -> set[int]:
    """Ids of own records whose people some partner serves too, under agreements in force."""
    givers = sharing.identifying(access.grants_to(institution_id, day))
    clients = CommonClient.objects.filter(institution_id=institution_id, other_id__in=givers)
    return set(clients.values_list("record_id", flat=True))


def common_counts(institution_id: int, day: date, *, since: date | None = None) -> list[CommonCounts]:
    """Totals per partner for those who may see totals only; partners without a common client are left out.

    since: from when somebody counts as recent; the day itself unless told otherwise.
    """
    givers = sharing.identifying(access.grants_to(institution_id, day))
    begins = timezone.make_aware(datetime.combine(since or day, time.min))
    rows = (
        CommonClient.objects.filter(institution_id=institution_id, other_id__in=givers)
        .values_list("other_id")
        .annotate(people=Count("pk"), recent=Count("pk", filter=Q(since__gte=begins)))
    )
    return [
        CommonCounts(other_id=other_id, people=people, recent=recent)
        for other_id, people, recent in rows.order_by("-people", "other_id")
    ]


def register_age(institution_id: int, day: date) -> tuple[date | None, int]:
    """The day that the register in force tells of (None: none was brought in yet), and its age when it is old."""
    as_of = RegisterState.objects.filter(pk=institution_id).values_list("as_of", flat=True).first()
    return as_of, situation.days_old(as_of, day, situation.OWN_STALE_AFTER_DAYS)
