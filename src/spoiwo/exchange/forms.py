"""Forms about files."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange import messages
from spoiwo.exchange.models import KIND_CHOICES, SHEET_CHOICES
from spoiwo.exchange.rules import sheet_columns
from spoiwo.exchange.rules.contract import COLUMNS, column
from spoiwo.exchange.types import Column, SheetKind
from spoiwo.toolkit.forms.fields import DateField

TELLING = ("pesel", "birth_date", "status", "status_from", "status_to")
LEAVE_EMPTY = "-"  # "read this value as an empty field", beside "" for "not decided, reject such rows"
_DEFAULT_MAPPING_NAME = 80


class UploadForm(forms.Form):
    """A file and the day it tells of."""

    kind = forms.ChoiceField(label=_("What is in the file"), choices=KIND_CHOICES, widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, as your program exports it. You can also drop it here."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )
    as_of = DateField(
        label=_("As of"), help_text=_("The day on which the file was exported, for example 3.02.2024.")
    )
    again = forms.BooleanField(label=_("Take the file in though it is the one in force"), required=False)

    offers_again = False  # shown once the file turned out to be the one in force

    def clean_as_of(self) -> date:
        """No register is exported tomorrow."""
        day: date = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. Enter the day of the export."))
        return day


class ColumnsForm(forms.Form):
    """Which column of the file is what, and what coded values mean."""

    mark_optional = False  # needed columns stand apart

    def __init__(
        self,
        *args: Any,
        kind: RegisterKind,
        headers: Sequence[str],
        chosen: Mapping[str, str],
        values: Mapping[str, Mapping[str, str]],
        name: str = "",
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self._values = values
        self.kind = kind
        options = [("", _("not in the file")), *((header, header) for header in headers)]
        for standard in COLUMNS[kind]:
            self.fields[f"column-{standard.name}"] = forms.ChoiceField(
                label=messages.label_of(standard),
                choices=options,
                required=standard.mandatory,
                initial=chosen.get(standard.name, ""),
                error_messages={"required": _("Choose a column: no row can be read without it.")},
            )
        for standard_name, found in values.items():
            for place, (theirs, ours) in enumerate(found.items()):
                self.fields[f"value-{standard_name}-{place}"] = self._value_field(standard_name, theirs, ours)
        self.fields["save_as"] = forms.CharField(
            label=_("Keep these columns under the name"),
            help_text=_(
                "The next file with the same headers needs no questions. Leave it empty to use them once."
            ),
            max_length=_DEFAULT_MAPPING_NAME,
            required=False,
            initial=name,
        )

    def _value_field(self, name: str, theirs: str, ours: str) -> forms.ChoiceField:
        options = [
            ("", _("not decided: reject such rows")),
            (LEAVE_EMPTY, _("leave the field empty")),
            *messages.code_names(column(self.kind, name).content).items(),
        ]
        return forms.ChoiceField(label=theirs, choices=options, required=False, initial=ours)

    def columns(self) -> dict[str, str]:
        """Standard column -> header."""
        chosen = {
            standard.name: self.cleaned_data[f"column-{standard.name}"] for standard in COLUMNS[self.kind]
        }
        return {name: header for name, header in chosen.items() if header}

    def values(self) -> dict[str, dict[str, str]]:
        """Standard column -> their value -> ours, for what was decided."""
        decided: dict[str, dict[str, str]] = {}
        for name, found in self._values.items():
            for place, theirs in enumerate(found):
                ours = self.cleaned_data[f"value-{name}-{place}"]
                if ours:
                    decided.setdefault(name, {})[theirs] = "" if ours == LEAVE_EMPTY else ours
        return decided

    def needed_fields(self) -> list[Any]:
        """Bound fields of the columns without which no row can be read."""
        return [self[f"column-{standard.name}"] for standard in COLUMNS[self.kind] if standard.mandatory]

    def telling_fields(self) -> list[Any]:
        """Bound fields of the columns that tell most: by which people are found, and where they stand."""
        return [self[f"column-{one.name}"] for one in COLUMNS[self.kind] if one.name in TELLING]

    def other_fields(self) -> list[Any]:
        """Bound fields of the remaining columns."""
        rest = [one for one in COLUMNS[self.kind] if not one.mandatory and one.name not in TELLING]
        return [self[f"column-{one.name}"] for one in rest]

    def value_groups(self) -> list[tuple[str, list[Any]]]:
        """(label of the column, bound fields of its values)."""
        return [
            (
                messages.column_label(self.kind, name),
                [self[f"value-{name}-{place}"] for place in range(len(found))],
            )
            for name, found in self._values.items()
            if found
        ]


class SheetUploadForm(forms.Form):
    """A sheet of the support register."""

    kind = forms.ChoiceField(label=_("What is in the file"), choices=(), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX with headers in the first row. You can also drop it here."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args: Any, kinds: Sequence[SheetKind], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [one for one in SHEET_CHOICES if one[0] in kinds]  # type: ignore[attr-defined]


class SheetColumnsForm(forms.Form):
    """Which column of a sheet is what, and what coded values mean."""

    mark_optional = False  # needed columns stand apart

    def __init__(
        self,
        *args: Any,
        kind: SheetKind,
        headers: Sequence[str],
        chosen: Mapping[str, str],
        values: Mapping[str, Mapping[str, str]],
        staff: Mapping[str, str],
        name: str = "",
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self._columns = {one.name: one for one in sheet_columns.COLUMNS[kind]}
        self._values = values
        options = [("", _("not in the file")), *((header, header) for header in headers)]
        for one in self._columns.values():
            self.fields[f"column-{one.name}"] = forms.ChoiceField(
                label=messages.label_of(one),
                choices=options,
                required=one.mandatory,
                initial=chosen.get(one.name, ""),
                error_messages={"required": _("Choose a column: no row can be read without it.")},
            )
        for column_name, found in values.items():
            names = messages.sheet_code_names(self._columns[column_name].content, staff)
            for place, (theirs, ours) in enumerate(found.items()):
                self.fields[f"value-{column_name}-{place}"] = self._value_field(names, theirs, ours)
        self.fields["save_as"] = forms.CharField(
            label=_("Keep these columns under the name"),
            help_text=_(
                "The next file with the same headers needs no questions. Leave it empty to use them once."
            ),
            max_length=_DEFAULT_MAPPING_NAME,
            required=False,
            initial=name,
        )

    @staticmethod
    def _value_field(names: Mapping[str, Any], theirs: str, ours: str) -> forms.ChoiceField:
        options = [
            ("", _("not decided: reject such rows")),
            (LEAVE_EMPTY, _("leave the field empty")),
            *names.items(),
        ]
        return forms.ChoiceField(label=theirs, choices=options, required=False, initial=ours)

    def columns(self) -> dict[str, str]:
        """Standard column -> header."""
        chosen = {name: self.cleaned_data[f"column-{name}"] for name in self._columns}
        return {name: header for name, header in chosen.items() if header}

    def values(self) -> dict[str, dict[str, str]]:
        """Standard column -> their value -> ours, for what was decided."""
        decided: dict[str, dict[str, str]] = {}
        for name, found in self._values.items():
            for place, theirs in enumerate(found):
                if ours := self.cleaned_data[f"value-{name}-{place}"]:
                    decided.setdefault(name, {})[theirs] = "" if ours == LEAVE_EMPTY else ours
        return decided

    def needed_fields(self) -> list[Any]:
        """Bound fields of the columns without which no row can be read."""
        return self._fields_of(lambda one: one.mandatory)

    def other_fields(self) -> list[Any]:
        """Bound fields of the remaining columns."""
        return self._fields_of(lambda one: not one.mandatory)

    def value_groups(self) -> list[tuple[str, list[Any]]]:
        """(label of the column, bound fields of its values)."""
        return [
            (
                messages.label_of(self._columns[name]),
                [self[f"value-{name}-{place}"] for place in range(len(found))],
            )
            for name, found in self._values.items()
            if found
        ]

    def _fields_of(self, wanted: Callable[[Column], bool]) -> list[Any]:
        return [self[f"column-{one.name}"] for one in self._columns.values() if wanted(one)]
