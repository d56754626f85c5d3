"""What stands around the table: who looked, what was before, for which purpose the page is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext

from spoiwo.access.types import Category, ChosenPurpose, Grant, PurposeOption
from spoiwo.clients.messages import STATUS_LABELS, with_period
from spoiwo.clients.models import RecordVersion
from spoiwo.clients.queries.listing import address_of
from spoiwo.clients.queries.opening import ClientData, OpenedClient, own_pesel
from spoiwo.clients.rules.situation import Line, Shown
from spoiwo.clients.services.reading import OWN_REGISTER
from spoiwo.clients.tables.path import Path
from spoiwo.clients.tables.situation import workers
from spoiwo.clients.types import Status
from spoiwo.institutions.types import Badge
from spoiwo.toolkit.templatetags.spoiwo import mask_pesel

LOOKS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class SeenBy:
    """A look at the person: when, for which institution, what for (empty when the purpose is no longer known)."""

    at: datetime
    badge: Badge | None
    purpose: str


@dataclass(frozen=True, slots=True)
class FormerValues:
    """What the own register said until an extract changed it."""

    until: date
    values: tuple[tuple[str, str], ...]  # label, former value


def looks(data: ClientData) -> list[SeenBy]:
    """The last looks, newest first; of the same institution, day and purpose only the newest."""
    names = {option.code: option.name for grant in data.opened.grants for option in grant.purposes}
    names[OWN_REGISTER] = gettext("own register")
    newest: dict[tuple[int, date, str], SeenBy] = {}
    for look in data.looks:
        badge = data.badges.get(look.institution_acting_id)
        day = timezone.localdate(look.at)
        seen = SeenBy(look.at, badge, names.get(look.purpose, ""))
        newest.setdefault((look.institution_acting_id, day, look.purpose), seen)
    return list(newest.values())[:LOOKS_SHOWN]


def history(opened: OpenedClient) -> list[FormerValues]:
    """Former values of the own record, newest first; versions that differ in nothing shown are left out."""
    newer = opened.version
    former = []
    for version in opened.history:
        now, then = _shown_values(newer), _shown_values(version)
        changed = tuple((label, text) for label, text in then.items() if text and text != now[label])
        if changed:
            former.append(FormerValues(newer.as_of, changed))
        newer = version
    return former


def _shown_values(version: RecordVersion) -> dict[str, str]:
    status = str(STATUS_LABELS[Status(version.status)]) if version.status else ""
    return {
        gettext("Status"): with_period(status, version.status_from, version.status_to),
        gettext("First and last name"): f"{version.first_name} {version.last_name}",
        gettext("Family name"): version.family_name,
        gettext("Address"): address_of(version),
        gettext("Telephone"): version.phone,
        gettext("E-mail"): version.email,
        gettext("Worker"): version.worker,
    }


def stated(chosen: ChosenPurpose | None, allowed: Sequence[Grant]) -> PurposeOption | None:
    """The stated purpose as its agreement words it."""
    if chosen is None:
        return None
    wanted = (chosen.purpose, chosen.legal_basis)
    options = [option for grant in allowed for option in grant.purposes]
    return next(option for option in options if (option.code, option.legal_basis_code) == wanted)


def closed_badges(data: ClientData) -> list[Badge]:
    """Institutions that share data about the person, but not for the stated purpose."""
    closed = {version.institution_id for version in data.opened.others} - set(data.categories)
    return [data.badges[institution_id] for institution_id in sorted(closed)]


def address(opened: OpenedClient) -> str:
    """The own register's address in one line."""
    return address_of(opened.version)


def masked_pesel(opened: OpenedClient) -> str:
    """The own register's PESEL without its middle; empty when there is none."""
    return mask_pesel(own_pesel(opened.version)) if opened.version.pesel_sealed else ""


def shown(data: ClientData, lines: Sequence[Line], drawn: Path | None) -> list[Shown]:
    """Everything of the person that the page shows, for the record of the view."""
    own = data.opened.version.institution_id
    items = [
        Shown(value.institution_id, value.category, f"{line.field}={spot.text}")
        for line in lines
        for spot in line.spots
        for value in spot.values
    ]
    items += [Shown(worker.institution_id, Category.CONTACT, worker.name) for worker in workers(data)]
    items += [Shown(own, Category.IDENTITY, f"household={member.record.uuid}") for member in data.household]
    items += [
        Shown(own, Category.IDENTITY, f"history={version.first_generation}")
        for version in data.opened.history
    ]
    items += drawn.stays if drawn else ()
    return items
