"""Finding out whether a register has the person that somebody means: by number and last name, or names and birth."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from spoiwo.clients.models import Fact, RecordVersion, RegisterState, SourceRecord
from spoiwo.clients.queries.states import states_of
from spoiwo.clients.rules.register_rows import indexable_pesel
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.toolkit.keys import PESEL, key_ring

MOST_FOUND = 5


def records_in_reach(actor: Actor) -> QuerySet[SourceRecord, Any]:
    """Ids of the own institution's records that the actor may see; meant as a subquery, not to be listed."""
    return SourceRecord.objects.visible_to(actor).values("pk")


def fitting(
    actor: Actor, *, pesel: str, last_name: str, first_name: str, birth_date: date | None
) -> list[RecordVersion]:
    """Values in force of own records that fit, a few at most; those out of the actor's reach do not count."""
    rows = RecordVersion.objects.visible_to(actor).current()
    wanted = _wanted(pesel, last_name, first_name, birth_date)
    return list(rows.filter(wanted).select_related("record").order_by("record_id")[:MOST_FOUND])


def known_at(
    institution_id: int, *, pesel: str, last_name: str, first_name: str, birth_date: date | None, by: Actor
) -> tuple[list[RecordVersion], date | None]:
    """Values in force at another institution that fit, and the day its register tells of.

    For an answer of yes or no that the other institution gives; nothing of it may be shown. Asked in the name of that
    institution, with one statement whether anybody is there or not. Who is hidden from the asking account is not found.
    """
    owner = Actor(user_id=by.user_id, institution_id=institution_id)
    rows = RecordVersion.objects.within_reach(owner).current()
    wanted = _wanted(pesel, last_name, first_name, birth_date)
    found = list(rows.filter(wanted).select_related("record").order_by("record_id")[:MOST_FOUND])
    return found, state_of(institution_id).as_of


def state_of(institution_id: int) -> RegisterState:
    """Which extracts of the institution are in force."""
    return states_of([institution_id])[institution_id]


def person_behind(record: int) -> UUID | None:
    """The index row of a record that the institution asked for holds, for what is put on record; None without one."""
    return SourceRecord.objects.filter(pk=record).values_list("person_id", flat=True).first()


def own_facts(actor: Actor, record: int) -> Sequence[Fact]:
    """Facts in force about an own record, sensitive ones among them."""
    facts = Fact.objects.visible_to(actor).current().filter(record=record)
    return list(facts.order_by("category", "kind", "-valid_from", "pk"))


def _wanted(pesel: str, last_name: str, first_name: str, birth_date: date | None) -> Q:
    last = search_key(last_name)
    if number := indexable_pesel(pesel):
        return Q(pesel_index=key_ring().blind_index(PESEL, number), last_key=last)
    born = birth_date.isoformat() if birth_date else ""
    return Q(name_date_key=f"{last}|{search_key(first_name)}|{born}")
