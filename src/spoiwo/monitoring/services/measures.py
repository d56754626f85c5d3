"""Keeping the catalogue of measures: describing, saying it better, retiring.

What a measure counts never changes: its code, its unit and how it adds up stay, so that figures of different years mean
the same. Words may become clearer, and divisions may be added. Whoever described a measure keeps it.
"""

from datetime import datetime

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.errors import MeasureInUse, MeasureNotFound, MeasureTaken
from spoiwo.monitoring.models import Measure
from spoiwo.monitoring.queries.catalogue import cards_over, questions_feeding
from spoiwo.monitoring.types import MeasureDraft, MeasureWords
from spoiwo.toolkit.conflicts import Conflict, differences

WORDS = ("name_pl", "name_en", "description_pl", "description_en", "source", "side")


@transaction.atomic
def add_measure(draft: MeasureDraft, *, at: datetime, by: Actor) -> Measure:
    """A measure more, kept by the own institution. Raises MeasureTaken."""
    measure, is_new = Measure.objects.get_or_create(
        code=draft.code,
        defaults={
            **{name: getattr(draft, name) for name in WORDS},
            "unit": draft.unit,
            "time_rule": draft.time_rule,
            "space_rule": draft.space_rule,
            "dimensions": list(draft.dimensions),
            "is_open": draft.is_open,
            "institution_id": by.institution_id,
            "saved_by_user_id": by.user_id,
            "saved_at": at,
        },
    )
    if not is_new:
        raise MeasureTaken(draft.code)
    _note(measure, "add", by)
    return measure


@transaction.atomic
def change_measure(*, code: str, words: MeasureWords, edit_version: int, at: datetime, by: Actor) -> Measure:
    """Say better what an own measure is, and add divisions. edit_version: that of the form.

    Raises MeasureNotFound, Conflict.
    """
    measure = _kept(code, by)
    said = {name: getattr(words, name) for name in WORDS}
    if measure.edit_version != edit_version:
        raise Conflict(
            differences(said, {name: getattr(measure, name) for name in WORDS}),
            version=measure.edit_version,
            saved_by_user_id=measure.saved_by_user_id,
            saved_at=measure.saved_at,
        )
    for name, text in said.items():
        setattr(measure, name, text)
    measure.dimensions = list(dict.fromkeys((*measure.dimensions, *words.divisions)))
    _save(measure, "change", at, by)
    return measure


@transaction.atomic
def retire_measure(*, code: str, at: datetime, by: Actor) -> Measure:
    """Nothing new is made of an own measure any more; what was reported stays.

    Raises MeasureNotFound; MeasureInUse while a card that is not retired, or a question, stands on it.
    """
    measure = _kept(code, by)
    cards, questions = cards_over(code), questions_feeding(measure)
    if cards or questions:
        raise MeasureInUse([version.indicator.code for version in cards], questions)
    measure.retired_at = measure.retired_at or at
    _save(measure, "retire", at, by)
    return measure


@transaction.atomic
def bring_back(*, code: str, at: datetime, by: Actor) -> Measure:
    """Use a retired measure again. Raises MeasureNotFound."""
    measure = _kept(code, by)
    measure.retired_at = None
    _save(measure, "bring_back", at, by)
    return measure


def _kept(code: str, by: Actor) -> Measure:
    measure = Measure.objects.kept_by(by).select_for_update().filter(code=code).first()
    if measure is None:
        raise MeasureNotFound(code)
    return measure


def _save(measure: Measure, step: str, at: datetime, by: Actor) -> None:
    measure.edit_version += 1
    measure.saved_by_user_id, measure.saved_at = by.user_id, at
    measure.save()
    _note(measure, step, by)


def _note(measure: Measure, step: str, by: Actor) -> None:
    audit.append(
        Entry(
            institution_id=by.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.OTHER,
            actor_user_id=by.user_id,
            object_ref=f"measure:{measure.pk}",
            categories=(step,),
        )
    )
