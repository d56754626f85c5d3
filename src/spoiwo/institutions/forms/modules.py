"""Which modules an institution uses."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.institutions.messages import MODULE_HINTS, MODULE_NAMES
from spoiwo.institutions.types import Module
from spoiwo.toolkit.forms.fields import described_choices


class ModulesForm(forms.Form):
    """A tick for everything that is used. version: what the actor was looking at."""

    modules = forms.MultipleChoiceField(
        label=_("What the institution uses"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["modules"].choices = described_choices(  # type: ignore[attr-defined]
            (one.value, MODULE_NAMES[one], MODULE_HINTS[one]) for one in Module
        )

    def chosen(self) -> list[Module]:
        """What is ticked; call after `is_valid`."""
        return [Module(one) for one in self.cleaned_data["modules"]]
