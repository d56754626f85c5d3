"""Support cases: what is promised, what is done, de minimis aid."""

import base64
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.kernel.sealing import seal, unseal
from spoiwo.support.errors import BadFile, NoSuchRow, WrongStep
from spoiwo.support.models import (
    CaseDocument,
    CaseMove,
    CaseStep,
    DeMinimis,
    Entity,
    Group,
    Participant,
    SupportCase,
)
from spoiwo.support.services.log import record
from spoiwo.support.services.turns import wait_for_turn
from spoiwo.support.types import DOCUMENTS, LARGEST_DOCUMENT, CaseStage, RecipientKind, RecipientRef
from spoiwo.toolkit.keys import key_ring

DOCUMENT = "case-document"  # place of sealing
LONGEST_NAME = 200

_TABLES: dict[RecipientKind, tuple[str, Any]] = {
    RecipientKind.PERSON: ("participant", Participant),
    RecipientKind.ENTITY: ("entity", Entity),
    RecipientKind.GROUP: ("group", Group),
}
_ORDER = [CaseStage.OPENED, CaseStage.DIAGNOSED, CaseStage.UNDER_WAY, CaseStage.CLOSED]


def recipient_columns(recipient: RecipientRef, by: Actor) -> dict[str, Any]:
    """The one column of a row that a recipient fills. Raises NoSuchRow."""
    column, model = _TABLES[recipient.kind]
    row = model.objects.visible_to(by).filter(uuid=recipient.uuid).first()
    if row is None:
        raise NoSuchRow(str(recipient.uuid))
    return {column: row}


@transaction.atomic
def open_case(*, recipient: RecipientRef, goal: str, opened_on: date, by: Actor) -> SupportCase:
    """Begin supporting somebody towards a goal. Raises NoSuchRow."""
    wait_for_turn(by.institution_id)
    number = SupportCase.objects.filter(institution_id=by.institution_id).count() + 1
    case = SupportCase.objects.create(
        institution_id=by.institution_id,
        number=f"W/{number}/{opened_on.year}",
        goal=goal,
        opened_on=opened_on,
        adviser_id=by.user_id,
        **recipient_columns(recipient, by),
    )
    record(by, "case", case.uuid)
    return case


@transaction.atomic
def move_case(
    uuid: UUID, *, stage: CaseStage, by: Actor, closed_on: date | None = None, outcome: str = ""
) -> SupportCase:
    """Move a case on, or close it with what came of it. Raises NoSuchRow, WrongStep for a step back or no day."""
    case = _open(uuid, by)
    if _ORDER.index(stage) <= _ORDER.index(CaseStage(case.stage)):
        raise WrongStep
    if (stage is CaseStage.CLOSED) != (closed_on is not None) or (closed_on and closed_on < case.opened_on):
        raise WrongStep
    case.stage, case.closed_on, case.outcome = stage, closed_on, outcome if closed_on else ""
    case.version += 1
    case.save(update_fields=["stage", "closed_on", "outcome", "version"])
    CaseMove.objects.create(
        institution_id=case.institution_id, case=case, stage=stage, moved_by_id=by.user_id
    )
    record(by, "case", uuid)
    return case


@transaction.atomic
def promise(uuid: UUID, *, text: str, due_on: date | None, by: Actor) -> CaseStep:
    """Write down what was promised. Raises NoSuchRow, WrongStep when the case is closed."""
    case = _open(uuid, by)
    step = CaseStep.objects.create(institution_id=case.institution_id, case=case, text=text, due_on=due_on)
    record(by, "case", uuid)
    return step


@transaction.atomic
def keep_promise(step: UUID, *, done_on: date, by: Actor) -> CaseStep:
    """Write down that a promise was kept. Raises NoSuchRow."""
    row: CaseStep | None = (
        CaseStep.objects.visible_to(by).select_for_update().filter(uuid=step, done_on__isnull=True).first()
    )
    if row is None:
        raise NoSuchRow(str(step))
    row.done_on = done_on
    row.save(update_fields=["done_on"])
    record(by, "case", row.case.uuid)
    return row


@transaction.atomic
def add_document(uuid: UUID, *, name: str, content: bytes, by: Actor) -> CaseDocument:
    """Keep a file with a case, sealed. Raises NoSuchRow, WrongStep when the case is closed, BadFile."""
    case = _open(uuid, by)
    if not content or len(content) > LARGEST_DOCUMENT or not name.lower().endswith(DOCUMENTS):
        raise BadFile
    key = key_ring().new_data_key()
    made: CaseDocument = CaseDocument.objects.create(
        institution_id=case.institution_id,
        case=case,
        name=name[-LONGEST_NAME:],
        size=len(content),
        added_by_id=by.user_id,
        wrapped_key=key.wrapped,
        content_sealed=seal(key.plain, base64.b64encode(content).decode(), DOCUMENT),
    )
    record(by, "case", uuid)
    return made


@transaction.atomic
def read_document(uuid: UUID, *, by: Actor) -> tuple[str, bytes]:
    """(name, content) of a file of a case; that it was read is put on record. Raises NoSuchRow."""
    row = CaseDocument.objects.visible_to(by).select_related("case").filter(uuid=uuid).first()
    if row is None:
        raise NoSuchRow(str(uuid))
    record(by, "case-document", uuid)
    plain = key_ring().unwrap(bytes(row.wrapped_key))
    return row.name, base64.b64decode(unseal(plain, row.content_sealed, DOCUMENT))


@transaction.atomic
def remove_document(uuid: UUID, *, by: Actor) -> UUID:
    """Take a file off an open case; answers the case. Raises NoSuchRow, WrongStep when the case is closed."""
    row = CaseDocument.objects.visible_to(by).select_related("case").filter(uuid=uuid).first()
    if row is None:
        raise NoSuchRow(str(uuid))
    case = _open(row.case.uuid, by)
    row.delete()
    record(by, "case", case.uuid)
    return case.uuid


@transaction.atomic
def grant_de_minimis(
    uuid: UUID, *, granted_on: date, amount_pln: Decimal, amount_eur: Decimal, certificate: str, by: Actor
) -> DeMinimis:
    """Write down de minimis aid to the entity of a case. Raises NoSuchRow, WrongStep when it is no entity's case."""
    case = _open(uuid, by)
    if case.entity_id is None:
        raise WrongStep
    row = DeMinimis.objects.create(
        institution_id=case.institution_id,
        case=case,
        granted_on=granted_on,
        amount_pln=amount_pln,
        amount_eur=amount_eur,
        certificate_number=certificate,
    )
    record(by, "case", uuid)
    return row


def _open(uuid: UUID, by: Actor) -> SupportCase:
    case: SupportCase | None = (
        SupportCase.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    )
    if case is None:
        raise NoSuchRow(str(uuid))
    if case.stage == CaseStage.CLOSED:
        raise WrongStep
    return case
