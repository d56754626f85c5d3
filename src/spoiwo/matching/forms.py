"""Filters of the list of proposals."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.matching.messages import PILE_NAMES, RULE_NAMES

AGES = [("", _("Any")), ("7", _("Older than a week")), ("30", _("Older than a month"))]


class ProposalFilter(forms.Form):
    """Pile, rule, age; everything may be left as it is."""

    mark_optional = False
    pile = forms.ChoiceField(
        label=_("Show"), choices=[(pile.value, name) for pile, name in PILE_NAMES.items()], required=False
    )
    rule = forms.ChoiceField(
        label=_("Rule"),
        choices=[("", _("Any")), *((rule.value, name) for rule, name in RULE_NAMES.items())],
        required=False,
    )
    age = forms.ChoiceField(label=_("Age"), choices=AGES, required=False)
