"""Events, their sessions, who registered, who was there, and what they took home."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.support import querysets
from spoiwo.support.models.choices import EVENT_CHOICES, EVENT_STATE_CHOICES, REGISTRATION_CHOICES
from spoiwo.support.models.deliveries import Project
from spoiwo.support.models.owned import Owned
from spoiwo.support.models.people import Entity, Participant
from spoiwo.support.types import EventState, RegistrationState


class MeetingCycle(Owned):
    """An edition of an animator programme: the same sessions in every county. required_sessions: to finish it."""

    name = models.CharField(max_length=250)
    sessions_planned = models.PositiveSmallIntegerField(default=5)
    required_sessions = models.PositiveSmallIntegerField(default=4)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(required_sessions__lte=F("sessions_planned")), name="cycle_can_be_finished"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Event(Owned):
    """A training, a study visit, a seminar, a conference, a fair, a meeting.

    required_sessions: how many sessions finish it; None for all. code: of the public registration page.
    """

    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(
        MeetingCycle, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    kind = models.CharField(max_length=12, choices=EVENT_CHOICES)
    title = models.CharField(max_length=250)
    about = models.TextField(blank=True)
    place = models.CharField(max_length=160, blank=True)
    teryt = models.CharField(max_length=7, blank=True)
    county = models.CharField(max_length=4, blank=True)  # of teryt
    starts_on = models.DateField()
    ends_on = models.DateField()
    capacity = models.PositiveIntegerField(null=True, blank=True)
    required_sessions = models.PositiveSmallIntegerField(null=True, blank=True)
    registration_until = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=True)
    code = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=10, choices=EVENT_STATE_CHOICES, default=EventState.DRAFT)
    reported_on = models.DateField(null=True)
    anonymous_headcount = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal", "version": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="event_ends_not_before_it_starts"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "starts_on"], name="event_by_day")]

    def __str__(self) -> str:
        return self.title


class Session(Owned):
    """A part of an event; parallel ones carry a track."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    day = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField()
    title = models.CharField(max_length=250, blank=True)
    track = models.CharField(max_length=60, blank=True)
    leader = models.CharField(max_length=160, blank=True)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal", "leader": "public"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes__gt=0), name="session_lasts"),
        ]


class Registration(Owned):
    """Somebody who wants to come. Until they are known as a participant, what they typed stands here."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="registrations")
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    entity = models.ForeignKey(Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=120)
    email = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    represents = models.CharField(max_length=250, blank=True)
    needs = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=REGISTRATION_CHOICES, default=RegistrationState.APPLIED)
    is_from_public = models.BooleanField(default=False)

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "personal",
        "id": "internal",
        "uuid": "internal",
        "institution": "internal",
        "created_at": "internal",
        "event": "internal",
        "needs": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "participant"],
                condition=Q(participant__isnull=False),
                name="registered_once_per_event",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["event", "state"], name="registration_by_state")]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}"


class Attendance(Owned):
    """Somebody was at a session for so many minutes; 0: was not there. day, kind, county: of session and event."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="attendances")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=12, choices=EVENT_CHOICES)
    county = models.CharField(max_length=4, blank=True)
    minutes = models.PositiveIntegerField()

    objects = querysets.PeopleQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "participant": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "registration"], name="attendance_once_per_session"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["institution", "day", "participant", "kind", "minutes", "county"],
                name="attendance_by_day",
            ),
            models.Index(fields=["participant", "day"], name="attendance_by_whom"),
        ]


class Certificate(Owned):
    """What a participant takes home; says today what it said when it was issued."""

    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="certificate")
    number = models.CharField(max_length=60)
    code = models.CharField(max_length=32, unique=True)  # of the page that confirms it
    issued_on = models.DateField()
    full_name = models.CharField(max_length=220)
    event_title = models.CharField(max_length=250)
    minutes = models.PositiveIntegerField()

    objects = querysets.OwnedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "full_name": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "number"], name="certificate_number_once"),
        ]


class Exhibitor(Owned):
    """An entity that shows what it offers at a fair."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="exhibitors")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    stand = models.CharField(max_length=40, blank=True)
    shows = models.CharField(max_length=300, blank=True)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "entity"], name="exhibitor_once_per_fair"),
        ]


class Material(Owned):
    """Something to read before or after an event, by its address."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(max_length=250)
    address = models.URLField(max_length=500)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}


class Evaluation(Owned):
    """What people thought of an event: an anonymous survey that whoever has its link answers."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="evaluation")
    survey = models.OneToOneField("surveys.Survey", on_delete=models.PROTECT, related_name="+")

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}
