"""Forms of cases, partnerships, paths, results."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.actor import Actor
from spoiwo.support import models
from spoiwo.support.forms.recipients import RecipientField, choice_of
from spoiwo.support.forms.units import UnitField
from spoiwo.support.types import (
    AnimationKind,
    CaseStage,
    Involvement,
    MemberRole,
    PartnershipResultKind,
    PromotionKind,
    RecipientKind,
    RecipientRef,
)
from spoiwo.toolkit.forms.fields import DateField

LEVELS = [("", _("not said")), *models.INVOLVEMENT_CHOICES]


class ActorForm(forms.Form):
    """A form that looks recipients up among the own centre's."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor

    def ref_of(self, name: str, *kinds: RecipientKind) -> RecipientRef:
        """The recipient a field names; refused when it is none of the kinds."""
        ref = choice_of(self.cleaned_data[name], self._actor)
        if ref is None or (kinds and ref.kind not in kinds):
            raise forms.ValidationError(_("Choose somebody from your list."))
        return ref


class CaseForm(ActorForm):
    """A new support case."""

    recipient = RecipientField(label=_("For whom"))
    goal = forms.CharField(
        label=_("Goal"), max_length=500, help_text=_("What should have changed in the end?")
    )
    opened_on = DateField(label=_("Opened on"), help_text="")

    def clean_recipient(self) -> RecipientRef:
        """The recipient as a row of the own centre."""
        return self.ref_of("recipient")


class CaseStageForm(forms.Form):
    """Where a case stands now."""

    stage = forms.ChoiceField(label=_("Standing"), choices=models.CASE_STAGE_CHOICES[1:])
    closed_on = DateField(label=_("Closed on"), required=False, help_text="")
    outcome = forms.CharField(label=_("What came of it"), max_length=500, required=False)

    def clean_stage(self) -> CaseStage:
        """The stage as a code."""
        return CaseStage(self.cleaned_data["stage"])


class PromiseForm(forms.Form):
    """Something promised."""

    text = forms.CharField(label=_("What was promised"), max_length=300)
    due_on = DateField(label=_("By when"), required=False, help_text="")


class DocumentForm(forms.Form):
    """A file of a case."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("At most 10 MB: PDF, DOCX, ODT, XLSX, ODS, TXT, PNG or JPG. It is kept sealed."),
    )


class DeMinimisForm(forms.Form):
    """De minimis aid."""

    granted_on = DateField(label=_("Granted on"), help_text="")
    amount_pln = forms.DecimalField(
        label=_("Amount, zlotys"), min_value=0, max_digits=12, decimal_places=2, localize=True
    )
    amount_eur = forms.DecimalField(
        label=_("Amount, euros"), min_value=0, max_digits=12, decimal_places=2, localize=True
    )
    certificate = forms.CharField(label=_("Number of the certificate"), max_length=80, required=False)


class PartnershipForm(forms.Form):
    """A new partnership group."""

    name = forms.CharField(label=_("Name"), max_length=250)
    area = forms.CharField(label=_("What it is about"), max_length=250)
    needs = forms.CharField(
        label=_("What its social enterprises need"),
        max_length=500,
        required=False,
        help_text=_("In plain words: companies are proposed by the words they share with this."),
    )
    teryt = UnitField(label=_("Commune or county"), required=False)
    opened_on = DateField(label=_("Since"), help_text="")


class MemberForm(ActorForm):
    """An entity in a group."""

    entity = RecipientField(label=_("Entity"))
    role = forms.ChoiceField(label=_("As what"), choices=models.MEMBER_CHOICES)
    level = forms.ChoiceField(label=_("Level of involvement"), choices=LEVELS, required=False)
    offers = forms.CharField(label=_("What it offers"), max_length=500, required=False)
    joined_on = DateField(label=_("Since"), help_text="")

    def clean_entity(self) -> Any:
        """The entity as a row of the own centre."""
        return self.ref_of("entity", RecipientKind.ENTITY).uuid

    def clean_role(self) -> MemberRole:
        """The role as a code."""
        return MemberRole(self.cleaned_data["role"])

    def clean_level(self) -> Involvement | None:
        """The level as a code."""
        level = self.cleaned_data["level"]
        return Involvement(level) if level else None


class MatchForm(ActorForm):
    """A company to be weighed against a group."""

    entity = RecipientField(label=_("Company"))
    offers = forms.CharField(label=_("What it offers"), max_length=500)
    activity = forms.CharField(label=_("What it does"), max_length=250, required=False)
    level = forms.ChoiceField(label=_("Level of involvement"), choices=LEVELS, required=False)

    def clean_entity(self) -> Any:
        """The entity as a row of the own centre."""
        return self.ref_of("entity", RecipientKind.ENTITY).uuid

    def clean_level(self) -> Involvement | None:
        """The level as a code."""
        level = self.cleaned_data["level"]
        return Involvement(level) if level else None


class MeetingForm(forms.Form):
    """A meeting of a group."""

    day = DateField(label=_("When"), help_text="")
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)
    topic = forms.CharField(label=_("Topic"), max_length=300)


class GoalForm(forms.Form):
    """A goal of a group."""

    text = forms.CharField(label=_("Goal"), max_length=300)
    due_on = DateField(label=_("By when"), required=False, help_text="")


class ResultForm(forms.Form):
    """What came of a group."""

    kind = forms.ChoiceField(label=_("Kind"), choices=models.RESULT_CHOICES)
    text = forms.CharField(label=_("What"), max_length=300)
    day = DateField(label=_("When"), help_text="")
    value_pln = forms.DecimalField(
        label=_("Value, zlotys"), required=False, min_value=0, max_digits=14, decimal_places=2, localize=True
    )

    def clean_kind(self) -> PartnershipResultKind:
        """The kind as a code."""
        return PartnershipResultKind(self.cleaned_data["kind"])


class PathForm(ActorForm):
    """A recipient to be set on a path."""

    template_id = forms.TypedChoiceField(label=_("Kind of path"), coerce=int)
    recipient = RecipientField(label=_("For whom"))
    opened_on = DateField(label=_("Since"), help_text="")

    def __init__(self, *args: Any, templates: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template_id"].choices = templates  # type: ignore[attr-defined]

    def clean_recipient(self) -> RecipientRef:
        """The recipient as a row of the own centre."""
        return self.ref_of("recipient")


class StageForm(ActorForm):
    """What is written down when a stage is passed."""

    passed_on = DateField(label=_("Passed on"), help_text="")
    founded = RecipientField(label=_("Entity that was founded"), required=False)
    plan_refs = forms.CharField(
        label=_("Numbers of the candidates' joint plans"), max_length=300, required=False
    )

    def clean_founded(self) -> Any:
        """The entity as a row of the own centre."""
        return self.ref_of("founded", RecipientKind.ENTITY).uuid if self.cleaned_data["founded"] else None


class LeaveForm(forms.Form):
    """Why a path ends early."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
    on = DateField(label=_("Ended on"), help_text="")


class AnimationForm(forms.Form):
    """What animation founded."""

    kind = forms.ChoiceField(label=_("Kind"), choices=models.ANIMATION_CHOICES)
    name = forms.CharField(label=_("Name"), max_length=250)
    day = DateField(label=_("Founded on"), help_text="")
    teryt = UnitField(label=_("Commune or county"), required=False)
    founders = forms.CharField(label=_("Who founded it"), max_length=500, required=False)

    def clean_kind(self) -> AnimationKind:
        """The kind as a code."""
        return AnimationKind(self.cleaned_data["kind"])


class PromotionForm(ActorForm):
    """A catalogue edition, a spot, a programme, a publication."""

    kind = forms.ChoiceField(label=_("Kind"), choices=models.PROMOTION_CHOICES)
    title = forms.CharField(label=_("Title"), max_length=250)
    day = DateField(label=_("Published on"), help_text="")
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1)
    reach = forms.IntegerField(label=_("People reached"), required=False, min_value=0)
    entities = forms.CharField(
        label=_("Entities promoted"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One entity a line, by name as on your list."),
    )

    def clean_kind(self) -> PromotionKind:
        """The kind as a code."""
        return PromotionKind(self.cleaned_data["kind"])

    def clean_entities(self) -> list[Any]:
        """Entities as rows of the own centre."""
        lines = [line.strip() for line in self.cleaned_data["entities"].splitlines() if line.strip()]
        found = [choice_of(line, self._actor) for line in lines]
        unknown = [
            line
            for line, ref in zip(lines, found, strict=True)
            if ref is None or ref.kind is not RecipientKind.ENTITY
        ]
        if unknown:
            raise forms.ValidationError(_("Not on your list: %(names)s.") % {"names": ", ".join(unknown)})
        return [ref.uuid for ref in found if ref is not None]


class ProjectForm(forms.Form):
    """A project."""

    name = forms.CharField(label=_("Name"), max_length=250)
    number = forms.CharField(label=_("Number of the contract"), max_length=80, required=False)
    starts_on = DateField(label=_("First day"), help_text="")
    ends_on = DateField(label=_("Last day"), help_text="")

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned = super().clean() or {}
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", _("The last day comes before the first."))
        return cleaned


class CycleForm(forms.Form):
    """An edition of an animator programme."""

    name = forms.CharField(label=_("Name"), max_length=250)
    sessions_planned = forms.IntegerField(
        label=_("Sessions in each county"), min_value=1, max_value=100, initial=5
    )
    required_sessions = forms.IntegerField(label=_("How many sessions finish it"), min_value=1, initial=4)

    def clean(self) -> dict[str, Any]:
        """No more sessions to finish than there are."""
        cleaned = super().clean() or {}
        if (cleaned.get("required_sessions") or 0) > (cleaned.get("sessions_planned") or 0):
            self.add_error("required_sessions", _("There are not so many sessions."))
        return cleaned


class KfsForm(forms.Form):
    """KFS totals of an office."""

    first_day = DateField(label=_("First day"), help_text="")
    last_day = DateField(label=_("Last day"), help_text="")
    priority = forms.CharField(label=_("Priority"), max_length=200)
    employers = forms.IntegerField(label=_("Employers"), min_value=0)
    people = forms.IntegerField(label=_("People"), min_value=0)
    amount_pln = forms.DecimalField(
        label=_("Amount, zlotys"), min_value=0, max_digits=14, decimal_places=2, localize=True
    )
    wording = forms.CharField(
        label=_("Whom the source calls the people"),
        max_length=120,
        required=False,
        help_text=_(
            "KFS trains employees; some reports write “unemployed”. The wording is kept beside the figure."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        cleaned = super().clean() or {}
        if (
            cleaned.get("first_day")
            and cleaned.get("last_day")
            and cleaned["last_day"] < cleaned["first_day"]
        ):
            self.add_error("last_day", _("The last day comes before the first."))
        return cleaned
