"""Reads of the monitoring plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.models import Collection, IndicatorVersion, Objective, Programme
from spoiwo.monitoring.types import State


@dataclass(frozen=True, slots=True)
class Branch:
    """An objective with its depth in the tree and the approved cards that watch it."""

    objective: Objective
    depth: int
    versions: tuple[IndicatorVersion, ...]


def programmes(actor: Actor) -> list[Programme]:
    """All programmes, the newest first."""
    return list(
        Programme.objects.visible_to(actor).select_related("institution").order_by("-last_year", "pk")
    )


def programme(actor: Actor, pk: int) -> Programme | None:
    """One programme."""
    return Programme.objects.visible_to(actor).select_related("institution").filter(pk=pk).first()


def objectives_of(version: IndicatorVersion) -> list[str]:
    """What a card watches, each objective with the programme that it belongs to."""
    found = Objective.objects.filter(indicators=version.indicator_id).select_related("programme")
    return [f"{one.name} ({one.programme.name})" for one in found.order_by("programme", "place", "pk")]


def tree(found: Programme) -> list[Branch]:
    """The objectives in the order in which a tree is read."""
    rows = list(found.objectives.order_by("place", "pk").prefetch_related("indicators"))
    below: dict[int | None, list[Objective]] = {}
    for row in rows:
        below.setdefault(row.above_id, []).append(row)
    watched = {indicator.pk for row in rows for indicator in row.indicators.all()}
    approved = IndicatorVersion.objects.filter(state=State.APPROVED, indicator__in=watched)
    versions = {one.indicator_id: one for one in approved.select_related("indicator")}
    return list(_walk(below, None, 0, versions))


def _walk(
    below: dict[int | None, list[Objective]],
    above: int | None,
    depth: int,
    versions: dict[int, IndicatorVersion],
) -> Sequence[Branch]:
    found: list[Branch] = []
    for row in below.get(above, []):
        watching = [versions[one.pk] for one in row.indicators.all() if one.pk in versions]
        found.append(Branch(row, depth, tuple(sorted(watching, key=lambda one: one.name_pl))))
        found += _walk(below, row.pk, depth + 1, versions)
    return found


def collections(found: Programme) -> list[Collection]:
    """The calendar of collections: what is open first, by day."""
    rows = found.collections.select_related("owner", "indicator")
    return sorted(rows, key=lambda one: (one.done_on is not None, one.due_on, one.pk))


def late_collections(actor: Actor, day: date) -> int:
    """How many deliveries of the actor's institution are overdue."""
    return Collection.objects.filter(
        owner_id=actor.institution_id, done_on__isnull=True, due_on__lt=day
    ).count()
