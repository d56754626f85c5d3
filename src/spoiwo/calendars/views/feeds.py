"""Feeds that calendar programs follow: a secret one for each person, one for everybody."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from spoiwo.calendars import queries, services
from spoiwo.calendars.models import Entry
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.doors import everyone, open_to

CALENDAR_TYPE = "text/calendar; charset=utf-8"
LOOK_BACK, LOOK_AHEAD = timedelta(days=370), timedelta(days=740)


@require_GET
@open_to(everyone)
def feed(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 the address is the key
    """What the owner of a secret address may see today; a revoked one is as good as none."""
    now, day = timezone.now(), timezone.localdate()
    found = queries.feed_of_key(key)
    actor = queries.actor_of_feed(found, day) if found else None
    if found is None or actor is None:
        raise Http404
    with acting_for(actor.institution_id):
        entries = queries.entries_between(actor, day - LOOK_BACK, day + LOOK_AHEAD)
    services.note_reading(found, at=now)
    return _file(entries, private=True)


@require_GET
@open_to(everyone)
def public_feed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 the same for everybody
    """What everybody may see."""
    day = timezone.localdate()
    return _file(queries.entries_between(None, day - LOOK_BACK, day + LOOK_AHEAD), private=False)


def _file(entries: list[Entry], *, private: bool) -> HttpResponse:
    with override("pl"):
        name = _("Partnership calendar")
    content = services.calendar_file(queries.events_of(entries), name=name, stamp=timezone.now())
    answer = HttpResponse(content, content_type=CALENDAR_TYPE)
    answer["Content-Disposition"] = 'inline; filename="kalendarz.ics"'
    answer["Cache-Control"] = "private, no-store" if private else "public, max-age=900"
    return answer
