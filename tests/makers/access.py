"""Legal bases, purposes and sharing agreements that are valid as they stand."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from spoiwo.access import services
from spoiwo.access.models import (
    AgreementClause,
    AgreementParty,
    AgreementPurpose,
    LegalBasis,
    Purpose,
    SharingAgreement,
)
from spoiwo.access.types import Category, LinkRule, RelationKind

_numbers = count(1)
LONG_AGO = date(2020, 1, 1)


def legal_basis(code: str = "act-art-1", **fields: object) -> LegalBasis:
    """An article of an act, in force since long ago unless told otherwise; the same code gives the same row."""
    values = {"act": "ustawa próbna", "article": "art. 1", "valid_from": LONG_AGO, **fields}
    basis, _ = LegalBasis.objects.get_or_create(code=code, defaults=values)
    return basis


def purpose(code: str = "joint-support", **fields: object) -> Purpose:
    """A purpose; the same code gives the same row."""
    values = {"name": "Wspólne wsparcie klienta", "name_en": "Joint support of a client", **fields}
    made, _ = Purpose.objects.get_or_create(code=code, defaults=values)
    return made


def agreement(
    *parties: object,
    gives: Iterable[tuple[object | None, object | None, Category]] = ((None, None, Category.IDENTITY),),
    purposes: Sequence[tuple[str, str]] = (("joint-support", "act-art-1"),),
    link_rules: Sequence[LinkRule] = (LinkRule.PESEL_ONE_FIELD,),
    **fields: Any,
) -> SharingAgreement:
    """An agreement in force between institutions (rows or ids), which give each other identity.

    gives: (giver, receiver, category), None for every party. purposes: (purpose code, legal basis code), each
    pre-selected for people in the own register.
    """
    values = {
        "number": f"P/{next(_numbers)}",
        "title": "Porozumienie próbne",
        "state": SharingAgreement.State.ACTIVE,
        "signed_on": LONG_AGO,
        "valid_from": LONG_AGO,
        "link_rules": list(link_rules),
        **fields,
    }
    made = SharingAgreement.objects.create(**values)
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=made, institution_id=_pk(one)) for one in parties
    )
    AgreementClause.objects.bulk_create(
        AgreementClause(agreement=made, giver_id=_pk(giver), receiver_id=_pk(receiver), category=category)
        for giver, receiver, category in gives
    )
    AgreementPurpose.objects.bulk_create(
        AgreementPurpose(
            agreement=made,
            purpose=purpose(code),
            legal_basis=legal_basis(basis),
            preselected_for=[RelationKind.INVOLVEMENT],
        )
        for code, basis in purposes
    )
    return made


def relation(person: UUID, institution: object, *, since: date = LONG_AGO) -> None:
    """The institution has the person in its own register."""
    services.open_relations([(person, _pk(institution) or 0)], kind=RelationKind.INVOLVEMENT, since=since)


def _pk(institution: object | None) -> Any:
    return getattr(institution, "pk", institution)
