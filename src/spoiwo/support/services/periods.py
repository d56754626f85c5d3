"""Closing a period: its figures stand from then on, and later changes are listed as corrections."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from spoiwo.kernel.actor import Actor
from spoiwo.support import policies
from spoiwo.support.errors import NoSuchRow
from spoiwo.support.models import ClosedPeriod
from spoiwo.support.queries import measures, places
from spoiwo.support.rules import periods as rules
from spoiwo.support.services.log import record
from spoiwo.support.types import Figure, Scope


@transaction.atomic
def close_period(*, first_day: date, last_day: date, today: date, by: Actor) -> ClosedPeriod:
    """Freeze the figures of the own centre's days; a year may be closed over quarters that are.

    Raises PeriodNotOver, PeriodOverlaps, NoSuchRow.
    """
    if not policies.may_close_periods(by):
        raise NoSuchRow("period")
    rules.check_over(last_day=last_day, today=today)
    closed = ClosedPeriod.objects.visible_to(by).select_for_update()
    touched = closed.filter(first_day__lte=last_day, last_day__gte=first_day)
    rules.check_apart(first_day, last_day, touched.values_list("first_day", "last_day"))
    scope = Scope(first=first_day, last=last_day, institutions=frozenset({by.institution_id}))
    wanted = [places.counties_of(code, last_day) for code, _name in places.places(by, today)]
    parts = measures.narrowed(scope, wanted)
    period = ClosedPeriod.objects.create(
        institution_id=by.institution_id,
        first_day=first_day,
        last_day=last_day,
        figures=_values(measures.figures(scope)),
        narrowed={part: _values(figures) for part, figures in parts.items()},
        by_county={county: _values(figures) for county, figures in measures.by_county(scope).items()},
        closed_at=timezone.now(),
        closed_by_id=by.user_id,
    )
    record(by, "support-period", period.uuid)
    return period


def _values(figures: Iterable[Figure]) -> dict[str, float]:
    return {one.key: one.value for one in figures}
