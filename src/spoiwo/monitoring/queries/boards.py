"""Reads of dashboards."""

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.models import Board, IndicatorVersion, Tile
from spoiwo.monitoring.types import State


def boards(actor: Actor) -> list[Board]:
    """The own dashboards and those that colleagues share, by title."""
    return list(Board.objects.visible_to(actor).order_by("title", "pk"))


def board(actor: Actor, pk: int) -> Board | None:
    """One of them."""
    return Board.objects.visible_to(actor).filter(pk=pk).first()


def tiles(found: Board) -> list[tuple[Tile, IndicatorVersion]]:
    """Pictures with the approved version of their card; cards without one are left out."""
    rows = list(found.tiles.order_by("order", "pk"))
    approved = IndicatorVersion.objects.filter(
        state=State.APPROVED, indicator__in=[row.indicator_id for row in rows]
    )
    versions = {one.indicator_id: one for one in approved.select_related("indicator__institution")}
    return [(row, versions[row.indicator_id]) for row in rows if row.indicator_id in versions]
