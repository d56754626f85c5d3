"""Cards for those signed in: the list, one card with its figures, the card on paper."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.monitoring import policies, queries
from spoiwo.monitoring.forms.measures import AskForm
from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.services import shipped, snapshots
from spoiwo.monitoring.tables import papers
from spoiwo.monitoring.tables.cards import card_lines, name_of, quality_lines
from spoiwo.monitoring.tables.figures import figure_rows
from spoiwo.monitoring.tables.pictures import shown
from spoiwo.monitoring.tables.released import Table, table_of
from spoiwo.monitoring.tables.summaries import headline, quality
from spoiwo.monitoring.types import Asked, State, View, Wanted
from spoiwo.monitoring.views.files import PAPERS, sent
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(policies.may_read)
def card_list(request: ActorRequest) -> HttpResponse:
    """All cards by side of the sector."""
    form = AskForm(request.GET)
    asked = form.asked()
    rows = queries.listed_cards(request.actor, asked)
    shown_rows = [
        {"row": row, "name": name_of(row.version), "side": row.version.indicator.get_side_display()}
        for row in rows
    ]
    is_writer = policies.may_write(request.actor)
    context = {
        "rows": shown_rows,
        "filters": form,
        "is_asked": asked != Asked(),
        "may_write": is_writer,
        "retired": [(one.indicator.code, name_of(one)) for one in queries.retired_cards()],
        "ready": len(shipped.ready_cards()) if is_writer else 0,
        "waiting": len(shipped.waiting_ready(request.actor)) if is_writer else 0,
        "freshness": snapshots.freshness(),
    }
    return render(request, "monitoring/list.html", context)


@require_GET
@open_to(policies.may_read)
def card(request: ActorRequest, code: str) -> HttpResponse:
    """The approved version of a card with its figures; before the first approval its draft."""
    version, versions = counting(request, code)
    found = queries.published(version)
    publication = version.publications.order_by("-number").first()
    day = timezone.localdate()
    table = table_of(version, found, day)
    context: dict[str, Any] = {
        "card": version,
        "versions": versions,
        "name": name_of(version),
        "lines": card_lines(version, queries.measures(), with_people=True),
        "rows": figure_rows(found, day, table.decimals),
        "publication": publication,
        "headline": headline(table),
        "may_write": may_write(request, version),
        **pictures_of(table),
    }
    if publication:
        context["quality"] = quality_lines(quality(version, found, publication))
    return render(request, "monitoring/card.html", context)


def pictures_of(table: Table) -> dict[str, Any]:
    """The pictures that stand on the page of a card."""
    if not table.found:
        return {}
    return {
        "over_time": shown(table, Wanted(View.OVER_TIME)),
        "map": shown(table, Wanted(View.MAP)) if len({one.level for one in table.found}) > 1 else None,
    }


@require_GET
@open_to(policies.may_read)
def card_file(request: ActorRequest, code: str, form: str) -> HttpResponse:
    """The printed card: PDF or DOCX."""
    if form not in PAPERS:
        raise Http404
    version, _versions = counting(request, code)
    publication = version.publications.order_by("-number").first()
    found = queries.published(version)
    table = table_of(version, found, timezone.localdate())
    box = quality_lines(quality(version, found, publication)) if publication else []
    paper = papers.card(table, card_lines(version, queries.measures(), with_people=True), box, publication)
    kind, write = PAPERS[form]
    return sent(f"karta-{code}.{form}", kind, write(paper))


def counting(request: ActorRequest, code: str) -> tuple[IndicatorVersion, list[IndicatorVersion]]:
    """The version of a card that counts, and all in reach."""
    versions = list(queries.versions_of(request.actor, code))
    if not versions:
        raise Http404
    return next((one for one in versions if one.state == State.APPROVED), versions[0]), versions


def may_write(request: ActorRequest, version: IndicatorVersion) -> bool:
    """Whether the reader keeps this card."""
    own = version.indicator.institution_id == request.actor.institution_id
    return own and policies.may_write(request.actor)
