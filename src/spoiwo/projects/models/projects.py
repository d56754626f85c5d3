"""Projects and talks with employers about them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.kernel.ids import new_uuid
from spoiwo.projects import querysets
from spoiwo.projects.models.choices import ANSWER_CHOICES

INSTITUTION = "institutions.Institution"
USER = "institutions.User"


class Project(models.Model):
    """A project of one institution that pays for support."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=250)
    fund = models.CharField(max_length=200, blank=True)
    is_competitive = models.BooleanField(default=True)
    budget_pln = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    planned_participants = models.PositiveIntegerField(default=0)
    planned_internships = models.PositiveIntegerField(default=0)
    for_whom = models.CharField(max_length=250, blank=True)
    partners = models.CharField(max_length=500, blank=True)  # names of institutions that carry it out too
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by_user_id = models.BigIntegerField(default=0)

    objects = querysets.ProjectQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "number"], name="project_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="funded_project_not_ended_before_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class EmployerContact(models.Model):
    """An employer who was asked for a place, and the answer."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="contacts")
    employer = models.CharField(max_length=200)
    asked_on = models.DateField()
    answer = models.CharField(max_length=14, choices=ANSWER_CHOICES)
    note = models.CharField(max_length=500, blank=True)

    objects = querysets.EmployerQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.employer
