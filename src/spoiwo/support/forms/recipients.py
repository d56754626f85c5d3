"""Finding a recipient by what an adviser types: a name from the list, or somebody new."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.actor import Actor
from spoiwo.support.messages import RECIPIENT_NAMES
from spoiwo.support.queries import finding
from spoiwo.support.types import RecipientKind, RecipientRef

LIST_ID = "recipients"  # id of the <datalist> that the template writes


class RecipientField(forms.CharField):
    """One text box: "Nowak Ewa · O-12" from the list, or a name that fits exactly one recipient."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"list": LIST_ID, "autocomplete": "off", "autocapitalize": "words"}),
        )
        kwargs.setdefault("max_length", 300)
        super().__init__(**kwargs)


class NewRecipient(forms.Form):
    """What is needed to write down a recipient who is not on the list."""

    new_kind = forms.ChoiceField(
        label=_("Not on the list? Add as"),
        required=False,
        choices=[("", _("no, choose from the list")), *RECIPIENT_NAMES.items()],
    )


def choice_of(text: str, actor: Actor) -> RecipientRef | None:
    """The recipient that the text names, None when there is none or more than one."""
    return finding.recipient(text, actor)


def people_of(text: str, actor: Actor) -> tuple[list[Any], list[str]]:
    """People named one a line, and the lines that name nobody."""
    found, unknown = [], []
    for line in _lines(text):
        ref = finding.recipient(line, actor, kinds=(RecipientKind.PERSON,))
        if ref is None:
            unknown.append(line)
        else:
            found.append(ref.uuid)
    return found, unknown


def _lines(text: str) -> Iterable[str]:
    return (line.strip() for line in text.splitlines() if line.strip())
