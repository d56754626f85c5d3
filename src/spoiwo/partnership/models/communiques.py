"""Communiqués, how each reached each institution, and the outbox of letters."""

from typing import ClassVar

from django.db import models

from spoiwo.kernel.ids import new_uuid
from spoiwo.partnership import querysets
from spoiwo.partnership.models.choices import (
    CHANNELS,
    COMMUNIQUE_STATES,
    DELIVERY_STATES,
    LANGUAGES,
    LETTER_STATES,
    MAIL_STATES,
    VISIBILITIES,
)
from spoiwo.partnership.types import CommuniqueState, DeliveryState, LetterState, MailState, Visibility


class Communique(models.Model):
    """What the body did, told to all signatories."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    body = models.ForeignKey("partnership.Body", on_delete=models.PROTECT, related_name="communiques")
    number = models.CharField(max_length=20)  # "1/2016"
    year = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(
        "partnership.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="communiques"
    )
    title = models.CharField(max_length=250)
    text = models.TextField(blank=True)  # of the newest version, Markdown
    state = models.CharField(max_length=8, choices=COMMUNIQUE_STATES, default=CommuniqueState.DRAFT)
    visibility = models.CharField(max_length=8, choices=VISIBILITIES, default=Visibility.PUBLIC)
    edition = models.PositiveSmallIntegerField(default=1)  # raised when a correction goes to everybody again
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_user_id = models.BigIntegerField(default=0)
    sent_on = models.DateField(null=True, blank=True)
    day_known = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = querysets.CommuniqueQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "number"], name="communique_number_once_per_body")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Translation(models.Model):
    """A communiqué told in one more language."""

    communique = models.ForeignKey(Communique, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    title = models.CharField(max_length=250)
    text = models.TextField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["communique", "language"], name="translation_once_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.communique_id} {self.language}"


class Enclosure(models.Model):
    """A file that goes along; it lies in the private storage under its SHA-256."""

    communique = models.ForeignKey(Communique, on_delete=models.CASCADE, related_name="enclosures")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["communique", "sha256"], name="enclosure_once_per_file")
        ]

    def __str__(self) -> str:
        return self.name


class SentEdition(models.Model):
    """A communiqué as it was sent, with its translations and enclosures; never changed."""

    communique = models.ForeignKey(Communique, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    text = models.TextField()
    translations = models.JSONField(default=list, blank=True)  # language, title, text
    enclosures = models.JSONField(default=list, blank=True)  # name, sha256, size
    sent_at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["communique", "number"], name="communique_edition_once")
        ]

    def __str__(self) -> str:
        return f"{self.communique_id} e{self.number}"


class Delivery(models.Model):
    """One edition of a communiqué, one institution, one channel: how far it got and what proves it."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    communique = models.ForeignKey(Communique, on_delete=models.CASCADE, related_name="deliveries")
    edition = models.PositiveSmallIntegerField()
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=CHANNELS)
    state = models.CharField(max_length=12, choices=DELIVERY_STATES, default=DeliveryState.QUEUED)
    mail = models.OneToOneField(
        "partnership.OutgoingMail", null=True, blank=True, on_delete=models.SET_NULL, related_name="delivery"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=250, blank=True)
    acknowledged_by_user_id = models.BigIntegerField(default=0)
    url = models.URLField(max_length=500, blank=True)
    found_title = models.CharField(max_length=250, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    evidence_name = models.CharField(max_length=200, blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)

    objects = querysets.DeliveryQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["communique", "edition", "institution", "channel"], name="delivery_once_per_channel"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "state"], name="delivery_by_institution")]

    def __str__(self) -> str:
        return f"{self.communique_id} {self.institution_id} {self.channel}"


class OutgoingMail(models.Model):
    """A letter in the outbox. Its Message-ID is fixed before the first attempt and never changes."""

    message_id = models.CharField(max_length=120, unique=True)
    about = models.CharField(max_length=60)  # "communique:12", "meeting:3", "digest:2026-11-22"
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    calendar = models.TextField(blank=True)  # an iTIP message that goes along
    calendar_method = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=8, choices=MAIL_STATES, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=250, blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "next_try_at"], name="outgoing_mail_waiting"),
            models.Index(fields=["about"], name="outgoing_mail_by_subject"),
        ]

    def __str__(self) -> str:
        return self.message_id


class Letter(models.Model):
    """A letter (wystąpienie) of a body to an institution, or the answer to one."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    body = models.ForeignKey("partnership.Body", on_delete=models.PROTECT, related_name="letters")
    number = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=12)  # "action", "information", "comment"
    subject = models.CharField(max_length=250)
    text = models.TextField()
    to = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    holder = models.CharField(max_length=160, blank=True)  # the function of who acts on it
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=LETTER_STATES, default=LetterState.DRAFT)
    sent_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    outcome = models.ForeignKey(
        "partnership.Outcome", null=True, blank=True, on_delete=models.SET_NULL, related_name="letters"
    )
    in_reply_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="followed_by"
    )

    objects = querysets.LetterQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.subject
