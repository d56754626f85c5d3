"""Cards for everybody: the list, one card with its figures, the printed card."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.monitoring import policies, queries
from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.tables import card_lines, figure_rows, name_of, series
from spoiwo.monitoring.types import State
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(policies.may_read)
def card_list(request: ActorRequest) -> HttpResponse:
    """All cards by side of the sector."""
    rows = queries.listed_cards(request.actor)
    shown = [
        {"row": row, "name": name_of(row.version), "side": row.version.indicator.get_side_display()}
        for row in rows
    ]
    return render(
        request, "monitoring/list.html", {"rows": shown, "may_write": policies.may_write(request.actor)}
    )


@require_GET
@open_to(policies.may_read)
def card(request: ActorRequest, code: str) -> HttpResponse:
    """The approved version of a card with its figures; before the first approval its draft."""
    versions = list(queries.versions_of(request.actor, code))
    if not versions:
        raise Http404
    version = next((one for one in versions if one.state == State.APPROVED), versions[0])
    found = queries.published(version)
    context = {
        "version": version,
        "versions": versions,
        "name": name_of(version),
        "lines": card_lines(version, queries.measures()),
        "rows": figure_rows(found, timezone.localdate()),
        "series": series(found),
        "may_write": _may_write(request, version),
    }
    return render(request, "monitoring/card.html", context)


def _may_write(request: ActorRequest, version: IndicatorVersion) -> bool:
    own = version.indicator.institution_id == request.actor.institution_id
    return own and policies.may_write(request.actor)
