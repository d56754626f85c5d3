"""How many: for the menu, the home page and reports. No single person is named here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from spoiwo.access import queries as access
from spoiwo.clients.models import CommonClient, RegisterState
from spoiwo.clients.querysets import CommonClientQuerySet
from spoiwo.clients.rules import sharing
from spoiwo.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonCounts:
    """People of the own register whom one other institution serves too."""

    other_id: int
    people: int
    new: int  # since the last own import


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


def common_counts(institution_id: int, day: date) -> list[CommonCounts]:
    """Totals per partner for those who may see totals only; partners without a common client are left out."""
    givers = sharing.identifying(access.grants_to(institution_id, day))
    state = RegisterState.objects.filter(pk=institution_id).first()
    rows = CommonClient.objects.filter(institution_id=institution_id, other_id__in=givers)
    totals = dict(rows.values_list("other_id").annotate(people=Count("pk")).order_by("other_id"))
    newest = rows.filter(since_generation__gte=state.generation if state else 0)
    new = dict(newest.values_list("other_id").annotate(people=Count("pk")).order_by("other_id"))
    return [
        CommonCounts(other_id=other_id, people=people, new=new.get(other_id, 0))
        for other_id, people in totals.items()
    ]
