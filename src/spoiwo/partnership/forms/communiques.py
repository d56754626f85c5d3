"""Forms of communiqués and letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.partnership.forms.fields import Choices, RowField, long_text
from spoiwo.partnership.models.choices import CHANNELS, VISIBILITIES
from spoiwo.partnership.types import Attached, Channel, LetterDetails, Visibility
from spoiwo.toolkit.forms.fields import DateField


class CommuniqueForm(forms.Form):
    """The words of a communiqué."""

    title = forms.CharField(label=_("Title"), max_length=250)
    text = long_text(label=_("Text"), rows=16)
    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        choices=[one for one in VISIBILITIES if one[0] != Visibility.BODY],
        initial=Visibility.PUBLIC,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class EnclosureForm(forms.Form):
    """A file that goes along."""

    file = forms.FileField(
        label=_("File"), help_text=_("A document, a spreadsheet, slides or a picture of 10 MB at the most.")
    )

    def attached(self) -> Attached:
        """The file with its content; call after `is_valid`."""
        file = self.cleaned_data["file"]
        return Attached(file.name or "", file.read())


class TranslationForm(forms.Form):
    """The same communiqué in another language."""

    title = forms.CharField(label=_("Title"), max_length=250)
    text = long_text(
        label=_("Text"),
        rows=16,
        required=False,
        help_text=_("Without a text it is no longer told in this language."),
    )


class SendForm(forms.Form):
    """By which ways every signatory is reached."""

    channels = forms.MultipleChoiceField(
        label=_("Ways to every signatory"),
        choices=CHANNELS,
        initial=[Channel.IN_APP, Channel.EMAIL, Channel.PARTNER_WEB],
        widget=forms.CheckboxSelectMultiple,
    )


class TargetForm(forms.Form):
    """One more way to an institution."""

    institution = RowField(label=_("Institution"))
    channel = forms.ChoiceField(label=_("Way"), choices=CHANNELS)

    def __init__(self, *args: Any, institutions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].offer(institutions)  # type: ignore[attr-defined]


class EvidenceFileForm(forms.Form):
    """The proof of a delivery."""

    file = forms.FileField(label=_("Proof of delivery (file)"))


class PageForm(forms.Form):
    """Where an institution put the communiqué."""

    url = forms.URLField(label=_("Address of the page"), assume_scheme="https", max_length=500)
    html = forms.FileField(
        label=_("The page as it was saved"),
        required=False,
        help_text=_(
            "Save the page in the browser and choose the file. It is proof when it names the communiqué."
        ),
    )


class LetterForm(forms.Form):
    """A letter to an institution."""

    to = RowField(label=_("To"))
    also_to = forms.TypedMultipleChoiceField(
        label=_("The same letter also to"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    subject = forms.CharField(label=_("Subject"), max_length=250)
    text = long_text(label=_("Text"), rows=10)
    purpose = forms.ChoiceField(
        label=_("What for"),
        choices=[
            ("action", _("An action is asked for")),
            ("comment", _("A comment is asked for")),
            ("information", _("It only informs")),
        ],
    )
    holder = forms.CharField(label=_("Function of who acts on it"), max_length=160, required=False)
    due_on = DateField(label=_("Answer by"), required=False)
    outcome = RowField(label=_("Carries out the action"), required=False)

    def __init__(
        self, *args: Any, institutions: Choices, signatories: Choices, outcomes: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(institutions)  # type: ignore[attr-defined]
        self.fields["also_to"].choices = list(signatories)  # type: ignore[attr-defined]
        self.fields["outcome"].offer(outcomes)  # type: ignore[attr-defined]

    def details(self, *, in_reply_to_id: int | None) -> LetterDetails:
        """What was entered; call after `is_valid`."""
        entered = self.cleaned_data
        return LetterDetails(
            to_id=entered["to"],
            subject=entered["subject"],
            text=entered["text"],
            purpose=entered["purpose"],
            holder=entered["holder"],
            due_on=entered["due_on"],
            outcome_id=entered["outcome"],
            in_reply_to_id=in_reply_to_id,
        )


class NumberForm(forms.Form):
    """Under which number, and when, a letter left."""

    number = forms.CharField(label=_("Number of the letter"), max_length=40)
    on = DateField(label=_("Sent on"))


class AnswerLetterForm(forms.Form):
    """What came back."""

    answer = long_text(label=_("Answer"))
    on = DateField(label=_("Answered on"))
