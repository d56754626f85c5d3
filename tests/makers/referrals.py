"""A labour office, a centre with places, an agreement between them, and referrals that are valid as they stand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from spoiwo.access.types import Category
from spoiwo.catalogue.models import Place
from spoiwo.clients.models import SourceRecord
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.actor import Actor
from spoiwo.referrals.models import Referral
from spoiwo.referrals.services import sending, stepping
from spoiwo.referrals.types import NewReferral, PacketField, Step, StepDetails
from spoiwo.toolkit.context import acting_for
from tests.makers import catalogue, institutions, registers
from tests.makers.access import agreement

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Warsaw"))
TODAY = NOON.date()
FINE = {"benefit": "no", "pension": "no", "ops-opinion": "yes", "agrees": "yes"}
SIGNED = {"ipzs": "yes"}
GIVEN = (Category.IDENTITY, Category.CONTACT, Category.STATUS)


@dataclass(frozen=True)
class Pair:
    """Who sends and who receives. worker sends, centre receives."""

    office: Institution
    provider: Institution
    worker: Actor
    centre: Actor
    place: Place
    clients: tuple[SourceRecord, ...]


def pair(*, agreed: bool = True, people: int = 3, **place: Any) -> Pair:
    """A labour office with clients, and a centre with a place; an agreement unless told otherwise."""
    office = catalogue.office(Kind.PUP, short_name="PUP Wysyłający", email="pup@example.pl")
    provider = catalogue.office(Kind.CIS, short_name="CIS Przyjmujące", email="cis@example.pl")
    if agreed:
        agreement(office, provider, gives=[(office, provider, one) for one in GIVEN])
    rows = [
        registers.row(str(n), last_name=f"Nowak{n}", phone="600 100 200", status="unemployed_without_benefit")
        for n in range(1, people + 1)
    ]
    registers.bring_in(office, *rows)
    clients = tuple(registers.records(office, *(row.local_id for row in rows)))
    centre = institutions.acting(institutions.member(provider, Role.CASE_WORKER))
    return Pair(
        office=office,
        provider=provider,
        worker=institutions.acting(institutions.member(office, Role.CASE_WORKER)),
        centre=centre,
        place=catalogue.place(centre, **place),
        clients=clients,
    )


def new(parties: Pair, client: int = 0, **values: Any) -> NewReferral:
    """A referral as its sender writes it down."""
    given: dict[str, Any] = {
        "place": parties.place.uuid,
        "client": parties.clients[client].uuid,
        "reason": "Powrót do pracy",
        "chosen": frozenset({PacketField.BIRTH_DATE, PacketField.PHONE}),
        "answers": FINE,
        **values,
    }
    return NewReferral(**given)


def sent(parties: Pair, client: int = 0, *, at: datetime = NOON, **values: Any) -> Referral:
    """A referral that was sent."""
    with acting_for(parties.office.pk):
        return sending.send_referral(new(parties, client, **values), at=at, by=parties.worker)


def step(row: Referral, by: Actor, what: Step, *, at: datetime = NOON, **details: Any) -> Referral:
    """A step taken by somebody."""
    if what is Step.START:
        details.setdefault("answers", SIGNED)
    with acting_for(by.institution_id):
        return stepping.take_step(row.uuid, StepDetails(step=what, **details), at=at, by=by)
