"""Finding people, entities and groups of the own centre by name or by their short code."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max

from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.support.models import Delivery, Entity, Group, Participant
from spoiwo.support.types import RecipientKind, RecipientRef
from spoiwo.toolkit.columns import prefix_range

SEPARATOR = " · "
MOST_SUGGESTED = 400
_CODE = re.compile(r"([OPG])-(\d{1,12})$")
_TABLES: dict[str, tuple[RecipientKind, Any]] = {
    "O": (RecipientKind.PERSON, Participant),
    "P": (RecipientKind.ENTITY, Entity),
    "G": (RecipientKind.GROUP, Group),
}
LETTERS = {kind: letter for letter, (kind, _model) in _TABLES.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """A recipient as lists show it."""

    kind: RecipientKind
    pk: int
    uuid: UUID
    name: str

    @property
    def label(self) -> str:
        """The name and the short code, as it is typed and read back."""
        return f"{self.name}{SEPARATOR}{LETTERS[self.kind]}-{self.pk}"


def found_of(row: Any) -> Found:
    """A participant, entity or group as lists show it."""
    kinds = {Participant: RecipientKind.PERSON, Entity: RecipientKind.ENTITY, Group: RecipientKind.GROUP}
    return Found(kinds[type(row)], row.pk, row.uuid, str(row))


def recipient_row(row: Any) -> Any:
    """The person, entity or group that a delivery, case or path is about."""
    return row.participant or row.entity or row.group


def recipient(
    text: str, actor: Actor, *, kinds: Sequence[RecipientKind] = tuple(RecipientKind)
) -> RecipientRef | None:
    """The recipient that a text names: by its code, else by a name only one recipient bears; None otherwise."""
    match = _CODE.search(text.strip())
    if match is not None:
        kind, model = _TABLES[match[1]]
        row = model.objects.visible_to(actor).filter(pk=int(match[2])).first() if kind in kinds else None
        return None if row is None else RecipientRef(kind, row.uuid)
    named = [one for one in search(text, actor, kinds=kinds) if search_key(one.name) == search_key(text)]
    return RecipientRef(named[0].kind, named[0].uuid) if len(named) == 1 else None


def search(
    text: str, actor: Actor, *, kinds: Iterable[RecipientKind] = tuple(RecipientKind), limit: int = 50
) -> list[Found]:
    """Recipients whose name begins with the text (people: last name first, or first name first)."""
    key = search_key(text)
    wanted = set(kinds)
    found: list[Found] = []
    if not key:
        return found
    if RecipientKind.PERSON in wanted:
        words = key.split()
        turned = " ".join([*words[1:], words[0]])
        people = Participant.objects.visible_to(actor)
        rows = people.filter(prefix_range("search_key", key) | prefix_range("search_key", turned))
        found += [found_of(row) for row in rows.order_by("sort_key")[:limit]]
    if RecipientKind.ENTITY in wanted:
        entities = Entity.objects.visible_to(actor).filter(search_key__contains=key)
        found += [found_of(row) for row in entities.order_by("sort_key")[:limit]]
    if RecipientKind.GROUP in wanted:
        groups = Group.objects.visible_to(actor).filter(became__isnull=True, name__icontains=text.strip())
        found += [found_of(row) for row in groups.order_by("sort_key")[:limit]]
    return found


def suggestions(actor: Actor, *, kinds: Iterable[RecipientKind] = tuple(RecipientKind)) -> list[Found]:
    """Recipients to offer before anything is typed: those supported last, then all as far as the list goes."""
    wanted = set(kinds)
    found: list[Found] = []
    for kind, model in _TABLES.values():
        if kind not in wanted:
            continue
        rows = model.objects.visible_to(actor)
        if kind is RecipientKind.GROUP:
            rows = rows.filter(became__isnull=True)
        column = {
            RecipientKind.PERSON: "participant",
            RecipientKind.ENTITY: "entity",
            RecipientKind.GROUP: "group",
        }
        recent = dict(
            Delivery.objects.visible_to(actor)
            .filter(**{f"{column[kind]}__isnull": False})
            .values_list(column[kind])
            .annotate(last=Max("pk"))
            .order_by("-last")[:MOST_SUGGESTED]
        )
        listed = list(rows.filter(pk__in=recent)) + list(
            rows.exclude(pk__in=recent).order_by("sort_key")[: MOST_SUGGESTED - len(recent)]
        )
        found += [found_of(row) for row in sorted(listed, key=lambda row: -recent.get(row.pk, 0))]
    return found
