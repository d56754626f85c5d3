"""Enquiries, documents and conversations of the three offices, for the access matrix."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from spoiwo.access.types import Category
from spoiwo.clients.queries.own_records import own_version
from spoiwo.enquiries.models import AnswerTerm, Confirmation, Enquiry
from spoiwo.enquiries.services import asking, issuing, talking
from spoiwo.enquiries.services.sealing import Box
from spoiwo.enquiries.types import EnquiryState, Filing, Line, PaperKind, PaperState, Sought, Terms
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for
from tests.makers import access as agreements
from tests.makers import institutions, registers

SOMEBODY = Sought(last_name="Wymyślona", first_name="Ewa", pesel=registers.pesels(9)[8])
PAIRS = (("left", "right"), ("right", "stranger"), ("stranger", "left"))
KINDS = (
    *("enquiry", "draft enquiry", "sent enquiry", "received enquiry", "confirmation"),
    *("confirmation with a file", "signed certificate", "certificate to sign", "conversation"),
)


def add(world: Any) -> None:
    """One of everything between every two offices."""
    workers = {
        name: institutions.acting(institutions.member(office, Role.CASE_WORKER))
        for name, office in world.offices.items()
    }
    for asks, asked in PAIRS:
        _enquiries(world, asks, asked, workers)
    for name, by in workers.items():
        _certificates(world, name, by)
    _conversation(world, workers)
    basis = agreements.legal_basis()
    AnswerTerm.objects.create(basis_code=basis.code, days=7, source="art. 1")
    world.add("legal basis", "with a term", basis.code, of="left right stranger")
    world.absent("legal basis", "nie-ma")
    for kind in KINDS:
        world.absent(kind, uuid4())
    world.absent("checked document", 999_999, "nie-ma")


def _enquiries(world: Any, asks: str, asked: str, workers: dict[str, Actor]) -> None:
    by, both = workers[asks], f"{asks} {asked}"
    terms = Terms(
        asked_id=world.offices[asked].pk,
        sought=SOMEBODY,
        categories=frozenset({Category.STATUS}),
        purpose_id=agreements.purpose().pk,
        legal_basis_id=agreements.legal_basis().pk,
    )
    now, day = timezone.now(), timezone.localdate()
    with acting_for(by.institution_id):
        draft = asking.draft_enquiry(terms, day=day, by=by)
        sent = asking.draft_enquiry(terms, day=day, by=by)
        asking.send_enquiry(sent.uuid, now=now, day=day, by=by)
        done = asking.draft_enquiry(terms, day=day, by=by)
        asking.send_enquiry(done.uuid, now=now, day=day, by=by)
    done.refresh_from_db()
    confirmation = _issued(world, asked, workers[asked], done)
    Enquiry.objects.filter(pk=done.pk).update(state=EnquiryState.ANSWERED, settled_at=now)
    world.add("draft enquiry", f"of {asks}", draft.uuid, of=asks)
    world.add("enquiry", f"draft of {asks}", draft.uuid, of=asks)
    world.add("enquiry", f"{asks} to {asked}", sent.uuid, of=both)
    world.add("enquiry", f"answered to {asks}", done.uuid, of=both)
    world.add("sent enquiry", f"{asks} to {asked}", sent.uuid, of=both)
    world.add("received enquiry", f"{asks} to {asked}", sent.uuid, of=asked)
    world.add("confirmation", f"{asked} to {asks}", confirmation.uuid, of=both)
    world.add("confirmation with a file", f"{asked} to {asks}", confirmation.uuid, of=both)
    where = (confirmation.institution_id, confirmation.code)
    world.add("checked document", f"{asked} to {asks}", *where, of=both)


def _issued(world: Any, name: str, by: Actor, enquiry: Enquiry | None) -> Confirmation:
    (record,) = registers.records(world.offices[name], f"{name}-2")
    day = timezone.localdate()
    with acting_for(by.institution_id):
        version = own_version(by, record.pk)
        assert version is not None
        line = Line(
            key="status", category=Category.STATUS, field="status", label="Status", text="inny", as_of=day
        )
        paper = issuing.Paper(
            kind=PaperKind.OFFICE if enquiry else PaperKind.CITIZEN,
            version=version,
            person=SOMEBODY,
            lines=(line,),
            filing=Filing(),
            head=issuing.head_of(enquiry) if enquiry else {},
            enquiry=enquiry,
        )
        made = issuing.issue(paper, now=timezone.now(), day=day, by=by)
    content = b"%PDF-1.7 plik"
    Confirmation.objects.filter(pk=made.pk).update(pdf_sealed=Box(made.wrapped_key).file(content))
    return made


def _certificates(world: Any, name: str, by: Actor) -> None:
    waits, signed = (_issued(world, name, by, None) for _ in range(2))
    Confirmation.objects.filter(pk=signed.pk).update(
        state=PaperState.VALID,
        signed_sealed=Box(signed.wrapped_key).file(b"podpisany"),
        signed_sha256="0" * 64,
        signed_form="PAdES",
        signed_at=timezone.now(),
    )
    world.add("certificate to sign", name, waits.uuid, of=name)
    world.add("confirmation", f"certificate of {name}", waits.uuid, of=name)
    world.add("signed certificate", name, signed.uuid, of=name)


def _conversation(world: Any, workers: dict[str, Actor]) -> None:
    by = workers["left"]
    (own,) = registers.records(world.offices["left"], "left-1")
    with acting_for(by.institution_id):
        talk = talking.write(
            client=own.uuid,
            to=world.offices["right"].pk,
            text="Czy termin jest aktualny?",
            now=timezone.now(),
            day=timezone.localdate(),
            by=by,
        )
    world.add("conversation", "left and right", talk.uuid, of="left right")
