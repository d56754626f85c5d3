"""Keeping the monitoring plan: programmes, objectives, which indicators watch them, and when data are collected."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.errors import ProgrammeNotFound
from spoiwo.monitoring.models import Collection, Indicator, Objective, Programme
from spoiwo.monitoring.types import ProgrammeChange
from spoiwo.toolkit.conflicts import Conflict, differences


@transaction.atomic
def begin_programme(*, name: str, first_year: int, last_year: int, by: Actor) -> Programme:
    """A new programme of the own institution."""
    return Programme.objects.create(
        institution_id=by.institution_id, name=name, first_year=first_year, last_year=last_year
    )


@transaction.atomic
def change_programme(
    *, programme_id: int, change: ProgrammeChange, edit_version: int, at: datetime, by: Actor
) -> Programme:
    """Change names and years, and take out objectives and indicators that do not stay. edit_version: that of the form.

    Raises ProgrammeNotFound, Conflict.
    """
    programme = _kept(programme_id, by)
    objectives = {one.pk: one for one in programme.objectives.all()}
    if programme.edit_version != edit_version:
        saved = _told(programme.name, {pk: one.name for pk, one in objectives.items()})
        yours = {key: value for key, value in _told(change.name, change.names).items() if key in saved}
        raise Conflict(
            differences(yours, saved),
            version=programme.edit_version,
            saved_by_user_id=programme.saved_by_user_id,
            saved_at=programme.saved_at,
        )
    for pk, objective in objectives.items():
        if pk not in change.names:
            continue
        objective.name = change.names[pk]
        objective.save(update_fields=["name"])
        objective.indicators.remove(
            *objective.indicators.exclude(pk__in=change.watching.get(pk, frozenset()))
        )
    programme.objectives.exclude(pk__in=change.names).delete()
    programme.name, programme.first_year, programme.last_year = (
        change.name,
        change.first_year,
        change.last_year,
    )
    _save(programme, at, by)
    return programme


def _told(name: str, names: Mapping[int, str]) -> dict[str, object]:
    return {"name": name, **{f"objective-{pk}": text for pk, text in sorted(names.items())}}


def _save(programme: Programme, at: datetime, by: Actor) -> None:
    programme.edit_version += 1
    programme.saved_by_user_id, programme.saved_at = by.user_id, at
    programme.save()


@transaction.atomic
def add_objective(*, programme_id: int, name: str, above_id: int | None, by: Actor) -> Objective:
    """An objective, or a part of one of the same programme. Raises ProgrammeNotFound."""
    programme = _kept(programme_id, by)
    neighbours = Objective.objects.filter(programme=programme, above_id=above_id)
    if above_id is not None and not Objective.objects.filter(programme=programme, pk=above_id).exists():
        raise ProgrammeNotFound
    last = neighbours.aggregate(last=Max("place"))["last"] or 0
    return Objective.objects.create(programme=programme, above_id=above_id, name=name, place=last + 1)


@transaction.atomic
def watch_objective(*, programme_id: int, objective_id: int, indicator_id: int, by: Actor) -> None:
    """Have an indicator watch an objective. Raises ProgrammeNotFound."""
    objective = Objective.objects.filter(programme=_kept(programme_id, by), pk=objective_id).first()
    indicator = Indicator.objects.filter(pk=indicator_id).first()
    if objective is None or indicator is None:
        raise ProgrammeNotFound
    objective.indicators.add(indicator)


@transaction.atomic
def plan_collection(
    *, programme_id: int, what: str, period: str, owner_id: int, due_on: date, indicator_id: int | None, by: Actor
) -> Collection:  # fmt: skip
    """Data that an institution has to deliver by a day. Raises ProgrammeNotFound."""
    return Collection.objects.create(
        programme=_kept(programme_id, by),
        what=what,
        period=period,
        owner_id=owner_id,
        due_on=due_on,
        indicator_id=indicator_id,
    )


@transaction.atomic
def mark_delivered(*, collection_id: int, day: date, by: Actor) -> Collection:
    """The data came in: said by who owes them or by who keeps the programme. Raises ProgrammeNotFound."""
    found = Collection.objects.select_for_update(of=("self",)).filter(pk=collection_id, done_on__isnull=True)
    one = found.select_related("programme").first()
    if one is None or by.institution_id not in {one.owner_id, one.programme.institution_id}:
        raise ProgrammeNotFound
    one.done_on, one.done_by_user_id = day, by.user_id
    one.save(update_fields=["done_on", "done_by_user_id"])
    return one


def _kept(programme_id: int, by: Actor) -> Programme:
    programme = Programme.objects.kept_by(by).select_for_update().filter(pk=programme_id).first()
    if programme is None:
        raise ProgrammeNotFound
    return programme
