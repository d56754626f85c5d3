"""The report of a period: live figures, or those that stand since the period was closed."""

from collections.abc import Mapping
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
    figures = today if period is None else _frozen(_kept(period, scope) or {}, today)
    changes = [
        Change(one.key, one.unit, one.value, now.value)
        for one, now in zip(figures, today, strict=True)
        if one.value != now.value
    ]
    made = Correction.objects.of_institutions(scope).filter(day__gte=scope.first, day__lte=scope.last)
    newest = made.select_related("made_by").order_by("-pk")[:CORRECTIONS_SHOWN]
    return Report(scope, figures, period, list(newest), made.count(), changes)


def by_county(found: Report) -> dict[str, list[Figure]]:
    """Figures of a report county by county; those of a closed period as they stood, of the whole of it alone."""
    if found.period is None:
        return measures.by_county(found.scope)
    kept = {} if found.scope.part else found.period.by_county
    return {
        county: [Figure(key, value, _unit(key)) for key, value in figures.items()]
        for county, figures in sorted(kept.items())
    }


def _unit(key: str) -> Unit:
    return Unit.HOURS if key.endswith("hours") else Unit.COUNT


def _frozen(kept: Mapping[str, float], today: list[Figure]) -> list[Figure]:
    """Figures as they stood; one that was not counted yet when the period was closed is as it is today."""
    return [Figure(one.key, kept.get(one.key, one.value), one.unit) for one in today]


def _kept(period: ClosedPeriod, scope: Scope) -> dict[str, float] | None:
    """What stands of a closed period for the scope; None for a part that was not counted when it was closed."""
    figures: dict[str, float] | None = period.narrowed.get(scope.part) if scope.part else period.figures
    return figures


def _closed(scope: Scope) -> ClosedPeriod | None:
    if len(scope.institutions) != 1:
        return None
    found: ClosedPeriod | None = ClosedPeriod.objects.filter(
        institution_id__in=scope.institutions, first_day=scope.first, last_day=scope.last
    ).first()
    return found if found is not None and _kept(found, scope) is not None else None
