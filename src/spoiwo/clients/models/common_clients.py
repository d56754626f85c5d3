"""The derived list of people whom two institutions serve."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.clients import querysets
from spoiwo.clients.models.choices import STATUS_CHOICES
from spoiwo.clients.models.records import INSTITUTION, Person, SourceRecord
from spoiwo.toolkit.columns import HasSpace, KeyField

# Names of which a later word may be searched for.
SEVERAL_WORDS = Q(HasSpace("last_key")) | Q(HasSpace("first_key"))


class CommonClient(models.Model):
    """Derived: a person in the own register whom another institution serves too. Can be rebuilt at any time."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(INSTITUTION, on_delete=models.CASCADE, related_name="+")
    record = models.ForeignKey(SourceRecord, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    since_generation = models.IntegerField()  # of the own register when the person became common
    rule = models.CharField(max_length=40)
    sort_key = KeyField(max_length=600)
    last_key = KeyField(max_length=120)
    first_key = KeyField(max_length=80)
    teryt = models.CharField(max_length=7, blank=True)
    status = models.CharField(max_length=30, blank=True, choices=STATUS_CHOICES)
    worker = models.CharField(max_length=120, blank=True)

    objects = querysets.CommonClientQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "sort_key": "personal",
        "last_key": "personal",
        "first_key": "personal",
        "teryt": "personal",
        "status": "personal",
        "worker": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "record", "other"], name="common_client_once"),
        ]
        indexes: ClassVar = [
            # Those of an order hold all that is needed to find who stands on a page of it.
            models.Index(
                fields=["institution", "sort_key", "record", "other"], name="common_in_order_of_name"
            ),
            models.Index(
                fields=["institution", "status", "sort_key", "record", "other"],
                name="common_in_order_of_status",
            ),
            models.Index(
                fields=["institution", "since", "sort_key", "record", "other"], name="common_oldest_first"
            ),
            models.Index(
                fields=["institution", "-since", "sort_key", "record", "other"], name="common_newest_first"
            ),
            models.Index(fields=["institution", "last_key"], name="common_by_last_name"),
            models.Index(fields=["institution", "first_key"], name="common_by_first_name"),
            models.Index(
                fields=["institution", "last_key", "first_key"],
                name="common_of_several_words",
                condition=SEVERAL_WORDS,
            ),
            models.Index(fields=["institution", "other", "person"], name="common_by_other"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.record_id} {self.other_id}"
