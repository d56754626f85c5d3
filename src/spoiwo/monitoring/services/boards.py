"""Putting dashboards together."""

from django.db import transaction
from django.db.models import Max

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.errors import BoardFull, BoardNotFound, ProgrammeNotFound
from spoiwo.monitoring.models import Board, Indicator, IndicatorVersion, Programme, Tile
from spoiwo.monitoring.queries.own import own_figures
from spoiwo.monitoring.types import State, View

MOST_TILES = 24


@transaction.atomic
def begin_board(
    *, title: str, place: str, shared: bool, by: Actor, programme_id: int | None = None, about_us: bool = False
) -> Board:  # fmt: skip
    """A new dashboard. place: the territory it looks at, empty for the whole region; programme_id: the programme whose
    indicators stand on it from the start; about_us: those that something was reported of about the own institution do.

    Raises ProgrammeNotFound.
    """
    programme = None
    if programme_id is not None:
        programme = Programme.objects.visible_to(by).filter(pk=programme_id).first()
        if programme is None:
            raise ProgrammeNotFound
    board = Board.objects.create(
        institution_id=by.institution_id,
        owner_user_id=by.user_id,
        title=title,
        place=place,
        shared=shared,
        programme=programme,
    )
    first = [*_watching(programme), *(_about(by) if about_us else [])]
    Tile.objects.bulk_create(
        Tile(board=board, indicator_id=pk, view=view.value, order=at)
        for at, (pk, view) in enumerate(dict.fromkeys(first[:MOST_TILES]), start=1)
    )
    return board


def _watching(programme: Programme | None) -> list[tuple[int, View]]:
    watching = (
        Indicator.objects.filter(objectives__programme=programme) if programme else Indicator.objects.none()
    )
    codes = watching.order_by("objectives__place", "objectives__pk", "code").values_list("pk", flat=True)
    return [(pk, View.OVER_TIME) for pk in dict.fromkeys(codes)]


def _about(by: Actor) -> list[tuple[int, View]]:
    approved = IndicatorVersion.objects.filter(state=State.APPROVED).select_related("indicator")
    found = own_figures(by, list(approved.order_by("indicator__side", "name_pl")))
    return [(one.version.indicator_id, View.OWN) for one in found]


@transaction.atomic
def add_tile(*, board_id: int, code: str, view: View, by: Actor) -> Tile:
    """Put a picture of a card on the own dashboard. Raises BoardNotFound, BoardFull."""
    board = _own(board_id, by)
    indicator = Indicator.objects.filter(code=code).first()
    if indicator is None:
        raise BoardNotFound
    if board.tiles.count() >= MOST_TILES:
        raise BoardFull(MOST_TILES)
    last = board.tiles.aggregate(last=Max("order"))["last"] or 0
    return Tile.objects.create(board=board, indicator=indicator, view=view.value, order=last + 1)


@transaction.atomic
def remove_tile(*, board_id: int, tile_id: int, by: Actor) -> None:
    """Take a picture off the own dashboard. Raises BoardNotFound."""
    if not _own(board_id, by).tiles.filter(pk=tile_id).delete()[0]:
        raise BoardNotFound


@transaction.atomic
def remove_board(*, board_id: int, by: Actor) -> None:
    """Throw the own dashboard away. Raises BoardNotFound."""
    _own(board_id, by).delete()


def _own(board_id: int, by: Actor) -> Board:
    board = Board.objects.owned_by(by).select_for_update().filter(pk=board_id).first()
    if board is None:
        raise BoardNotFound
    return board
