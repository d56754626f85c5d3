"""Forms of calendars."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.calendars.types import EntryDetails
from spoiwo.toolkit.forms.fields import DateField


def _hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(
            format="%H:%M", attrs={"class": "govuk-input--width-5", "autocomplete": "off"}
        ),
        error_messages={"invalid": _("Enter the hour, for example 9:30.")},
    )


class EntryForm(forms.Form):
    """An entry of the own institution's calendar; without hours it stands for whole days."""

    title = forms.CharField(label=_("Title"), max_length=250)
    starts_on = DateField(label=_("First day"))
    starts_at = _hour(_("Begins at"))
    ends_on = DateField(label=_("Last day"), required=False)
    ends_at = _hour(_("Ends at"))
    place = forms.CharField(label=_("Where"), max_length=250, required=False)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write no names or data of clients here."),
    )
    only_me = forms.BooleanField(label=_("My own appointment, only I see it"), required=False)
    is_public = forms.BooleanField(label=_("Everybody may see it"), required=False)

    def details(self, user_id: int) -> EntryDetails:
        """What was entered; call after `is_valid`. user_id: who entered it."""
        entered, zone = self.cleaned_data, timezone.get_default_timezone()
        last = entered["ends_on"] or entered["starts_on"]
        starts_at = datetime.combine(entered["starts_on"], entered["starts_at"] or time.min, tzinfo=zone)
        is_all_day = entered["starts_at"] is None
        ends = time.min if is_all_day else entered["ends_at"] or entered["starts_at"]
        return EntryDetails(
            source="",
            title=entered["title"],
            starts_at=starts_at,
            ends_at=datetime.combine(last, ends, tzinfo=zone),
            is_all_day=is_all_day,
            place=entered["place"],
            description=entered["description"],
            owner_id=user_id if entered["only_me"] else None,
            is_public=entered["is_public"],
        )


class FeedForm(forms.Form):
    """Where a secret address will be used."""

    name = forms.CharField(
        label=_("Where you will use it"),
        max_length=80,
        help_text=_("For example: telephone, Outlook at work."),
    )


class TakeInForm(forms.Form):
    """A partner's calendar file."""

    name = forms.CharField(label=_("Whose calendar it is"), max_length=120)
    file = forms.FileField(label=_("Calendar file (.ics)"))
