"""Which question of a questionnaire feeds which measure, where its series breaks, and who was asked."""

from typing import Any, ClassVar

from django.db import models

from spoiwo.monitoring import querysets
from spoiwo.toolkit.columns import KeyField


class QuestionSource(models.Model):
    """Answers to one question become observations of a measure. choice: of a question with choices, the one that
    counts; kinds: only of these kinds of entity, of all when empty; cell: what the answers are about.
    """

    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    questionnaire = models.CharField(max_length=60)
    question = models.CharField(max_length=120)
    choice = models.CharField(max_length=60, blank=True)
    kinds: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    measure = models.ForeignKey("monitoring.Measure", on_delete=models.PROTECT, related_name="+")
    cell: models.JSONField[Any, Any] = models.JSONField(default=dict, blank=True)

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "questionnaire", "question", "choice", "measure"],
                name="question_feeds_measure_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.question}"


class SeriesBreak(models.Model):
    """Figures of a measure cannot be compared across the beginning of a period. Where the question of an edition is
    another one than in the edition before: kind says what is different; note: what somebody wrote about it.
    """

    measure = models.ForeignKey("monitoring.Measure", on_delete=models.CASCADE, related_name="breaks")
    period = models.CharField(max_length=7)
    question = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, blank=True)
    note = models.CharField(max_length=500, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "period", "question"], name="series_breaks_once")
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.period}"


class Expected(models.Model):
    """Somebody who was to report for a period: of the frame of an edition."""

    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, blank=True)
    territory = KeyField(max_length=7)
    period = models.CharField(max_length=7)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "unit", "period"], name="expected_once_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.period}"
