"""Dashboards, and the own institution beside the region."""

from http import HTTPStatus

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.institutions import queries as institutions
from spoiwo.monitoring import messages, policies, queries
from spoiwo.monitoring.errors import BoardNotFound, MonitoringError
from spoiwo.monitoring.forms.boards import BoardForm, TileForm
from spoiwo.monitoring.models import Board, IndicatorVersion, Tile
from spoiwo.monitoring.queries import boards, own, plans
from spoiwo.monitoring.services import boards as services
from spoiwo.monitoring.tables.cards import name_of
from spoiwo.monitoring.tables.figures import number, places_of, told
from spoiwo.monitoring.tables.own import beside_region
from spoiwo.monitoring.tables.pictures import shown
from spoiwo.monitoring.tables.released import REGION, Shown, Table, table_of
from spoiwo.monitoring.types import State, View, Wanted
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(policies.may_compose)
def board_list(request: ActorRequest) -> HttpResponse:
    """The dashboards of the reader, and a new one."""
    seat = institutions.institution_of(request.actor)
    places = institutions.units_to_choose(seat, timezone.localdate())
    form = BoardForm(
        request.POST or None,
        initial={"programme_id": request.GET.get("program", "")},
        places=[(code, name) for code, name in places if len(code) == 4],
        programmes=[(one.pk, one.name) for one in plans.programmes(request.actor)],
    )
    if request.method == "POST" and form.is_valid():
        made = services.begin_board(**form.cleaned_data, by=request.actor)
        return redirect("monitoring:board", made.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"boards": boards.boards(request.actor), "form": form}
    return render(request, "monitoring/boards.html", context, status=status)


@require_GET
@open_to(policies.may_compose)
def board(request: ActorRequest, pk: int) -> HttpResponse:
    """One dashboard."""
    found = _found(request, pk)
    day = timezone.localdate()
    tiles = []
    for tile, version in boards.tiles(found):
        table = table_of(version, queries.published(version), day)
        if table.found:
            tiles.append({"tile": tile, "version": version, "shown": _picture(request, found, tile, table)})
    is_own = found.owner_user_id == request.actor.user_id
    context = {"board": found, "tiles": tiles, "is_own": is_own}
    if is_own:
        cards = [(one.indicator.code, name_of(one)) for one in approved(request)]
        context["form"] = TileForm(cards=cards)
    return render(request, "monitoring/board.html", context)


def _picture(request: ActorRequest, board: Board, tile: Tile, table: Table) -> Shown:
    """What stands on a tile; the own institution's figures are those of whoever looks."""
    if tile.view == View.OWN:
        return beside_region(table, own.own_series(request.actor, table.version))
    return shown(table, Wanted(View(tile.view), place=board.place, own=board.place))


@require_POST
@open_to(policies.may_compose)
def add_tile(request: ActorRequest, pk: int) -> HttpResponse:
    """A picture more."""
    _found(request, pk)
    form = TileForm(request.POST, cards=[(one.indicator.code, name_of(one)) for one in approved(request)])
    if form.is_valid():
        try:
            services.add_tile(
                board_id=pk,
                code=form.cleaned_data["karta"],
                view=View(form.cleaned_data["widok"]),
                by=request.actor,
            )
        except BoardNotFound:
            raise Http404 from None
        except MonitoringError as error:
            notices.warning(request, messages.message_for(error))
    return redirect("monitoring:board", pk)


@require_POST
@open_to(policies.may_compose)
def change_board(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a picture off, or throw the dashboard away."""
    _found(request, pk)
    tile = request.POST.get("tile", "")
    try:
        if tile.isdecimal():
            services.remove_tile(board_id=pk, tile_id=int(tile), by=request.actor)
            return redirect("monitoring:board", pk)
        services.remove_board(board_id=pk, by=request.actor)
    except BoardNotFound:
        raise Http404 from None
    return redirect("monitoring:boards")


@require_GET
@open_to(policies.may_compose)
def compare(request: ActorRequest) -> HttpResponse:
    """The own institution beside the region."""
    rows = []
    for one in own.own_figures(request.actor, approved(request)):
        region = next(
            (
                f
                for f in queries.published(one.version)
                if f.level == REGION and not any(f.cell) and f.period == one.figure.period
            ),
            None,
        )
        rows.append(
            {
                "code": one.version.indicator.code,
                "name": name_of(one.version),
                "period": one.figure.period,
                "own": number(one.figure.value or 0.0, places_of(one.version)),
                "region": told(region, places_of(one.version)) if region else ".",
            }
        )
    seat = institutions.institution_of(request.actor)
    return render(request, "monitoring/compare.html", {"rows": rows, "seat": seat})


def approved(request: ActorRequest) -> list[IndicatorVersion]:
    """Cards whose figures can be shown."""
    rows = queries.listed_cards(request.actor)
    return [row.version for row in rows if row.version.state == State.APPROVED]


def _found(request: ActorRequest, pk: int) -> Board:
    found = boards.board(request.actor, pk)
    if found is None:
        raise Http404
    return found
