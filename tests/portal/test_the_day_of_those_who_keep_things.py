"""The home page of the secretariat, of directors and analysts, and of those who run the platform."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from spoiwo.audit import services as audit
from spoiwo.institutions.types import Role
from spoiwo.monitoring import services
from spoiwo.monitoring.queries import desk
from spoiwo.monitoring.types import Step
from spoiwo.partnership.models import Outcome
from spoiwo.partnership.types import OutcomeState
from spoiwo.surveys.types import Unit
from spoiwo.territory.models import CommuneSuccessor
from spoiwo.territory.services import import_terc
from tests.makers import audit as records
from tests.makers import institutions as people
from tests.makers import monitoring, surveys, territory
from tests.makers import partnership as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def browser(account) -> Client:
    signed = Client()
    signed.force_login(account)
    return signed


def tasks(signed: Client) -> list[tuple[str, str]]:
    """What waits, and where its one next step leads."""
    return [(str(one.title), one.url) for one in signed.get("/").context["home"].tasks]


def of(office, *roles: Role) -> list[tuple[str, str]]:
    return tasks(browser(people.member(office, *roles).user))


def test_a_secretary_writes_minutes_and_looks_after_conclusions():
    partner = people.institution()
    kept = make.agreement(partner)
    council = make.body(kept)
    recently = timezone.localdate() - timedelta(days=20)
    held = make.meeting(council, held=True, title="Posiedzenie marcowe", starts_on=recently)
    make.meeting(council, held=True, title="Dawne posiedzenie", starts_on=recently - timedelta(days=365))
    make.outcome(held, adopted=True)
    claimed = make.outcome(held, owner=partner)
    Outcome.objects.filter(pk=claimed.pk).update(state=OutcomeState.CLAIMED)

    found = of(kept.secretariat, Role.SECRETARY)

    assert found == [
        ("Protokół do napisania: Posiedzenie marcowe", f"/partnerstwo/posiedzenia/{held.uuid}/"),
        ("1 wniosek zgłoszony jako wykonany", "/partnerstwo/wnioski/tabela/?state=claimed"),
        ("1 wniosek bez właściciela", "/partnerstwo/wnioski/tabela/?state=adopted"),
    ]
    assert of(partner, Role.SECRETARY) == []


def test_a_director_sees_what_the_institution_owes_its_partners():
    partner = people.institution()
    kept = make.agreement(partner)
    council = make.body(kept)
    make.seat(council, partner)
    held = make.meeting(council, held=True)
    make.outcome(held, owner=partner)
    late = make.outcome(held, owner=partner)
    Outcome.objects.filter(pk=late.pk).update(due_to=timezone.localdate() - timedelta(days=1))
    coming = timezone.localdate() + timedelta(days=5)
    make.meeting(council, announced=True, starts_on=coming)

    with time_machine.travel(timezone.now(), tick=False):
        signed = browser(people.member(partner, Role.DIRECTOR).user)
        answer = signed.get("/")

    work, invitation = answer.context["home"].tasks
    assert (str(work.title), str(work.tag), work.tone) == (
        "2 wnioski do realizacji",
        "1 po terminie",
        "late",
    )
    assert work.url == f"/partnerstwo/wnioski/tabela/?state=open&owner={partner.pk}"
    assert str(invitation.title) == "1 zaproszenie bez odpowiedzi"
    assert [title for title, _ in of(partner, Role.CASE_WORKER) if "wnios" in title] == []


def test_an_analyst_answers_surveys_and_approves_cards_of_others():
    office = people.institution()
    monitoring.measure()
    version = services.draft_card(monitoring.draft(), at=monitoring.NOON, by=monitoring.analyst(office))
    services.take_step(
        version_id=version.pk, step=Step.SEND, at=monitoring.NOON, by=monitoring.analyst(office)
    )
    today = timezone.localdate()
    _other, pressing = (
        surveys.survey(people.institution(), Unit(name="My", key="us", institution_id=office.pk))
        for _ in range(2)
    )
    pressing.closes_on = today + timedelta(days=3)
    pressing.save(update_fields=["closes_on"])

    found = of(office, Role.ANALYST)

    assert found == [
        ("2 ankiety do wypełnienia", "/ankiety/czekaja/"),
        ("Karta do zatwierdzenia: Absolwenci", "/wskazniki/graduates/1/"),
    ]
    assert of(office, Role.SUPPORT_ADVISER) == []
    answer = browser(people.member(office, Role.DIRECTOR).user).get("/")
    assert answer.context["home"].tasks[0].tone == "soon"
    pressing.closes_on, pressing.opens_on = today - timedelta(days=1), None
    pressing.save(update_fields=["closes_on", "opens_on"])
    late = browser(people.member(office, Role.DIRECTOR).user).get("/").context["home"].tasks[0]
    assert late.tone == "late"


def test_a_writer_does_not_approve_the_own_card():
    office = people.institution()
    monitoring.measure()
    account = people.member(office, Role.ANALYST).user
    writer = monitoring.analyst(office, user_id=account.pk)
    version = services.draft_card(monitoring.draft(), at=monitoring.NOON, by=writer)
    services.take_step(version_id=version.pk, step=Step.SEND, at=monitoring.NOON, by=writer)

    assert tasks(browser(account)) == []
    assert desk.waiting_for_approval(people.acting(people.member(office, Role.CASE_WORKER))) == []


def test_the_pages_of_the_tasks_open():
    partner = people.institution()
    kept = make.agreement(partner)
    held = make.meeting(make.body(kept), held=True, starts_on=timezone.localdate())
    make.outcome(held, adopted=True)
    signed = browser(people.member(kept.secretariat, Role.SECRETARY).user)

    opened = [signed.get(url).status_code for _title, url in tasks(signed)]

    assert opened == [200, 200]


def record(**fields: Any) -> DBTaskResult[Any, Any]:
    return DBTaskResult.objects.create(
        args_kwargs={"args": ["try", {}], "kwargs": {}},
        task_path="spoiwo.toolkit.jobs.run_job",
        backend_name="default",
        run_after=get_date_max(),
        **fields,
    )


def operator() -> Client:
    return browser(people.user(is_operator=True))


def test_whoever_runs_the_platform_has_nothing_to_do_when_all_is_well():
    record()  # a job that has just been asked for
    record(status="FAILED", finished_at=timezone.now() - timedelta(days=2))

    assert tasks(operator()) == []


def test_whoever_runs_the_platform_is_told_what_stands_still_or_broke_off():
    record(status="FAILED", finished_at=timezone.now())
    audit.append(records.entry())
    waiting = record()
    signed = operator()

    with time_machine.travel(timezone.now() + timedelta(minutes=20), tick=False):
        found = [title for title, _ in tasks(signed)]

    assert found == [
        "Nowe wpisy dziennika nie są zapieczętowane",
        "Zadania czekają i nikt ich nie wykonuje",
        "1 zadanie w tle przerwano w ciągu ostatniej doby",
    ]
    assert waiting.status == "READY"


def test_whoever_runs_the_platform_says_where_communes_went():
    import_terc(territory.terc_csv(territory.country()))
    kept = territory.without(territory.country(), "0801022")
    import_terc(territory.terc_csv(kept, stated_on=territory.DAY.replace(year=2025)))
    signed = operator()

    found = tasks(signed)

    assert found == [("Z rejestru zniknęła 1 gmina", "/wskazniki/gminy/")]
    CommuneSuccessor.objects.create(
        code="0801022", successor="0801073", saved_by_user_id=1, saved_at=timezone.now()
    )
    assert tasks(signed) == []


def test_nobody_else_is_told_of_the_platforms_health():
    record(status="FAILED", finished_at=timezone.now())

    assert of(people.institution(), Role.LOCAL_ADMIN) == [
        ("1 osoba loguje się bez drugiego kroku", "/instytucje/pracownicy/")
    ]
