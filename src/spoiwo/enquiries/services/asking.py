"""The asking side of enquiries: drafting, correcting, sending, reading what became of them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from spoiwo.access import queries as access
from spoiwo.audit.types import Action
from spoiwo.clients.queries.own_records import OwnRecord, own_record
from spoiwo.clients.queries.sought import fitting
from spoiwo.enquiries.errors import BasisNotInForce, NoSuchThing
from spoiwo.enquiries.models import AnswerTerm, Enquiry
from spoiwo.enquiries.queries import opened
from spoiwo.enquiries.rules import asking as rules
from spoiwo.enquiries.rules.bulk import Row
from spoiwo.enquiries.rules.content import sought_values
from spoiwo.enquiries.services import numbering
from spoiwo.enquiries.services.log import Step, record
from spoiwo.enquiries.services.sealing import GROUNDS, Box
from spoiwo.enquiries.types import EnquiryState, Filing, Terms
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.toolkit.conflicts import Conflict, differences

COMPARED = (
    "asked_id",
    "categories",
    "items",
    "items_basis_id",
    "purpose_id",
    "legal_basis_id",
    "case_ref",
    "jrwa",
)


@transaction.atomic
def draft_enquiry(terms: Terms, *, day: date, by: Actor) -> Enquiry:
    """Write an enquiry down; nobody else sees it yet. Raises what rules.check_terms raises, and NoSuchThing."""
    made = _new(terms, year=day.year, by=by)
    made.save()
    _log(made, "drafted", chains=(by.institution_id,), by=by)
    return made


@transaction.atomic
def change_enquiry(
    uuid: UUID, terms: Terms, *, version: int, overwrite: bool = False, now: datetime, by: Actor
) -> Enquiry:
    """Correct a draft. Raises as draft_enquiry, AlreadySettled, and Conflict when somebody was faster."""
    row = _locked(uuid, by, EnquiryState.DRAFT)
    rules.check_terms(terms, asking_id=by.institution_id)
    if row.version != version and not overwrite:
        raise Conflict(
            differences({**_plain(terms), **_words(terms)}, _saved(row)),
            version=row.version,
            saved_by_user_id=row.edited_by_user_id,
            saved_at=row.edited_at,
        )
    if sought_values(terms.sought) != sought_values(opened.sought_of(row)):
        row.record = _own_client(terms, by)
    box = Box(row.wrapped_key)
    for name, value in _columns(terms, box).items():
        setattr(row, name, value)
    row.version += 1
    row.edited_at, row.edited_by_user_id = now, by.user_id
    row.save()
    _log(row, "changed", chains=(by.institution_id,), by=by)
    return row


@transaction.atomic
def discard_enquiry(uuid: UUID, *, by: Actor) -> None:
    """Throw a draft away. Raises NoSuchThing, AlreadySettled."""
    row = _locked(uuid, by, EnquiryState.DRAFT)
    _log(row, "discarded", chains=(by.institution_id,), by=by)
    row.delete()


@transaction.atomic
def send_enquiry(uuid: UUID, *, now: datetime, day: date, by: Actor) -> Enquiry:
    """Send a draft; from now on the other side sees it. Raises NoSuchThing, AlreadySettled, BasisNotInForce."""
    row = _locked(uuid, by, EnquiryState.DRAFT)
    _send(row, terms=_terms(), now=now, day=day, by=by)
    return row


@transaction.atomic
def send_list(terms: Terms, rows: Sequence[Row], *, now: datetime, day: date, by: Actor) -> list[Enquiry]:
    """Send one enquiry for each row of a list, all alike but for the person and the case reference.

    terms: what all of them ask; whoever it names is not used. Raises as send_enquiry; then none is sent.
    """
    days = _terms()
    batch = new_uuid()
    made = []
    for row in rows:
        one = _new(_for_row(terms, row), year=day.year, by=by)
        one.batch = batch
        one.save()
        _send(one, terms=days, now=now, day=day, by=by)
        made.append(one)
    return made


@transaction.atomic
def note_seen(uuid: UUID, *, now: datetime, by: Actor) -> None:
    """Somebody of the asking institution has opened what became of its enquiry. Raises NoSuchThing."""
    row = Enquiry.objects.sent_by(by).select_for_update(of=("self",)).filter(uuid=uuid).first()
    if row is None:
        raise NoSuchThing(str(uuid))
    if row.settled_at is not None and row.seen_at is None:
        row.seen_at = now
        row.save(update_fields=["seen_at"])


def _new(terms: Terms, *, year: int, by: Actor) -> Enquiry:
    rules.check_terms(terms, asking_id=by.institution_id)
    box = Box()
    return Enquiry(
        institution_id=by.institution_id,
        record=_own_client(terms, by),
        number=numbering.next_number(by.institution_id, numbering.ENQUIRY, year),
        wrapped_key=box.wrapped,
        created_by_user_id=by.user_id,
        edited_by_user_id=by.user_id,
        **_columns(terms, box),
    )


def _own_client(terms: Terms, by: Actor) -> OwnRecord | None:
    """The own client it is about: the one named, else the only one who fits, so that hiding them covers it too."""
    if terms.record is not None:
        own = own_record(by, terms.record)
        if own is None:
            raise NoSuchThing(str(terms.record))
        return own
    who = terms.sought
    found = fitting(
        by,
        pesel=who.pesel,
        last_name=who.last_name,
        first_name=who.first_name,
        birth_date=who.birth_date,
    )
    return found[0].record if len(found) == 1 else None


def _columns(terms: Terms, box: Box) -> dict[str, Any]:
    return {
        **_plain(terms),
        "sought_sealed": box.sought(terms.sought),
        "grounds_sealed": box.text(terms.grounds, GROUNDS),
    }


def _plain(terms: Terms) -> dict[str, Any]:
    return {
        "asked_id": terms.asked_id,
        "categories": sorted(category.value for category in terms.categories),
        "items": sorted(item.value for item in terms.items),
        "items_basis_id": terms.items_basis_id if terms.items else None,
        "purpose_id": terms.purpose_id,
        "legal_basis_id": terms.legal_basis_id,
        "case_ref": terms.filing.case_ref,
        "jrwa": terms.filing.jrwa,
    }


def _words(terms: Terms) -> dict[str, Any]:
    return {**sought_values(terms.sought), "grounds": terms.grounds}


def _saved(row: Enquiry) -> dict[str, Any]:
    names = (
        *("asked_id", "categories", "items", "items_basis_id", "purpose_id", "legal_basis_id"),
        *("case_ref", "jrwa"),
    )
    plain = {name: getattr(row, name) for name in names}
    return {**plain, **sought_values(opened.sought_of(row)), "grounds": opened.grounds_of(row)}


def _for_row(terms: Terms, row: Row) -> Terms:
    return Terms(
        asked_id=terms.asked_id,
        sought=row.sought,
        categories=terms.categories,
        purpose_id=terms.purpose_id,
        legal_basis_id=terms.legal_basis_id,
        grounds=terms.grounds,
        filing=Filing(case_ref=row.case_ref or terms.filing.case_ref, jrwa=terms.filing.jrwa),
    )


def _terms() -> Mapping[str, int]:
    return dict(AnswerTerm.objects.values_list("basis_code", "days"))


def _send(row: Enquiry, *, terms: Mapping[str, int], now: datetime, day: date, by: Actor) -> None:
    in_force = {basis.pk for basis in access.bases(day)}
    wanted = {row.legal_basis_id, row.items_basis_id or row.legal_basis_id}
    if not wanted <= in_force:
        raise BasisNotInForce
    row.state, row.sent_at = EnquiryState.SENT, now
    row.due_on = rules.due_on(sent_on=day, basis_code=row.legal_basis.code, days=terms)
    row.version += 1
    row.save(update_fields=["state", "sent_at", "due_on", "version"])
    _log(row, "sent", chains=(by.institution_id, row.asked_id), by=by)


def _locked(uuid: UUID, by: Actor, wanted: EnquiryState) -> Enquiry:
    rows = (
        Enquiry.objects.sent_by(by).select_for_update(of=("self",)).select_related("legal_basis", "purpose")
    )
    row: Enquiry | None = rows.filter(uuid=uuid).first()
    if row is None:
        raise NoSuchThing(str(uuid))
    rules.check_open(row.state, wanted)
    return row


def _log(row: Enquiry, outcome: str, *, chains: tuple[int, ...], by: Actor) -> None:
    step = Step(
        action=Action.ENQUIRY,
        what=f"enquiry:{row.uuid}",
        outcome=outcome,
        person=row.record.person_id if row.record else None,
        unknown_to=row.asked_id,
        categories=[*row.categories, *(["sensitive"] if row.items else [])],
        purpose=row.purpose.code,
        legal_basis=row.legal_basis.versioned_code,
    )
    record(step, chains=chains, by=by)
