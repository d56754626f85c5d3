"""Agreements prepared for reading: names instead of ids, sentences instead of codes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.access import rules
from spoiwo.access.messages import (
    CATEGORY_NAMES,
    FIELD_NAMES,
    LINK_RULE_SENTENCES,
    STANDING_NAMES,
    STANDING_TONES,
    party,
)
from spoiwo.access.models import LegalBasis, Purpose, SharingAgreement
from spoiwo.access.queries import terms_of
from spoiwo.access.types import AgreementTerms, Category, Clause, LinkRule, PurposeTerm
from spoiwo.toolkit.conflicts import Conflict

MANY_PARTIES = 5  # with more, the table of directions shows the clauses as written
Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Words:
    """Names that terms need: institutions, purposes and legal bases by id."""

    institutions: Names
    purposes: Mapping[int, Purpose]
    bases: Mapping[int, LegalBasis]


def standing_tag(row: SharingAgreement, day: date) -> dict[str, str]:
    """Text and tone of the tag that says where the agreement stands."""
    state = SharingAgreement.State
    standing = rules.standing(
        signed=row.state != state.DRAFT,
        ended=row.state == state.ENDED,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        day=day,
    )
    return {"text": str(STANDING_NAMES[standing]), "tone": STANDING_TONES[standing]}


def directions(terms: AgreementTerms, names: Names) -> list[dict[str, str]]:
    """Who gives what to whom, one row per pair that shares anything; as written when there are many parties."""
    if len(terms.parties) > MANY_PARTIES:
        pairs = sorted({(clause.giver_id, clause.receiver_id) for clause in terms.clauses})
        found = [
            (*pair, [c.category for c in sorted(terms.clauses) if (c.giver_id, c.receiver_id) == pair])
            for pair in pairs
        ]
    else:
        found = [
            (
                giver,
                receiver,
                [Category(code) for code in rules.gives(terms.clauses, giver_id=giver, receiver_id=receiver)],
            )
            for giver in sorted(terms.parties)
            for receiver in sorted(terms.parties)
        ]
    return [
        {
            "giver": party(giver, names),
            "receiver": party(receiver, names),
            "categories": _categories(categories),
        }
        for giver, receiver, categories in found
        if categories
    ]


def purpose_rows(row: SharingAgreement, day: date) -> list[dict[str, object]]:
    """Purposes with their legal basis in full words, and whether the basis holds on the day."""
    return [
        {
            "purpose": str(one.purpose),
            "basis": str(one.legal_basis),
            "summary": one.legal_basis.summary,
            "is_example": one.legal_basis.is_example,
            "is_over": one.legal_basis.valid_to is not None and one.legal_basis.valid_to < day,
            "basis_ended_on": one.legal_basis.valid_to,
            "is_suggested": bool(one.preselected_for),
        }
        for one in sorted(row.purposes.all(), key=lambda one: one.pk)
    ]


def link_rule_sentences(codes: Iterable[str]) -> list[str]:
    """Which rules may link records without asking, in plain words."""
    return [str(LINK_RULE_SENTENCES[LinkRule(code)]) for code in sorted(codes)]


def history(versions: Sequence[SharingAgreement], words: Words, day: date) -> list[dict[str, object]]:
    """Versions, newest first, each with what it says differently from the one before."""
    terms = [terms_of(version) for version in versions]
    rows: list[dict[str, object]] = [
        {
            "version": version.version,
            "pk": version.pk,
            "tag": standing_tag(version, day),
            "valid_from": version.valid_from,
            "valid_to": version.valid_to,
            "changes": change_sentences(terms[index - 1], terms[index], words) if index else [],
        }
        for index, version in enumerate(versions)
    ]
    return rows[::-1]


def change_sentences(former: AgreementTerms, latter: AgreementTerms, words: Words) -> list[str]:
    """What the later terms say differently, one sentence each."""
    found = rules.changes(former, latter)
    sentences = [
        _("%(field)s: was %(former)s, is %(latter)s.")
        % {
            "field": FIELD_NAMES[field],
            "former": value_in_words(field, getattr(former, field), words),
            "latter": value_in_words(field, getattr(latter, field), words),
        }
        for field in found.fields
    ]
    names = words.institutions
    sentences += [
        _("New party: %(party)s.") % {"party": party(pk, names)} for pk in sorted(found.parties_added)
    ]
    sentences += [
        _("No longer a party: %(party)s.") % {"party": party(pk, names)}
        for pk in sorted(found.parties_removed)
    ]
    sentences += [
        _("Newly given: %(clause)s.") % {"clause": _clause(one, names)} for one in sorted(found.clauses_added)
    ]
    sentences += [
        _("No longer given: %(clause)s.") % {"clause": _clause(one, names)}
        for one in sorted(found.clauses_removed)
    ]
    sentences += [
        _("New purpose: %(purpose)s.") % {"purpose": _purpose(one, words)}
        for one in _sorted(found.purposes_added)
    ]
    sentences += [
        _("Purpose left out: %(purpose)s.") % {"purpose": _purpose(one, words)}
        for one in _sorted(found.purposes_removed)
    ]
    return sentences


def conflict_rows(conflict: Conflict, words: Words) -> list[dict[str, str]]:
    """Fields that two people saved differently, for the conflict screen."""
    return [
        {
            "label": str(FIELD_NAMES[difference.field]),
            "yours": value_in_words(difference.field, difference.yours, words),
            "saved": value_in_words(difference.field, difference.saved, words),
        }
        for difference in conflict.differences
    ]


def value_in_words(field: str, value: object, words: Words) -> str:
    """The value of one term as people read it."""
    if isinstance(value, date):
        return date_format(value, "j E Y")
    if value is None:
        return _("no last day")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return ngettext("%(n)s day", "%(n)s days", value) % {"n": value}
    if isinstance(value, frozenset):
        return _list_in_words(field, value, words) or "–"
    return str(value)


def _list_in_words(field: str, items: frozenset[object], words: Words) -> str:
    if field == "parties":
        return ", ".join(sorted(party(int(str(pk)), words.institutions) for pk in items))
    if field == "link_rules":
        return " ".join(link_rule_sentences(str(code) for code in items))
    clauses = sorted(item for item in items if isinstance(item, Clause))
    purposes = _sorted(item for item in items if isinstance(item, PurposeTerm))
    return "; ".join(
        [_clause(one, words.institutions) for one in clauses] + [_purpose(one, words) for one in purposes]
    )


def _sorted(purposes: Iterable[PurposeTerm]) -> list[PurposeTerm]:
    return sorted(purposes, key=lambda one: (one.purpose_id, one.legal_basis_id))


def _categories(categories: Iterable[Category]) -> str:
    return ", ".join(
        str(CATEGORY_NAMES[category]) for category in CATEGORY_NAMES if category in set(categories)
    )


def _clause(clause: Clause, names: Names) -> str:
    return _("%(giver)s to %(receiver)s: %(category)s") % {
        "giver": party(clause.giver_id, names),
        "receiver": party(clause.receiver_id, names),
        "category": CATEGORY_NAMES[clause.category],
    }


def _purpose(term: PurposeTerm, words: Words) -> str:
    return f"{words.purposes[term.purpose_id]} ({words.bases[term.legal_basis_id]})"
