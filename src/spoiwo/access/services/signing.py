"""Signing, putting into force and ending agreements; matching looks again at what that changes."""

import hashlib
from datetime import date, datetime
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from spoiwo.access import policies, rules
from spoiwo.access.errors import (
    AlreadySigned,
    DocumentMissing,
    EndCannotMoveOut,
    EndsBeforeStart,
    NotADraft,
    NotInForce,
    NotYoursToChange,
)
from spoiwo.access.models import SharingAgreement
from spoiwo.access.queries.agreements import terms_of
from spoiwo.access.services.agreements import locked, record
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.jobs import enqueue

State = SharingAgreement.State
REMATCH = "matching.rematch"


@transaction.atomic
def sign(*, agreement_id: int, version: int, at: datetime, day: date, by: Actor) -> SharingAgreement:
    """Sign for the own institution; with the last party's signature the agreement is in force from its first day.

    version: the edit version that was read. Raises NotADraft when it was changed or signed meanwhile,
    AlreadySigned, NotYoursToChange, AgreementIncomplete.
    """
    agreement = locked(agreement_id, by)
    if agreement.state != State.DRAFT or agreement.edit_version != version:
        raise NotADraft(str(agreement_id))
    if not policies.may_sign(by, agreement):
        if agreement.parties.filter(institution_id=by.institution_id, signed_at__isnull=False).exists():
            raise AlreadySigned(str(agreement_id))
        raise NotYoursToChange("sign")
    terms = terms_of(agreement)
    rules.check_complete(terms)
    agreement.parties.filter(institution_id=by.institution_id).update(
        signed_at=at, signed_by_user_id=by.user_id
    )
    record(agreement, terms, outcome="signed", by=by)
    if not agreement.parties.filter(signed_at__isnull=True).exists():
        _put_into_force(agreement, day=day, by=by)
    return agreement


@transaction.atomic
def put_into_force(*, agreement_id: int, day: date, by: Actor) -> SharingAgreement:
    """Enter an agreement that the parties signed on paper, on the strength of the document kept with it.

    Raises NotADraft, NotYoursToChange, DocumentMissing, AgreementIncomplete.
    """
    agreement = locked(agreement_id, by)
    if agreement.state != State.DRAFT:
        raise NotADraft(str(agreement_id))
    if not policies.may_put_into_force(by, agreement):
        raise NotYoursToChange("put into force")
    if not agreement.document_sha256:
        raise DocumentMissing(str(agreement_id))
    rules.check_complete(terms_of(agreement))
    _put_into_force(agreement, day=day, by=by)
    return agreement


@transaction.atomic
def end_agreement(*, agreement_id: int, last_day: date, day: date, by: Actor) -> SharingAgreement:
    """End an agreement after a day; a day before today ends it at once, and what it never covered is not undone.

    Raises NotInForce, NotYoursToChange, EndsBeforeStart, and EndCannotMoveOut, since a longer agreement needs
    all signatures.
    """
    agreement = locked(agreement_id, by)
    if agreement.state != State.ACTIVE:
        raise NotInForce(str(agreement_id))
    if not policies.may_end(by, agreement):
        raise NotYoursToChange("end")
    if last_day < agreement.valid_from:
        raise EndsBeforeStart(f"{agreement.valid_from} {last_day}")
    if agreement.valid_to is not None and last_day > agreement.valid_to:
        raise EndCannotMoveOut(agreement.valid_to)
    agreement.valid_to = last_day
    if last_day < day:
        agreement.state = State.ENDED
    agreement.save(update_fields=["valid_to", "state"])
    record(agreement, terms_of(agreement), outcome="ended", by=by)
    rematch_parties(agreement)
    return agreement


@transaction.atomic
def attach_document(*, agreement_id: int, name: str, content: bytes, by: Actor) -> SharingAgreement:
    """Keep the signed document (PDF) with a draft; it is stored under its SHA-256 and served to the parties only.

    Signatures were given beside another document, or none, and go.
    Raises NotADraft, NotYoursToChange, DocumentRefused.
    """
    agreement = locked(agreement_id, by)
    if agreement.state != State.DRAFT:
        raise NotADraft(str(agreement_id))
    if not policies.may_change(by, agreement):
        raise NotYoursToChange("attach")
    rules.check_document(content, limit=settings.SPOIWO_UPLOAD_BYTES)
    agreement.document_name = PurePath(name).name[:200]
    digest = hashlib.sha256(content).hexdigest()
    if digest != agreement.document_sha256:
        agreement.edit_version += 1
        agreement.parties.update(signed_at=None, signed_by_user_id=0)
    agreement.document_sha256 = digest
    agreement.save(update_fields=["document_name", "document_sha256", "edit_version"])
    path = document_path(agreement)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    record(agreement, terms_of(agreement), outcome="document", by=by)
    return agreement


def document_path(agreement: SharingAgreement) -> str:
    """Where the signed document lies in the private file storage."""
    return f"agreements/{agreement.document_sha256}.pdf"


def rematch_parties(agreement: SharingAgreement) -> None:
    """Have matching look again at every two parties, once the change is committed."""
    parties = agreement.parties.values_list("institution_id", flat=True)
    for left, right in rules.pairs_touched(list(parties)):
        transaction.on_commit(partial(enqueue, REMATCH, left_institution_id=left, right_institution_id=right))


def _put_into_force(agreement: SharingAgreement, *, day: date, by: Actor) -> None:
    agreement.state, agreement.signed_on = State.ACTIVE, day
    agreement.save(update_fields=["state", "signed_on"])
    former = SharingAgreement.objects.select_for_update().filter(
        number=agreement.number, state=State.ACTIVE, version__lt=agreement.version
    )
    for version in former:
        last = rules.last_day_before(agreement.valid_from, not_before=version.valid_from)
        version.valid_to = last if version.valid_to is None else min(last, version.valid_to)
        if version.valid_to < day or version.valid_from >= agreement.valid_from:
            version.state = State.ENDED
        version.save(update_fields=["valid_to", "state"])
        record(version, terms_of(version), outcome="replaced", by=by)
        rematch_parties(version)
    record(agreement, terms_of(agreement), outcome="activated", by=by)
    rematch_parties(agreement)
