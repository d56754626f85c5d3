"""Forms of the builder and of surveys; answers themselves are read by rules.answering."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.institutions.messages import KIND_NAMES as INSTITUTION_KINDS
from spoiwo.surveys.messages import KIND_NAMES, PATTERN_NAMES
from spoiwo.surveys.models.questionnaires import SUBJECT_CHOICES
from spoiwo.surveys.models.rounds import OUTCOME_CHOICES, REASON_CHOICES
from spoiwo.surveys.rules.checking import is_code
from spoiwo.surveys.types import (
    GIVEN_BY_STAFF,
    Choice,
    Draft,
    Outcome,
    Page,
    Pattern,
    Question,
    QuestionKind,
    Round,
    Subject,
    Unit,
    Words,
)
from spoiwo.toolkit.forms.fields import DateField

_PERIOD = re.compile(r"\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?")
_CODE_HELP = _("Small letters, digits and underscores. It never changes, so that editions can be compared.")


def _code(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=40, help_text=_CODE_HELP)


class _Coded(forms.Form):
    def clean_code(self) -> str:
        """A code is one that rules accept."""
        code: str = self.cleaned_data["code"]
        if not is_code(code):
            raise forms.ValidationError(
                _(
                    "Use small letters, digits and underscores, beginning with a letter, for example jobs_women."
                )
            )
        return code


class QuestionnaireForm(_Coded):
    """A new questionnaire."""

    title_pl = forms.CharField(label=_("Title in Polish"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    code = _code(_("Code"))
    subject = forms.ChoiceField(
        label=_("Who the questions are about"), choices=SUBJECT_CHOICES, widget=forms.RadioSelect
    )
    minutes_budget = forms.IntegerField(
        label=_("How many minutes it may take"),
        min_value=1,
        max_value=240,
        initial=20,
        help_text=_("While you build, the estimate is shown beside this limit."),
    )

    def draft(self) -> Draft:
        """What was said."""
        data = self.cleaned_data
        return Draft(
            code=data["code"],
            title=Words(data["title_pl"], data["title_en"]),
            subject=Subject(data["subject"]),
            minutes_budget=data["minutes_budget"],
        )


class DescriptionForm(forms.Form):
    """Title, budget and sharing of a questionnaire."""

    title_pl = forms.CharField(label=_("Title in Polish"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    minutes_budget = forms.IntegerField(label=_("How many minutes it may take"), min_value=1, max_value=240)
    is_shared = forms.BooleanField(
        label=_("Other institutions may read and copy the published versions"), required=False
    )


class PageForm(_Coded):
    """A page of a questionnaire."""

    title_pl = forms.CharField(label=_("Title in Polish"), max_length=200)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    code = _code(_("Code of the page"))
    condition = forms.CharField(label=_("Shown only when"), max_length=500, required=False)
    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    def page(self) -> Page:
        """What was said, without questions."""
        data = self.cleaned_data
        return Page(
            code=data["code"], title=Words(data["title_pl"], data["title_en"]), condition=data["condition"]
        )


class QuestionForm(_Coded):
    """A question; what its kind has no use for is left out."""

    label_pl = forms.CharField(
        label=_("Question in Polish"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000
    )
    kind = forms.ChoiceField(
        label=_("Kind of answer"), choices=[(kind.value, name) for kind, name in KIND_NAMES.items()]
    )
    code = _code(_("Code of the question"))
    required = forms.BooleanField(label=_("An answer is required"), required=False)
    may_be_unknown = forms.BooleanField(
        label=_("“No data” may be answered; it never counts as zero"), required=False
    )
    choices = forms.CharField(
        label=_("Answers to choose from, or columns of a table"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One in a line: code | Polish | English. Without a code one is made from the text."),
    )
    rows = forms.CharField(
        label=_("Rows of a table"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One in a line, like the answers."),
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=40,
        required=False,
        help_text=_("For example: persons, zł, full-time posts."),
    )
    minimum = forms.DecimalField(label=_("Lowest value"), required=False, localize=True)
    maximum = forms.DecimalField(label=_("Highest value"), required=False, localize=True)
    pattern = forms.ChoiceField(
        label=_("What a short text must be"),
        required=False,
        choices=[(pattern.value, name) for pattern, name in PATTERN_NAMES.items()],
    )
    from_register = forms.BooleanField(
        label=_("The register of institutions answers it: what kind of entity it is"),
        required=False,
        help_text=_(
            "Of a question with one answer. Whose kind the register knows is not asked, and pages on a condition "
            "follow it. Codes of the answers are the kinds of the register: CIS, KIS, ZAZ, WTZ, OWES, "
            "SOCIAL_COOPERATIVE, SOCIAL_COMPANY, ASSOCIATION, FOUNDATION and others, in capital or small letters."
        ),
    )
    condition = forms.CharField(label=_("Asked only when"), max_length=500, required=False)
    hint_pl = forms.CharField(label=_("Hint in Polish"), max_length=500, required=False)
    label_en = forms.CharField(label=_("Question in English"), required=False, max_length=2000)
    hint_en = forms.CharField(label=_("Hint in English"), max_length=500, required=False)
    edit_version = forms.IntegerField(widget=forms.HiddenInput)

    def question(self) -> Question:
        """What was said."""
        data = self.cleaned_data
        kind = QuestionKind(data["kind"])
        has_text = kind == QuestionKind.TEXT
        return Question(
            code=data["code"],
            kind=kind,
            label=Words(data["label_pl"], data["label_en"]),
            hint=Words(data["hint_pl"], data["hint_en"]),
            required=data["required"] and kind != QuestionKind.NOTE,
            may_be_unknown=data["may_be_unknown"] and kind != QuestionKind.NOTE,
            unit=data["unit"],
            minimum=data["minimum"],
            maximum=data["maximum"],
            pattern=Pattern(data["pattern"]) if has_text else Pattern.ANY,
            choices=read_choices(data["choices"]),
            rows=read_choices(data["rows"]),
            condition=data["condition"],
            from_register=data["from_register"] and kind == QuestionKind.SINGLE,
        )


def read_choices(text: str) -> tuple[Choice, ...]:
    """Choices written one in a line: "code | Polish | English", or only the Polish text."""
    found: list[Choice] = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split("|")]
        if not any(parts):
            continue
        code, pl, en = (f"a{len(found) + 1}", parts[0], "") if len(parts) == 1 else (*parts, "")[:3]
        found.append(Choice(code, Words(pl, en)))
    return tuple(found)


def write_choices(choices: Sequence[Choice]) -> str:
    """Choices as `read_choices` reads them."""
    return "\n".join(
        " | ".join(part for part in (one.code, one.label.pl, one.label.en) if part) for one in choices
    )


def question_initial(question: Question) -> dict[str, object]:
    """A question as the form shows it."""
    return {
        "code": question.code,
        "kind": question.kind.value,
        "label_pl": question.label.pl,
        "label_en": question.label.en,
        "hint_pl": question.hint.pl,
        "hint_en": question.hint.en,
        "required": question.required,
        "may_be_unknown": question.may_be_unknown,
        "choices": write_choices(question.choices),
        "rows": write_choices(question.rows),
        "unit": question.unit,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "pattern": question.pattern.value,
        "condition": question.condition,
        "from_register": question.from_register,
    }


class WorkbookForm(_Coded):
    """An XLSForm workbook to take over."""

    file = forms.FileField(label=_("XLSForm workbook (XLSX)"))
    code = _code(_("Code of the new questionnaire"))


class SurveyForm(forms.Form):
    """A round of asking."""

    version = forms.TypedChoiceField(label=_("Questionnaire"), coerce=int)
    title = forms.CharField(label=_("Title"), max_length=200)
    period = forms.CharField(
        label=_("Period of the edition"),
        max_length=7,
        required=False,
        help_text=_("For example 2025, 2025-Q1 or 2025-03. Leave it empty for a survey that is no edition."),
    )
    closes_on = DateField(label=_("Answers are awaited until"), required=False)
    anonymous = forms.BooleanField(
        label=_("Anonymous: nobody can tell who gave which answer"),
        required=False,
        help_text=_("Answers appear in handfuls of five. They cannot be asked about or taken back."),
    )
    open_link = forms.BooleanField(label=_("Anybody who has the link may answer"), required=False)
    weight_question = forms.CharField(
        label=_("Code of the number by which units weigh"),
        max_length=120,
        required=False,
        help_text=_("For example the number of jobs. It is taken from the edition before."),
    )

    def __init__(self, *args: Any, versions: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """versions: published versions to choose from (id, name)."""
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = versions  # type: ignore[attr-defined]

    def clean_period(self) -> str:
        """A year, a quarter or a month."""
        period: str = self.cleaned_data["period"].strip().upper()
        if period and not _PERIOD.fullmatch(period):
            raise forms.ValidationError(_("Enter a year, a quarter or a month: 2025, 2025-Q1 or 2025-03."))
        return period

    def round(self) -> Round:
        """What was said."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Round(**data)


class RegisterForm(forms.Form):
    """Which institutions of the register are asked."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds of institutions"),
        choices=[(kind.value, name) for kind, name in INSTITUTION_KINDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    area = forms.CharField(
        label=_("Area"),
        max_length=7,
        required=False,
        help_text=_("TERYT code of a voivodeship, county or commune, for example 08. Empty: everywhere."),
    )

    def clean_area(self) -> str:
        """A TERYT code or nothing."""
        return _territory(self.cleaned_data["area"])


def _territory(text: str) -> str:
    code = text.strip()
    if code and not re.fullmatch(r"[0-9]{2}|[0-9]{4}|[0-9]{7}", code):
        raise forms.ValidationError(_("Enter a TERYT code of 2, 4 or 7 digits."))
    return code


class UnitForm(forms.Form):
    """Somebody to be asked who is not in the register."""

    name = forms.CharField(label=_("Name"), max_length=250)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Not known")), *((kind.value, name) for kind, name in INSTITUTION_KINDS.items())],
        required=False,
    )
    territory = forms.CharField(
        label=_("TERYT code"),
        max_length=7,
        required=False,
        help_text=_(
            "Of the commune or county it sits in. Without it the answers are in no figure of an indicator."
        ),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)

    def clean_territory(self) -> str:
        """A TERYT code or nothing."""
        return _territory(self.cleaned_data["territory"])

    def unit(self) -> Unit:
        """What was said."""
        return Unit(**self.cleaned_data)


class OutcomeForm(forms.Form):
    """Why a unit will not answer."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[
            (code, name) for code, name in OUTCOME_CHOICES if code in {Outcome.WAITING, *GIVEN_BY_STAFF}
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=REASON_CHOICES, required=False)


class KnownValuesForm(forms.Form):
    """Values from official forms."""

    file = forms.FileField(
        label=_("CSV file"), help_text=_("Parted by semicolons; first column “key”, then question codes.")
    )
    known_from = forms.CharField(
        label=_("Where the values come from"),
        max_length=100,
        help_text=_("For example: CAS-01 report for 2024."),
    )


class AskForm(forms.Form):
    """A question about an answer."""

    text = forms.CharField(
        label=_("Your question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReplyForm(forms.Form):
    """What the respondent says to a question."""

    text = forms.CharField(label=_("Your reply"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class BreakForm(forms.Form):
    """Why a series breaks."""

    question = forms.CharField(label=_("Code of the question"), max_length=120)
    note = forms.CharField(
        label=_("Why it cannot be compared with the edition before"), max_length=500, required=False
    )
