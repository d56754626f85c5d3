"""The report of a period: live figures, or those that stand since the period was closed."""

from dataclasses import dataclass

from spoiwo.support.models import ClosedPeriod, Correction
from spoiwo.support.queries import measures
from spoiwo.support.types import Figure, Scope, Unit

CORRECTIONS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that would be another today than when its period was closed."""

    key: str
    unit: Unit
    closed: float
    today: float


@dataclass(frozen=True, slots=True)
class Report:
    """Figures of a scope. period: the closed one they come from, None when they were counted now.

    corrections: changes made in closed periods that touch the scope's days, the newest ones; corrected: how many
    there are. changes: figures that rows written down since closing would change.
    """

    scope: Scope
    figures: list[Figure]
    period: ClosedPeriod | None
    corrections: list[Correction]
    corrected: int
    changes: list[Change]


def report(scope: Scope) -> Report:
    """The report of a scope. Figures of exactly one closed period of one institution are the frozen ones."""
    today = measures.figures(scope)
    period = _closed(scope)
    figures = today if period is None else _frozen(period, today)
    changes = [
        Change(one.key, one.unit, one.value, now.value)
        for one, now in zip(figures, today, strict=True)
        if one.value != now.value
    ]
    made = Correction.objects.of_institutions(scope).filter(day__gte=scope.first, day__lte=scope.last)
    newest = made.select_related("made_by").order_by("-pk")[:CORRECTIONS_SHOWN]
    return Report(scope, figures, period, list(newest), made.count(), changes)


def _frozen(period: ClosedPeriod, today: list[Figure]) -> list[Figure]:
    """Figures as they stood; one that was not counted yet when the period was closed is as it is today."""
    return [Figure(one.key, period.figures.get(one.key, one.value), one.unit) for one in today]


def _closed(scope: Scope) -> ClosedPeriod | None:
    if len(scope.institutions) != 1 or scope.counties or scope.unemployed is not None:
        return None
    found: ClosedPeriod | None = ClosedPeriod.objects.filter(
        institution_id__in=scope.institutions, first_day=scope.first, last_day=scope.last
    ).first()
    return found
