"""Messages between institutions, so that e-mail chains end; never with clients' data."""

from typing import ClassVar

from django.db import models

from spoiwo.kernel.ids import new_uuid
from spoiwo.partnership import querysets

INSTITUTION = "institutions.Institution"
USER = "institutions.User"


class Talk(models.Model):
    """A topic between institutions of a partnership, or of a body with all its members."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    agreement = models.ForeignKey("partnership.Agreement", on_delete=models.CASCADE, related_name="talks")
    body = models.ForeignKey(
        "partnership.Body", null=True, blank=True, on_delete=models.CASCADE, related_name="talks"
    )
    subject = models.CharField(max_length=200)
    opened_by = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_by = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.TalkQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agreement", "last_at"], name="talk_by_last")]

    def __str__(self) -> str:
        return self.subject


class TalkParty(models.Model):
    """An institution that takes part in a talk that is no body's."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="parties")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["talk", "institution"], name="party_once_per_talk")
        ]

    def __str__(self) -> str:
        return f"{self.talk_id}: {self.institution_id}"


class TalkMessage(models.Model):
    """What somebody wrote for their institution, with a file if there is one."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="messages")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField()
    file_name = models.CharField(max_length=200, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return str(self.uuid)


class TalkReading(models.Model):
    """Until when somebody of an institution has read a talk."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="readings")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["talk", "user", "institution"], name="read_once_per_talk")
        ]

    def __str__(self) -> str:
        return f"{self.talk_id}: {self.user_id}"
