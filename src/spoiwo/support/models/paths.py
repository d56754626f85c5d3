"""Support paths: templates are data; a path remembers the template as it was when it began."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.support import querysets
from spoiwo.support.models.choices import PATH_CHOICES
from spoiwo.support.models.owned import USER, Owned, WithRecipient, one_recipient
from spoiwo.support.types import PathState, RecipientKind

RECIPIENT_CHOICES = [(kind, kind.value) for kind in RecipientKind]


class PathTemplate(models.Model):
    """A kind of path. plan: stages with gates and checklists (rules.paths reads it); institution: None for all."""

    code = models.SlugField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    institution = models.ForeignKey(
        "institutions.Institution", null=True, on_delete=models.CASCADE, related_name="+"
    )
    plan = models.JSONField()
    is_current = models.BooleanField(default=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="path_template_version_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(is_current=True), name="one_current_path_template"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Path(WithRecipient):
    """A recipient on a path."""

    template = models.ForeignKey(PathTemplate, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    state = models.CharField(max_length=8, choices=PATH_CHOICES, default=PathState.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    exit_reason = models.CharField(max_length=300, blank=True)
    founded = models.ForeignKey(
        "support.Entity", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    plan_refs = models.CharField(max_length=300, blank=True)  # numbers of the workers' joint plans
    adviser = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "exit_reason": "personal"}

    class Meta:
        constraints: ClassVar = [one_recipient("path_of_exactly_one_recipient")]


class PathStage(Owned):
    """A stage that was passed."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="stages")
    code = models.SlugField(max_length=40)
    passed_on = models.DateField()
    passed_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["path", "code"], name="path_stage_passed_once"),
        ]


class PathCheck(Owned):
    """A line of a checklist that is done."""

    path = models.ForeignKey(Path, on_delete=models.CASCADE, related_name="checks")
    stage = models.SlugField(max_length=40)
    code = models.SlugField(max_length=40)
    done_on = models.DateField()
    done_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["path", "stage", "code"], name="path_check_done_once"),
        ]
