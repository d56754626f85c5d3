"""One labour office that keeps everything the product knows about one client, made by the services that make it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.utils import timezone

from spoiwo.access.types import Category
from spoiwo.clients.models import RecordVersion, SourceRecord
from spoiwo.clients.types import FactKind
from spoiwo.districts.services import assigning
from spoiwo.enquiries.services import asking, issuing, talking
from spoiwo.enquiries.types import Filing, Line, PaperKind
from spoiwo.institutions.models import Membership
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import Proposal
from spoiwo.plans.models import SelectedClient, Selection
from spoiwo.projects.services import people as project_people
from spoiwo.projects.types import WorkKind
from spoiwo.referrals.services import sending
from spoiwo.referrals.types import NewReferral
from spoiwo.support.services import cases, identity, paths
from spoiwo.support.services import people as support_people
from spoiwo.support.types import CaseStage, RecipientKind, RecipientRef
from spoiwo.toolkit.context import acting_for
from tests.makers import (
    catalogue,
    districts,
    enquiries,
    institutions,
    plans,
    projects,
    referrals,
    support,
)
from tests.makers.access import agreement
from tests.makers.clients import bring_in_facts, fact, town
from tests.makers.registers import bring_in, records, row

CANARY = "Kanarkowska"
ROLES = (Role.CASE_WORKER, Role.REVIEWER, Role.SUPPORT_ADVISER, Role.SUPERVISOR)


@dataclass(frozen=True)
class Place:
    """The office, its client and two workers of the same roles."""

    record: SourceRecord
    named: Membership
    other: Membership
    pages: dict[str, str]


@contextmanager
def asked_by(actor: Actor) -> Iterator[None]:
    """In the name of an account, as a request is."""
    with acting_for(actor.institution_id, user_id=actor.user_id):
        yield


def everything(name: str = CANARY) -> Place:
    """Whatever an office may keep about a client, on both sides of what two institutions share."""
    catalogue.region()
    address = {"teryt": catalogue.GORZOW, "place": "Gorzów Wielkopolski", "street": "Polna", "house": "3"}
    there = town(
        own=row("L1", last_name=name, status="unemployed_with_benefit", **address),
        theirs=row("W1", last_name=name, status="unemployed_without_benefit"),
    )
    named, other = (institutions.member(there.labour, *ROLES) for _ in range(2))
    by, theirs = (institutions.acting(one) for one in (named, institutions.member(there.welfare, *ROLES)))
    bring_in_facts(there.labour, fact("L1", FactKind.TRAINING))
    pages = {
        **_plan(there, by, theirs),
        **_referrals(there, by, theirs),
        **_project(there, by, name),
        **_support(there, by, name),
        **_exchange(there, by, name),
    }
    _district(there, named, name)
    _proposal(there, name)
    return Place(there.own, named, other, pages)


def _plan(there: Any, by: Actor, theirs: Actor) -> dict[str, str]:
    pair = plans.active(plans.Partners(there, by, theirs))
    with asked_by(by):
        chosen = Selection.objects.create(
            institution=there.labour,
            name="Do planów",
            criteria=[],
            made_at=timezone.now(),
            made_by_id=by.user_id,
        )
        SelectedClient.objects.create(
            selection=chosen, institution=there.labour, record=there.own, reasons=["long"]
        )
    return {"plan": f"/plany/{pair.uuid}/"}


def _referrals(there: Any, by: Actor, theirs: Actor) -> dict[str, str]:
    provider = catalogue.office(Kind.CIS)
    agreement(there.labour, provider, gives=[(there.labour, provider, one) for one in referrals.GIVEN])
    keeper = institutions.acting(institutions.member(provider, Role.CASE_WORKER))
    made = {}
    for side, sender, client, place in (
        ("sent", by, there.own, catalogue.place(keeper)),
        ("received", theirs, there.theirs, catalogue.place(by)),
    ):
        wanted = NewReferral(
            place=place.uuid, client=client.uuid, reason="Praca", chosen=frozenset(), answers=referrals.FINE
        )
        with asked_by(sender):
            sent = sending.send_referral(wanted, at=timezone.now(), by=sender)
        made[f"referral {side}"] = f"/skierowania/{sent.uuid}/"
    return made


def _project(there: Any, by: Actor, name: str) -> dict[str, str]:
    project = projects.project(by)
    seat = projects.participant(by, project, last_name=name, record=there.own.uuid)
    projects.support(by, seat)
    with asked_by(by):
        project_people.note_work(seat.uuid, kind=WorkKind.EMPLOYMENT, starts_on=projects.DAY, by=by)
    return {"seat": f"/projekty/uczestnik/{seat.uuid}/"}


def _support(there: Any, by: Actor, name: str) -> dict[str, str]:
    whom = support.person(by, last_name=name)
    with asked_by(by):
        identity.join_record(whom.uuid, own_record=there.own.uuid, by=by)
        ref = RecipientRef(RecipientKind.PERSON, whom.uuid)
        case = cases.open_case(recipient=ref, goal="Wyjście z zadłużenia", opened_on=support.DAY, by=by)
        cases.promise(case.uuid, text="Rozmowa", due_on=support.DAY, by=by)
        cases.add_document(case.uuid, name="umowa.pdf", content=b"%PDF", by=by)
        cases.move_case(case.uuid, stage=CaseStage.DIAGNOSED, by=by)
        paths.begin_path(template_id=_template(), recipient=ref, opened_on=support.DAY, by=by)
        support_people.add_group(name="Grupa", founded_on=support.DAY, members=[whom.uuid], by=by)
        apps.get_model("support", "DeMinimis").objects.create(
            institution=there.labour,
            case=case,
            granted_on=support.DAY,
            amount_pln=100,
            amount_eur=25,
        )
    support.delivered(by, whom)
    happening = support.event(by)
    support.attended(by, happening, whom, 240)
    return {"person": f"/wsparcie/osoby/{whom.uuid}/", "case": f"/wsparcie/sprawy/{case.uuid}/"}


def _template() -> int:
    current = apps.get_model("support", "PathTemplate").objects.filter(is_current=True)
    return next(one.pk for one in current if one.plan["recipient"] == RecipientKind.GROUP)


def _exchange(there: Any, by: Actor, name: str) -> dict[str, str]:
    now, today = timezone.now(), timezone.localdate()
    with asked_by(by):
        version = RecordVersion.objects.visible_to(by).current().select_related("record").get()
        known = enquiries.sought(last_name=name, pesel="", birth_date=date(1980, 5, 3))
        terms = enquiries.terms(
            enquiries.Offices(there.labour, there.welfare, there.worker, there.worker, there.own),
            asked_id=there.welfare.pk,
            sought=known,
        )
        draft = asking.draft_enquiry(terms, day=today, by=by)
        paper = issuing.Paper(
            kind=PaperKind.CITIZEN,
            version=version,
            person=known,
            lines=(_line(today),),
            filing=Filing(case_ref="PUP.1.2026", jrwa="6110"),
            head={},
        )
        issued = issuing.issue_certificate(paper, now=now, day=today, by=by)
        talk = talking.write(
            client=there.own.uuid, to=there.welfare.pk, text="Dzień dobry", now=now, day=today, by=by
        )
    assert draft.record_id == there.own.pk
    return {
        "enquiry": f"/wnioski/{draft.uuid}/",
        "certificate": f"/potwierdzenia/{issued.uuid}/",
        "conversation": f"/wiadomosci/{talk.uuid}/",
    }


def _line(day: date) -> Line:
    return Line(
        key="1", category=Category.STATUS, field="status", label="Status", text="bezrobotna", as_of=day
    )


def _district(there: Any, worker: Membership, name: str) -> None:
    by = districts.keeper(there.labour)
    districts.ground(by, districts.district(by, "1", worker), street="Polna")
    today = timezone.localdate()
    assigning.sweep(there.labour.pk, today)
    districts.ground(by, districts.district(by, "2", districts.worker(there.labour)), street="Leśna")
    moved = row("L1", last_name=name, teryt=catalogue.GORZOW, place="Gorzów Wielkopolski", street="Leśna")
    bring_in(there.labour, moved)
    assigning.sweep(there.labour.pk, today)


def _proposal(there: Any, name: str) -> None:
    bring_in(there.welfare, row("W1", last_name=name), row("W2", last_name=name))
    (twice,) = records(there.welfare, "W2")
    Proposal.objects.create(
        left_record=there.own,
        right_record=twice,
        left_institution=there.labour,
        right_institution=there.welfare,
        rule="name",
        strategy="exact-1",
        marks={},
        created_at=timezone.now(),
    )
