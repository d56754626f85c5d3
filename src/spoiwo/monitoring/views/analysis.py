"""Looking into the figures: one released table, many pictures, each with its rows and files."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.monitoring import policies, queries
from spoiwo.monitoring.forms.choosing import AnalysisForm
from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.queries import own
from spoiwo.monitoring.services import snapshots
from spoiwo.monitoring.tables.cards import name_of
from spoiwo.monitoring.tables.own import beside_region
from spoiwo.monitoring.tables.pictures import shown
from spoiwo.monitoring.tables.pivots import axis_name
from spoiwo.monitoring.tables.released import REGION, Shown, table_of
from spoiwo.monitoring.types import State, View
from spoiwo.monitoring.views.files import PICTURES, picture_file
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(policies.may_read)
def analysis(request: ActorRequest) -> HttpResponse:
    """One card in the way that was chosen."""
    form, version, one = _looked_at(request)
    context = {
        "filters": form,
        "card": version,
        "shown": one,
        "query": request.GET.urlencode(),
        "formats": [name for name in PICTURES if one and (one.svg or name in {"csv", "xlsx"})],
        "freshness": snapshots.freshness(),
    }
    return render(request, "monitoring/analysis.html", context)


@require_GET
@open_to(policies.may_read)
def analysis_file(request: ActorRequest, form: str) -> HttpResponse:
    """The picture or its table as a file."""
    _form, version, one = _looked_at(request)
    if version is None or one is None or form not in PICTURES or (form in {"png", "svg"} and not one.svg):
        raise Http404
    return picture_file(version.indicator.code, form, one)


def _looked_at(request: ActorRequest) -> tuple[AnalysisForm, IndicatorVersion | None, Shown | None]:
    cards = [
        row.version for row in queries.listed_cards(request.actor) if row.version.state == State.APPROVED
    ]
    form = AnalysisForm(
        request.GET,
        cards=[(card.indicator.code, name_of(card)) for card in cards],
        has_own=policies.may_compose(request.actor),
    )
    code = request.GET.get("karta", "")
    version = next((card for card in cards if card.indicator.code == code), cards[0] if cards else None)
    if version is None:
        return form, None, None
    table = table_of(version, queries.published(version), timezone.localdate())
    levels = sorted({one.level for one in table.found})
    form.offer(
        areas=[(code, table.names.get(code, code)) for level in levels for code in table.places(level)],
        levels=[level for level in levels if level > REGION],
        periods=table.periods,
        cells=table.cells,
        axes=[(axis, axis_name(axis)) for axis in table.axes],
    )
    wanted = form.wanted()
    if wanted.view is View.OWN:
        return form, version, beside_region(table, own.own_series(request.actor, version))
    return form, version, shown(table, wanted) if table.found else None
