"""Drafting sharing agreements: every change is in the chains of all parties."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from spoiwo.access import policies, rules
from spoiwo.access.errors import (
    AgreementNotFound,
    AgreementNumberTaken,
    DraftAlreadyOpen,
    NotADraft,
    NotInForce,
    NotYoursToChange,
    OwnInstitutionMissing,
)
from spoiwo.access.models import AgreementClause, AgreementParty, AgreementPurpose, SharingAgreement
from spoiwo.access.queries.agreements import terms_of
from spoiwo.access.types import AgreementTerms
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.conflicts import Conflict, differences

DRAFT = SharingAgreement.State.DRAFT
COMPARED = (
    "number", "title", "valid_from", "valid_to", "stale_after_days", "link_rules", "one_side_links", "parties",
    "clauses", "purposes",
)  # fmt: skip


@transaction.atomic
def draft_agreement(*, terms: AgreementTerms, at: datetime, by: Actor) -> SharingAgreement:
    """Write a first version that the parties can read, change and sign.

    Raises NotYoursToChange, OwnInstitutionMissing, AgreementNumberTaken, and what `rules.check_terms` raises.
    """
    if not policies.may_draft(by):
        raise NotYoursToChange("draft")
    _check(terms, by)
    agreement = SharingAgreement(version=1, state=DRAFT, edited_at=at, edited_by_user_id=by.user_id)
    _write(agreement, terms)
    record(agreement, terms, outcome="drafted", by=by)
    return agreement


@transaction.atomic
def edit_draft(
    *, agreement_id: int, version: int, terms: AgreementTerms, at: datetime, by: Actor
) -> SharingAgreement:
    """Change a draft; signatures and the signed document were given for other words and go.

    version: the edit version the form was opened with. The number of a later version stays that of the first.
    Raises Conflict with the fields in which the saved draft differs, NotADraft, and as `draft_agreement`.
    """
    agreement = locked(agreement_id, by)
    if agreement.state != DRAFT:
        raise NotADraft(str(agreement_id))
    if not policies.may_change(by, agreement):
        raise NotYoursToChange("edit")
    saved = terms_of(agreement)
    if agreement.edit_version != version:
        raise Conflict(
            differences(_compared(terms), _compared(saved)),
            version=agreement.edit_version,
            saved_by_user_id=agreement.edited_by_user_id,
            saved_at=agreement.edited_at,
        )
    _check(terms, by)
    _check_number(agreement, terms)
    agreement.edit_version += 1
    agreement.edited_at, agreement.edited_by_user_id = at, by.user_id
    had_document = bool(agreement.document_sha256)
    agreement.document_name = agreement.document_sha256 = ""
    _write(agreement, terms)
    record(agreement, terms, outcome="edited", by=by, formerly=saved.parties)
    if had_document:
        record(agreement, terms, outcome="document_removed", by=by, formerly=saved.parties)
    return agreement


@transaction.atomic
def new_version(*, agreement_id: int, at: datetime, by: Actor) -> SharingAgreement:
    """Draft the next version with the words of this one; this one stays in force until the next is signed.

    Raises NotInForce for a draft, NotYoursToChange, DraftAlreadyOpen.
    """
    former = locked(agreement_id, by)
    if former.state == DRAFT:
        raise NotInForce(str(agreement_id))
    if not policies.may_renew(by, former):
        raise NotYoursToChange("renew")
    newest = SharingAgreement.objects.filter(number=former.number).order_by("-version")[0]
    if newest.state == DRAFT:
        raise DraftAlreadyOpen(newest.pk)
    terms = terms_of(former)
    agreement = SharingAgreement(
        version=newest.version + 1,
        state=DRAFT,
        is_demonstration=former.is_demonstration,
        edited_at=at,
        edited_by_user_id=by.user_id,
    )
    _write(agreement, terms)
    record(agreement, terms, outcome="renewed", by=by)
    return agreement


@transaction.atomic
def discard_draft(*, agreement_id: int, by: Actor) -> None:
    """Throw a draft away. Raises NotADraft, NotYoursToChange."""
    agreement = locked(agreement_id, by)
    if agreement.state != DRAFT:
        raise NotADraft(str(agreement_id))
    if not policies.may_change(by, agreement):
        raise NotYoursToChange("discard")
    record(agreement, terms_of(agreement), outcome="discarded", by=by)
    agreement.delete()


def locked(agreement_id: int, by: Actor) -> SharingAgreement:
    """The agreement in the actor's reach, locked until the transaction ends; raises AgreementNotFound."""
    reachable = SharingAgreement.objects.visible_to(by).filter(pk=agreement_id).values("pk")
    agreement = SharingAgreement.objects.select_for_update().filter(pk__in=reachable).first()
    if agreement is None:
        raise AgreementNotFound(str(agreement_id))
    return agreement


def record(
    agreement: SharingAgreement,
    terms: AgreementTerms,
    *,
    outcome: str,
    by: Actor,
    formerly: Iterable[int] = (),
) -> None:
    """Put a change on record in the chains of all parties, those that left included."""
    audit.append(
        *(
            Entry(
                institution_id=institution_id,
                action=Action.AGREEMENT_CHANGED,
                actor_user_id=by.user_id,
                institution_acting_id=by.institution_id,
                object_ref=f"agreement:{agreement.pk}",
                agreement=agreement.number,
                categories=sorted({clause.category.value for clause in terms.clauses}),
                outcome=outcome,
                digest=rules.digest_of(terms),
            )
            for institution_id in sorted(terms.parties.union(formerly))
        )
    )


def _check(terms: AgreementTerms, by: Actor) -> None:
    rules.check_terms(terms)
    if not by.is_operator and by.institution_id not in terms.parties:
        raise OwnInstitutionMissing(str(by.institution_id))


def _check_number(agreement: SharingAgreement, terms: AgreementTerms) -> None:
    if agreement.version > 1 and agreement.number != terms.number:
        raise AgreementNumberTaken(terms.number)


def _compared(terms: AgreementTerms) -> dict[str, object]:
    return {field: getattr(terms, field) for field in COMPARED}


def _write(agreement: SharingAgreement, terms: AgreementTerms) -> None:
    for field in ("number", "title", "valid_from", "valid_to", "stale_after_days", "one_side_links"):
        setattr(agreement, field, getattr(terms, field))
    agreement.link_rules = sorted(terms.link_rules)
    try:
        with transaction.atomic():
            agreement.save()
    except IntegrityError as error:  # number and version are unique, whoever came first
        raise AgreementNumberTaken(terms.number) from error
    agreement.parties.all().delete()
    agreement.clauses.all().delete()
    agreement.purposes.all().delete()
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, institution_id=pk) for pk in sorted(terms.parties)
    )
    AgreementClause.objects.bulk_create(
        AgreementClause(
            agreement=agreement,
            giver_id=clause.giver_id or None,
            receiver_id=clause.receiver_id or None,
            category=clause.category,
        )
        for clause in sorted(terms.clauses)
    )
    AgreementPurpose.objects.bulk_create(
        AgreementPurpose(
            agreement=agreement,
            purpose_id=term.purpose_id,
            legal_basis_id=term.legal_basis_id,
            preselected_for=sorted(term.preselected_for),
        )
        for term in sorted(terms.purposes, key=lambda term: (term.purpose_id, term.legal_basis_id))
    )
