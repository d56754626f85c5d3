"""Entries, groups of institutions that share them, secret feeds, calendars taken in from partners."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.calendars import querysets


class Group(models.Model):
    """Institutions that share a calendar; kept by whoever knows them (a partnership)."""

    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """An institution in a group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.CASCADE, related_name="+")

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "institution"], name="calendar_group_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.institution_id}"


class PartnerCalendar(models.Model):
    """A calendar file of a partner, taken in; taking it in again replaces its entries."""

    institution = models.ForeignKey("institutions.Institution", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    taken_at = models.DateTimeField()

    objects = querysets.PartnerCalendarQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "name"], name="partner_calendar_once")
        ]

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """Something with a place in time. sequence is raised by every change that a reader can see (RFC 5545)."""

    source = models.CharField(max_length=250, unique=True)
    uid = models.CharField(max_length=250, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    place = models.CharField(max_length=250, blank=True)
    url = models.CharField(max_length=500, blank=True)  # of its page: a path of this platform, or an address
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_all_day = models.BooleanField(default=False)
    is_cancelled = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.CASCADE, related_name="entries")
    institution = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    owner = models.ForeignKey(
        "institutions.User", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )  # whose appointment it is; nobody else sees it
    partner_calendar = models.ForeignKey(
        PartnerCalendar, null=True, blank=True, on_delete=models.CASCADE, related_name="entries"
    )
    changed_at = models.DateTimeField()

    objects = querysets.EntryQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="calendar_entry_not_ended_before_start"
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(is_public=False), name="own_appointments_are_not_public"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["group", "starts_at"], name="calendar_entry_by_group"),
            models.Index(fields=["institution", "starts_at"], name="calendar_entry_by_office"),
            models.Index(fields=["is_public", "starts_at"], name="calendar_entry_public"),
        ]

    def __str__(self) -> str:
        return self.title


class Feed(models.Model):
    """A secret address under which a calendar program reads what its owner may see. The key itself is not kept."""

    key_sha256 = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey("institutions.User", on_delete=models.CASCADE, related_name="+")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    last_read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.FeedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.name
