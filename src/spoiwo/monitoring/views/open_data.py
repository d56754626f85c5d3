"""Open data: published figures for everybody, with the card, what they stand on, and files for machines."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spoiwo.monitoring import queries
from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.queries import released
from spoiwo.monitoring.tables import open_files
from spoiwo.monitoring.tables.cards import card_lines, name_of, quality_lines, text_of
from spoiwo.monitoring.tables.figures import figure_rows
from spoiwo.monitoring.tables.released import table_of
from spoiwo.monitoring.tables.summaries import headline, quality
from spoiwo.monitoring.views.files import sent
from spoiwo.monitoring.views.reading import pictures_of
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import everyone, open_to


@require_GET
@open_to(everyone)
def index(request: HttpRequest) -> HttpResponse:
    """All published cards."""
    rows = [
        {
            "version": version,
            "name": name_of(version),
            "definition": text_of(version, "definition"),
            "side": version.indicator.get_side_display(),
            "publication": publication,
        }
        for version, publication in released.for_everybody()
    ]
    return render(request, "monitoring/open_list.html", {"rows": rows})


@require_GET
@open_to(everyone)
def card(request: HttpRequest, code: str) -> HttpResponse:
    """A published card with its figures."""
    version = _released(code)
    found = queries.published(version)
    day = timezone.localdate()
    table = table_of(version, found, day)
    publication = version.publications.order_by("-number")[0]
    context = {
        "card": version,
        "name": name_of(version),
        "lines": card_lines(version, queries.measures()),
        "rows": figure_rows(found, day, table.decimals),
        "publication": publication,
        "headline": headline(table),
        "quality": quality_lines(quality(version, found, publication)),
        **pictures_of(table),
    }
    return render(request, "monitoring/open_card.html", context)


@require_GET
@open_to(everyone)
def figures_csv(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001
    """The figures as CSV."""
    version = _released(code)
    content = open_files.rows(version, queries.published(version))
    return _cached(sent(f"{code}.csv", sheets.CSV_TYPE, content))


@require_GET
@open_to(everyone)
def figures_json(request: HttpRequest, code: str) -> HttpResponse:
    """The figures with the card and what they stand on as JSON."""
    version = _released(code)
    content = {
        **_metadata(request, version),
        "figures": open_files.records(version, queries.published(version)),
    }
    return _cached(JsonResponse(content, json_dumps_params={"ensure_ascii": False}))


@require_GET
@open_to(everyone)
def metadata(request: HttpRequest, code: str) -> HttpResponse:
    """What the files hold, for machines (after CSV on the Web)."""
    content = _metadata(request, _released(code))
    return _cached(JsonResponse(content, json_dumps_params={"ensure_ascii": False}))


def _metadata(request: HttpRequest, version: IndicatorVersion) -> dict[str, object]:
    code = version.indicator.code
    address = request.build_absolute_uri(reverse("monitoring:open_csv", args=[code]))
    return open_files.metadata(version, version.publications.order_by("-number")[0], address, _("Open data"))


def _released(code: str) -> IndicatorVersion:
    found = released.one_for_everybody(code)
    if found is None:
        raise Http404
    return found


def _cached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    return response
