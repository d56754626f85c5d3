"""Which question of a questionnaire feeds which measure."""

from typing import Any, ClassVar

from django.db import models

from spoiwo.monitoring import querysets


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
