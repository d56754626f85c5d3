"""What of a card is to be seen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.monitoring.models.choices import PLACES, VIEWS
from spoiwo.monitoring.tables.pictures import REGION, Table, Wanted
from spoiwo.monitoring.types import View


class AnalysisForm(forms.Form):
    """Which card, how it is shown; the rest depends on what the card has."""

    mark_optional = False
    karta = forms.ChoiceField(label=_("Indicator"), required=False)
    widok = forms.ChoiceField(
        label=_("Shown as"), choices=[(view.value, label) for view, label in VIEWS.items()], required=False
    )
    miejsce = forms.ChoiceField(label=_("Area"), required=False)
    poziom = forms.ChoiceField(label=_("Parts"), required=False)
    okres = forms.ChoiceField(label=_("Period"), required=False)
    wczesniej = forms.ChoiceField(label=_("Compared with"), required=False)
    przekroj = forms.ChoiceField(label=_("Breakdown"), required=False)

    def __init__(self, *given: Any, cards: Sequence[tuple[str, str]], **named: Any):
        super().__init__(*given, **named)
        self._offer("karta", cards)

    def offer(self, table: Table) -> None:
        """Choices that this card has."""
        codes = [code for level in (REGION, 4, 7) for code in table.places(level)]
        levels = sorted({one.level for one in table.found if one.level > REGION})
        self._offer("miejsce", [(code, table.names.get(code, code)) for code in codes])
        self._offer("poziom", [(level, PLACES[level]) for level in levels])
        periods = [(period, period) for period in reversed(table.periods)]
        self._offer("okres", periods)
        self._offer("wczesniej", periods[1:])
        self._offer("przekroj", [(cell, cell or _("all together")) for cell in table.cells])

    def wanted(self) -> Wanted:
        """What was asked for; what makes no sense is left to the table."""
        get = self.data.get
        view = get("widok", "")
        level = get("poziom", "")
        return Wanted(
            view=View(view) if view in set(View) else View.OVER_TIME,
            place=get("miejsce", ""),
            level=int(level) if level in {"2", "4", "7"} else 4,
            period=get("okres", ""),
            before=get("wczesniej", ""),
            cell=get("przekroj", ""),
        )

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        if len(field.choices) < 2 and name != "karta":
            field.widget = forms.HiddenInput()
