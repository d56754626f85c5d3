"""Links for receivers without an account; neither link nor code is stored, only what tells them."""

from typing import ClassVar

from django.db import models

from spoiwo.referrals.models.referrals import INSTITUTION, USER, Referral


class AccessLink(models.Model):
    """A link to one referral, open to whoever also has a fresh code; a new one puts the old one out of use."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    receiver = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_on = models.DateField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.referral_id} {self.expires_on}"
