"""Refusals and codes of the catalogue in words."""

from functools import singledispatch
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from spoiwo.catalogue import errors, models
from spoiwo.catalogue.errors import CatalogueError
from spoiwo.catalogue.models.choices import CORRECTION_CHOICES
from spoiwo.catalogue.rules.freshness import freshness
from spoiwo.catalogue.types import Cell, CorrectionState, Freshness, Weight

Names = dict[str, Any]
KIND_NAMES: Names = dict(models.KIND_CHOICES)
GROUP_NAMES: Names = dict(models.GROUP_CHOICES)
FUNDING_NAMES: Names = dict(models.FUNDING_CHOICES)
CORRECTION_NAMES: Names = dict(CORRECTION_CHOICES)
CORRECTION_TONES = {
    CorrectionState.PROPOSED: "soon",
    CorrectionState.ACCEPTED: "ok",
    CorrectionState.REJECTED: "",
}
SHORT_KINDS: Names = {
    "CIS": "CIS",
    "KIS": "KIS",
    "ZAZ": "ZAZ",
    "WTZ": "WTZ",
    "OWES": "OWES",
    "SOCIAL_ENTERPRISE": gettext_lazy("Social enterprise"),
}
FIELD_NAMES: Names = {
    "kind": gettext_lazy("Kind of service"),
    "name": gettext_lazy("Name of the place"),
    "about": gettext_lazy("What happens there"),
    "groups": gettext_lazy("For whom"),
    "teryt": gettext_lazy("Where it is"),
    "areas": gettext_lazy("Whom it takes by residence"),
    "conditions": gettext_lazy("Conditions of admission"),
    "funding": gettext_lazy("Who pays"),
    "funding_note": gettext_lazy("Project or programme"),
    "street": gettext_lazy("Street and number"),
    "phone": gettext_lazy("Telephone"),
    "email": gettext_lazy("E-mail"),
    "website": gettext_lazy("Website"),
    "places_total": gettext_lazy("Places in all"),
    "taken_elsewhere": gettext_lazy("Taken by people who came another way"),
    "respond_days": gettext_lazy("Days for an answer to a referral"),
}
FRESHNESS_NAMES: Names = {
    Freshness.FRESH: pgettext_lazy("entry", "Up to date"),
    Freshness.DUE: pgettext_lazy("entry", "To be confirmed soon"),
    Freshness.STALE: pgettext_lazy("entry", "Not confirmed lately"),
}
FRESHNESS_TONES = {Freshness.FRESH: "ok", Freshness.DUE: "soon", Freshness.STALE: ""}
WEIGHT_NAMES: Names = {
    Weight.EXCLUDES: gettext_lazy("shuts the way"),
    Weight.WARNS: gettext_lazy("to be cleared up"),
}


def places_in_words(total: int | None, free: int | None) -> str:
    """How many places are free of how many."""
    if total is None or free is None:
        return _("no limit of places")
    if free == 0:
        return ngettext("no place free of %(total)s", "no place free of %(total)s", total) % {"total": total}
    return ngettext("%(free)s of %(total)s place free", "%(free)s of %(total)s places free", free) % {
        "free": free,
        "total": total,
    }


def cell_in_words(cell: Cell) -> str:
    """A square of the picture of infrastructure."""
    entries = ngettext("%(n)s entry", "%(n)s entries", cell.entries) % {"n": cell.entries}
    return f"{entries}, {places_in_words(cell.total, cell.free)}"


def freshness_in_words(row: models.Place, today: Any) -> str:
    """When an entry was confirmed, and whether that still counts."""
    day = date_format(row.confirmed_on, "j E Y")
    if freshness(row.confirmed_on, today) is Freshness.STALE:
        return pgettext("entry", "not confirmed since %(day)s") % {"day": day}
    return pgettext("entry", "confirmed on %(day)s") % {"day": day}


@singledispatch
def message_for(error: CatalogueError) -> str:
    """A sentence for people, saying what to do."""
    raise error  # a refusal without a sentence is a bug, not a blank page


@message_for.register
def _no_place(_error: errors.NoSuchPlace) -> str:
    return _("There is no such place in the catalogue any more.")


@message_for.register
def _not_yours(_error: errors.NotYourPlace) -> str:
    return _("Somebody else keeps this entry. Suggest a correction instead.")


@message_for.register
def _none_free(_error: errors.NoFreePlace) -> str:
    return _("Every place is taken. Put the person on the waiting list.")


@message_for.register
def _too_few(error: errors.FewerThanTaken) -> str:
    return ngettext(
        "%(n)s place is taken already, so there cannot be fewer.",
        "%(n)s places are taken already, so there cannot be fewer.",
        error.taken,
    ) % {"n": error.taken}


@message_for.register
def _unknown_unit(_error: errors.UnknownUnit) -> str:
    return _("Choose a commune or county from the list.")


@message_for.register
def _decided(_error: errors.DecidedAlready) -> str:
    return _("Somebody decided about this suggestion before you.")


@message_for.register
def _no_figure(_error: errors.NotAFigure) -> str:
    return _("Write the number of places in figures, or leave it empty when there is no limit.")
