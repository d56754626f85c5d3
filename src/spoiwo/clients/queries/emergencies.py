"""What an emergency access opens: own records that are hidden, and what partners give about people they serve."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spoiwo.access import queries as access
from spoiwo.access.queries import Emergency
from spoiwo.access.types import Category, ChosenPurpose, Grant
from spoiwo.clients.models import Fact, RecordVersion
from spoiwo.clients.queries.states import states_of
from spoiwo.clients.rules import sharing
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Badge
from spoiwo.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class InEmergency:
    """A person opened: own records in full, and per partner its values, facts and the categories it gives."""

    person: UUID
    own: tuple[RecordVersion, ...]
    others: tuple[RecordVersion, ...]
    facts: dict[int, tuple[Fact, ...]]  # by record


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Everything that an emergency access shows now."""

    people: tuple[InEmergency, ...]
    categories: dict[int, frozenset[Category]]  # by partner
    badges: dict[int, Badge]


def opened_in_emergency(actor: Actor, emergency: Emergency, day: date) -> Opened:
    """Nothing when it is over: the rows are asked for in the actor's name."""
    people = access.people_of(emergency)
    grants = _grants(actor, emergency, day)
    given = sharing.categories_given(grants)
    states = states_of({actor.institution_id, *given})
    own = list(
        RecordVersion.objects.visible_to(actor)
        .current()
        .filter(record__person__in=people)
        .select_related("record")
        .order_by("record_id")
    )
    others = list(
        RecordVersion.objects.shared_with(actor, grants, day)
        .in_generations({pk: state.generation for pk, state in states.items()})
        .filter(record__person__in=people)
        .select_related("record")
        .order_by("institution_id", "record_id")
    )
    facts = (
        Fact.objects.open_to(actor, grants, day)
        .in_generations({pk: states[pk].facts_generation for pk in given})
        .filter(record__in=[version.record_id for version in others])
        .order_by("category", "kind", "-valid_from", "pk")
    )
    by_record = _by_record(facts)
    return Opened(
        people=tuple(
            InEmergency(
                person=person,
                own=tuple(one for one in own if one.record.person_id == person),
                others=tuple(one for one in others if one.record.person_id == person),
                facts=by_record,
            )
            for person in people
        ),
        categories=given,
        badges=institutions.badges_of({version.institution_id for version in others}),
    )


def _by_record(facts: Iterable[Fact]) -> dict[int, tuple[Fact, ...]]:
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.record_id].append(fact)
    return {pk: tuple(rows) for pk, rows in found.items()}


def _grants(actor: Actor, emergency: Emergency, day: date) -> list[Grant]:
    """What partners give today for the purpose stated."""
    if not emergency.purpose:
        return []
    chosen = ChosenPurpose(
        purpose=emergency.purpose,
        legal_basis=emergency.legal_basis,
        agreement=emergency.agreement,
        stated_on=day,
    )
    return access.grants_for(chosen, access.grants_to(actor.institution_id, day))
