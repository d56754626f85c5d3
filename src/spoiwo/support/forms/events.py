"""Forms of events."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.actor import Actor
from spoiwo.support import models
from spoiwo.support.forms.recipients import RecipientField, choice_of, people_of
from spoiwo.support.forms.units import UnitField
from spoiwo.support.types import Applicant, EventDetails, EventKind, RecipientKind, SessionDetails
from spoiwo.toolkit.forms.fields import DATE_FORMATS, DateField

_LINE = re.compile(
    r"^(?P<day>\S+)\s+(?P<hour>\d{1,2}[:.]\d{2})?\s*(?P<minutes>\d{1,4})\s*"
    r"(?P<rest>.*?)\s*(\[(?P<track>[^\]]*)\])?$"
)


class EventFilter(forms.Form):
    """Which events to list."""

    mark_optional = False
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("all kinds")), *models.EVENT_CHOICES]
    )
    state = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("all")), *models.EVENT_STATE_CHOICES]
    )


class EventForm(forms.Form):
    """An event with its sessions, one a line."""

    kind = forms.ChoiceField(label=_("Kind"), choices=models.EVENT_CHOICES)
    title = forms.CharField(label=_("Title"), max_length=250)
    sessions = forms.CharField(
        label=_("Sessions"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line: day, hour, minutes, title, and in brackets the track of those that run in parallel. "
            "For example: 3.02.2026 9:00 240 Statute of a co-operative [room B]"
        ),
    )
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    teryt = UnitField(label=_("Commune or county"), required=False)
    about = forms.CharField(
        label=_("What people should know"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    capacity = forms.IntegerField(
        label=_("Places"), required=False, min_value=1, help_text=_("Empty: no limit.")
    )
    registration_until = DateField(label=_("Last day to register"), required=False, help_text="")
    is_public = forms.BooleanField(
        label=_("People can register themselves through a public page"), required=False, initial=True
    )
    required_sessions = forms.IntegerField(
        label=_("How many sessions finish it"),
        required=False,
        min_value=1,
        help_text=_("Empty: all of them."),
    )
    anonymous_headcount = forms.IntegerField(label=_("People without names"), required=False, min_value=0)
    project = forms.TypedChoiceField(label=_("Project"), coerce=UUID, empty_value=None, required=False)
    cycle = forms.TypedChoiceField(
        label=_("Animator programme"), coerce=UUID, empty_value=None, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        projects: Sequence[tuple[Any, str]],
        cycles: Sequence[tuple[Any, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].choices = [("", _("none")), *projects]  # type: ignore[attr-defined]
        self.fields["cycle"].choices = [("", _("none")), *cycles]  # type: ignore[attr-defined]

    def clean_sessions(self) -> tuple[SessionDetails, ...]:
        """The lines as sessions."""
        lines = [line.strip() for line in self.cleaned_data["sessions"].splitlines() if line.strip()]
        found = []
        for line in lines:
            session = _session(line)
            if session is None:
                raise forms.ValidationError(
                    _("This line cannot be read: %(line)s. Write the day, the hour and the minutes.")
                    % {"line": line}
                )
            found.append(session)
        return tuple(found)

    def details(self) -> EventDetails:
        """What was entered."""
        entered = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        entered["kind"] = EventKind(entered["kind"])
        entered["anonymous_headcount"] = entered["anonymous_headcount"] or 0
        return EventDetails(**entered)


class RegistrationForm(forms.Form):
    """People of the centre to be registered, and whom they represent."""

    people = forms.CharField(
        label=_("People"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One person a line, by name as on your list."),
    )
    entity = RecipientField(label=_("Whom they represent"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def clean_people(self) -> list[UUID]:
        """People as rows of the own centre."""
        found, unknown = people_of(self.cleaned_data["people"], self._actor)
        if unknown:
            raise forms.ValidationError(_("Not on your list: %(names)s.") % {"names": ", ".join(unknown)})
        return found

    def clean_entity(self) -> UUID | None:
        """The entity as a row of the own centre."""
        text = self.cleaned_data["entity"]
        if not text:
            return None
        ref = choice_of(text, self._actor)
        if ref is None or ref.kind is not RecipientKind.ENTITY:
            raise forms.ValidationError(_("Choose an entity from your list."))
        return ref.uuid


class ApplicationForm(forms.Form):
    """What somebody types who wants to come."""

    first_name = forms.CharField(
        label=_("First name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=120, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    represents = forms.CharField(label=_("Whom you represent"), max_length=250, required=False)
    needs = forms.CharField(
        label=_("What we should prepare for you"),
        max_length=300,
        required=False,
        help_text=_("For example a ramp, a sign language interpreter, a vegetarian lunch."),
    )

    def applicant(self) -> Applicant:
        """What was entered."""
        return Applicant(**self.cleaned_data)


class ExhibitorForm(forms.Form):
    """Who shows what at a fair."""

    entity = RecipientField(label=_("Exhibitor"))
    stand = forms.CharField(label=_("Stand"), max_length=40, required=False)
    shows = forms.CharField(label=_("What it shows"), max_length=300, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def clean_entity(self) -> UUID:
        """The entity as a row of the own centre."""
        ref = choice_of(self.cleaned_data["entity"], self._actor)
        if ref is None or ref.kind is not RecipientKind.ENTITY:
            raise forms.ValidationError(_("Choose an entity from your list."))
        return ref.uuid


class MaterialForm(forms.Form):
    """Something to read."""

    title = forms.CharField(label=_("Title"), max_length=250)
    address = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")


def session_line(row: Any) -> str:
    """A session as it is typed."""
    hour = f"{row.starts_at:%H:%M} " if row.starts_at else ""
    track = f" [{row.track}]" if row.track else ""
    return f"{row.day:%d.%m.%Y} {hour}{row.minutes} {row.title}".strip() + track


def _session(line: str) -> SessionDetails | None:
    match = _LINE.match(line)
    day = _day(match["day"]) if match else None
    if match is None or day is None or not int(match["minutes"]):
        return None
    return SessionDetails(
        day=day,
        minutes=int(match["minutes"]),
        starts_at=_hour(match["hour"]),
        title=match["rest"].strip()[:250],
        track=(match["track"] or "").strip()[:60],
    )


def _day(text: str) -> date | None:
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    return None


def _hour(text: str | None) -> time | None:
    if not text:
        return None
    hour, minute = (int(part) for part in re.split("[:.]", text))
    return time(hour, minute) if hour < 24 and minute < 60 else None
