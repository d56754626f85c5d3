"""Forms of meetings, their agenda, guests and minutes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.partnership.forms.fields import Choices, RowField, long_text, time_field
from spoiwo.partnership.models.choices import (
    ANSWERS,
    ITEM_KINDS,
    MEETING_KINDS,
    PRESENCES,
    PURPOSES,
    VISIBILITIES,
    VOTES,
)
from spoiwo.partnership.types import (
    Attached,
    Figure,
    ItemDetails,
    ItemKind,
    MeetingDetails,
    MeetingKind,
    Presenter,
    Purpose,
    Visibility,
)
from spoiwo.toolkit.forms.fields import DateField

FIGURE_PARTS = 5  # label; value; unit; period; source


class MeetingForm(forms.Form):
    """When, where and what for."""

    title = forms.CharField(label=_("Title"), max_length=250)
    kind = forms.ChoiceField(label=_("Kind"), choices=MEETING_KINDS)
    starts_on = DateField(label=_("First day"))
    starts_at = time_field(label=_("Begins at"))
    ends_on = DateField(label=_("Last day"), required=False)
    ends_at = time_field(label=_("Ends at"))
    host = RowField(label=_("Institution where it takes place"), required=False)
    organiser = RowField(label=_("Institution that organises it"), required=False)
    place = forms.CharField(label=_("Room or address"), max_length=200, required=False)
    online_url = forms.URLField(label=_("Address of the online room"), required=False, assume_scheme="https")
    aim = long_text(label=_("Aim"), required=False)
    purposes = forms.MultipleChoiceField(
        label=_("What it is for"), choices=PURPOSES, widget=forms.CheckboxSelectMultiple, required=False
    )
    visibility = forms.ChoiceField(
        label=_("Who may see it"), choices=VISIBILITIES, initial=Visibility.PARTNERS, widget=forms.RadioSelect
    )
    headcount_other = forms.IntegerField(
        label=_("Other people who came"), min_value=0, required=False, help_text=_("For open meetings.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("host", "organiser"):
            self.fields[name].offer(institutions)  # type: ignore[attr-defined]

    def details(self, *, day_known: bool = True) -> MeetingDetails:
        """What was entered; call after `is_valid`."""
        entered = self.cleaned_data
        return MeetingDetails(
            kind=MeetingKind(entered["kind"]),
            title=entered["title"],
            starts_on=entered["starts_on"],
            ends_on=entered["ends_on"],
            starts_at=entered["starts_at"],
            ends_at=entered["ends_at"],
            day_known=day_known,
            place=entered["place"],
            online_url=entered["online_url"],
            host_id=entered["host"],
            organiser_id=entered["organiser"],
            aim=entered["aim"],
            purposes=tuple(Purpose(one) for one in entered["purposes"]),
            visibility=Visibility(entered["visibility"]),
            headcount_other=entered["headcount_other"],
        )


class ItemForm(forms.Form):
    """An item of the agenda; up to three presenters, quoted figures one a line."""

    title = forms.CharField(label=_("Title"), max_length=250)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[one for one in ITEM_KINDS if one[0] != ItemKind.FOLLOW_UP],
        widget=forms.RadioSelect,
    )
    track = forms.CharField(
        label=_("Workshop"), max_length=80, required=False, help_text=_("Only for parallel workshops.")
    )
    minutes = forms.IntegerField(label=_("Minutes planned"), min_value=1, max_value=600, required=False)
    note = long_text(label=_("What was said"), required=False, rows=8)
    figures = long_text(
        label=_("Figures quoted"),
        required=False,
        help_text=_(
            "One in a line: what; value; unit; period; source. Put ? before a figure that is doubtful."
        ),
    )

    def __init__(self, *args: Any, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(institutions)
        for number in ("1", "2", "3"):
            self.fields[f"presenter_{number}"] = RowField(
                label=_("Presents: institution"), required=False, rows=rows
            )
            self.fields[f"function_{number}"] = forms.CharField(
                label=_("Presents: function"), max_length=160, required=False
            )

    def details(self) -> ItemDetails:
        """What was entered; call after `is_valid`."""
        entered = self.cleaned_data
        presenters = tuple(
            Presenter(institution_id=entered[f"presenter_{number}"], function=entered[f"function_{number}"])
            for number in ("1", "2", "3")
            if entered[f"presenter_{number}"] or entered[f"function_{number}"]
        )
        return ItemDetails(
            title=entered["title"],
            kind=ItemKind(entered["kind"]),
            track=entered["track"],
            minutes=entered["minutes"],
            note=entered["note"],
            presenters=presenters,
            figures=tuple(_figure(line) for line in entered["figures"].splitlines() if line.strip()),
        )


def _figure(line: str) -> Figure:
    is_doubtful = line.lstrip().startswith("?")
    parts = [part.strip() for part in line.lstrip(" ?").split(";", FIGURE_PARTS - 1)]
    label, value, unit, period, source = (parts + [""] * FIGURE_PARTS)[:FIGURE_PARTS]
    return Figure(
        label=label[:250], value=value[:40], unit=unit[:40], period=period[:60], source=source[:200],
        is_doubtful=is_doubtful,
    )  # fmt: skip


class GuestForm(forms.Form):
    """An institution for the list of guests."""

    institution = RowField(label=_("Institution"))
    function = forms.CharField(label=_("Function"), max_length=160, required=False)
    is_voting = forms.BooleanField(label=_("With a vote"), required=False)

    def __init__(self, *args: Any, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].offer(institutions)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """Whether an institution will come."""

    answer = forms.ChoiceField(
        label=_("Will your institution come"),
        choices=[one for one in ANSWERS if one[0]],
        widget=forms.RadioSelect,
    )


class VoteForm(forms.Form):
    """How an institution votes in a decision by circulation."""

    vote = forms.ChoiceField(
        label=_("How your institution votes"),
        choices=[one for one in VOTES if one[0]],
        widget=forms.RadioSelect,
    )


class FileForm(forms.Form):
    """A file for the meeting or for one item of its agenda."""

    file = forms.FileField(label=_("File"))
    item = RowField(label=_("Item of the agenda"), required=False)

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].offer(items)  # type: ignore[attr-defined]

    def attached(self) -> Attached:
        """What was sent; call after `is_valid`."""
        file = self.cleaned_data["file"]
        return Attached(file.name or "", file.read())


class PresenceForm(forms.Form):
    """Who really came."""

    presence = forms.ChoiceField(
        label=_("Presence"), choices=PRESENCES, required=False, widget=forms.RadioSelect
    )
    represents = forms.CharField(label=_("Stands in for"), max_length=160, required=False)


class MinutesForm(forms.Form):
    """The text of the minutes. seen: the revision the writer started from."""

    text = long_text(label=_("Minutes of the meeting"), rows=22)
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReviewForm(forms.Form):
    """How long amendments are welcome."""

    until = DateField(label=_("Amendments are welcome until"))


class AmendmentForm(forms.Form):
    """A change of the minutes."""

    passage = long_text(
        label=_("Words of the minutes that should change"),
        required=False,
        help_text=_("Copy them exactly: when the amendment is accepted, they are replaced."),
    )
    proposal = long_text(label=_("What should stand there instead"))


class AnswerAmendmentForm(forms.Form):
    """Why an amendment is not accepted."""

    answer = forms.CharField(label=_("Why not"), max_length=250)


class ErratumForm(forms.Form):
    """A correction beside approved minutes."""

    text = long_text(label=_("Correction"))
