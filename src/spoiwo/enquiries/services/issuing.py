"""Issuing confirmations and certificates, and what becomes of them: file, signature, withdrawal."""

import hashlib
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from spoiwo.access.types import Category
from spoiwo.audit.types import Action
from spoiwo.clients.queries import sought as clients
from spoiwo.clients.queries.own_records import OwnVersion
from spoiwo.enquiries import policies
from spoiwo.enquiries.errors import AlreadySettled, NoSuchThing, NothingToGive, ReasonMissing
from spoiwo.enquiries.models import Confirmation, Enquiry
from spoiwo.enquiries.queries import opened
from spoiwo.enquiries.rules import content as rules
from spoiwo.enquiries.rules.signatures import Issuers, check_signed
from spoiwo.enquiries.services import numbering, revocation
from spoiwo.enquiries.services.log import Step, record
from spoiwo.enquiries.services.sealing import CONTENT, NOTE, Box
from spoiwo.enquiries.types import Filing, Line, PaperKind, PaperState, Sought
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for

CODE_BYTES = 12
_JOB = "enquiries"  # the name the second wall knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document about to be issued. head: what stands above its lines besides number, day and issuer."""

    kind: PaperKind
    version: OwnVersion
    person: Sought
    lines: tuple[Line, ...]
    filing: Filing
    head: Mapping[str, str]
    enquiry: Enquiry | None = None


def categories_of(codes: Collection[str]) -> frozenset[Category]:
    """Categories by their codes."""
    return frozenset(Category(code) for code in codes)


def head_of(enquiry: Enquiry) -> dict[str, str]:
    """What a confirmation says about the enquiry it answers."""
    return {
        "recipient": enquiry.institution.name,
        "enquiry": enquiry.number,
        "enquiry_case_ref": enquiry.case_ref,
        "purpose": enquiry.purpose.name,
        "legal_basis": str(enquiry.legal_basis),
        "items_basis": str(enquiry.items_basis or ""),
    }


def issue(paper: Paper, *, now: datetime, day: date, by: Actor) -> Confirmation:
    """Number, fingerprint and seal a document, in the caller's transaction."""
    office = paper.kind is PaperKind.OFFICE
    series = numbering.OFFICE if office else numbering.CITIZEN
    number = numbering.next_number(by.institution_id, series, day.year)
    issuer = institutions.institution_of(by)
    head = {
        "number": number,
        "kind": paper.kind.value,
        "issuer": issuer.name if issuer else "",
        "day": day.isoformat(),
        "case_ref": paper.filing.case_ref,
        "jrwa": paper.filing.jrwa,
        **paper.head,
    }
    content = rules.content_of(head, paper.person, paper.lines)
    box = Box()
    return Confirmation.objects.create(
        institution_id=by.institution_id,
        recipient=paper.enquiry.institution if paper.enquiry else None,
        kind=paper.kind,
        state=PaperState.VALID if office else PaperState.UNSIGNED,
        enquiry=paper.enquiry,
        record_id=paper.version.record_id,
        number=number,
        code=secrets.token_hex(CODE_BYTES),
        wrapped_key=box.wrapped,
        content_sealed=box.values(content, CONTENT),
        sha256=rules.fingerprint(content),
        as_of=min((line.as_of for line in paper.lines if line.as_of), default=day),
        issued_at=now,
        issued_by_user_id=by.user_id,
        case_ref=paper.filing.case_ref,
        jrwa=paper.filing.jrwa,
    )


@transaction.atomic
def issue_certificate(paper: Paper, *, now: datetime, day: date, by: Actor) -> Confirmation:
    """Prepare a certificate for a citizen; valid once its signed file has come back. Raises NothingToGive."""
    if not paper.lines:
        raise NothingToGive
    made = issue(paper, now=now, day=day, by=by)
    _log(made, "issued", by=by)
    return made


def pdf_of(paper: Confirmation, make: Callable[[], bytes]) -> bytes:
    """The file of a document: made when first asked for, and the same bytes ever after.

    make: draws the file; outside of any lock, for it takes a while.
    """
    if paper.pdf_sealed:
        return opened.pdf_of(paper)
    drawn = make()
    with acting_for(paper.institution_id, job=_JOB), transaction.atomic():
        row = Confirmation.objects.select_for_update().get(pk=paper.pk)
        if row.pdf_sealed:
            return opened.pdf_of(row)
        row.pdf_sealed = Box(row.wrapped_key).file(drawn)
        row.pdf_sha256 = hashlib.sha256(drawn).hexdigest()
        row.save(update_fields=["pdf_sealed", "pdf_sha256"])
    return drawn


@transaction.atomic
def bring_signed(uuid: UUID, content: bytes, *, now: datetime, by: Actor) -> Confirmation:
    """Take in the file that was signed outside; from now on the certificate is valid.

    Raises NoSuchThing, AlreadySettled, NothingToGive when nobody has taken the file to sign yet, NotSignedFile,
    SignatureOfSomethingElse, BrokenSignature, RevokedCertificate.
    """
    row = _locked(uuid, by)
    if not policies.may_sign(by, row):
        raise AlreadySettled(row.state)
    if not row.pdf_sealed:
        raise NothingToGive
    issuers = Issuers(settings.SPOIWO_TRUSTED_ISSUERS, now, revocation.lists())
    found = check_signed(opened.pdf_of(row), content, issuers)
    row.signed_sealed = Box(row.wrapped_key).file(content)
    row.signed_sha256 = hashlib.sha256(content).hexdigest()
    row.signed_form, row.signer, row.signed_at = found.form, found.signer, now
    row.signed_proof = found.proof
    row.state = PaperState.VALID
    row.save()
    _log(row, "signed", by=by)
    return row


@transaction.atomic
def withdraw(uuid: UUID, *, reason: str, now: datetime, by: Actor) -> Confirmation:
    """Take a document back; its public page says so from now on. Raises NoSuchThing, AlreadySettled, ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    row = _locked(uuid, by)
    if not policies.may_withdraw(by, row):
        raise AlreadySettled(row.state)
    row.state, row.withdrawn_at = PaperState.WITHDRAWN, now
    row.reason_sealed = Box(row.wrapped_key).text(reason.strip(), NOTE)
    row.save(update_fields=["state", "withdrawn_at", "reason_sealed"])
    _log(row, "withdrawn", by=by)
    return row


def record_read(paper: Confirmation, *, request_id: str, by: Actor) -> None:
    """Put on record that a document was shown or saved, in the chains of both sides. Raises AuditUnavailable."""
    _log(paper, "read", by=by, request_id=request_id)


def _locked(uuid: UUID, by: Actor) -> Confirmation:
    rows = Confirmation.objects.issued_by(by).select_for_update(of=("self",))
    row: Confirmation | None = rows.filter(uuid=uuid).first()
    if row is None:
        raise NoSuchThing(str(uuid))
    return row


def _log(paper: Confirmation, outcome: str, *, by: Actor, request_id: str = "") -> None:
    step = Step(
        action=Action.VIEW_CLIENT if outcome == "read" else Action.CONFIRMATION,
        what=f"confirmation:{paper.uuid}",
        outcome=outcome,
        person=_person_of(paper),
        categories={line.category.value for line in opened.lines_of(paper)},
        digest=bytes.fromhex(paper.sha256),
        request_id=request_id,
    )
    record(
        step, chains={by.institution_id, paper.institution_id, paper.recipient_id or by.institution_id}, by=by
    )


def _person_of(paper: Confirmation) -> UUID | None:
    """The index row, for the log alone: the recipient has no way to the issuer's records, hidden ones among them."""
    with acting_for(paper.institution_id, job="guarding"):
        return clients.person_behind(paper.record_id)
