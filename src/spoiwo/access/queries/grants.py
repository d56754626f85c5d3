"""Who gives what to whom today: reads of sharing agreements.

An agreement counts when it is signed, its dates hold the day, and at least one of its purposes rests on a
legal basis in force that day. Without a basis nothing flows, whatever else the agreement says.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from spoiwo.access.models import (
    AgreementClause,
    AgreementPurpose,
    LegalBasis,
    Purpose,
    Relation,
    SharingAgreement,
)
from spoiwo.access.querysets import valid_on
from spoiwo.access.types import Category, Grant, LinkRule, PurposeOption, RelationKind
from spoiwo.toolkit.prepared import Prepared

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class _Pair(TypedDict):
    """Which two parties a clause covers."""

    from_id: int
    to_id: int


class _Given(NamedTuple):
    """One category that one institution gives another under one agreement."""

    giver_id: int
    receiver_id: int
    agreement_id: int
    agreement_number: str
    stale_after_days: int
    link_rules: list[str]
    category: str


def grants_to(institution_id: int, day: date) -> list[Grant]:
    """What other institutions give this one on the day: one grant per giver and agreement, two queries."""
    return _grants(_GIVEN_TO.rows(institution_id, day), day)


def grants_between(giver_id: int, receiver_id: int, day: date) -> list[Grant]:
    """What one institution gives another on the day: one grant per agreement, two queries."""
    return _grants(_GIVEN_BETWEEN.rows(giver_id, receiver_id, day), day)


def partners_of(institution_id: int, day: date) -> frozenset[int]:
    """Institutions with which this one may have common clients: identity is given in at least one direction."""
    pairs = _PARTNERS.rows(institution_id, day)
    return frozenset(pk for pair in pairs for pk in pair) - {institution_id}


def unattended_rules(left_id: int, right_id: int, day: date) -> frozenset[LinkRule]:
    """Matching rules by which records of the two may be linked without asking a person, on the day."""
    listed = _identity_between(left_id, right_id, day).values_list("agreement__link_rules", flat=True)
    return frozenset(LinkRule(code) for codes in listed for code in codes)


def one_side_links(left_id: int, right_id: int, day: date) -> bool:
    """Whether the answer of one of the two is enough for a link, on the day."""
    return _identity_between(left_id, right_id, day).filter(agreement__one_side_links=True).exists()


def known_people(institution_id: int, day: date) -> QuerySet[Relation, UUID]:
    """Uuids of the people whom the institution may know on the day; meant as a subquery, not to be listed."""
    return (
        Relation.objects.filter(institution_id=institution_id).current(day).values_list("person", flat=True)
    )


def relation_kinds(institution_id: int, person: UUID, day: date) -> frozenset[RelationKind]:
    """Why the institution may know the person on the day; empty when it may not."""
    kinds = Relation.objects.filter(institution_id=institution_id, person=person).current(day)
    return frozenset(RelationKind(kind) for kind in kinds.values_list("kind", flat=True))


def _identity_between(
    left_id: int, right_id: int, day: date
) -> "QuerySet[WithAnnotations[AgreementClause, _Pair]]":
    """Clauses by which one of the two gives the other identity, whichever way."""
    between = Q(from_id=left_id, to_id=right_id) | Q(from_id=right_id, to_id=left_id)
    return _given(day).filter(between).filter(category=Category.IDENTITY)


def _given(day: date) -> "QuerySet[WithAnnotations[AgreementClause, _Pair]]":
    """Clauses in force, one row per pair of parties they cover (`from_id`, `to_id`)."""
    founded = AgreementPurpose.objects.filter(
        valid_on(day, "legal_basis__"), agreement_id=OuterRef("agreement_id")
    )
    return (
        AgreementClause.objects.filter(
            valid_on(day, "agreement__"), Exists(founded), agreement__state=SharingAgreement.State.ACTIVE
        )
        .annotate(
            giving=FilteredRelation("agreement__parties"), receiving=FilteredRelation("agreement__parties")
        )
        .annotate(from_id=F("giving__institution_id"), to_id=F("receiving__institution_id"))
        .filter(Q(giver__isnull=True) | Q(giver_id=F("from_id")))
        .filter(Q(receiver__isnull=True) | Q(receiver_id=F("to_id")))
        .exclude(from_id=F("to_id"))
    )


def _grants(found: Iterable[tuple[Any, ...]], day: date) -> list[Grant]:
    rows = [_Given(*row) for row in found]
    purposes = _purposes({row.agreement_id for row in rows}, day)
    return [
        Grant(
            giver_id=first.giver_id,
            receiver_id=first.receiver_id,
            agreement_id=first.agreement_id,
            agreement_number=first.agreement_number,
            categories=categories,
            purposes=purposes[first.agreement_id],
            stale_after_days=first.stale_after_days,
            link_rules=frozenset(LinkRule(code) for code in first.link_rules),
        )
        for first, categories in _by_giver_and_agreement(rows)
    ]


def _by_giver_and_agreement(rows: list[_Given]) -> Iterator[tuple[_Given, frozenset[Category]]]:
    groups: dict[tuple[int, int, int], list[_Given]] = defaultdict(list)
    for row in rows:
        groups[row.giver_id, row.receiver_id, row.agreement_id].append(row)
    for key in sorted(groups):
        yield groups[key][0], frozenset(Category(row.category) for row in groups[key])


def _purposes(agreement_ids: set[int], day: date) -> dict[int, tuple[PurposeOption, ...]]:
    """Purposes of agreements whose legal basis holds on the day, in the order they were agreed."""
    options: dict[int, tuple[PurposeOption, ...]] = defaultdict(tuple)
    for agreement_id, kinds, *columns in _ALLOWED.rows(tuple(sorted(agreement_ids)), day):
        purpose = Purpose(code=columns[0], name=columns[1], name_en=columns[2])
        basis = LegalBasis(code=columns[3], version=columns[4], act=columns[5], article=columns[6])
        options[agreement_id] += (
            PurposeOption(
                code=purpose.code,
                name=str(purpose),
                legal_basis_code=basis.versioned_code,
                legal_basis_name=str(basis),
                preselected_for=frozenset(RelationKind(kind) for kind in kinds),
            ),
        )
    return options


def _given_to(receiver_id: int, day: date) -> QuerySet[Any, Any]:
    return _given(day).filter(to_id=receiver_id).values_list(*_GIVEN_COLUMNS)


def _given_between(giver_id: int, receiver_id: int, day: date) -> QuerySet[Any, Any]:
    return _given(day).filter(from_id=giver_id, to_id=receiver_id).values_list(*_GIVEN_COLUMNS)


def _partners(institution_id: int, day: date) -> QuerySet[Any, Any]:
    either = Q(from_id=institution_id) | Q(to_id=institution_id)
    given = _given(day).filter(either, category=Category.IDENTITY)
    return given.values_list("from_id", "to_id").distinct()


def _allowed(agreement_ids: tuple[int, ...], day: date) -> QuerySet[Any, Any]:
    options = AgreementPurpose.objects.filter(valid_on(day, "legal_basis__"), agreement_id__in=agreement_ids)
    return options.order_by("pk").values_list(*_ALLOWED_COLUMNS)


_GIVEN_COLUMNS = (
    *("from_id", "to_id", "agreement_id", "agreement__number", "agreement__stale_after_days"),
    *("agreement__link_rules", "category"),
)
_ALLOWED_COLUMNS = (
    *("agreement_id", "preselected_for", "purpose__code", "purpose__name", "purpose__name_en"),
    *("legal_basis__code", "legal_basis__version", "legal_basis__act", "legal_basis__article"),
)
_GIVEN_TO = Prepared(_given_to)
_GIVEN_BETWEEN = Prepared(_given_between)
_PARTNERS = Prepared(_partners)
_ALLOWED = Prepared(_allowed)
