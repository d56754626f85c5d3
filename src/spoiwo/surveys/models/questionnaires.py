"""Questionnaires and their versions."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.ids import new_uuid
from spoiwo.surveys import querysets
from spoiwo.surveys.rules.documents import from_document
from spoiwo.surveys.types import Content, Subject, VersionState, Words

SUBJECT_CHOICES = [
    (Subject.ENTITY.value, _("Entities: enterprises, centres, institutions")),
    (Subject.PERSON.value, _("Persons")),
]
STATE_CHOICES = [
    (VersionState.DRAFT.value, _("Draft")),
    (VersionState.PUBLISHED.value, _("Published")),
    (VersionState.CLOSED.value, _("Closed")),
]


class Questionnaire(models.Model):
    """What is asked, over all its versions; the code stays."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=40)
    title_pl = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=8, choices=SUBJECT_CHOICES, default=Subject.ENTITY)
    minutes_budget = models.PositiveSmallIntegerField(default=20)
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = querysets.QuestionnaireQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "code"], name="questionnaire_code_once"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> Words:
        """The title in both languages."""
        return Words(self.title_pl, self.title_en)


class QuestionnaireVersion(models.Model):
    """One wording of a questionnaire; once published it never changes."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=9, choices=STATE_CHOICES, default=VersionState.DRAFT)
    content = models.JSONField(default=dict)  # rules.documents
    edit_version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    edited_by_user_id = models.BigIntegerField(default=0)
    published_at = models.DateTimeField(null=True)

    objects = querysets.VersionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(state="draft"), name="one_draft_per_questionnaire"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} v{self.number}"

    @property
    def questions(self) -> Content:
        """The questionnaire itself."""
        return from_document(self.content)
