"""What is known beforehand: the last edition's answer and official forms, fitted to the questions asked now."""

from django.utils import timezone

from spoiwo.surveys.models import Answer, FrameUnit, Survey
from spoiwo.surveys.models.keys import key_of
from spoiwo.surveys.rules.answering import fitting
from spoiwo.surveys.rules.sealing import Kept, merged, opened
from spoiwo.surveys.types import COUNTED, Content, Value

Sourced = tuple[str, dict[str, Value]]


def filled_in_beforehand(survey: Survey, unit: FrameUnit | None, content: Content) -> Kept:
    """A fresh answer with what is known; an official form is newer than the edition before and wins."""
    if unit is None or survey.anonymous:
        return Kept()
    values, sources = merged([*_last_edition(survey, unit), *_official_forms(survey, unit)])
    kept = fitting(content, values)
    return Kept(values=kept, prefilled={code: sources[code] for code in kept})


def _last_edition(survey: Survey, unit: FrameUnit) -> list[Sourced]:
    before = survey.previous
    if before is None or before.anonymous:
        return []
    answer = Answer.objects.filter(survey=before, unit__key=unit.key, state__in=COUNTED).first()
    if answer is None:
        return []
    return [(before.period or before.title, opened(bytes(answer.sealed), key_of(before), answer.pk).values)]


def _official_forms(survey: Survey, unit: FrameUnit) -> list[Sourced]:
    if not unit.known:
        return []
    known = opened(bytes(unit.known), key_of(survey), unit.uuid).values
    return [(unit.known_from or timezone.localdate().isoformat(), known)]
