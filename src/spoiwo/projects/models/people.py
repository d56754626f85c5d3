"""People in projects: recruitment, support, work they find."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.kernel.ids import new_uuid
from spoiwo.projects import querysets
from spoiwo.projects.models.choices import (
    PARTICIPANT_STATE_CHOICES,
    REASON_CHOICES,
    SUPPORT_CHOICES,
    SUPPORT_STATE_CHOICES,
    WORK_CHOICES,
)
from spoiwo.projects.models.projects import INSTITUTION, Project
from spoiwo.projects.types import ParticipantState, SupportState
from spoiwo.toolkit.columns import KeyField

PERSONAL: dict[str, str] = {
    "*": "personal",
    "id": "internal",
    "uuid": "internal",
    "institution": "internal",
}


class Participant(models.Model):
    """Somebody who was asked into a project, and how it went.

    `person` is an index row of their own; `record`, when set, is the own register's record, and then counts, so
    that decisions about who is who are followed.
    """

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey("clients.Person", on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(
        "clients.SourceRecord", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=120)
    birth_date = models.DateField(null=True, blank=True)
    sort_key = KeyField(max_length=600)
    search_key = KeyField(max_length=210)
    state = models.CharField(
        max_length=14, choices=PARTICIPANT_STATE_CHOICES, default=ParticipantState.CANDIDATE
    )
    asked_on = models.DateField()
    joined_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=14, choices=REASON_CHOICES, blank=True)
    reason_note = models.CharField(max_length=500, blank=True)

    objects = querysets.ProjectPeopleQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = PERSONAL

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["project", "record"], name="record_once_in_project", condition=Q(record__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(ended_on__gte=F("joined_on")),
                name="participant_not_ended_before_start",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["project", "sort_key"], name="project_people_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}"


class Support(models.Model):
    """A piece of support that a project pays for. record: that of the participant, for the second wall."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="support")
    record = models.ForeignKey(
        "clients.SourceRecord", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=SUPPORT_CHOICES)
    name = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    hours = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    cost_pln = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    employer = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=SUPPORT_STATE_CHOICES, default=SupportState.GOING)
    reason = models.CharField(max_length=300, blank=True)

    objects = querysets.ProjectPeopleQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = PERSONAL

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="support_not_ended_before_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class WorkResult(models.Model):
    """Work that a participant took up, on whose word it is known."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="work")
    kind = models.CharField(max_length=13, choices=WORK_CHOICES)
    employer = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    objects = querysets.ProjectPeopleQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = PERSONAL

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="work_not_ended_before_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)
