"""The side menu: grouped by what people do, shown as far as they may go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.portal.modules import is_switched_off


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
        (
            Item(gettext_lazy("My day"), "portal:home"),
            Item(gettext_lazy("Calendar"), "calendars:calendar"),
            Item(gettext_lazy("Partnership"), "partnership:home"),
        ),
    ),
    (
        gettext_lazy("Clients"),
        (
            Item(gettext_lazy("Common clients"), "clients:list", roles=("case_worker", "reviewer")),
            Item(gettext_lazy("Link proposals"), "matching:list", roles=("reviewer",)),
            Item(gettext_lazy("Verify a person"), "enquiries:verify", roles=("case_worker",)),
            Item(gettext_lazy("Enquiries"), "enquiries:list", roles=("case_worker",)),
            Item(gettext_lazy("Confirmations"), "enquiries:papers", roles=("case_worker",)),
            Item(gettext_lazy("Messages"), "enquiries:talks", roles=("case_worker",)),
            Item(
                gettext_lazy("Emergency access"), "clients:emergency_ask", roles=("case_worker", "reviewer")
            ),
        ),
    ),
    (
        gettext_lazy("Joint work"),
        (
            Item(gettext_lazy("Plans"), "plans:list", roles=("case_worker",)),
            Item(gettext_lazy("Referrals"), "referrals:list", roles=("case_worker", "support_adviser")),
            Item(gettext_lazy("Places of support"), "catalogue:list", roles=tuple(Role)),
            Item(
                gettext_lazy("Service districts"),
                "districts:list",
                roles=("case_worker", "reviewer", "registrar", "supervisor", "director"),
            ),
            Item(
                gettext_lazy("Projects"),
                "projects:list",
                roles=("case_worker", "support_adviser", "director", "supervisor", "analyst"),
            ),
        ),
    ),
    (
        gettext_lazy("Register"),
        (
            Item(gettext_lazy("Import"), "exchange:list", roles=("registrar", "supervisor", "iod")),
            Item(gettext_lazy("Supervisor's desk"), "oversight:desk", roles=("supervisor", "iod")),
            Item(
                gettext_lazy("Private comparison"),
                "discovery:list",
                roles=("registrar", "supervisor", "iod", "director"),
            ),
            Item(gettext_lazy("Who looked at whom"), "oversight:access_log", roles=("supervisor", "iod")),
            Item(gettext_lazy("Answer to a person"), "oversight:people", roles=("supervisor", "iod")),
        ),
    ),
    (
        gettext_lazy("Monitoring"),
        (
            Item(gettext_lazy("Indicator cards"), "monitoring:list", roles=tuple(Role)),
            Item(gettext_lazy("Surveys for us"), "surveys:waiting", roles=tuple(Role)),
            Item(
                gettext_lazy("Surveys"),
                "surveys:list",
                roles=("analyst", "director", "supervisor", "support_adviser", "case_worker"),
            ),
        ),
    ),
    (
        gettext_lazy("Support centre"),
        (
            Item(gettext_lazy("Record advice"), "support:record", roles=("support_adviser",)),
            Item(gettext_lazy("Support register"), "support:list", roles=("support_adviser",)),
            Item(gettext_lazy("Events"), "support:events", roles=("support_adviser",)),
            Item(
                gettext_lazy("Report of the support centre"),
                "support:report",
                roles=("support_adviser", "supervisor", "director", "analyst"),
            ),
            Item(
                gettext_lazy("Results and promotion"),
                "support:registers",
                roles=("registrar", "support_adviser"),
            ),
        ),
    ),
    (
        gettext_lazy("Institution"),
        (
            Item(gettext_lazy("Staff"), "institutions:staff", roles=("local_admin", "supervisor", "iod")),
            Item(gettext_lazy("Templates of prints"), "plans:own_papers", roles=("local_admin",)),
            Item(gettext_lazy("Sharing agreements"), "access:agreements"),
            Item(gettext_lazy("Directory"), "institutions:directory"),
        ),
    ),
)


def menu_for(actor: Actor, path: str, counts: Mapping[str, int] | None = None) -> list[dict[str, Any]]:
    """Groups of the menu this actor may use, with the current line marked; counts by address name."""
    shown = [(label, [item for item in items if _may_see(item, actor)]) for label, items in GROUPS]
    urls = {item.address: reverse(item.address) for _label, items in shown for item in items}
    current = _current(path, urls.values())
    return [
        {
            "label": str(label),
            "items": [_line(item, urls[item.address], current, counts or {}) for item in items],
        }
        for label, items in shown
        if items
    ]


def quick_action(actor: Actor) -> dict[str, str] | None:
    """What somebody does many times a day, for the head of every page; None when there is nothing of the kind."""
    if not actor.has_any("support_adviser"):
        return None
    return {"label": gettext("Record advice"), "url": reverse("support:record")}


def _may_see(item: Item, actor: Actor) -> bool:
    if is_switched_off(actor, item.address):
        return False
    if item.operators:
        return actor.is_operator
    return not item.roles or actor.has_any(*item.roles)


def _current(path: str, urls: Iterable[str]) -> str:
    """The address in the menu that the page lies nearest to; the home page has no pages below it."""
    above = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(above, key=len, default="")


def _line(item: Item, url: str, current: str, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "label": str(item.label),
        "url": url,
        "current": url == current,
        "count": counts.get(item.address),
    }
