"""Referrals, what happened to them, and what was checked before."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.kernel.ids import new_uuid
from spoiwo.referrals import querysets
from spoiwo.referrals.models.choices import (
    BASIS_CHOICES,
    OUTCOME_CHOICES,
    SIDE_CHOICES,
    STATE_CHOICES,
    STEP_CHOICES,
)
from spoiwo.referrals.rules.steps import HOLDS_PLACE, OPEN
from spoiwo.referrals.types import Basis, State
from spoiwo.toolkit.columns import KeyField

INSTITUTION = "institutions.Institution"
USER = "institutions.User"
_IS_OPEN = Q(state__in=sorted(OPEN))


class ReferralCounter(models.Model):
    """The last number of a sender's referrals in a year."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "year"], name="referral_counter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}/{self.year}: {self.last}"


class Referral(models.Model):
    """A person sent to a place; the packet holds what the receiver needs, sealed under a key of its own."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    number = models.CharField(max_length=40)
    case_ref = models.CharField(max_length=80, blank=True)  # of the sender
    jrwa = models.CharField(max_length=20, blank=True)
    receiver_ref = models.CharField(max_length=80, blank=True)
    receiver_jrwa = models.CharField(max_length=20, blank=True)
    sender = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("catalogue.Place", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("clients.Person", on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey("clients.SourceRecord", null=True, on_delete=models.SET_NULL, related_name="+")
    previous = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="repeats")
    action = models.ForeignKey("plans.Action", null=True, on_delete=models.SET_NULL, related_name="+")
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=120)
    sort_key = KeyField(max_length=600)
    search_key = KeyField(max_length=400)
    basis = models.CharField(max_length=10, choices=BASIS_CHOICES, default=Basis.AGREEMENT)
    agreement = models.CharField(max_length=60, blank=True)
    legal_basis = models.CharField(max_length=80, blank=True)
    consent_on = models.DateField(null=True)
    wrapped_key = models.BinaryField(max_length=80)
    packet_sealed = models.BinaryField(max_length=20_000)
    state = models.CharField(max_length=12, choices=STATE_CHOICES, default=State.SENT)
    holds_place = models.BooleanField(default=False)
    sent_on = models.DateField()
    sent_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True)
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    outcome = models.CharField(max_length=16, choices=OUTCOME_CHOICES, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    is_imported = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = querysets.ReferralQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "case_ref": "personal",
        "receiver_ref": "personal",
        "person": "personal",
        "first_name": "personal",
        "last_name": "personal",
        "sort_key": "personal",
        "search_key": "personal",
        "wrapped_key": "sensitive",
        "packet_sealed": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sender", "number"], name="referral_number_once"),
            models.UniqueConstraint(
                fields=["sender", "place", "person"], condition=_IS_OPEN, name="one_open_referral_to_a_place"
            ),
            models.CheckConstraint(
                condition=(_IS_OPEN & Q(outcome="", ended_on__isnull=True))
                | (~_IS_OPEN & ~Q(outcome="") & Q(ended_on__isnull=False)),
                name="referral_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | ~_IS_OPEN,
                name="only_ended_referrals_are_acknowledged",
            ),
            models.CheckConstraint(
                condition=Q(holds_place=False) | Q(state__in=sorted(HOLDS_PLACE)),
                name="only_accepted_referrals_hold_a_place",
            ),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="nobody_refers_to_themselves"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["receiver", "state", "due_on"], name="referral_by_receiver"),
            models.Index(fields=["sender", "state", "due_on"], name="referral_by_sender"),
            models.Index(fields=["place", "waiting_since"], name="referral_by_waiting"),
            models.Index(fields=["person"], name="referral_by_person"),
            models.Index(fields=["due_on"], name="referral_by_deadline"),
        ]

    def __str__(self) -> str:
        return self.number


class ReferralEvent(models.Model):
    """A step that was taken: by which side, what followed, what was said."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events")
    sender = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    step = models.CharField(max_length=12, choices=STEP_CHOICES)
    side = models.CharField(max_length=8, choices=SIDE_CHOICES)
    state = models.CharField(max_length=12, choices=STATE_CHOICES)  # that followed
    outcome = models.CharField(max_length=16, choices=OUTCOME_CHOICES, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    by_link = models.BooleanField(default=False)

    objects = querysets.PartyQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "note": "personal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["referral", "at"], name="referral_event_by_time")]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.step}"


class CheckAnswer(models.Model):
    """An answer to a check of an eligibility list."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="answers")
    sender = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("catalogue.CheckItem", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=7)

    objects = querysets.PartyQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "answer": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "item"], name="check_answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.item_id}: {self.answer}"
