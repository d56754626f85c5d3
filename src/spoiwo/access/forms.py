"""Forms of sharing agreements."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.access import messages, rules
from spoiwo.access.models import CATEGORY_CHOICES, LegalBasis, Purpose
from spoiwo.access.types import AgreementTerms, Category, Clause, LinkRule, PurposeTerm, RelationKind
from spoiwo.toolkit.forms.fields import DateField

MOST_STALE_DAYS = 3650
IN_REGISTER = RelationKind.INVOLVEMENT


class AgreementForm(forms.Form):
    """All terms of an agreement. Ticks of the direction table are "giver:receiver:category", 0 for every party."""

    number = forms.CharField(
        label=_("Number"), max_length=60, help_text=_("As on paper, for example 4/2026.")
    )
    title = forms.CharField(label=_("Title"), max_length=250)
    valid_from = DateField(label=_("First day"))
    valid_to = DateField(label=_("Last day"), required=False)
    stale_after_days = forms.IntegerField(
        label=_("After how many days data count as old"),
        min_value=1,
        max_value=MOST_STALE_DAYS,
        initial=30,
        help_text=_("Older values are shown in grey with their age."),
    )
    parties = forms.TypedMultipleChoiceField(
        label=_("Parties"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At least two."),
        error_messages={"required": _("Choose at least two parties.")},
    )
    link_rules = forms.MultipleChoiceField(
        label=_("Which records may be linked without asking anybody"),
        choices=[(rule.value, sentence) for rule, sentence in messages.LINK_RULE_SENTENCES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Without a tick, a person decides about every link."),
    )
    one_side_links = forms.BooleanField(
        label=_("One institution's answer is enough for a link"),
        required=False,
        help_text=_(
            "Without a tick, a link stands when reviewers of both sides say that it is the same person."
        ),
    )
    clauses = forms.CharField(required=False)  # read from the ticks, see clean_clauses
    suggested = forms.ChoiceField(
        label=_("Which purpose is suggested for people in the own register"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        institutions: Sequence[tuple[int, str]],
        purposes: Sequence[Purpose],
        bases: Sequence[LegalBasis],
        **kwargs: Any,
    ) -> None:
        """institutions: open ones and present parties (id, name). bases: in force, and those named already."""
        super().__init__(*args, **kwargs)
        self.fields["parties"].choices = institutions  # type: ignore[attr-defined]
        self.fields["suggested"].choices = [  # type: ignore[attr-defined]
            ("", _("None")),
            *((str(purpose.pk), str(purpose)) for purpose in purposes),
        ]
        self._names = dict(institutions)
        self._purposes = list(purposes)
        for purpose in purposes:
            self.fields[f"basis_{purpose.pk}"] = forms.ChoiceField(
                label=str(purpose),
                choices=[
                    ("", _("Not a purpose of this agreement")),
                    *((str(basis.pk), str(basis)) for basis in bases),
                ],
                required=False,
            )
            self.fields[f"basis_{purpose.pk}"].mark_optional = False  # type: ignore[attr-defined]

    def clean_parties(self) -> list[int]:
        """Nobody agrees with nobody."""
        parties: list[int] = self.cleaned_data["parties"]
        if len(set(parties)) < rules.LEAST_PARTIES:
            raise forms.ValidationError(_("Choose at least two parties."))
        return parties

    def clean(self) -> dict[str, Any]:
        """An agreement is for something: at least one purpose has its legal basis."""
        entered: dict[str, Any] = super().clean() or {}
        fields = [f"basis_{purpose.pk}" for purpose in self._purposes]
        if fields and not any(entered.get(name) or name in self.errors for name in fields):
            self.add_error(fields[0], _("Choose a legal basis for at least one purpose."))
        return entered

    def clean_clauses(self) -> frozenset[Clause]:
        """The ticks of the direction table as clauses; what is not a tick of ours is refused."""
        try:
            return frozenset(_clause(tick) for tick in self.data.getlist("clauses"))  # type: ignore[attr-defined]
        except ValueError:
            raise forms.ValidationError(_("The table of data cannot be read. Open the page again.")) from None

    def terms(self) -> AgreementTerms:
        """What was entered, as a value; call after `is_valid`."""
        entered = self.cleaned_data
        return AgreementTerms(
            number=entered["number"],
            title=entered["title"],
            valid_from=entered["valid_from"],
            valid_to=entered["valid_to"],
            stale_after_days=entered["stale_after_days"],
            link_rules=frozenset(LinkRule(code) for code in entered["link_rules"]),
            one_side_links=entered["one_side_links"],
            parties=frozenset(entered["parties"]),
            clauses=entered["clauses"],
            purposes=frozenset(
                PurposeTerm(
                    purpose.pk,
                    int(entered[f"basis_{purpose.pk}"]),
                    frozenset({IN_REGISTER} if entered["suggested"] == str(purpose.pk) else ()),
                )
                for purpose in self._purposes
                if entered[f"basis_{purpose.pk}"]
            ),
        )

    def purpose_fields(self) -> list[forms.BoundField]:
        """The choices of a legal basis, one per purpose."""
        return [self[f"basis_{purpose.pk}"] for purpose in self._purposes]

    def direction_rows(self) -> list[dict[str, Any]]:
        """Rows of the direction table: names of giver and receiver, and a tick per category."""
        ticks = set(self.data.getlist("clauses") if self.is_bound else self.initial.get("clauses", ()))  # type: ignore[attr-defined]
        chosen = self.data.getlist("parties") if self.is_bound else self.initial.get("parties", ())  # type: ignore[attr-defined]
        parties = sorted(int(pk) for pk in chosen if str(pk).isdigit())
        written = {
            (one.giver_id, one.receiver_id, one.category) for one in map(_clause_or_none, ticks) if one
        }
        clauses = [Clause(*one) for one in written]
        return [
            {
                "giver": messages.party(giver, self._names),
                "receiver": messages.party(receiver, self._names),
                "ticks": [
                    {"value": value, "label": label, "checked": value in ticks}
                    for category, label in CATEGORY_CHOICES
                    for value in [f"{giver}:{receiver}:{category.value}"]
                ],
            }
            for giver, receiver in rules.clause_rows(parties, clauses)
        ]


class EndForm(forms.Form):
    """After which day an agreement ends."""

    last_day = DateField(label=_("Last day"), help_text=_("From the next day on nothing is shared under it."))


class DocumentForm(forms.Form):
    """The scan of the signed agreement."""

    document = forms.FileField(label=_("Signed agreement (PDF)"))


def initial_of(terms: AgreementTerms, *, version: int) -> dict[str, Any]:
    """The form's first values for an agreement as it stands."""
    suggested = next(
        (str(one.purpose_id) for one in terms.purposes if IN_REGISTER in one.preselected_for), ""
    )
    return {
        "number": terms.number,
        "title": terms.title,
        "valid_from": terms.valid_from,
        "valid_to": terms.valid_to,
        "stale_after_days": terms.stale_after_days,
        "parties": sorted(terms.parties),
        "link_rules": sorted(terms.link_rules),
        "one_side_links": terms.one_side_links,
        "clauses": [f"{one.giver_id}:{one.receiver_id}:{one.category.value}" for one in terms.clauses],
        "suggested": suggested,
        "version": version,
        **{f"basis_{one.purpose_id}": str(one.legal_basis_id) for one in terms.purposes},
    }


def first_values(day: date, institution_id: int) -> dict[str, Any]:
    """The form's first values for a new agreement."""
    return {"valid_from": day, "parties": [institution_id] if institution_id else []}


def _clause(tick: str) -> Clause:
    giver, receiver, category = tick.split(":")
    return Clause(int(giver), int(receiver), Category(category))


def _clause_or_none(tick: str) -> Clause | None:
    try:
        return _clause(tick)
    except ValueError:
        return None
