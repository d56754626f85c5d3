"""Forms for sending a referral and for its steps."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.catalogue.types import CheckPoint
from spoiwo.referrals.messages import ANSWER_NAMES, BASIS_NAMES, FIELD_NAMES, OUTCOME_NAMES, STATE_NAMES
from spoiwo.referrals.rules.steps import MOVES, OUTCOMES
from spoiwo.referrals.types import (
    FROM_REGISTER,
    WRITTEN,
    Basis,
    ListFilter,
    Outcome,
    PacketField,
    Side,
    State,
    Step,
    StepDetails,
)
from spoiwo.toolkit.forms.fields import DateField, Described, described_choices

CHECK = "check_"


class ClientForm(forms.Form):
    """Whom to refer."""

    mark_optional = False
    q = forms.CharField(
        label=_("Client of your register"),
        required=False,
        max_length=200,
        help_text=_("Name, date of birth, number of the register or PESEL."),
    )


class FilterForm(forms.Form):
    """What a list is narrowed to."""

    mark_optional = False
    q = forms.CharField(label=_("Name or number"), required=False, max_length=200)
    stan = forms.ChoiceField(
        label=_("Where it stands"),
        required=False,
        choices=[
            ("open", _("Not closed")),
            ("closed", pgettext_lazy("referrals", "Closed")),
            ("all", pgettext_lazy("referrals", "All")),
            *[(state.value, STATE_NAMES[state]) for state in State],
        ],
    )
    po_terminie = forms.BooleanField(label=_("Only overdue ones"), required=False)

    def wanted(self, side: Side, sort: str) -> ListFilter:
        """What was entered; what cannot be understood narrows nothing."""
        self.is_valid()
        entered = self.cleaned_data
        return ListFilter(
            side=side,
            state=entered.get("stan") or "open",
            text=entered.get("q", ""),
            overdue=entered.get("po_terminie", False),
            sort=sort,
        )


class WithChecks(forms.Form):
    """A form that also asks an eligibility list."""

    def __init__(
        self,
        *args: Any,
        points: Iterable[CheckPoint] = (),
        known: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.points = list(points)
        for point in self.points:
            self.fields[f"{CHECK}{point.code}"] = forms.ChoiceField(
                label=point.question,
                help_text=point.source,
                choices=[(code, ANSWER_NAMES[code]) for code in ANSWER_NAMES],
                widget=forms.RadioSelect,
                initial=(known or {}).get(point.code, "unknown"),
            )

    def answers(self) -> dict[str, str]:
        """Code of the check -> answer."""
        return {
            point.code: self.cleaned_data[f"{CHECK}{point.code}"]
            for point in self.points
            if f"{CHECK}{point.code}" in self.cleaned_data
        }


class SendForm(WithChecks):
    """A referral. allowed: fields that the agreement covers; has_ground: whether there is an agreement."""

    reason = forms.CharField(
        label=_("What for"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What the person should gain there, in words that the person also understands."),
    )
    basis = forms.ChoiceField(label=_("On what basis the data travel"), widget=forms.RadioSelect)
    consent_on = DateField(label=_("Day of the written consent"), required=False)
    chosen = forms.MultipleChoiceField(
        label=_("What the receiver needs to know"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The name always travels. Choose only what is needed."),
    )
    situation = forms.CharField(
        label=FIELD_NAMES[PacketField.SITUATION],
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    support_so_far = forms.CharField(
        label=FIELD_NAMES[PacketField.SUPPORT_SO_FAR],
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    special_needs = forms.CharField(
        label=FIELD_NAMES[PacketField.SPECIAL_NEEDS],
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only with the person's written consent."),
    )
    case_ref = forms.CharField(label=_("Your case reference"), max_length=80, required=False)

    def __init__(
        self,
        *args: Any,
        available: Mapping[PacketField, str],
        allowed: Collection[PacketField],
        agreement: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        beyond = _("only with consent")
        self.fields["chosen"].choices = described_choices(  # type: ignore[attr-defined]
            (one.value, FIELD_NAMES[one], "" if one in allowed else beyond)
            for one in FROM_REGISTER
            if one in available
        )
        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            (Basis.AGREEMENT, Described(BASIS_NAMES[Basis.AGREEMENT], agreement or _("none in force"))),
            (Basis.CONSENT, BASIS_NAMES[Basis.CONSENT]),
        ]
        self.fields["basis"].initial = Basis.AGREEMENT if agreement else Basis.CONSENT

    def values(self) -> dict[str, Any]:
        """What was entered, as a new referral takes it."""
        entered = self.cleaned_data
        return {
            "reason": entered["reason"],
            "basis": Basis(entered["basis"]),
            "consent_on": entered["consent_on"],
            "chosen": frozenset(PacketField(one) for one in entered["chosen"]),
            "written": {one: entered[one.value] for one in WRITTEN},
            "case_ref": entered["case_ref"],
            "answers": self.answers(),
        }


class StepForm(WithChecks):
    """A step with what it needs."""

    step = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Outcome"))
    by_day = DateField(label=_("Agreed day"), required=False)
    note = forms.CharField(
        label=_("Note to the other side"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    DAYS: Mapping[Step, Any] = {
        Step.ACCEPT: _("The person should come by"),
        Step.START: _("Planned last day"),
        Step.WAITLIST: _("Look at the list again on"),
    }

    def __init__(self, *args: Any, step: Step, version: int, **kwargs: Any) -> None:
        super().__init__(
            *args, auto_id=f"{step}_%s", initial={"step": step.value, "version": version}, **kwargs
        )
        codes: Sequence[Outcome] = OUTCOMES.get(step, ())
        if codes:
            shown = [(code.value, OUTCOME_NAMES[code]) for code in codes]
            self.fields["outcome"].choices = shown if len(codes) == 1 else [("", "–"), *shown]  # type: ignore[attr-defined]
        else:
            del self.fields["outcome"]
        if step in self.DAYS:
            self.fields["by_day"].label = self.DAYS[step]
        else:
            del self.fields["by_day"]
        self.fields["note"].required = MOVES[step].needs_words

    def details(self) -> StepDetails:
        """What was entered."""
        entered = self.cleaned_data
        return StepDetails(
            step=Step(entered["step"]),
            seen_version=entered["version"],
            outcome=Outcome(entered["outcome"]) if entered.get("outcome") else None,
            note=entered["note"],
            by_day=entered.get("by_day"),
            answers=self.answers(),
        )


class CodeForm(forms.Form):
    """The one-time code."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        help_text=_("Eight digits, from the letter with the code or told by telephone."),
    )


class FileForm(forms.Form):
    """A file of referrals."""

    file = forms.FileField(
        label=_("CSV or XLSX file"),
        help_text=_("Text in UTF-8 or Windows-1250, or the first sheet of a workbook; at most 20 000 rows."),
    )


class BodyForm(forms.Form):
    """To whom needs are offered."""

    body = forms.TypedChoiceField(label=_("Body of the partnership"), coerce=int)

    def __init__(self, *args: Any, bodies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]
