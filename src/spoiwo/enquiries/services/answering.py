"""The asked side of enquiries: answering from the register, refusing, having no such data."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spoiwo.audit.types import Action
from spoiwo.clients.queries import sought as clients
from spoiwo.clients.queries.own_records import OwnVersion
from spoiwo.enquiries.errors import DataChanged, NoSuchThing, NothingToGive, ReasonMissing
from spoiwo.enquiries.models import Confirmation, Enquiry
from spoiwo.enquiries.queries import lines, opened
from spoiwo.enquiries.rules import asking as rules
from spoiwo.enquiries.rules.content import digest_of_lines
from spoiwo.enquiries.services import issuing
from spoiwo.enquiries.services.log import Step, record
from spoiwo.enquiries.services.sealing import NOTE, Box
from spoiwo.enquiries.types import EnquiryState, Filing, Line, PaperKind, Refusal
from spoiwo.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an officer confirms. record: own record it comes from. keys: lines that leave. digest: of the lines seen."""

    record: UUID
    keys: frozenset[str]
    digest: str
    filing: Filing


def candidates(enquiry: Enquiry, *, by: Actor) -> list[OwnVersion]:
    """Own clients who may be meant, as far as the actor may see them."""
    who = opened.sought_of(enquiry)
    return clients.fitting(
        by,
        pesel=who.pesel,
        last_name=who.last_name,
        first_name=who.first_name,
        birth_date=who.birth_date,
    )


def lines_for(enquiry: Enquiry, version: OwnVersion, *, day: date, by: Actor) -> list[Line]:
    """What the register can say of what was asked."""
    categories = issuing.categories_of(enquiry.categories)
    return lines.lines_about(by, version, categories=categories, items=rules.kinds_of(enquiry.items), day=day)


@transaction.atomic
def answer_enquiry(uuid: UUID, given: Given, *, now: datetime, day: date, by: Actor) -> Confirmation:
    """Give the chosen lines and issue the confirmation that holds them.

    Raises NoSuchThing, AlreadySettled, NothingToGive, DataChanged when the register says something else than was
    seen, ItemsNeedBasis when a sensitive fact was not asked for.
    """
    enquiry = _locked(uuid, by)
    version = next((one for one in candidates(enquiry, by=by) if one.record.uuid == given.record), None)
    if version is None:
        raise NoSuchThing(str(given.record))
    offered = lines_for(enquiry, version, day=day, by=by)
    if digest_of_lines(offered) != given.digest:
        raise DataChanged
    leaving = [line for line in offered if line.key in given.keys]
    if not leaving:
        raise NothingToGive
    rules.check_given([line.kind for line in leaving if line.kind], enquiry.items)
    paper = issuing.issue(
        issuing.Paper(
            kind=PaperKind.OFFICE,
            version=version,
            person=opened.sought_of(enquiry),
            lines=tuple(leaving),
            filing=given.filing,
            head=issuing.head_of(enquiry),
            enquiry=enquiry,
        ),
        now=now,
        day=day,
        by=by,
    )
    enquiry.found_id = version.record_id
    _settle(enquiry, EnquiryState.ANSWERED, filing=given.filing, now=now, by=by)
    _log(enquiry, version, leaving, digest=bytes.fromhex(paper.sha256), by=by)
    return paper


@transaction.atomic
def refuse_enquiry(
    uuid: UUID, *, reason: Refusal, note: str, filing: Filing, now: datetime, by: Actor
) -> None:
    """Refuse, and say why. Raises NoSuchThing, AlreadySettled, ReasonMissing."""
    if reason is Refusal.OTHER and not note.strip():
        raise ReasonMissing
    enquiry = _locked(uuid, by)
    enquiry.refusal = reason
    enquiry.note_sealed = Box(enquiry.wrapped_key).text(note.strip(), NOTE)
    _settle(enquiry, EnquiryState.REFUSED, filing=filing, now=now, by=by)
    _log(enquiry, None, (), by=by)


@transaction.atomic
def say_no_data(uuid: UUID, *, filing: Filing, now: datetime, by: Actor) -> None:
    """Say that there are no such data. Raises NoSuchThing, AlreadySettled."""
    enquiry = _locked(uuid, by)
    _settle(enquiry, EnquiryState.NO_DATA, filing=filing, now=now, by=by)
    _log(enquiry, None, (), by=by)


def _settle(enquiry: Enquiry, state: EnquiryState, *, filing: Filing, now: datetime, by: Actor) -> None:
    enquiry.state, enquiry.settled_at, enquiry.settled_by_user_id = state, now, by.user_id
    enquiry.asked_case_ref, enquiry.asked_jrwa = filing.case_ref, filing.jrwa
    enquiry.version += 1
    enquiry.save()


def _locked(uuid: UUID, by: Actor) -> Enquiry:
    rows = Enquiry.objects.received_by(by).select_for_update(of=("self",))
    row: Enquiry | None = rows.select_related("legal_basis", "purpose").filter(uuid=uuid).first()
    if row is None:
        raise NoSuchThing(str(uuid))
    rules.check_open(row.state, EnquiryState.SENT)
    return row


def _log(
    enquiry: Enquiry, version: OwnVersion | None, leaving: Collection[Line], *, by: Actor, digest: bytes = b""
) -> None:
    step = Step(
        action=Action.ENQUIRY,
        what=f"enquiry:{enquiry.uuid}",
        outcome=enquiry.state,
        person=version.record.person_id if version else None,
        categories={line.category.value for line in leaving},
        purpose=enquiry.purpose.code,
        legal_basis=enquiry.legal_basis.versioned_code,
        digest=digest,
    )
    record(step, chains=(enquiry.institution_id, enquiry.asked_id), by=by)
