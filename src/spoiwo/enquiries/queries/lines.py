"""What the own register says about a person, as lines that may leave it in an answer or a certificate."""

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from spoiwo.access.types import Category
from spoiwo.clients.messages import FACT_LABELS, STATUS_LABELS, fact_words, with_period
from spoiwo.clients.queries import opening, sought
from spoiwo.clients.queries.listing import address_of
from spoiwo.clients.queries.own_records import OwnVersion
from spoiwo.clients.types import FactKind, Status
from spoiwo.enquiries.rules.content import digest_of_lines
from spoiwo.enquiries.rules.verifying import is_stale
from spoiwo.enquiries.types import Line
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.templatetags.spoiwo import day_in_words

__all__ = ["digest_of_lines", "lines_about"]  # the digest for those who confirm what they saw
OLD_AFTER_DAYS = 30  # the own register, which no agreement covers


def lines_about(
    actor: Actor,
    version: OwnVersion,
    *,
    categories: Collection[Category],
    items: Collection[FactKind],
    day: date,
) -> list[Line]:
    """Lines of these categories, and sensitive facts of these kinds alone; in a fixed order, in Polish.

    version: values in force of an own record within the actor's reach.
    """
    with override("pl"):  # the language of the documents, whatever language the officer reads in
        return [
            *_lines_of_register(version, categories, day),
            *_lines_of_facts(actor, version, categories, items, day),
        ]


def _lines_of_register(version: OwnVersion, categories: Collection[Category], day: date) -> Iterator[Line]:
    state = sought.state_of(version.institution_id)
    old = is_stale(state.as_of, day=day, limit=OLD_AFTER_DAYS)
    for category, field, label, text in _values(version):
        if text and category in categories:
            yield Line(
                key=field, category=category, field=field, label=label, text=text, as_of=state.as_of, old=old
            )


def _lines_of_facts(
    actor: Actor,
    version: OwnVersion,
    categories: Collection[Category],
    items: Collection[FactKind],
    day: date,
) -> Iterator[Line]:
    as_of = sought.state_of(version.institution_id).facts_as_of
    for fact in sought.own_facts(actor, version.record_id):
        category, kind = Category(fact.category), FactKind(fact.kind)
        sensitive = category is Category.SENSITIVE
        if kind in items if sensitive else category in categories:
            yield Line(
                key=f"fact-{fact.pk}",
                category=category,
                field=f"fact:{kind.value}",
                label=str(FACT_LABELS[kind]),
                text=fact_words(fact, version)[0],
                as_of=as_of,
                old=is_stale(as_of, day=day, limit=OLD_AFTER_DAYS),
                kind=kind.value if sensitive else "",
            )


def _values(version: OwnVersion) -> Iterator[tuple[Category, str, str, str]]:
    born = day_in_words(version.birth_date, style="", today=version.birth_date) if version.birth_date else ""
    status = str(STATUS_LABELS[Status(version.status)]) if version.status else ""
    yield Category.IDENTITY, "name", _("First and last name"), _name(version)
    yield Category.IDENTITY, "family_name", _("Family name"), version.family_name
    yield Category.IDENTITY, "birth_date", _("Date of birth"), born
    yield Category.IDENTITY, "pesel", _("PESEL number"), opening.own_pesel(version)
    yield Category.CONTACT, "address", _("Address"), address_of(version)
    yield Category.CONTACT, "phone", _("Telephone"), version.phone
    yield Category.CONTACT, "email", _("E-mail"), version.email
    yield Category.CONTACT, "worker", _("Worker"), version.worker
    period = with_period(status, version.status_from, version.status_to)
    yield Category.STATUS, "status", _("Status"), period


def _name(version: OwnVersion) -> str:
    return " ".join(part for part in (version.first_name, version.second_name, version.last_name) if part)
