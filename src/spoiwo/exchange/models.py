"""Files on their way in and out: imports with their lease, saved column mappings, rejected rows, exports."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange import querysets
from spoiwo.exchange.types import UNDER_WAY, FileFormat, ImportState, SheetKind, SheetState
from spoiwo.kernel.ids import new_uuid

INSTITUTION = "institutions.Institution"
KIND_CHOICES = [(RegisterKind.REGISTER, _("Register extract")), (RegisterKind.FACTS, _("Facts file"))]
SHEET_CHOICES = [
    (SheetKind.SUPPORT, _("Support given in past years")),
    (SheetKind.EVENTS, _("Trainings and other events of past years, with attendance")),
    (SheetKind.KFS, _("Totals of the National Training Fund (KFS)")),
]
SHEET_STATE_CHOICES = [
    (SheetState.COLUMNS, _("Waiting for columns")),
    (SheetState.CHECKED, _("Waiting for your decision")),
    (SheetState.TAKING, _("Being taken in")),
    (SheetState.DONE, _("Taken in")),
    (SheetState.STOPPED, _("Stopped")),
]
STATE_CHOICES = [
    (ImportState.MAPPING, _("Waiting for columns")),
    (ImportState.CHECKING, _("Being checked")),
    (ImportState.CHECKED, _("Waiting for your decision")),
    (ImportState.STAGING, _("Being taken in")),
    (ImportState.SETTLING, _("In force, being matched")),
    (ImportState.DONE, _("In force")),
    (ImportState.CANCELLING, _("Being stopped")),
    (ImportState.CANCELLED, _("Stopped")),
    (ImportState.REFUSED, _("File refused")),
    (ImportState.FAILED, _("Failed")),
]


class ColumnMapping(models.Model):
    """How one office's program names the standard columns and codes; made once, used for every later file."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=[*KIND_CHOICES, *SHEET_CHOICES])
    columns = models.JSONField(default=dict)  # standard column -> header
    values = models.JSONField(default=dict)  # standard column -> their value -> ours
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    objects = querysets.ColumnMappingQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "kind", "name"], name="mapping_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class RegisterImport(models.Model):
    """One file on its way into the register. The file itself lies sealed in the data folder until it is over."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=KIND_CHOICES)
    state = models.CharField(max_length=10, choices=STATE_CHOICES, default=ImportState.MAPPING)
    as_of = models.DateField()
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    file_bytes = models.BigIntegerField()
    wrapped_key = models.BinaryField(max_length=80, blank=True)  # of the file and the rejected rows
    format = models.CharField(max_length=4, blank=True, choices=[(kind, kind.value) for kind in FileFormat])
    encoding = models.CharField(max_length=10, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=dict)  # as in ColumnMapping, for this file
    values = models.JSONField(default=dict)
    mapping = models.ForeignKey(ColumnMapping, null=True, on_delete=models.SET_NULL, related_name="+")
    generation = models.IntegerField(default=0)
    restores = models.IntegerField(default=0)  # the former generation put back; 0 for a file
    rows = models.IntegerField(default=0)
    rows_done = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    warned = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    vanished = models.IntegerField(default=0)
    common_lost = models.IntegerField(default=0)  # of the vanished ones, served by a partner too
    held_before = models.IntegerField(default=0)  # rows in force when the file was checked
    problems = models.JSONField(default=dict)  # "problem:field" -> rows
    first_findings = models.JSONField(default=list)  # [row number, field, problem, detail], the first ones
    unknown_codes = models.JSONField(default=dict)  # column -> values that no list knows
    problem = models.CharField(max_length=24, blank=True)  # FileProblem of a refused file
    problem_place = models.IntegerField(default=0)
    problem_details = models.JSONField(default=list)
    started_by_user_id = models.BigIntegerField(default=0)
    decided_by_user_id = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    lease_owner = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)

    objects = querysets.RegisterImportQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "first_findings": "personal",
        "unknown_codes": "personal",
        "wrapped_key": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "kind"],
                condition=Q(state__in=sorted(UNDER_WAY)),
                name="one_import_at_a_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "started_at"], name="import_by_time")]

    def __str__(self) -> str:
        return str(self.uuid)


class RejectedRow(models.Model):
    """A row that could not be taken, sealed under the key of its import."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    register_import = models.ForeignKey(
        RegisterImport, on_delete=models.CASCADE, related_name="rejected_rows"
    )
    row_number = models.IntegerField()
    findings = models.JSONField(default=list)  # [field, problem, detail]
    cells_sealed = models.BinaryField()

    objects = querysets.RejectedRowQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "findings": "personal",
        "cells_sealed": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register_import", "row_number"], name="rejected_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.register_import_id}: {self.row_number}"


class OpenExport(models.Model):
    """A file with everything an institution put in, made by a job and sealed in the data folder."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being prepared")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    wrapped_key = models.BinaryField(max_length=80, blank=True)
    rows = models.IntegerField(default=0)
    facts = models.IntegerField(default=0)
    others = models.IntegerField(default=0)  # rows of all other tables
    asked_by_user_id = models.BigIntegerField()
    asked_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True)

    objects = querysets.OpenExportQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "wrapped_key": "sensitive"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["institution", "asked_at"], name="export_by_time")]

    def __str__(self) -> str:
        return str(self.uuid)


class SheetImport(models.Model):
    """A sheet on its way into the support register. The sheet lies sealed in the data folder until it is over."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=SHEET_CHOICES)
    state = models.CharField(max_length=8, choices=SHEET_STATE_CHOICES, default=SheetState.COLUMNS)
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    wrapped_key = models.BinaryField(max_length=80, blank=True)  # of the file and the rejected rows
    format = models.CharField(max_length=4, choices=[(kind, kind.value) for kind in FileFormat])
    encoding = models.CharField(max_length=10, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=dict)  # as in ColumnMapping, for this sheet
    values = models.JSONField(default=dict)
    mapping = models.ForeignKey(ColumnMapping, null=True, on_delete=models.SET_NULL, related_name="+")
    rows = models.IntegerField(default=0)
    rows_done = models.IntegerField(default=0)
    taken = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    problems = models.JSONField(default=dict)  # "problem:column" -> rows
    attempts = models.IntegerField(default=0)
    started_by_user_id = models.BigIntegerField()
    decided_by_user_id = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True)

    objects = querysets.SheetImportQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "wrapped_key": "sensitive"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["institution", "started_at"], name="sheet_by_time")]

    def __str__(self) -> str:
        return self.file_name


class RejectedSheetRow(models.Model):
    """A row of a sheet that could not be taken, sealed under the key of its sheet."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="rejected_rows")
    row_number = models.IntegerField()
    findings = models.JSONField(default=list)  # [column, problem, detail]
    cells_sealed = models.BinaryField()

    objects = querysets.RejectedSheetRowQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "findings": "personal",
        "cells_sealed": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "row_number"], name="rejected_sheet_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.row_number}"
