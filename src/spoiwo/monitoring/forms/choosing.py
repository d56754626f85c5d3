"""What of a card is to be seen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.monitoring.models.choices import PLACES, TILE_VIEWS, VIEWS
from spoiwo.monitoring.types import PERIOD, PLACE, View, Wanted


class AnalysisForm(forms.Form):
    """Which card, how it is shown; the rest depends on what the card has."""

    mark_optional = False
    karta = forms.ChoiceField(label=_("Indicator"), required=False)
    widok = forms.ChoiceField(label=_("Shown as"), required=False)
    miejsce = forms.ChoiceField(label=_("Area"), required=False)
    poziom = forms.ChoiceField(label=_("Parts"), required=False)
    okres = forms.ChoiceField(label=_("Period"), required=False)
    wczesniej = forms.ChoiceField(label=_("Compared with"), required=False)
    przekroj = forms.ChoiceField(label=_("Breakdown"), required=False)
    wiersze = forms.ChoiceField(label=_("Rows"), required=False)
    kolumny = forms.ChoiceField(label=_("Columns"), required=False)

    def __init__(self, *given: Any, cards: Sequence[tuple[str, str]], has_own: bool, **named: Any):
        """has_own: whether the reader acts for an institution that can be shown beside the region."""
        super().__init__(*given, **named)
        self._views = TILE_VIEWS if has_own else VIEWS
        self._offer("karta", cards)
        self._offer("widok", [(view.value, label) for view, label in self._views.items()])

    def offer(
        self, *, areas: Sequence[tuple[str, str]], levels: Sequence[int], periods: Sequence[str], cells: Sequence[str],
        axes: Sequence[tuple[str, str]],
    ) -> None:  # fmt: skip
        """Choices that this card has. periods: the oldest first; axes: of pivot tables, which only they have."""
        is_pivot = self.data.get("widok") == View.PIVOT
        self._offer("wiersze", axes if is_pivot else [])
        # The axis that stands there unless another one is chosen comes first.
        self._offer("kolumny", sorted(axes, key=lambda axis: axis[0] != PERIOD) if is_pivot else [])
        self._offer("miejsce", areas)
        self._offer("poziom", [(level, PLACES[level]) for level in levels])
        newest_first = [(period, period) for period in reversed(periods)]
        self._offer("okres", newest_first)
        self._offer("wczesniej", newest_first[1:])
        self._offer("przekroj", [(cell, cell or _("all together")) for cell in cells])

    def wanted(self) -> Wanted:
        """What was asked for; what makes no sense is left to the table."""
        get = self.data.get
        view = get("widok", "")
        level = get("poziom", "")
        return Wanted(
            view=View(view) if view in self._views else View.OVER_TIME,
            place=get("miejsce", ""),
            level=int(level) if level in {"2", "4", "7"} else 4,
            period=get("okres", ""),
            before=get("wczesniej", ""),
            cell=get("przekroj", ""),
            down=get("wiersze", "") or PLACE,
            across=get("kolumny", "") or PERIOD,
        )

    def _offer(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        if len(field.choices) < 2 and name != "karta":
            field.widget = forms.HiddenInput()
