"""The answer to a person holds what is kept beside the register too: documents, plans, referrals, support, projects."""

import pytest
from django.test import Client
from django.urls import reverse

from spoiwo.clients.models import SourceRecord
from spoiwo.clients.queries import holding as clients
from spoiwo.enquiries.queries.holding import Exchanged, exchanged_about
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.kernel.ids import new_uuid
from spoiwo.oversight.queries.kept import Kept
from spoiwo.oversight.tables import kept_rows
from spoiwo.plans.models import Diagnosis
from spoiwo.plans.queries.holding import Planned, planned_for
from spoiwo.projects.queries.holding import taken_part
from spoiwo.referrals.queries.holding import referred
from spoiwo.support.models import Participant, PathTemplate
from spoiwo.support.queries.holding import Supported, supported
from spoiwo.support.services import cases, paths
from spoiwo.support.types import RecipientKind, RecipientRef
from spoiwo.toolkit.context import acting_for
from tests.enquiries.test_screens import with_own_client
from tests.makers import enquiries as make_enquiries
from tests.makers import institutions as people
from tests.makers import plans as make_plans
from tests.makers import projects as make_projects
from tests.makers import referrals as make_referrals
from tests.makers import support as make_support
from tests.makers.clients import signed_in
from tests.oversight.test_erasure_reaches_every_register import client_of
from tests.pages import seen

pytestmark = pytest.mark.django_db


def answer_about(record: SourceRecord) -> str:
    """The page with which the record's institution answers the person."""
    office = Institution.objects.get(pk=record.institution_id)
    browser = Client()
    browser.force_login(people.member(office, Role.SUPERVISOR).user)
    return seen(browser.get(reverse("oversight:person", args=(record.uuid,))))


def test_nothing_beside_the_register_is_said_so():
    record = client_of(people.institution("urzad", name="Urząd Próbny").pk)

    assert "Poza rejestrem nic." in answer_about(record)


def test_enquiries_documents_and_messages_stand_there_on_both_sides():
    there = make_enquiries.offices()
    own = with_own_client(there)
    paper = make_enquiries.answered(there)
    signed_in(there.asker).post(
        f"/wiadomosci/klient/{own.uuid}/", {"to": there.labour.pk, "text": "Dzień dobry"}
    )

    asked, asking = answer_about(there.record), answer_about(own)

    assert f"pytała nas instytucja: {there.welfare.name}" in asked
    assert f"pytaliśmy: {there.labour.name}" in asking
    for page in (asked, asking):
        assert paper.number in page
        assert f"dla: {there.welfare.name}" in page
        assert "1 wiadomość" in page
        assert "Dzień dobry" not in page  # a message names workers and others; a copy is asked for


def test_plans_stand_there_with_diagnoses_that_were_given():
    pair = make_plans.active()
    Diagnosis.objects.create(
        plan=pair.fresh(),
        answer=new_uuid(),
        title="Ankieta o pracy",
        lines=[],
        institution_id=pair.labour.institution_id,
        given_by_id=pair.labour.user_id,
        given_on=make_plans.today(),
    )

    page = answer_about(pair.town.own)

    assert f"Wspólny plan {pair.fresh().number}" in page
    assert "Ankieta o pracy" in page
    assert "Ankieta o pracy" not in answer_about(pair.town.theirs)


def test_a_plan_that_has_closed_to_the_office_is_named_all_the_same():
    kept = Kept(
        own=1,
        exchanged=Exchanged(),
        supported=Supported(),
        projects=(),
        plans=(Planned(number="WP/2026/3", plan=None, diagnoses=()),),
        referrals=(),
    )

    assert kept_rows(kept) == [("–", "Wspólny plan WP/2026/3", "już dla nas niedostępny")]


def test_referrals_stand_there():
    parties = make_referrals.pair()
    sent = make_referrals.sent(parties)

    page = answer_about(parties.clients[0])

    assert f"Skierowanie {sent.number}" in page
    assert parties.place.name in page


def test_support_events_cases_and_paths_stand_there():
    by = make_support.centre()
    person = make_support.person(by, "Ewa", last_name="Próbna")
    make_support.delivered(by, person, topic="biznesplan spółdzielni")
    training = make_support.event(by, 240)
    make_support.attended(by, training, person, 240)
    about = RecipientRef(RecipientKind.PERSON, person.uuid)
    with acting_for(by.institution_id):
        cases.open_case(recipient=about, goal="praca w spółdzielni", opened_on=make_support.DAY, by=by)
        template = PathTemplate.objects.order_by("pk")[0]
        path = paths.begin_path(template_id=template.pk, recipient=about, opened_on=make_support.DAY, by=by)
    record = client_of(by.institution_id)
    Participant.objects.filter(pk=person.pk).update(record=record)

    page = answer_about(record)

    assert "biznesplan spółdzielni" in page
    assert training.title in page
    assert "praca w spółdzielni" in page
    assert path.template.plan["name_pl"] in page


def test_projects_stand_there_with_what_was_given():
    by = make_projects.keeper()
    record = client_of(by.institution_id)
    project = make_projects.project(by)
    one = make_projects.participant(by, project, record=record.uuid)
    paid = make_projects.support(by, one)

    page = answer_about(record)

    assert project.title in page
    assert str(paid.get_kind_display()) in page


def test_whoever_does_not_watch_over_the_register_is_told_nothing():
    there = make_enquiries.offices()
    make_enquiries.answered(there)
    record = there.record

    assert clients.held_about(there.asked, record.uuid) is None
    assert exchanged_about(there.asked, record.pk) == Exchanged()
    assert supported(there.asked, record.pk, ()) == Supported()
    assert taken_part(there.asked, record.pk, ()) == []
    assert planned_for(there.asked, record.pk) == []
    assert referred(there.asked, record.pk, ()) == []
