"""Everything the own institution holds about one person, for that person: read by those who watch over the register."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from spoiwo.clients.models import Fact, IdentityMove, RecordVersion, RegisterState, SourceRecord
from spoiwo.clients.queries.searching import looks_like_number, named_like
from spoiwo.kernel import pesel
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.toolkit.keys import PESEL, key_ring

MOST_FOUND = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClient:
    """An own client, as a list names them."""

    uuid: UUID
    local_id: str
    name: str
    birth_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Values of one own record, newest first, and facts with the newest first.

    versions, facts: those that are in force no more among them. as_of, facts_as_of: days the newest extracts tell
    of. in_force: whether the newest register still holds the person. former_facts: ids of facts that the newest file
    holds no more. people: index rows the record stands or stood under.
    """

    versions: tuple[RecordVersion, ...]
    facts: tuple[Fact, ...]
    as_of: date | None
    facts_as_of: date | None
    in_force: bool
    former_facts: frozenset[int]
    people: frozenset[UUID]


def clients_like(actor: Actor, text: str) -> list[FoundClient]:
    """Own clients, past ones too, with this PESEL, this number in the register or a name like this; fifty at most."""
    if not search_key(text):
        return []
    versions = RecordVersion.objects.overseen_by(actor).filter(_wanted(text)).select_related("record")
    newest: dict[int, RecordVersion] = {}
    for version in versions.order_by("sort_key", "record_id", "-first_generation")[: MOST_FOUND * 4]:
        newest.setdefault(version.record_id, version)
    return [
        FoundClient(
            uuid=version.record.uuid,
            local_id=version.record.local_id,
            name=f"{version.last_name} {version.first_name}",
            birth_date=version.birth_date,
        )
        for version in list(newest.values())[:MOST_FOUND]
    ]


def held_about(actor: Actor, uuid: UUID) -> Held | None:
    """What is held about the person of this own record; None when there is no such record for the actor."""
    record = SourceRecord.objects.overseen_by(actor).filter(uuid=uuid).first()
    if record is None:
        return None
    state = RegisterState.objects.get(institution_id=actor.institution_id)
    versions = RecordVersion.objects.overseen_by(actor).filter(record=record).select_related("record")
    versions = versions.filter(first_generation__lte=state.generation)  # not those an import is still staging
    facts = Fact.objects.overseen_by(actor).filter(
        record=record, first_generation__lte=state.facts_generation
    )
    moves = IdentityMove.objects.filter(record=record).values_list("from_person_id", "to_person_id")
    return Held(
        versions=tuple(versions.order_by("-first_generation")),
        facts=tuple(facts.order_by("-last_generation", "category", "kind", "-valid_from", "pk")),
        as_of=state.as_of,
        facts_as_of=state.facts_as_of,
        in_force=versions.current().exists(),
        former_facts=frozenset(
            facts.filter(last_generation__lte=state.facts_generation).values_list("pk", flat=True)
        ),
        people=frozenset({record.person_id}.union(*moves)),
    )


def _wanted(text: str) -> Q:
    if not looks_like_number(text):
        return named_like(text)
    wanted = Q(record__local_id=text.strip())
    try:
        number = pesel.parse(text.strip()).value
    except pesel.NotPesel:
        return wanted
    return wanted | Q(pesel_index=key_ring().blind_index(PESEL, number))
