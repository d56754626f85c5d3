"""What institutions learned and share: good practices, who shows them at which meeting, unified templates."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.kernel.ids import new_uuid
from spoiwo.partnership import querysets
from spoiwo.partnership.models.choices import PRACTICE_STATES
from spoiwo.partnership.rules.practices import PracticeState

INSTITUTION = "institutions.Institution"


class Practice(models.Model):
    """A good practice. confirmed_on: when its institution last said that it still holds."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    agreement = models.ForeignKey("partnership.Agreement", on_delete=models.CASCADE, related_name="practices")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    problem = models.TextField()
    solution = models.TextField()
    conditions = models.TextField(blank=True)
    result = models.TextField()
    evidence = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)  # a function and an address of the institution
    state = models.CharField(max_length=10, choices=PRACTICE_STATES, default=PracticeState.SUBMITTED)
    reason = models.CharField(max_length=300, blank=True)
    submitted_at = models.DateTimeField()
    published_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = querysets.PracticeQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "reason": "internal"}

    def __str__(self) -> str:
        return self.title


class PracticeUse(models.Model):
    """An institution that works by a practice of another one."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="uses")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "institution"], name="practice_used_once")
        ]

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.institution_id}"


class Presentation(models.Model):
    """Who shows what at which meeting of a forum; without a meeting it waits for one."""

    body = models.ForeignKey("partnership.Body", on_delete=models.CASCADE, related_name="presentations")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    practice = models.ForeignKey(
        Practice, null=True, blank=True, on_delete=models.SET_NULL, related_name="presentations"
    )
    meeting = models.ForeignKey(
        "partnership.Meeting", null=True, blank=True, on_delete=models.SET_NULL, related_name="presentations"
    )
    offered_at = models.DateTimeField()

    objects = querysets.PresentationQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.title


class Template(models.Model):
    """A document that institutions of one kind agreed to write in the same way."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    agreement = models.ForeignKey("partnership.Agreement", on_delete=models.CASCADE, related_name="templates")
    title = models.CharField(max_length=200)
    entity_kind = models.CharField(max_length=20, blank=True)  # institutions.types.Kind it is for
    about = models.TextField(blank=True)

    objects = querysets.OfAgreementQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    def __str__(self) -> str:
        return self.title


class TemplateVersion(models.Model):
    """One version with its file; exactly one is current."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    change = models.TextField(blank=True)
    valid_from = models.DateField()
    meeting = models.ForeignKey(
        "partnership.Meeting", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # that adopted it
    is_current = models.BooleanField(default=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(is_current=True), name="one_current_template_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id}/{self.number}"


class TemplateAdoption(models.Model):
    """An institution works with a version. deviations: where it does otherwise."""

    template = models.ForeignKey(Template, on_delete=models.CASCADE, related_name="adoptions")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="adoptions")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    deviations = models.TextField(blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "institution"], name="template_adopted_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.institution_id}"
