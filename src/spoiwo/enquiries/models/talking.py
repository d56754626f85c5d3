"""Messages between the workers of two institutions about a common client, on the record."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.enquiries import querysets
from spoiwo.enquiries.models.asking import INSTITUTION, RECORD
from spoiwo.kernel.ids import new_uuid


class Conversation(models.Model):
    """Two institutions talk about one person; each side knows the person by its own record."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(RECORD, on_delete=models.PROTECT, related_name="+")
    other_record = models.ForeignKey(RECORD, on_delete=models.PROTECT, related_name="+")
    wrapped_key = models.BinaryField(max_length=80)
    started_at = models.DateTimeField()
    last_at = models.DateTimeField()

    objects = querysets.ConversationQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "wrapped_key": "sensitive"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "other_record"], name="one_conversation_per_pair"),
            models.CheckConstraint(
                condition=~Q(institution=F("other")), name="conversation_between_two_institutions"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "last_at"], name="conversation_by_starter"),
            models.Index(fields=["other", "last_at"], name="conversation_by_other"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class Message(models.Model):
    """What one worker wrote. institution: the author's. reader: the institution it is for."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    author_user_id = models.BigIntegerField()
    text_sealed = models.BinaryField(max_length=20_000)
    at = models.DateTimeField()

    objects = querysets.MessageQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "text_sealed": "sensitive"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["reader", "at"], name="message_by_reader")]

    def __str__(self) -> str:
        return str(self.uuid)


class Reading(models.Model):
    """Until when somebody has read a conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="readings")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    read_until = models.DateTimeField()

    objects = querysets.OwnQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "user_id"], name="reading_once_per_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.user_id}"
