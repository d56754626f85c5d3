"""Agreements as their parties read them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from spoiwo.access.models import LegalBasis, Purpose, SharingAgreement
from spoiwo.access.types import AgreementTerms, Category, Clause, LinkRule, PurposeTerm, RelationKind
from spoiwo.kernel.actor import Actor

Agreement = SharingAgreement  # for contexts that show it
WITH_TERMS = ("parties__institution", "clauses", "purposes__purpose", "purposes__legal_basis")


def agreements_of(actor: Actor) -> QuerySet[SharingAgreement]:
    """All versions of the agreements in the actor's reach with their terms, newest first."""
    return (
        SharingAgreement.objects.visible_to(actor)
        .prefetch_related(*WITH_TERMS)
        .order_by("-valid_from", "number", "-version")
    )


def agreement(actor: Actor, agreement_id: int) -> SharingAgreement | None:
    """One agreement with its terms, None when it is out of the actor's reach."""
    return (
        SharingAgreement.objects.visible_to(actor)
        .prefetch_related(*WITH_TERMS)
        .filter(pk=agreement_id)
        .first()
    )


def versions_of(actor: Actor, number: str) -> list[SharingAgreement]:
    """Versions of an agreement in the actor's reach with their terms, oldest first."""
    return list(
        SharingAgreement.objects.visible_to(actor)
        .filter(number=number)
        .prefetch_related(*WITH_TERMS)
        .order_by("version")
    )


def terms_of(row: SharingAgreement) -> AgreementTerms:
    """What an agreement says, as a value; four queries unless its terms were fetched with it."""
    return AgreementTerms(
        number=row.number,
        title=row.title,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        stale_after_days=row.stale_after_days,
        link_rules=frozenset(LinkRule(code) for code in row.link_rules),
        one_side_links=row.one_side_links,
        parties=frozenset(party.institution_id for party in row.parties.all()),
        clauses=frozenset(
            Clause(clause.giver_id or 0, clause.receiver_id or 0, Category(clause.category))
            for clause in row.clauses.all()
        ),
        purposes=frozenset(
            PurposeTerm(one.purpose_id, one.legal_basis_id, frozenset(map(RelationKind, one.preselected_for)))
            for one in row.purposes.all()
        ),
    )


def bases(day: date | None = None) -> QuerySet[LegalBasis]:
    """Legal bases by act and version; those in force on the day, or all of them."""
    chosen = LegalBasis.objects.all() if day is None else LegalBasis.objects.in_force(day)
    return chosen.order_by("code", "version")


def all_purposes() -> QuerySet[Purpose]:
    """Purposes an agreement may name."""
    return Purpose.objects.order_by("pk")


def beginning_or_just_ended(day: date) -> Iterable[SharingAgreement]:
    """Signed agreements whose first day is the day, or whose last day was the day before."""
    return SharingAgreement.objects.turning(day).prefetch_related("parties")
