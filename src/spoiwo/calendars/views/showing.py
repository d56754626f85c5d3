"""The calendar as a month, a week or a list; it works without JavaScript and on paper."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.calendars import policies, queries
from spoiwo.calendars.tables import views as tables
from spoiwo.calendars.types import Shape
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in

SHAPES = {"miesiac": Shape.MONTH, "tydzien": Shape.WEEK, "lista": Shape.LIST}


@require_GET
@open_to(signed_in)
def calendar(request: ActorRequest) -> HttpResponse:
    """What the institution has in its calendars."""
    today = timezone.localdate()
    shape = SHAPES.get(request.GET.get("widok", ""), Shape.MONTH)
    day = _day(request.GET.get("dzien", ""), today)
    first, last = tables.span_of(shape, day)
    entries = queries.entries_between(request.actor, first, last)
    earlier, later = tables.neighbours(shape, day)
    context = {
        "shape": shape,
        "shapes": SHAPES,
        "day": day,
        "today": today,
        "first": first,
        "last": last,
        "earlier": earlier,
        "later": later,
        "weeks": tables.grid(shape, day, today, entries) if shape is not Shape.LIST else [],
        "days": tables.listing(entries, first, last),
        "may_write": policies.may_write(request.actor),
    }
    return render(request, "calendars/calendar.html", context)


@require_GET
@open_to(signed_in)
def entry(request: ActorRequest, entry_id: int) -> HttpResponse:
    """One entry."""
    row = queries.entry(request.actor, entry_id)
    if row is None:
        raise Http404
    context = {"entry": row, "may_change": policies.may_change(request.actor, row)}
    return render(request, "calendars/entry.html", context)


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
