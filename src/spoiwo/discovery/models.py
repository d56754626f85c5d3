"""Rounds of discovery: who sent tokens when, which pairs were found, and what was given of people in common.

Tokens lie in a sealed file while a round waits for the other office; the moment two envelopes are joined both files
go. Nothing here names a person: aliases are drawn anew for every round and only the office that drew them knows whose
they are, fields are sealed by one office for the other.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spoiwo.discovery.querysets import ConnectorQuerySet, OfRoundQuerySet, RoundQuerySet
from spoiwo.discovery.types import Level
from spoiwo.kernel.ids import new_uuid

LEVEL_CHOICES = [(Level.SURE.value, _("Certain")), (Level.POSSIBLE.value, _("To be checked"))]


def _institution() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")


class Round(models.Model):
    """One comparison of two registers under an agreement."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for tokens")
        JOINED = "joined", _("Both files compared")
        ENDED = "ended", _("Ended")

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    agreement = models.ForeignKey("access.SharingAgreement", on_delete=models.PROTECT, related_name="+")
    agreement_number = models.CharField(max_length=60)
    epoch = models.PositiveIntegerField()
    left_institution = _institution()
    right_institution = _institution()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    opened_at = models.DateTimeField()
    opened_by_user_id = models.BigIntegerField(default=0)
    joined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = RoundQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement_number", "left_institution", "right_institution", "epoch"],
                name="discovery_epoch_once",
            ),
            models.CheckConstraint(
                condition=Q(left_institution_id__lt=F("right_institution_id")),
                name="discovery_sides_in_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["left_institution", "opened_at"], name="discovery_round_by_left"),
            models.Index(fields=["right_institution", "opened_at"], name="discovery_round_by_right"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_number} {self.epoch}"


class Sending(models.Model):
    """The tokens that one office sent: what can be said of them in public. The tokens themselves are in a file."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="sendings")
    institution = _institution()
    signer = models.CharField(max_length=120)  # public key of the office
    root = models.CharField(max_length=64)  # commitment to the register
    rows = models.PositiveIntegerField()  # with padding
    wrapped_key = models.BinaryField()  # of the file; empty once it is gone
    sent_at = models.DateTimeField()
    sent_by_user_id = models.BigIntegerField(default=0)

    objects = OfRoundQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "institution"], name="discovery_sent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.institution_id}"


class CommonPerson(models.Model):
    """A row of each office that are, or may be, one person, and what one office gave the other of it, sealed."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="people")
    level = models.CharField(max_length=8, choices=LEVEL_CHOICES)
    left_alias = models.BinaryField(max_length=8)
    right_alias = models.BinaryField(max_length=8)
    left_gave = models.BinaryField()  # for the right office alone; empty: nothing yet
    right_gave = models.BinaryField()

    objects = OfRoundQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "left_alias": "personal",
        "right_alias": "personal",
        "left_gave": "personal",
        "right_gave": "personal",
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["round", "level"], name="discovery_person_by_level")]

    def __str__(self) -> str:
        return str(self.uuid)


class Connector(models.Model):
    """The program of an office that asks for itself, known by its key; before it has come forward, by a code."""

    institution = _institution()
    public = models.CharField(
        max_length=120, blank=True
    )  # key of the office; empty: the code was not used yet
    code = models.CharField(max_length=64)  # digest of the code it came forward with
    offered_at = models.DateTimeField()
    connected_at = models.DateTimeField(null=True)
    by_user_id = models.BigIntegerField()  # the registrar in whose name it acts
    last_asked = models.BigIntegerField(default=0)  # milliseconds since 1970; a request counts once

    objects = ConnectorQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution"], name="discovery_one_connector"),
            models.UniqueConstraint(
                fields=["public"], condition=~Q(public=""), name="discovery_key_of_one_office"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}"
