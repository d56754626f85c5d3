"""Somebody hidden is hidden in whatever the institution keeps about people: by both walls, and on screen.

One labour office keeps everything the product knows about one client, made by the services that make it; a worker
who is named goes on working with it, and a colleague with the same roles finds nothing.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from spoiwo.access.types import Category
from spoiwo.clients.models import HiddenPerson, RecordVersion, SourceRecord
from spoiwo.clients.types import FactKind
from spoiwo.districts.services import assigning
from spoiwo.enquiries.services import asking, issuing, talking
from spoiwo.enquiries.types import Filing, Line, PaperKind
from spoiwo.institutions.models import Membership
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import Proposal
from spoiwo.plans.models import SelectedClient, Selection
from spoiwo.projects.queries import counting
from spoiwo.projects.services import people as project_people
from spoiwo.projects.types import WorkKind
from spoiwo.referrals.services import sending
from spoiwo.referrals.types import NewReferral
from spoiwo.support.queries import measures, rows
from spoiwo.support.services import cases, identity, paths
from spoiwo.support.services import people as support_people
from spoiwo.support.types import RecipientKind, RecipientRef, Scope
from spoiwo.toolkit.context import acting_for
from tests.makers import (
    catalogue,
    districts,
    enquiries,
    guarding,
    institutions,
    plans,
    projects,
    referrals,
    support,
)
from tests.makers.access import agreement
from tests.makers.clients import bring_in_facts, fact, signed_in, town
from tests.makers.registers import bring_in, records, row

CANARY = "Kanarkowska"
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ROLES = (Role.CASE_WORKER, Role.REVIEWER, Role.SUPPORT_ADVISER, Role.SUPERVISOR)
# Tables that a restriction rests on or that institutions keep for the officer, shown without names.
KEPT_APART = {
    "clients.Restriction": "says who is hidden; named readers and those who watch over the register see it",
    "clients.HiddenRecord": "the list of hidden records itself",
    "clients.LegalHold": "kept by those who watch over the register, who see codes",
    "clients.IdentityMove": "what undoing a decision needs; no screen reads it without the decision",
    "clients.NeverSame": "pairs of record ids; read by the engine alone",
}
# Rows that reports count and that hold no name: the second wall leaves them to their centre, so that figures are whole.
COUNTED = {
    "plans.PlanParty",  # which records a plan joins; the wall around plans rests on it
    "support.GroupMember",
    "support.Attendance",
    "support.Delivery",
    "support.DeliveryParticipant",
    "support.Participant",
    "support.Path",
    "support.PersonMove",
    "support.Registration",
}
NEVER_SEEN = {
    "matching.FoundPair",
    "matching.KeyedRecord",
    "matching.StoredKey",
}  # worked out for the engine alone
DRILLED = ("people.supported", "support.general.count", "paths.count", "events.training.count")
LISTS = (
    "/plany/",
    "/skierowania/",
    "/projekty/",
    "/wsparcie/",
    "/wsparcie/osoby/",
    "/wsparcie/sprawy/",
    "/wnioski/",
    "/potwierdzenia/",
    "/wiadomosci/",
    "/rejony/przekazania/",
    "/propozycje/",
    "/praca/",
    "/",
)


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


def about_people() -> list[Any]:
    """Tables whose rows point at a record of a register, or at somebody in a support register."""
    aims = {"clients.SourceRecord", "support.Participant", "support.SupportCase", "projects.Participant"}
    return [
        model
        for model in apps.get_models()
        if any(field.is_relation and field.related_model._meta.label in aims for field in model._meta.fields)
        and hasattr(getattr(model, "objects", None), "visible_to")
        and model._meta.label not in KEPT_APART
    ]


def seen(actor: Actor) -> dict[str, int]:
    """How many rows of each such table the first wall shows."""
    with asked_by(actor):
        return {model._meta.label: model.objects.visible_to(actor).count() for model in about_people()}


def let_through(actor: Actor) -> dict[str, int]:
    """How many rows of the own institution the second wall lets through of each such table, whatever is asked."""
    with asked_by(actor):
        return {model._meta.label: _own_rows(model, actor).count() for model in about_people()}


def _own_rows(model: Any, actor: Actor) -> models.QuerySet[Any]:
    fields = {field.name for field in model._meta.fields}
    own = {"institution_id": actor.institution_id} if "institution" in fields else {}
    found: models.QuerySet[Any] = model.objects.filter(**own)
    return found


def bare(answer: Any) -> str:
    """A page without what differs from one request to the next: ids, tokens, nonces."""
    text = re.sub(UUID, "", answer.content.decode())
    return re.sub(r'[0-9A-Za-z]{64}|nonce="[^"]*"', "", text) + str(answer.status_code)


@pytest.mark.django_db
def test_whoever_is_not_named_finds_nothing_anywhere():
    there = everything()
    named, other = (institutions.acting(one) for one in (there.named, there.other))
    before = seen(other)
    assert {table for table, count in before.items() if not count} == NEVER_SEEN
    assert before == seen(named)

    guarding.hidden(there.record, named=[there.named])

    assert [table for table, count in seen(other).items() if count] == []
    assert seen(named) == before


@pytest.mark.django_db
def test_the_database_lets_nothing_through_to_whoever_is_not_named():
    there = everything()
    named, other = (institutions.acting(one) for one in (there.named, there.other))
    before = {table for table, count in let_through(named).items() if count}
    guarding.hidden(there.record, named=[there.named])

    passed = {table for table, count in let_through(other).items() if count}

    assert {table for table, count in let_through(named).items() if count} == before
    assert passed == (
        COUNTED if connection.vendor == "postgresql" else before
    )  # SQLite has the first wall alone


@pytest.mark.django_db
def test_pages_look_as_if_nobody_were_there():
    there = everything()
    guarding.hidden(there.record, named=[there.named])
    insider, outsider = signed_in(there.named), signed_in(there.other)

    assert {name: insider.get(page).status_code for name, page in there.pages.items()} == dict.fromkeys(
        there.pages, 200
    )
    assert {name: outsider.get(page).status_code for name, page in there.pages.items()} == dict.fromkeys(
        there.pages, 404
    )
    for page in there.pages.values():
        absent = re.sub(UUID, str(uuid4()), page)
        assert bare(outsider.get(page)) == bare(outsider.get(absent)), page
    for page in LISTS:
        shown = outsider.get(page)
        assert shown.status_code == 200, page
        assert CANARY not in shown.content.decode(), page


@pytest.mark.django_db
def test_figures_count_hidden_people_and_name_nobody():
    there = everything()
    guarding.hidden(there.record, named=[there.named])
    other = institutions.acting(there.other)
    scope = Scope(
        first=date(2024, 1, 1), last=date(2024, 12, 31), institutions=frozenset({other.institution_id})
    )

    with asked_by(other):
        figures = {one.key: one.value for one in measures.figures(scope)}
        counted = {key: rows.rows_of(key, scope) for key in DRILLED}
        behind = {key: rows.seen_by(other, found) for key, found in counted.items() if found is not None}
        (project,) = apps.get_model("projects", "Project").objects.visible_to(other)
        totals = counting.totals_of(other, project)

    assert (figures["people.supported"], figures["support.general.count"]) == (1, 1)
    kept_back = {key: (len(found.rows), found.kept_back) for key, found in behind.items()}
    assert kept_back == {
        "people.supported": (0, True),
        "support.general.count": (0, True),
        "paths.count": (0, True),
        "events.training.count": (1, False),
    }
    assert (totals.taking_part, totals.internships, totals.working) == (1, 1, 1)
    asked = "from=2024-01-01&to=2024-12-31&first=1.01.2024&last=31.12.2024"
    page = signed_in(there.other).get(f"/wsparcie/sprawozdanie/people.supported/?{asked}").content.decode()
    assert "policzone, ale nie wymienione" in page


@pytest.mark.django_db
def test_a_hidden_client_keeps_their_district_when_workers_are_looked_up_again():
    there = everything()
    assignments = apps.get_model("districts", "Assignment").objects
    before = assignments.filter(ends_on=None).count()
    guarding.hidden(there.record, named=[there.named])

    assigning.sweep(there.record.institution_id, timezone.localdate() + timedelta(days=1))

    assert assignments.filter(ends_on=None).count() == before == 1


@pytest.mark.django_db
def test_only_the_own_institution_knows_whom_it_hides():
    there = everything()
    guarding.hidden(there.record, named=[there.named])
    partner = institutions.acting(institutions.member(institutions.institution(), *ROLES))

    with asked_by(partner):
        assert not HiddenPerson.objects.visible_to(partner).exists()
        assert HiddenPerson.objects.exists() == (connection.vendor != "postgresql")
