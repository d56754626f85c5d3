"""The report of a period: live figures, or those that stand since the period was closed."""

from dataclasses import dataclass, replace

from spoiwo.support.models import ClosedPeriod, Correction
from spoiwo.support.queries import measures
from spoiwo.support.types import Figure, Scope


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of a scope. period: the closed one they come from, None when they were counted now.

    corrections: changes made in closed periods that touch the scope's days, newest first.
    """

    scope: Scope
    figures: list[Figure]
    period: ClosedPeriod | None
    corrections: list[Correction]


def report(scope: Scope) -> Report:
    """The report of a scope. Figures of exactly one closed period of one institution are the frozen ones."""
    period = _closed(scope)
    counted = [] if period is not None else measures.figures(scope)
    if period is not None:
        units = {one.key: one.unit for one in measures.figures(_nothing(scope))}
        counted = [Figure(key, value, units[key]) for key, value in period.figures.items() if key in units]
    corrections = Correction.objects.of_institutions(scope).filter(day__gte=scope.first, day__lte=scope.last)
    return Report(scope, counted, period, list(corrections.select_related("made_by").order_by("-pk")[:200]))


def _closed(scope: Scope) -> ClosedPeriod | None:
    if len(scope.institutions) != 1 or scope.counties or scope.unemployed is not None:
        return None
    found: ClosedPeriod | None = ClosedPeriod.objects.filter(
        institution_id__in=scope.institutions, first_day=scope.first, last_day=scope.last
    ).first()
    return found


def _nothing(scope: Scope) -> Scope:
    """No institution has this id; asked for the keys and units alone."""
    return replace(scope, institutions=frozenset({0}))
