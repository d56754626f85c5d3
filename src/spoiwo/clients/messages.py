"""Values, facts, periods and refusals in words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import singledispatch
from typing import Any

from django.utils.translation import gettext, ngettext

from spoiwo.access.messages import CATEGORY_NAMES
from spoiwo.access.types import Category
from spoiwo.clients.errors import (
    BasisMissing,
    ClientsError,
    EventDoesNotFit,
    HeldAlready,
    NobodyNamed,
    NotOfOurStaff,
    OnHold,
    PreviewChanged,
    ReasonMissing,
    RestrictedAlready,
    RuleThereAlready,
    UntilIsPast,
)
from spoiwo.clients.models import (
    FACT_KIND_CHOICES,
    KEPT_CHOICES,
    KEPT_UNTIL_CHOICES,
    RESTRICTION_CHOICES,
    STATUS_CHOICES,
    Fact,
    RecordVersion,
)
from spoiwo.clients.queries.listing import address_of
from spoiwo.clients.queries.opening import own_document, own_pesel, text_of
from spoiwo.clients.types import FactKind, Status
from spoiwo.kernel.text import search_key
from spoiwo.toolkit.templatetags.spoiwo import day_in_words, polish_number, zloty

FACT_LABELS = dict(FACT_KIND_CHOICES)
STATUS_LABELS = dict(STATUS_CHOICES)
RESTRICTION_LABELS: dict[str, Any] = dict(RESTRICTION_CHOICES)
KEPT_NAMES: dict[str, Any] = dict(KEPT_CHOICES)
KEPT_UNTIL_NAMES: dict[str, Any] = dict(KEPT_UNTIL_CHOICES)


def fact_words(fact: Fact, own: RecordVersion) -> tuple[str, str]:
    """A fact as a phrase with its unit, note and period, and the bare value in the form that is compared."""
    value, note = text_of(fact, own)
    phrase = ", ".join(part for part in (_with_unit(value, fact.unit), note) if part)
    phrase = phrase or str(FACT_LABELS[FactKind(fact.kind)])
    return with_period(phrase, fact.valid_from, fact.valid_to), search_key(value)


def with_period(phrase: str, since: date | None, until: date | None) -> str:
    """A phrase with the days between which it holds: "Unemployed, since 3 February 2024"."""
    if not phrase or (since is None and until is None):
        return phrase
    if since is None and until is not None:
        return gettext("%(what)s, until %(until)s") % {"what": phrase, "until": _day(until)}
    if until is None and since is not None:
        return gettext("%(what)s, since %(since)s") % {"what": phrase, "since": _day(since)}
    if since == until:
        return f"{phrase}, {_day(since)}"
    return gettext("%(what)s, from %(since)s to %(until)s") % {
        "what": phrase,
        "since": _day(since),
        "until": _day(until),
    }


def _day(day: date | None) -> str:
    return day_in_words(day, style="", today=day) if day else ""


def _people(amount: Decimal) -> str:
    return ngettext("%(n)s person", "%(n)s people", int(amount)) % {"n": polish_number(amount, 0)}


def _offers(amount: Decimal) -> str:
    return ngettext("%(n)s offer", "%(n)s offers", int(amount)) % {"n": polish_number(amount, 0)}


def _hours(amount: Decimal) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", int(amount)) % {"n": polish_number(amount, 0)}


def _visits(amount: Decimal) -> str:
    return ngettext("%(n)s visit a month", "%(n)s visits a month", int(amount)) % {
        "n": polish_number(amount, 0)
    }


def _monthly(amount: Decimal) -> str:
    return gettext("%(amount)s a month") % {"amount": zloty(amount)}


UNITS: dict[str, Callable[[Decimal], str]] = {
    "PLN": zloty,
    "PLN/month": _monthly,
    "persons": _people,
    "offers": _offers,
    "hours": _hours,
    "visits/month": _visits,
}
COUNTED = frozenset({"persons", "offers", "hours", "visits/month"})  # half a person has no plural form


def _with_unit(value: str, unit: str) -> str:
    """As in "634,00 zł a month"; units outside the vocabulary are shown as the register writes them."""
    try:
        amount = Decimal(value.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        return f"{value} {unit}".strip()
    words = UNITS.get(unit)
    if words is None or not amount.is_finite() or (unit in COUNTED and amount % 1):
        return f"{value} {unit}".strip()
    return words(amount)


def held_values(version: RecordVersion) -> list[tuple[str, str]]:
    """Everything one version of an own record says, opened: (name of the value, value); empty ones are left out."""
    status = str(STATUS_LABELS[Status(version.status)]) if version.status else ""
    named = [
        (gettext("Number in the register"), version.record.local_id),
        (gettext("First name"), f"{version.first_name} {version.second_name}".strip()),
        (gettext("Last name"), version.last_name),
        (gettext("Family name"), version.family_name),
        (gettext("Date of birth"), _day(version.birth_date)),
        (gettext("Sex"), {"K": gettext("woman"), "M": gettext("man")}.get(version.sex, "")),
        (gettext("Citizenship"), version.citizenship),
        ("PESEL", own_pesel(version)),
        (gettext("Identity document"), own_document(version)),
        (gettext("Address"), address_of(version)),
        (gettext("Telephone"), version.phone),
        (gettext("E-mail"), version.email),
        (gettext("Household"), version.household_id),
        (gettext("Status"), with_period(status, version.status_from, version.status_to)),
        (gettext("Case reference"), version.case_ref),
        (gettext("Worker"), version.worker),
    ]
    return [(label, text) for label, text in named if text]


def held_fact(fact: Fact, version: RecordVersion) -> tuple[str, str, str]:
    """A fact of an own record, opened: category, kind, what it says with unit, note and period."""
    category = CATEGORY_NAMES[Category(fact.category)]
    return str(category), str(FACT_LABELS[FactKind(fact.kind)]), fact_words(fact, version)[0]


@singledispatch
def message_for(error: ClientsError) -> str:
    """A refusal as a sentence; one without a sentence is a bug and is raised."""
    raise error


@message_for.register
def _reason(error: ReasonMissing) -> str:
    return ngettext(
        "Explain it in at least %(n)d character.", "Explain it in at least %(n)d characters.", error.least
    ) % {"n": error.least}


@message_for.register
def _nobody(error: NobodyNamed) -> str:  # noqa: ARG001
    return gettext("Name at least one person.")


@message_for.register
def _strangers(error: NotOfOurStaff) -> str:  # noqa: ARG001
    return gettext("Only people of your own institution can be named.")


@message_for.register
def _already(error: RestrictedAlready) -> str:  # noqa: ARG001
    return gettext("This person is hidden already.")


@message_for.register
def _past(error: UntilIsPast) -> str:
    return gettext("The last day, %(day)s, lies in the past.") % {"day": _day(error.until)}


@message_for.register
def _basis(error: BasisMissing) -> str:
    return ngettext(
        "Write down the basis in at least %(n)d character.",
        "Write down the basis in at least %(n)d characters.",
        error.least,
    ) % {"n": error.least}


@message_for.register
def _event(error: EventDoesNotFit) -> str:  # noqa: ARG001
    return gettext("These data have no such event to count from. Choose another one.")


@message_for.register
def _rule_there(error: RuleThereAlready) -> str:  # noqa: ARG001
    return gettext("There is a rule for these data and this event. Remove it first.")


@message_for.register
def _on_hold(error: OnHold) -> str:  # noqa: ARG001
    return gettext("A legal hold stands on this person. Release it first.")


@message_for.register
def _held_already(error: HeldAlready) -> str:  # noqa: ARG001
    return gettext("A legal hold stands on this person already.")


@message_for.register
def _preview_changed(error: PreviewChanged) -> str:
    return gettext("Meanwhile %(n)d are due. Read the list again and type this number.") % {"n": error.due}
