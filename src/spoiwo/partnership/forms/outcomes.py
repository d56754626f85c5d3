"""Forms of conclusions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.partnership.forms.fields import Choices, LongSelect, RowField, long_text
from spoiwo.partnership.models.choices import ACTION_KINDS, OUTCOME_KINDS
from spoiwo.partnership.types import ActionKind, Attached, Deadline, OutcomeDetails, OutcomeKind
from spoiwo.toolkit.forms.fields import DateField


class DeadlineFields(forms.Form):
    """A deadline: its words, or its days."""

    due_wording = forms.CharField(
        label=_("Deadline in words"),
        max_length=120,
        required=False,
        help_text=_("As it was said, for example: marzec/kwiecień br. The days are worked out from it."),
    )
    due_from = DateField(label=_("Not before"), required=False)
    due_to = DateField(label=_("At the latest"), required=False)

    def deadline(self) -> Deadline:
        """What was entered; call after `is_valid`."""
        entered = self.cleaned_data
        return Deadline(
            earliest=entered["due_from"], latest=entered["due_to"], wording=entered["due_wording"]
        )


class OutcomeForm(DeadlineFields):
    """What a discussion led to."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OUTCOME_KINDS, widget=forms.RadioSelect)
    text = long_text(label=_("Wording"))
    item = RowField(label=_("Item of the agenda"), required=False)
    parent = RowField(label=_("Part of the conclusion"), required=False)
    action_kind = forms.ChoiceField(label=_("By what it is done"), choices=ACTION_KINDS, required=False)
    addressee = RowField(label=_("Addressee"), required=False)
    addressee_label = forms.CharField(
        label=_("Addressee outside the directory"), max_length=200, required=False
    )
    review_on = DateField(label=_("Look at it again on"), required=False)
    field_order = (
        "kind", "text", "item", "parent", "action_kind", "addressee", "addressee_label", "due_wording",
        "due_from", "due_to", "review_on",
    )  # fmt: skip

    def __init__(
        self, *args: Any, institutions: Choices, items: Choices, parents: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("addressee", institutions), ("item", items), ("parent", parents)):
            self.fields[name].offer(rows)  # type: ignore[attr-defined]

    def details(self) -> OutcomeDetails:
        """What was entered; call after `is_valid`."""
        entered = self.cleaned_data
        return OutcomeDetails(
            kind=OutcomeKind(entered["kind"]),
            text=entered["text"],
            action_kind=ActionKind(entered["action_kind"]),
            parent_id=entered["parent"],
            item_id=entered["item"],
            addressee_id=entered["addressee"],
            addressee_label=entered["addressee_label"],
            deadline=self.deadline(),
            review_on=entered["review_on"],
        )


class AssignForm(forms.Form):
    """Who will do it."""

    owner = RowField(label=_("Institution"), required=False)
    owner_body = RowField(label=_("Or a body"), required=False)
    co_owners = forms.TypedMultipleChoiceField(
        label=_("Together with"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, signatories: Choices, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(signatories)
        self.fields["owner"].offer(rows)  # type: ignore[attr-defined]
        self.fields["owner_body"].offer(bodies)  # type: ignore[attr-defined]
        self.fields["co_owners"].choices = rows  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=250)


class EffectForm(forms.Form):
    """What came of it."""

    effect = long_text(label=_("What was done and what came of it"))


class MoveDeadlineForm(DeadlineFields):
    """Another deadline, with the reason."""

    reason = forms.CharField(label=_("Why the deadline moves"), max_length=250)


class EvidenceForm(forms.Form):
    """What shows that it was done."""

    label = forms.CharField(label=_("What confirms it"), max_length=250)
    url = forms.URLField(label=_("Address on the web"), required=False, assume_scheme="https")
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "A document, a spreadsheet, slides or a picture of 10 MB at the most, without clients' data."
        ),
    )

    def attached(self) -> Attached | None:
        """The file with its content, if there is one; call after `is_valid`."""
        file = self.cleaned_data["file"]
        return Attached(file.name or "", file.read()) if file else None


class ReviewForm(forms.Form):
    """When it is looked at again."""

    on = DateField(
        label=_("Look at it again on"),
        required=False,
        help_text=_("That day the owner and the secretariat are reminded. Empty: nobody is."),
    )


class ImplementationForm(forms.Form):
    """By what a recommendation was carried out."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[one for one in ACTION_KINDS if one[0]])
    title = forms.CharField(label=_("Title"), max_length=250)
    on = DateField(label=_("Day"), required=False)
    note = long_text(label=_("Note"), required=False)
    meeting = RowField(label=_("Meeting in the register"), required=False)

    def __init__(self, *args: Any, meetings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].offer(meetings)  # type: ignore[attr-defined]


class SupersedeForm(forms.Form):
    """Which later conclusion takes the place."""

    successor = RowField(label=_("Replaced by"))

    def __init__(self, *args: Any, outcomes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].offer(outcomes)  # type: ignore[attr-defined]


class OutcomeFilter(forms.Form):
    """What the table shows."""

    mark_optional = False
    q = forms.CharField(label=_("Text or code"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, widget=LongSelect)
    owner = RowField(label=_("Owner"), required=False)
    overdue = forms.BooleanField(label=_("Overdue only"), required=False)

    def __init__(self, *args: Any, states: Choices, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("All")), ("open", _("All that are open")), *states]  # type: ignore[attr-defined]
        self.fields["owner"].offer(owners)  # type: ignore[attr-defined]
