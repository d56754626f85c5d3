"""Filters of the access log."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.audit.types import Action
from spoiwo.oversight.messages import ACTION_NAMES, AGREEMENT_ACTS
from spoiwo.oversight.types import LogFilter
from spoiwo.toolkit.forms.fields import DateField


class LogFilterForm(forms.Form):
    """What the supervisor looks for; everything may be left empty."""

    mark_optional = False
    first = DateField(label=_("From"), required=False, help_text="")
    last = DateField(label=_("To"), required=False, help_text="")
    person = forms.CharField(label=_("Client (name or number)"), max_length=120, required=False)
    worker = forms.TypedChoiceField(label=_("Our worker"), coerce=int, required=False)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    strangers = forms.BooleanField(label=_("Only other institutions"), required=False)

    def __init__(
        self, *args: Any, staff: Sequence[tuple[int, str]], purposes: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        """staff: own workers (account id, name). purposes: (code, name)."""
        super().__init__(*args, **kwargs)
        everyone = ("", _("All"))
        self.fields["worker"].choices = [everyone, *staff]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = [everyone, *purposes]  # type: ignore[attr-defined]
        self.fields["action"].choices = [everyone, *_actions()]  # type: ignore[attr-defined]

    def wanted(self) -> LogFilter:
        """What was asked for; fields that cannot be read count as empty, their errors stand beside them."""
        self.is_valid()
        read = getattr(self, "cleaned_data", {})
        action, _colon, outcome = (read.get("action") or "").partition(":")
        return LogFilter(
            first=read.get("first"),
            last=read.get("last"),
            worker_id=read.get("worker") or 0,
            person=read.get("person") or "",
            purpose=read.get("purpose") or "",
            action=action,
            outcome=outcome,
            strangers=read.get("strangers") or False,
        )


def _actions() -> list[tuple[Any, Any]]:
    """Choices of what was done; acts on agreements stand together and can be chosen one by one."""
    code = Action.AGREEMENT_CHANGED.value
    single = [(f"{code}:{outcome}", name) for outcome, name in AGREEMENT_ACTS.items()]
    others = [(one.value, name) for one, name in ACTION_NAMES.items() if one.value != code]
    return [*others, (_("Sharing agreements"), [(code, _("Everything about sharing agreements")), *single])]
