"""Support cases: what a recipient is after, what was promised, what was done."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.support import querysets
from spoiwo.support.models.choices import CASE_STAGE_CHOICES
from spoiwo.support.models.owned import USER, Owned, WithRecipient, one_recipient
from spoiwo.support.types import CaseStage


class SupportCase(WithRecipient):
    """Support of one recipient from the first talk to the end."""

    number = models.CharField(max_length=40)
    goal = models.CharField(max_length=500)
    stage = models.CharField(max_length=10, choices=CASE_STAGE_CHOICES, default=CaseStage.OPENED)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True)
    adviser = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "goal": "personal", "outcome": "personal"}

    class Meta:
        constraints: ClassVar = [
            one_recipient("case_of_exactly_one_recipient"),
            models.UniqueConstraint(fields=["institution", "number"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="")
                | Q(closed_on__isnull=False, stage=CaseStage.CLOSED),
                name="case_closed_with_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CaseMove(Owned):
    """That a case was moved on to a stage, when and by whom."""

    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="moves")
    stage = models.CharField(max_length=10, choices=CASE_STAGE_CHOICES)
    moved_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}


class CaseDocument(Owned):
    """A file of a case, sealed under a key of its own; it goes when the person is erased."""

    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()  # bytes
    added_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    wrapped_key = models.BinaryField(max_length=80)
    content_sealed = models.BinaryField()

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "name": "personal",
        "wrapped_key": "sensitive",
        "content_sealed": "sensitive",
    }

    def __str__(self) -> str:
        return self.name


class CaseStep(Owned):
    """Something promised, by when, and when it was done."""

    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "text": "personal"}


class DeMinimis(Owned):
    """De minimis aid given to an entity in a case."""

    case = models.ForeignKey(SupportCase, on_delete=models.CASCADE, related_name="de_minimis")
    granted_on = models.DateField()
    amount_pln = models.DecimalField(max_digits=12, decimal_places=2)
    amount_eur = models.DecimalField(max_digits=12, decimal_places=2)
    certificate_number = models.CharField(max_length=80, blank=True)

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_pln__gt=0), name="de_minimis_is_something"),
        ]
