"""One person in several projects: own ones always, those of others as far as agreements let the reader know."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from spoiwo.access.types import Grant
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Badge
from spoiwo.kernel.actor import Actor
from spoiwo.projects.models import Participant, Project, Support
from spoiwo.projects.rules.taking_part import paid_twice
from spoiwo.projects.types import (
    DoubleFinancing,
    Paid,
    ParticipantState,
    Participation,
    SupportKind,
)


def participations(
    actor: Actor, one: Participant, grants: Sequence[Grant], *, day: date
) -> list[Participation]:
    """Projects that the person is in or was asked into, the one given included, in order of time.

    grants: those under which others' data may be shown now; without any, own projects alone.
    """
    rows = _rows_of_person(actor, one, grants, day)
    badges = institutions.badges_of({row.institution_id for row in rows})
    kinds: dict[int, list[SupportKind]] = {}
    for one_given in _support(actor, rows, grants, day):
        known = kinds.setdefault(one_given.participant_id, [])
        if one_given.kind not in known:
            known.append(SupportKind(one_given.kind))
    found = [
        Participation(
            project_id=row.project_id,
            number=row.project.number,
            title=row.project.title,
            institution=badges[row.institution_id],
            state=ParticipantState(row.state),
            starts_on=row.joined_on or row.asked_on,
            ends_on=row.ended_on,
            is_own=row.institution_id == actor.institution_id,
            kinds=tuple(kinds.get(row.pk, ())),
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: (each.starts_on, each.project_id))


def double_financing(
    actor: Actor, one: Participant, grants: Sequence[Grant], *, day: date
) -> list[DoubleFinancing]:
    """Support of the participant that another project pays for at the same time, as far as the reader may know."""
    rows = {row.pk: row for row in _rows_of_person(actor, one, grants, day)}
    return _paid_twice(_support(actor, rows.values(), grants, day), rows, of={one.pk})


def double_financing_in(actor: Actor, project: Project) -> list[DoubleFinancing]:
    """The same for everybody in a project, among the own institution's projects."""
    own = Participant.objects.visible_to(actor).with_who()
    people = own.filter(project=project).values("who")
    rows = {row.pk: row for row in own.filter(who__in=people).select_related("project", "record")}
    mine = {pk for pk, row in rows.items() if row.project_id == project.pk}
    return _paid_twice(Support.objects.visible_to(actor).filter(participant__in=list(rows)), rows, of=mine)


def _rows_of_person(actor: Actor, one: Participant, grants: Sequence[Grant], day: date) -> list[Participant]:
    person = one.record.person_id if one.record else one.person_id
    own = Participant.objects.visible_to(actor).with_who().filter(who=person)
    rows = list(own.select_related("project", "record"))
    if one.record is not None:
        others = Participant.objects.shared_with(actor, grants, day).filter(record__person=person)
        rows += list(others.select_related("project", "record"))
    return rows


def _support(actor: Actor, rows: Iterable[Participant], grants: Sequence[Grant], day: date) -> list[Support]:
    keys = [row.pk for row in rows]
    own = Support.objects.visible_to(actor).filter(participant__in=keys)
    others = Support.objects.shared_with(actor, grants, day).filter(participant__in=keys)
    return [*own.order_by("starts_on", "pk"), *others.order_by("starts_on", "pk")]


def _paid_twice(
    support: Iterable[Support], rows: dict[int, Participant], *, of: Collection[int]
) -> list[DoubleFinancing]:
    """Warnings about the participants named, one for each other piece of support."""
    by_person: dict[Any, list[Paid]] = defaultdict(list)
    known = {one.pk: one for one in support}
    for one in known.values():
        row = rows[one.participant_id]
        by_person[row.record.person_id if row.record else row.person_id].append(_paid(one, row))
    pairs = [pair for paid in by_person.values() for pair in paid_twice(paid)]
    badges = institutions.badges_of({row.institution_id for row in rows.values()})
    return [
        _warning(known[mine.key], known[other.key], rows, badges)
        for pair in pairs
        for mine, other in (pair, pair[::-1])
        if known[mine.key].participant_id in of
    ]


def _paid(one: Support, row: Participant) -> Paid:
    return Paid(
        key=one.pk,
        project=row.project_id,
        kind=SupportKind(one.kind),
        starts_on=one.starts_on,
        ends_on=one.ends_on,
    )


def _warning(
    mine: Support, other: Support, rows: dict[int, Participant], badges: dict[int, Badge]
) -> DoubleFinancing:
    row, elsewhere = rows[mine.participant_id], rows[other.participant_id]
    return DoubleFinancing(
        participant=row.uuid,
        name=f"{row.first_name} {row.last_name}",
        kind=SupportKind(mine.kind),
        own_support=mine.pk,
        other_project=str(elsewhere.project),
        other_institution=badges[elsewhere.institution_id],
        starts_on=other.starts_on,
        ends_on=other.ends_on,
    )
