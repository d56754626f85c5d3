"""Forms of verifications, enquiries and lists."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.access.messages import CATEGORY_NAMES
from spoiwo.access.types import Category, Grant
from spoiwo.clients.messages import FACT_LABELS
from spoiwo.enquiries import models
from spoiwo.enquiries.forms.who import FilingFields, WhoFields, many
from spoiwo.enquiries.rules import bulk
from spoiwo.enquiries.rules.asking import kinds_of
from spoiwo.enquiries.services.verifying import Asked
from spoiwo.enquiries.types import ASKABLE, SENSITIVE_ITEMS, Address, Filing, Question, Sought, Terms
from spoiwo.institutions.errors import UnreadableFile
from spoiwo.institutions.services.reading import ZIP, sheet_rows

Choices = Sequence[tuple[Any, Any]]


class VerifyForm(WhoFields):
    """What to verify, about whom, at whom, why."""

    asked = forms.TypedChoiceField(label=_("Ask"), coerce=int)
    questions = many(_("What do you want to know?"), models.QUESTION_CHOICES)
    place = forms.CharField(label=_("Place"), required=False, max_length=80)
    street = forms.CharField(label=_("Street"), required=False, max_length=120)
    house = forms.CharField(label=_("House"), required=False, max_length=20)
    flat = forms.CharField(label=_("Flat"), required=False, max_length=20)
    purpose = forms.ChoiceField(label=_("Purpose and legal basis"))
    case_ref = forms.CharField(label=_("Case reference (znak sprawy)"), required=False, max_length=80)
    field_order = ("asked", "pesel", "last_name", "first_name", "birth_date", "questions")

    def __init__(self, *args: Any, grants: Sequence[Grant], names: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].choices = sorted(  # type: ignore[attr-defined]
            {(grant.giver_id, names.get(grant.giver_id, "")) for grant in grants}, key=lambda pair: pair[1]
        )
        options = {
            (f"{one.code}|{one.legal_basis_code}", f"{one.name} · {one.legal_basis_name}"): None
            for grant in grants
            for one in grant.purposes
        }
        self.fields["purpose"].choices = list(options)  # type: ignore[attr-defined]

    def asked_for(self) -> Asked:
        """What was entered."""
        entered = self.cleaned_data
        purpose, _bar, basis = entered["purpose"].partition("|")
        return Asked(
            asked_id=entered["asked"],
            questions=tuple(Question(code) for code in entered["questions"]),
            sought=self.sought(),
            purpose=purpose,
            legal_basis=basis,
            address=Address(**{part: entered[part] for part in ("place", "street", "house", "flat")}),
            case_ref=entered["case_ref"],
        )


class ScopeFields(FilingFields):
    """What is asked, why, on which basis."""

    asked = forms.TypedChoiceField(label=_("Ask"), coerce=int)
    categories = many(_("Categories of data"), [(one, CATEGORY_NAMES[one]) for one in ASKABLE])
    purpose = forms.TypedChoiceField(label=_("Purpose"), coerce=int)
    legal_basis = forms.TypedChoiceField(label=_("Legal basis"), coerce=int)
    grounds = forms.CharField(
        label=_("Why the data are needed"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, institutions: Choices, purposes: Choices, bases: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].choices = institutions  # type: ignore[attr-defined]
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]
        self.fields["legal_basis"].choices = bases  # type: ignore[attr-defined]


class EnquiryForm(WhoFields, ScopeFields):
    """An enquiry about one person."""

    items = many(
        _("Sensitive data, one by one"),
        [(kind, FACT_LABELS[kind]) for kind in SENSITIVE_ITEMS],
        help_text=_("Only what the case cannot do without. The institution asked decides about each."),
    )
    items_basis = forms.TypedChoiceField(
        label=_("Legal basis for the sensitive data"), required=False, coerce=int, empty_value=None
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    client = forms.UUIDField(widget=forms.HiddenInput, required=False)
    field_order = (
        *("asked", "pesel", "last_name", "first_name", "birth_date", "categories"),
        *("purpose", "legal_basis", "grounds", "items", "items_basis"),
    )

    def __init__(self, *args: Any, bases: Choices, **kwargs: Any) -> None:
        super().__init__(*args, bases=bases, **kwargs)
        self.fields["items_basis"].choices = [("", _("None")), *bases]  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        """What was entered."""
        entered = self.cleaned_data
        client: UUID | None = entered["client"]
        return Terms(
            asked_id=entered["asked"],
            sought=self.sought(),
            categories=frozenset(Category(code) for code in entered["categories"]),
            purpose_id=entered["purpose"],
            legal_basis_id=entered["legal_basis"],
            grounds=entered["grounds"],
            items=kinds_of(entered["items"]),
            items_basis_id=entered["items_basis"],
            filing=self.filing(),
            record=client,
        )


def _lines(content: bytes) -> str:
    """The rows of a file as they would be pasted from a spreadsheet."""
    if not content.startswith(ZIP):
        return bulk.decoded(content)
    try:
        return bulk.pasted(sheet_rows(content))
    except UnreadableFile as error:
        raise forms.ValidationError(
            _("This file cannot be read. Save it as XLSX or CSV once more.")
        ) from error


class ListForm(ScopeFields):
    """One enquiry for each person of a list."""

    people = forms.CharField(
        label=_("People"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "One row a person, pasted from a spreadsheet: PESEL, last name, first name, date of birth, case reference."
        ),
    )
    file = forms.FileField(
        label=_("Or a file (CSV or XLSX)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,text/csv,text/plain"}),
    )
    field_order = ("asked", "people", "file", "categories", "purpose", "legal_basis", "grounds")

    def clean(self) -> dict[str, Any]:
        """The rows of the list, of the file when one was sent."""
        entered: dict[str, Any] = super().clean() or {}
        sent = entered.get("file")
        if sent is not None and sent.size > bulk.BIGGEST:
            raise forms.ValidationError(_("This file is too big for a list."))
        entered["people"] = text = _lines(sent.read()) if sent is not None else entered.get("people", "")
        self.read = bulk.read(text)
        if not self.read.rows:
            raise forms.ValidationError(_("The list is empty."))
        return entered

    def terms(self) -> Terms:
        """What every enquiry of the list says; whoever it names is not used."""
        entered = self.cleaned_data
        return Terms(
            asked_id=entered["asked"],
            sought=Sought(last_name=""),
            categories=frozenset(Category(code) for code in entered["categories"]),
            purpose_id=entered["purpose"],
            legal_basis_id=entered["legal_basis"],
            grounds=entered["grounds"],
            filing=Filing(case_ref=entered["case_ref"], jrwa=entered["jrwa"]),
        )


class BoxFilter(forms.Form):
    """Which enquiries to list."""

    mark_optional = False
    box = forms.CharField(widget=forms.HiddenInput, required=False)
    q = forms.CharField(label=_("Number or case reference"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("Standing"),
        required=False,
        choices=[("", _("All")), ("overdue", _("Overdue")), *models.STATE_CHOICES],
    )


class PaperFilter(forms.Form):
    """Which documents to list."""

    mark_optional = False
    q = forms.CharField(label=_("Number or case reference"), required=False, max_length=80)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *models.PAPER_KIND_CHOICES]
    )
