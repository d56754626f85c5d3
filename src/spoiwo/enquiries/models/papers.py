"""Confirmations of data and certificates: numbered, fingerprinted, sealed; the public page knows only the numbers."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.enquiries import querysets
from spoiwo.enquiries.models.asking import INSTITUTION, RECORD, Enquiry
from spoiwo.enquiries.models.choices import PAPER_KIND_CHOICES, PAPER_STATE_CHOICES, PROOF_CHOICES
from spoiwo.enquiries.types import PaperKind, PaperState
from spoiwo.kernel.ids import new_uuid


class Confirmation(models.Model):
    """A document about a person that says for good what the register said on a day.

    sha256: fingerprint of the content, printed on the paper. pdf_sha256, signed_sha256: of the files.
    """

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(INSTITUTION, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=PAPER_KIND_CHOICES)
    state = models.CharField(max_length=10, choices=PAPER_STATE_CHOICES)
    enquiry = models.OneToOneField(Enquiry, null=True, on_delete=models.PROTECT, related_name="confirmation")
    record = models.ForeignKey(RECORD, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    code = models.CharField(max_length=32, unique=True)  # of the page that confirms it
    wrapped_key = models.BinaryField(max_length=80)
    content_sealed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    as_of = models.DateField()
    issued_at = models.DateTimeField()
    issued_by_user_id = models.BigIntegerField()
    case_ref = models.CharField(max_length=80, blank=True)
    jrwa = models.CharField(max_length=20, blank=True)
    pdf_sealed = models.BinaryField(blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    signed_sealed = models.BinaryField(blank=True)
    signed_sha256 = models.CharField(max_length=64, blank=True)
    signed_form = models.CharField(max_length=5, blank=True)
    signed_proof = models.CharField(max_length=8, choices=PROOF_CHOICES, blank=True)
    signed_at = models.DateTimeField(null=True)
    signer = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    reason_sealed = models.BinaryField(max_length=9000, blank=True)

    objects = querysets.ConfirmationQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "wrapped_key": "sensitive",
        "content_sealed": "sensitive",
        "pdf_sealed": "sensitive",
        "signed_sealed": "sensitive",
        "reason_sealed": "sensitive",
        "signer": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "number"], name="confirmation_number_once"),
            models.CheckConstraint(
                condition=Q(kind=PaperKind.OFFICE, recipient__isnull=False)
                | Q(kind=PaperKind.CITIZEN, recipient__isnull=True),
                name="confirmation_for_an_office_or_a_citizen",
            ),
            models.CheckConstraint(
                condition=~Q(kind=PaperKind.CITIZEN, state=PaperState.VALID) | ~Q(signed_sha256=""),
                name="certificate_valid_once_signed",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "issued_at"], name="confirmation_by_time")]

    def __str__(self) -> str:
        return self.number
