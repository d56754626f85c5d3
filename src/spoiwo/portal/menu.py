"""The side menu: grouped by what people do, shown as far as they may go."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from spoiwo.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the menu: label, address name, roles that see it (empty: everybody signed in)."""

    label: Any
    address: str
    roles: tuple[str, ...] = ()
    operators: bool = False


GROUPS: tuple[tuple[Any, tuple[Item, ...]], ...] = (
    (
        "",
        (Item(gettext_lazy("My day"), "portal:home"),),
    ),
    (
        gettext_lazy("Register"),
        (Item(gettext_lazy("Who looked at whom"), "oversight:access_log", roles=("supervisor", "iod")),),
    ),
    (
        gettext_lazy("Institution"),
        (Item(gettext_lazy("Sharing agreements"), "access:agreements"),),
    ),
)


def menu_for(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Groups of the menu this actor may use, with the current line marked."""
    groups = []
    for label, items in GROUPS:
        lines = [_line(item, path) for item in items if _may_see(item, actor)]
        if lines:
            groups.append({"label": str(label), "items": lines})
    return groups


def _may_see(item: Item, actor: Actor) -> bool:
    if item.operators:
        return actor.is_operator
    return not item.roles or actor.has_any(*item.roles)


def _line(item: Item, path: str) -> dict[str, Any]:
    url = reverse(item.address)
    current = path == url or (url != "/" and path.startswith(url))
    return {"label": str(item.label), "url": url, "current": current, "count": None}
