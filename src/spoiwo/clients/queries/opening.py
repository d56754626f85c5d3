"""Opening one client: the own record first, then what others share about the same person for a stated purpose.

Two steps, because the purpose is asked between them: `open_client` finds out whose data there are,
`client_data` reads what may be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from spoiwo.access import queries as access
from spoiwo.access.types import Category, Grant
from spoiwo.audit import queries as audit
from spoiwo.audit.types import Look
from spoiwo.clients.models import Fact, HiddenRecord, RecordVersion, RegisterState
from spoiwo.clients.queries.states import states_of
from spoiwo.clients.rules import sharing
from spoiwo.clients.rules.register_rows import open_fact_secret
from spoiwo.clients.types import RegisterKind
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Badge
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.sealing import unseal
from spoiwo.toolkit.keys import DOCUMENT, FACT, PESEL, key_ring

HOUSEHOLD_SHOWN = 12
MANY_FACTS = 500  # of one person; nobody reads a page of more
NEWEST_OF_A_KIND = 30  # of an institution, once there are that many


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedClient:
    """A client of the own register and whose data about the same person may be asked for.

    history: former values of the own record, newest first. others: current values at other institutions, of
    which nothing may be shown before a purpose is stated. grants: what these institutions give today. states:
    which extracts of which institution are in force.
    """

    version: RecordVersion
    history: tuple[RecordVersion, ...]
    others: tuple[RecordVersion, ...]
    grants: tuple[Grant, ...]
    states: Mapping[int, RegisterState]

    @property
    def uuid(self) -> UUID:
        """The own record's public id."""
        return self.version.record.uuid

    @property
    def person(self) -> UUID:
        """The index row."""
        return self.version.record.person_id

    @property
    def is_common(self) -> bool:
        """Whether anybody else shares data about the person with the reader's institution."""
        return bool(self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientData:
    """Everything that may be shown of an opened client for the stated purpose.

    categories: per other institution what it gives. as_of: (institution id, register or facts) -> day.
    only_newest: whether there are so many facts that only the newest of each kind are here.
    """

    opened: OpenedClient
    others: tuple[RecordVersion, ...]
    facts: tuple[Fact, ...]
    only_newest: bool
    household: tuple[RecordVersion, ...]
    looks: tuple[Look, ...]
    categories: dict[int, frozenset[Category]]
    stale_limits: dict[int, int]
    badges: dict[int, Badge]
    as_of: dict[tuple[int, RegisterKind], date | None]


def open_client(actor: Actor, uuid: UUID, *, day: date) -> OpenedClient | None:
    """The own client, or None when the register in force has no such record within the actor's reach."""
    grants = access.grants_to(actor.institution_id, day)
    states = states_of({actor.institution_id, *sharing.identifying(grants)})
    generation = states[actor.institution_id].generation
    versions = list(
        RecordVersion.objects.visible_to(actor)
        .filter(record__uuid=uuid, first_generation__lte=generation)
        .select_related("record")
        .order_by("-first_generation")
    )
    if not versions or versions[0].last_generation <= generation:
        return None
    current = versions[0]
    others = tuple(
        RecordVersion.objects.shared_with(actor, grants, day)
        .in_generations({pk: state.generation for pk, state in states.items()})
        .filter(record__person=current.record.person_id)
        .select_related("record")
        .order_by("institution_id", "record_id")
    )
    givers = {version.institution_id for version in others}
    return OpenedClient(
        version=current,
        history=tuple(versions[1:]),
        others=others,
        grants=tuple(grant for grant in grants if grant.giver_id in givers),
        states=states,
    )


def client_data(actor: Actor, opened: OpenedClient, allowed: Sequence[Grant], *, day: date) -> ClientData:
    """What may be shown under the allowed grants; without any, the own institution's data alone."""
    given = sharing.categories_given(allowed)
    others = tuple(version for version in opened.others if version.institution_id in given)
    facts, only_newest = _facts(actor, opened, allowed, day)
    looks = audit.looks_at(opened.person, institution_id=actor.institution_id)
    concerned = {actor.institution_id, *(version.institution_id for version in opened.others)}
    concerned |= {look.institution_acting_id for look in looks}
    return ClientData(
        opened=opened,
        others=others,
        facts=facts,
        only_newest=only_newest,
        household=_household(actor, opened.version, opened.states[actor.institution_id].generation),
        looks=tuple(looks),
        categories=given,
        stale_limits=sharing.stale_limits(allowed),
        badges=institutions.badges_of(concerned),
        as_of=_as_of(opened.states),
    )


def is_hidden(opened: OpenedClient) -> bool:
    """Whether the own record is seen by named colleagues only."""
    return HiddenRecord.objects.filter(pk=opened.version.record_id).exists()


def own_pesel(version: RecordVersion) -> str:
    """The PESEL of an own record in the clear, empty when the register has none."""
    if not version.pesel_sealed:
        return ""
    return unseal(_key_of(version), bytes(version.pesel_sealed), PESEL)


def own_document(version: RecordVersion) -> str:
    """The number of the identity document of an own record in the clear, empty when the register has none."""
    if not version.document_sealed:
        return ""
    return unseal(_key_of(version), bytes(version.document_sealed), DOCUMENT)


def text_of(fact: Fact, version: RecordVersion) -> tuple[str, str]:
    """(value, note) of a fact; a sealed one is opened with the key of the own record it belongs to."""
    if not fact.value_sealed:
        return fact.value, fact.note
    return open_fact_secret(unseal(_key_of(version), bytes(fact.value_sealed), FACT))


def _key_of(version: RecordVersion) -> bytes:
    return key_ring().unwrap(bytes(version.record.wrapped_key))


def _facts(
    actor: Actor, opened: OpenedClient, allowed: Sequence[Grant], day: date
) -> tuple[tuple[Fact, ...], bool]:
    """Facts in the order of the page; of too many the newest of each kind, and that it is so."""
    records = [opened.version.record_id, *(version.record_id for version in opened.others)]
    facts = (
        Fact.objects.open_to(actor, allowed, day)
        .in_generations({pk: state.facts_generation for pk, state in opened.states.items()})
        .filter(record__in=records)
    )
    in_order = ("category", "kind", "-valid_from", "pk")
    found = tuple(facts.order_by(*in_order)[: MANY_FACTS + 1])
    if len(found) <= MANY_FACTS:
        return found, False
    newest_first = (F("valid_to").desc(nulls_first=True), F("valid_from").desc(nulls_last=True), "-pk")
    place = Window(RowNumber(), partition_by=["institution_id", "kind"], order_by=newest_first)
    return tuple(facts.annotate(place=place).filter(place__lte=NEWEST_OF_A_KIND).order_by(*in_order)), True


def _household(actor: Actor, version: RecordVersion, generation: int) -> tuple[RecordVersion, ...]:
    """Others of the same household in the own register, eldest first."""
    if not version.household_id:
        return ()
    members = RecordVersion.objects.visible_to(actor).in_generation(generation)
    members = members.filter(household_id=version.household_id)
    rows = members.exclude(record=version.record_id).select_related("record")
    return tuple(rows.order_by("birth_date", "record_id")[:HOUSEHOLD_SHOWN])


def _as_of(states: Mapping[int, RegisterState]) -> dict[tuple[int, RegisterKind], date | None]:
    """The day that the extracts in force tell of: a value unchanged since an old one is as fresh as the newest."""
    days: dict[tuple[int, RegisterKind], date | None] = {}
    for institution_id, state in states.items():
        days[institution_id, RegisterKind.REGISTER] = state.as_of
        days[institution_id, RegisterKind.FACTS] = state.facts_as_of
    return days
