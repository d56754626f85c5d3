"""Finding own clients by what a worker types: parts of names, PESEL, the register's own number."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from spoiwo.clients.models import SEVERAL_WORDS, CommonClient, RecordVersion, SourceRecord
from spoiwo.clients.querysets import CommonClientQuerySet
from spoiwo.kernel import pesel
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.toolkit.columns import prefix_range
from spoiwo.toolkit.keys import PESEL, key_ring


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClient:
    """An own client as the search shows it."""

    uuid: UUID
    name: str
    birth_date: date | None
    place: str
    local_id: str


def named_like(text: str) -> Q:
    """Rows whose last_key or first_key has, for every word typed, a word that begins with it; any order."""
    condition = Q()
    for word in search_key(text).split():
        begins = Q()
        for field in ("last_key", "first_key"):
            begins |= prefix_range(field, word) | Q(**{f"{field}__contains": f" {word}"})
        condition &= begins
    return condition


def common_named_like(clients: CommonClientQuerySet, institution_id: int, text: str) -> CommonClientQuerySet:
    """Of these common clients those whose names have, for every word typed, a word that begins with it.

    Each condition is asked by itself: together, joined by OR, they would be asked of every client.
    """
    own = CommonClient.objects.filter(institution_id=institution_id)
    for word in search_key(text).split():
        later = Q(last_key__contains=f" {word}") | Q(first_key__contains=f" {word}")
        found = (
            own.filter(prefix_range("last_key", word)).values("pk"),
            own.filter(prefix_range("first_key", word)).values("pk"),
            own.filter(SEVERAL_WORDS, later).values("pk"),
        )
        clients = clients.filter(pk__in=found[0].union(*found[1:], all=True))
    return clients


def looks_like_number(text: str) -> bool:
    """Whether a text with digits is searched for as a number; names have none."""
    return any(character.isdigit() for character in text)


def records_numbered(actor: Actor, text: str) -> set[int]:
    """Ids of own records with this number: the register's own, or the PESEL of their current values."""
    number = text.strip()
    found = set(SourceRecord.objects.visible_to(actor).filter(local_id=number).values_list("pk", flat=True))
    try:
        index = key_ring().blind_index(PESEL, pesel.parse(number).value)
    except pesel.NotPesel:
        return found
    versions = RecordVersion.objects.visible_to(actor).current().filter(pesel_index=index)
    return found | set(versions.values_list("record_id", flat=True))


def find_own_clients(actor: Actor, text: str, *, limit: int) -> list[FoundClient]:
    """Clients of the own register that fit the text, by name; empty for a text without letters and digits."""
    if not search_key(text):
        return []
    versions = RecordVersion.objects.visible_to(actor).current()
    if looks_like_number(text):
        versions = versions.filter(record_id__in=records_numbered(actor, text))
    else:
        versions = versions.filter(named_like(text))
    rows = versions.select_related("record").order_by("sort_key", "record_id")[:limit]
    return [
        FoundClient(
            uuid=row.record.uuid,
            name=f"{row.last_name} {row.first_name}",
            birth_date=row.birth_date,
            place=row.place,
            local_id=row.record.local_id,
        )
        for row in rows
    ]
