"""A file of boundaries."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 20_000_000


class BoundariesForm(forms.Form):
    """GeoJSON or TopoJSON."""

    file = forms.FileField(
        label=_("File of boundaries"),
        help_text=_("GeoJSON or TopoJSON up to 20 MB, in degrees, with the TERYT code of each place."),
    )

    def clean_file(self) -> Any:
        """Not larger than what is read at once."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB. Make the shapes simpler first."))
        return file
