"""By what units weigh: the value each gave to the weight question in the edition before."""

from decimal import Decimal

from spoiwo.surveys.models import Answer, FrameUnit, Survey
from spoiwo.surveys.models.keys import key_of
from spoiwo.surveys.rules.sealing import opened
from spoiwo.surveys.types import COUNTED, UNKNOWN


def weigh_frame(survey: Survey) -> None:
    """Give units of the frame their weights; whom nobody knows stays without one."""
    before = survey.previous
    if not survey.weight_question or before is None or before.anonymous:
        return
    key = key_of(before)
    weights: dict[str, Decimal] = {}
    answers = Answer.objects.filter(survey=before, unit__isnull=False, state__in=COUNTED)
    rows = answers.values_list("pk", "unit__key", "sealed")
    for number, unit_key, stored in rows.iterator(chunk_size=500):
        value = opened(bytes(stored), key, number).values.get(survey.weight_question)
        if value is not None and value != UNKNOWN and not isinstance(value, list):
            weights[str(unit_key)] = Decimal(str(value))
    units = list(FrameUnit.objects.filter(survey=survey, key__in=list(weights)))
    for unit in units:
        unit.weight = weights[unit.key]
    FrameUnit.objects.bulk_update(units, ["weight"], batch_size=500)
