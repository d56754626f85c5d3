"""The partnership agreement, its versions, and who acceded when."""

from typing import ClassVar

from django.db import models

from spoiwo.partnership import querysets
from spoiwo.partnership.models.choices import ACCESSION_STATES
from spoiwo.partnership.types import AccessionState


class Agreement(models.Model):
    """A partnership agreement; its secretariat keeps the registers."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=250)
    secretariat = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True, blank=True)
    day_known = models.BooleanField(default=True)  # False: the source names the year only
    is_demonstration = models.BooleanField(default=False)

    objects = querysets.AgreementQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    def __str__(self) -> str:
        return self.title


class AgreementVersion(models.Model):
    """Scope and purpose of the agreement from a day on; earlier versions stay."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    scope = models.TextField()  # one item a line
    purpose = models.TextField(blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "number"], name="partnership_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.number}"


class Accession(models.Model):
    """An institution and the agreement; state is the newest step, kept for lists and access."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="accessions")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ACCESSION_STATES, default=AccessionState.INVITED)

    objects = querysets.AccessionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "institution"], name="accession_once_per_institution"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "state", "agreement"], name="accession_by_institution")
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.state}"


class AccessionStep(models.Model):
    """What happened to an accession on a day; the number of signatories on any day is counted from these."""

    accession = models.ForeignKey(Accession, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=ACCESSION_STATES)
    on = models.DateField()
    day_known = models.BooleanField(default=True)
    note = models.CharField(max_length=250, blank=True)
    user_id = models.BigIntegerField(default=0)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["accession", "on", "id"], name="accession_step_by_day")]

    def __str__(self) -> str:
        return f"{self.accession_id} {self.state} {self.on}"
