"""Meetings, agendas, who was there, minutes."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.kernel.ids import new_uuid
from spoiwo.partnership import querysets
from spoiwo.partnership.models.choices import (
    AMENDMENT_STATES,
    ANSWERS,
    ITEM_KINDS,
    MEETING_KINDS,
    MEETING_STATES,
    PRESENCES,
    VISIBILITIES,
    VOTES,
)
from spoiwo.partnership.types import AmendmentState, ItemKind, MeetingState, Visibility


class Meeting(models.Model):
    """A meeting of a body, or a decision by letters; minutes are written while it is held or days later."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    body = models.ForeignKey("partnership.Body", on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=16, choices=MEETING_KINDS)
    title = models.CharField(max_length=250)
    aim = models.TextField(blank=True)
    purposes = models.JSONField(default=list, blank=True)  # types.Purpose codes
    starts_on = models.DateField()
    ends_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    day_known = models.BooleanField(default=True)
    host = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organiser = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(max_length=200, blank=True)
    online_url = models.URLField(blank=True)
    state = models.CharField(max_length=10, choices=MEETING_STATES, default=MeetingState.DRAFT)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    visibility = models.CharField(max_length=8, choices=VISIBILITIES, default=Visibility.PARTNERS)
    sequence = models.PositiveIntegerField(default=0)  # of the invitation: raised by every visible change
    headcount_other = models.PositiveIntegerField(null=True, blank=True)
    amendments_until = models.DateField(null=True, blank=True)
    approved_text = models.TextField(blank=True)
    approved_sha256 = models.CharField(max_length=64, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_user_id = models.BigIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)  # demonstration data that no source names
    version = models.PositiveIntegerField(default=1)
    changed_by_user_id = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.MeetingQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="meeting_not_ended_before_start"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "starts_on"], name="meeting_by_body"),
            models.Index(fields=["starts_on", "kind"], name="meeting_by_day"),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """An item of an agenda and what was said under it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=ITEM_KINDS, default=ItemKind.COMMON)
    track = models.CharField(max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)  # what was said, in short
    topic = models.ForeignKey(
        "partnership.Topic", null=True, blank=True, on_delete=models.SET_NULL, related_name="items"
    )

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["meeting", "position"], name="item_in_order")]

    def __str__(self) -> str:
        return self.title


class ItemPresenter(models.Model):
    """Who presents an item: an institution, and the function of who speaks for it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="presenters")
    institution = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    label = models.CharField(max_length=200, blank=True)  # an institution that is not in the directory
    function = models.CharField(max_length=160, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.item_id}: {self.institution_id or self.label}"


class QuotedFigure(models.Model):
    """A figure that was quoted; figures can contradict each other, so each carries its source and may be doubted."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="figures")
    label = models.CharField(max_length=250)
    value = models.CharField(max_length=40)
    unit = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
    is_doubtful = models.BooleanField(default=False)
    note = models.CharField(max_length=250, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"


class MeetingFile(models.Model):
    """A file of a meeting; it lies in the private storage under its SHA-256."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="files")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="files"
    )
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """An institution at a meeting: invited, its answer, whether it came, whom it stands in for."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=160, blank=True)
    user = models.ForeignKey(
        "institutions.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_voting = models.BooleanField(default=False)
    answer = models.CharField(max_length=10, choices=ANSWERS, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    presence = models.CharField(max_length=10, choices=PRESENCES, blank=True)
    represents = models.CharField(max_length=160, blank=True)
    vote = models.CharField(max_length=10, choices=VOTES, blank=True)  # in a decision by circulation

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "institution", "function"], name="attendance_once_per_function"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.institution_id}"


class MinutesRevision(models.Model):
    """One state of the minutes' text (Markdown); never changed, a new one follows."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    author_user_id = models.BigIntegerField(default=0)
    written_at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} r{self.number}"


class Amendment(models.Model):
    """A change that somebody who attended proposes to the minutes in review."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="amendments")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField(default=0)
    passage = models.TextField(blank=True)  # words of the minutes that should change
    proposal = models.TextField()
    state = models.CharField(max_length=10, choices=AMENDMENT_STATES, default=AmendmentState.PROPOSED)
    answer = models.CharField(max_length=250, blank=True)
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.state}"


class Erratum(models.Model):
    """A correction beside minutes that were approved; their text never changes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="errata")
    text = models.TextField()
    user_id = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.meeting_id}"
