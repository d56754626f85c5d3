"""Whom a support centre supports: people, entities, initiative groups, and who is who."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.support import querysets
from spoiwo.support.models.choices import EDUCATION_CHOICES, LABOUR_CHOICES
from spoiwo.support.models.owned import Owned
from spoiwo.support.types import Education, LabourStatus
from spoiwo.toolkit.columns import KeyField


class Participant(Owned):
    """A person as the support centre knows them.

    `person` is an index row of their own until identity joins them with somebody; `record`, when set, is the
    centre's own register record of the person, and then counts, so that decisions about it are followed.
    """

    number = models.CharField(max_length=40)
    person = models.ForeignKey("clients.Person", on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(
        "clients.SourceRecord", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    wrapped_key = models.BinaryField(max_length=80)
    pesel_sealed = models.BinaryField(max_length=60, blank=True)
    pesel_index = models.BinaryField(max_length=16, null=True)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=120)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=120, blank=True)
    teryt = models.CharField(max_length=7, blank=True)
    labour_status = models.CharField(max_length=12, choices=LABOUR_CHOICES, default=LabourStatus.UNKNOWN)
    education = models.CharField(max_length=10, choices=EDUCATION_CHOICES, default=Education.UNKNOWN)
    supported_from = models.DateField(null=True, blank=True)
    sort_key = KeyField(max_length=600)
    search_key = KeyField(max_length=210)
    version = models.PositiveIntegerField(default=1)

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "personal",
        "id": "internal",
        "uuid": "internal",
        "institution": "internal",
        "created_at": "internal",
        "version": "internal",
        "pesel_sealed": "sensitive",
        "pesel_index": "sensitive",
        "wrapped_key": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "number"], name="participant_number_once"),
            models.UniqueConstraint(
                fields=["institution", "pesel_index"],
                condition=Q(pesel_index__isnull=False),
                name="participant_pesel_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "sort_key"], name="participant_by_name"),
            models.Index(fields=["institution", "search_key"], name="participant_by_search"),
            models.Index(
                fields=["pesel_index"], name="participant_by_pesel", condition=Q(pesel_index__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}"


class PersonMove(Owned):
    """That a participant is the same person as somebody else, on what grounds; undone row for row."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="moves")
    from_person = models.UUIDField()
    to_person = models.UUIDField()
    from_record = models.ForeignKey(
        "clients.SourceRecord", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    to_record = models.ForeignKey(
        "clients.SourceRecord", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    rule = models.CharField(max_length=40)
    agreement = models.CharField(max_length=60, blank=True)
    decided_by_user_id = models.BigIntegerField(default=0)
    undone_at = models.DateTimeField(null=True)

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}


class Entity(Owned):
    """An organisation as the support centre knows it. identity: one and the same key at every centre."""

    name = models.CharField(max_length=250)
    is_social = models.BooleanField()
    kind = models.CharField(max_length=20, default="OTHER")  # institutions.types.Kind
    nip = models.CharField(max_length=10, blank=True)
    regon = models.CharField(max_length=14, blank=True)
    krs = models.CharField(max_length=10, blank=True)
    teryt = models.CharField(max_length=7, blank=True)
    directory = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    identity = KeyField(max_length=60)
    sort_key = KeyField(max_length=500)
    search_key = KeyField(max_length=250)
    version = models.PositiveIntegerField(default=1)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "public",
        "id": "internal",
        "institution": "internal",
        "version": "internal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "identity"], name="entity_once_per_centre"),
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "sort_key"], name="entity_by_name")]

    def __str__(self) -> str:
        return self.name


class Group(Owned):
    """An initiative group: people who may found an entity; from `became_on` on it is that entity."""

    name = models.CharField(max_length=250)
    teryt = models.CharField(max_length=7, blank=True)
    founded_on = models.DateField()
    became = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="began_as"
    )
    became_on = models.DateField(null=True, blank=True)
    sort_key = KeyField(max_length=500)

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(became__isnull=True, became_on__isnull=True)
                | Q(became__isnull=False, became_on__isnull=False),
                name="group_became_with_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(Owned):
    """Somebody in an initiative group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "participant"], name="group_member_once"),
        ]
