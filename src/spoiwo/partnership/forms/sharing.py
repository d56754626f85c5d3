"""Forms of talks, ideas, good practices and templates."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.partnership.forms.fields import Choices, RowField, long_text
from spoiwo.partnership.models.ideas import TOP_MARK
from spoiwo.partnership.rules.ideas import Marks
from spoiwo.partnership.services.ideas import TestPlan
from spoiwo.partnership.services.practices import PracticeDetails
from spoiwo.partnership.services.talks import Written
from spoiwo.partnership.types import Attached
from spoiwo.toolkit.forms.fields import DateField

NO_CLIENTS = _("Write no names or data of clients here.")


class WritingForm(forms.Form):
    """A message of a talk."""

    text = long_text(label=_("Message"), rows=6, help_text=NO_CLIENTS)
    file = forms.FileField(label=_("File"), required=False)
    is_sure = forms.BooleanField(
        label=_("The numbers in it are no client's"),
        required=False,
        help_text=_("Only when you are told that something looks like a PESEL number."),
    )

    def written(self) -> Written:
        """What was entered; call after `is_valid`."""
        entered = self.cleaned_data
        file = entered["file"]
        return Written(
            text=entered["text"],
            is_sure=entered["is_sure"],
            file=Attached(file.name or "", file.read()) if file else None,
        )


class TalkForm(WritingForm):
    """A new talk, with signatories or with a body."""

    subject = forms.CharField(label=_("Subject"), max_length=200)
    body = RowField(label=_("To all members of"), required=False)
    to = forms.TypedMultipleChoiceField(
        label=_("Or to institutions"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("subject", "body", "to", "text", "file", "is_sure")

    def __init__(self, *args: Any, institutions: Choices, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = list(institutions)  # type: ignore[attr-defined]
        self.fields["body"].offer(bodies)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody has to read it."""
        cleaned = super().clean() or {}
        if not cleaned.get("body") and not cleaned.get("to"):
            self.add_error("to", _("Choose a body or at least one institution."))
        return cleaned


class IdeaForm(forms.Form):
    """A new idea."""

    title = forms.CharField(label=_("Title"), max_length=200)
    problem = long_text(label=_("What problem does it solve?"), help_text=NO_CLIENTS)
    proposal = long_text(label=_("What do you propose?"))


class JudgingForm(forms.Form):
    """Marks of a reviewer, or a stake."""

    has_conflict = forms.BooleanField(
        label=_("My institution has a stake in this idea, so it gives no marks"), required=False
    )
    need = forms.IntegerField(label=_("How much is it needed?"), required=False)
    feasibility = forms.IntegerField(label=_("Can it be done?"), required=False)
    cost = forms.IntegerField(label=_("Is it worth its cost?"), required=False)
    effect = forms.IntegerField(label=_("How much would it change?"), required=False)
    comment = long_text(label=_("Comment"), required=False)
    marks_given = ("need", "feasibility", "cost", "effect")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.marks_given:
            field = self.fields[name]
            field.help_text = _("From 0 (not at all) to 5 (very much).")
            field.min_value, field.max_value = 0, TOP_MARK  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """All marks from 0 to 5, unless there is a stake."""
        cleaned = super().clean() or {}
        if not cleaned.get("has_conflict"):
            for name in self.marks_given:
                mark = cleaned.get(name)
                if mark is None or not 0 <= mark <= TOP_MARK:
                    self.add_error(name, _("Give a mark from 0 to 5."))
        return cleaned

    def marks(self) -> Marks | None:
        """The marks, None with a stake."""
        if self.cleaned_data["has_conflict"]:
            return None
        return Marks(*(self.cleaned_data[name] for name in self.marks_given))


class TestForm(forms.Form):
    """How an idea is tested, as a meeting decided."""

    __test__ = False  # no test case, whatever its name begins with

    meeting = RowField(label=_("Meeting that decided"))
    hypothesis = long_text(label=_("What do you expect?"))
    place = forms.CharField(label=_("Where"), max_length=200)
    measures = long_text(label=_("How will you tell whether it works?"))
    until = DateField(label=_("Test until"), help_text="")
    budget_pln = forms.DecimalField(
        label=_("Budget, zlotys"), required=False, min_value=0, max_digits=12, decimal_places=2, localize=True
    )

    def __init__(self, *args: Any, meetings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].offer(meetings)  # type: ignore[attr-defined]

    def plan(self) -> TestPlan:
        """What was entered; call after `is_valid`."""
        entered = self.cleaned_data
        return TestPlan(
            hypothesis=entered["hypothesis"],
            place=entered["place"],
            measures=entered["measures"],
            until=entered["until"],
            budget_pln=entered["budget_pln"],
        )


class ChosenForm(forms.Form):
    """One row of a list."""

    row = RowField(label="")

    def __init__(self, *args: Any, label: Any, rows: Choices, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row"].label, self.fields["row"].required = label, required
        self.fields["row"].offer(rows)  # type: ignore[attr-defined]


class ResultOfTestForm(forms.Form):
    """What a test showed."""

    result = long_text(label=_("What did the test show?"))
    works = forms.TypedChoiceField(
        label=_("Does it work?"),
        choices=[("yes", _("Yes, others may take it over")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class WhyForm(forms.Form):
    """A reason."""

    reason = long_text(label=_("Reason"), max_length=300)


class PracticeForm(forms.Form):
    """A good practice."""

    title = forms.CharField(label=_("Title"), max_length=200)
    problem = long_text(label=_("Problem"), help_text=NO_CLIENTS)
    solution = long_text(label=_("Solution"))
    conditions = long_text(label=_("What has to be there for it to work"), required=False)
    result = long_text(label=_("Result"))
    evidence = long_text(
        label=_("What shows it"), required=False, help_text=_("Figures, reports, addresses.")
    )
    contact = forms.CharField(
        label=_("Contact"), max_length=200, required=False, help_text=_("A function and an office address.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def details(self) -> PracticeDetails:
        """What was entered; call after `is_valid`."""
        return PracticeDetails(
            **{name: value for name, value in self.cleaned_data.items() if name != "version"}
        )


class PresentationForm(forms.Form):
    """What an institution would show."""

    title = forms.CharField(label=_("What you would show"), max_length=200)
    practice = forms.ChoiceField(label=_("Good practice it is about"), required=False)

    def __init__(self, *args: Any, practices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].choices = [("", _("Not chosen")), *practices]  # type: ignore[attr-defined]


class TemplateForm(forms.Form):
    """A template that institutions write alike."""

    title = forms.CharField(label=_("Title"), max_length=200)
    entity_kind = forms.ChoiceField(label=_("For whom"), required=False)
    about = long_text(label=_("What it is for"), required=False)

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entity_kind"].choices = [("", _("Everybody")), *kinds]  # type: ignore[attr-defined]


class TemplateVersionForm(forms.Form):
    """A version of a template."""

    file = forms.FileField(label=_("File"), help_text=_("DOCX, ODT, PDF, XLSX or ODS."))
    change = long_text(label=_("What is new in it"), required=False)
    valid_from = DateField(label=_("In force from"), help_text="")
    meeting = RowField(label=_("Meeting that adopted it"), required=False)

    def __init__(self, *args: Any, meetings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].offer(meetings)  # type: ignore[attr-defined]


class AdoptionForm(forms.Form):
    """An institution works with the current version."""

    since = DateField(label=_("Since"), help_text="")
    deviations = long_text(
        label=_("Where you do otherwise"),
        required=False,
        help_text=_("Leave it empty when you change nothing."),
    )
