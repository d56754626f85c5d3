"""Forms of the agreement register and of bodies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.partnership.forms.fields import Choices, RowField, long_text
from spoiwo.partnership.models.choices import ACCESSION_STATES, BODY_KINDS, PURPOSES, SEATS
from spoiwo.partnership.types import BodyDetails, BodyKind, Seat, SeatDetails
from spoiwo.toolkit.forms.fields import DateField


class AgreementForm(forms.Form):
    """A partnership agreement, entered by whoever runs the platform."""

    title = forms.CharField(label=_("Title"), max_length=250)
    code = forms.SlugField(label=_("Short code"), max_length=40, help_text=_("Small letters and hyphens."))
    secretariat = RowField(label=_("Institution that is the secretariat"))
    signed_on = DateField(label=_("Signed on"))
    scope = long_text(label=_("Scope"), help_text=_("One item in a line."))
    purpose = long_text(label=_("Purpose"), required=False)

    def __init__(self, *args: Any, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["secretariat"].offer(institutions)  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    """A new version of scope and purpose."""

    valid_from = DateField(label=_("From which day"))
    scope = long_text(label=_("Scope"), help_text=_("One item in a line."))
    purpose = long_text(label=_("Purpose"), required=False)


class AccessionForm(forms.Form):
    """What happened to an institution's accession."""

    institution = RowField(label=_("Institution"))
    state = forms.ChoiceField(label=_("What happened"), choices=ACCESSION_STATES, widget=forms.RadioSelect)
    on = DateField(label=_("On which day"))
    note = forms.CharField(label=_("Note"), max_length=250, required=False)

    def __init__(self, *args: Any, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].offer(institutions)  # type: ignore[attr-defined]


class SignatoriesFileForm(forms.Form):
    """Many signatories at once."""

    file = forms.FileField(
        label=_("Spreadsheet (XLSX or CSV)"),
        help_text=_(
            "Two columns: code of the institution in the directory, and the day it signed. The first row is a header."
        ),
    )


class BodyForm(forms.Form):
    """What is said of a body."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=BODY_KINDS)
    letters = forms.SlugField(
        label=_("Letters that codes of conclusions begin with"), max_length=10, help_text=_("For example RP.")
    )
    mandate = long_text(label=_("What the body is for"), required=False)
    founding_act = forms.CharField(label=_("Founding act"), max_length=250, required=False)
    founded_on = DateField(label=_("Founded on"), required=False)
    overlap_note = long_text(
        label=_("Overlaps with other bodies"),
        required=False,
        help_text=_("Who else does the same, as far as known."),
    )
    quorum_percent = forms.IntegerField(
        label=_("Quorum in percent"),
        min_value=0,
        max_value=99,
        initial=50,
        help_text=_("More than this part of the members must be there."),
    )
    is_external = forms.BooleanField(label=_("A body of somebody else in which we take part"), required=False)
    host = RowField(label=_("Institution that runs it"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].offer(institutions)  # type: ignore[attr-defined]

    def details(self) -> BodyDetails:
        """What was entered; call after `is_valid`."""
        entered = self.cleaned_data
        return BodyDetails(
            name=entered["name"],
            kind=BodyKind(entered["kind"]),
            prefix=entered["letters"],
            mandate=entered["mandate"],
            founding_act=entered["founding_act"],
            founded_on=entered["founded_on"],
            overlap_note=entered["overlap_note"],
            quorum_percent=entered["quorum_percent"],
            is_external=entered["is_external"],
            host_id=entered["host"],
        )


class SeatForm(forms.Form):
    """A seat in a body."""

    institution = RowField(label=_("Institution"))
    function = forms.CharField(
        label=_("Function of who sits there"),
        max_length=160,
        required=False,
        help_text=_("For example: director."),
    )
    seat = forms.ChoiceField(label=_("Seat in the body"), choices=SEATS, initial=Seat.MEMBER)
    since = DateField(label=_("First day"))
    until = DateField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].offer(institutions)  # type: ignore[attr-defined]

    def details(self) -> SeatDetails:
        """What was entered; call after `is_valid`."""
        entered = self.cleaned_data
        return SeatDetails(
            institution_id=entered["institution"],
            seat=Seat(entered["seat"]),
            function=entered["function"],
            since=entered["since"],
            until=entered["until"],
        )


class LastDayForm(forms.Form):
    """After which day something ends."""

    last_day = DateField(label=_("Last day"))


class CadenceForm(forms.Form):
    """How often a body should meet."""

    label = forms.CharField(label=_("The rule in words"), max_length=200)
    at_least = forms.IntegerField(label=_("Meetings a year, at least"), min_value=1, max_value=60)
    purpose = forms.ChoiceField(
        label=_("Which meetings count"),
        choices=[("", _("All meetings of the body")), *PURPOSES],
        required=False,
    )
    since = DateField(label=_("From which day"))


class DivisionForm(forms.Form):
    """Which of two bodies does what."""

    other = RowField(label=_("The other body"))
    text = long_text(label=_("Who does what"))
    is_overlap = forms.BooleanField(label=_("Both do the same; this is not settled yet"), required=False)
    decided_on = DateField(label=_("Decided or noted on"))

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].offer(bodies)  # type: ignore[attr-defined]


class TopicForm(forms.Form):
    """A question that stays open."""

    title = forms.CharField(label=_("Question"), max_length=250)
    note = long_text(label=_("Note"), required=False)
