"""Templates of prints that an institution uses instead of the shipped ones."""

from typing import ClassVar

from django.db import models

from spoiwo.plans import querysets
from spoiwo.plans.models.choices import PRINT_CHOICES
from spoiwo.plans.models.plans import INSTITUTION, USER


class OwnPaper(models.Model):
    """A DOCX with fields, for one form of print. It names nobody."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=6, choices=PRINT_CHOICES)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = querysets.TemplateQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "form"], name="own_paper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.form}"
