"""Emergency access: asked for with a reason, over within the hour, on record in every chain, never for a habit."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from spoiwo.access import rules, services
from spoiwo.access.errors import (
    NoSuchEmergency,
    NotOverYet,
    OwnEmergency,
    ReasonTooShort,
    ReviewedAlready,
    TooLong,
    TooManyEmergencies,
)
from spoiwo.access.models import EmergencyAccess, EmergencyPerson
from spoiwo.access.types import Category, Verdict
from spoiwo.audit.models import AuditRecord
from spoiwo.clients.services import emergencies
from spoiwo.clients.types import FactKind
from spoiwo.institutions.types import Kind, Role
from tests.makers import institutions
from tests.makers.access import agreement
from tests.makers.clients import EVERYTHING, bring_in_facts, fact, signed_in, town
from tests.makers.guarding import emergency, hidden, overseer
from tests.makers.institutions import acting, member
from tests.makers.registers import bring_in, records, row

pytestmark = pytest.mark.django_db
NUMBER = "44051401458"
WHY = "Dziecko zostało samo w domu, trzeba ustalić opiekuna."
PURPOSE = "joint-support|act-art-1:1"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def strangers():
    """A labour office whose worker needs somebody whom only the welfare centre serves."""
    labour = institutions.institution("", Kind.PUP, short_name="PUP Próbny")
    welfare = institutions.institution("", Kind.OPS, short_name="OPS Próbny")
    agreement(labour, welfare, gives=[(None, None, category) for category in EVERYTHING])
    bring_in(
        welfare,
        row(
            "W1",
            first_name="Jan",
            last_name="Kanarek",
            pesel=NUMBER,
            birth_date=date(1944, 5, 14),
            phone="95 1",
        ),
    )
    bring_in_facts(
        welfare, fact("W1", FactKind.MEALS, "obiady"), fact("W1", FactKind.HEALTH, "tajemnica-lekarska")
    )
    (record,) = records(welfare, "W1")
    return labour, welfare, record, member(labour, Role.CASE_WORKER)


def text(answer):
    return answer.content.decode()


def asked(**values):
    return {"pesel": NUMBER, "reason": WHY, "minutes": "15", "purpose": PURPOSE, **values}


def test_a_person_whom_only_a_partner_serves_is_opened_with_what_the_agreement_gives():
    labour, welfare, record, worker = strangers()
    browser = signed_in(worker)
    assert browser.get("/klienci/nadzwyczajny/").status_code == 200

    answer = browser.post("/klienci/nadzwyczajny/", asked())
    page = text(browser.get(answer.headers["Location"]))

    assert "Kanarek" in page
    assert "obiady" in page
    assert "tajemnica-lekarska" not in page  # sensitive data never leave their owner this way
    looks = AuditRecord.objects.filter(action="view_client").order_by("institution_id")
    assert [(one.institution_id, one.relation) for one in looks] == [
        (labour.pk, "emergency"),
        (welfare.pk, "emergency"),
    ]
    assert set(looks[1].categories.split(",")) >= {"identity", "contact"}
    assert EmergencyPerson.objects.get().person == record.person_id


def test_by_names_and_date_of_birth_when_the_number_is_not_known():
    _labour, _welfare, _record, worker = strangers()
    values = asked(pesel="", first_name="Jan", last_name="kanarek", birth_date="14.05.1944")

    answer = signed_in(worker).post("/klienci/nadzwyczajny/", values)

    assert answer.status_code == 302


def test_nobody_found_is_refused_and_on_record():
    _labour, _welfare, _record, worker = strangers()
    browser = signed_in(worker)

    for values in (asked(pesel="02070803628"), asked(pesel="123"), asked(purpose="")):
        assert browser.post("/klienci/nadzwyczajny/", values).status_code == 422

    assert EmergencyAccess.objects.filter(found=False).count() == 3
    assert AuditRecord.objects.filter(action="emergency", outcome="nobody").count() == 3
    assert browser.post("/klienci/nadzwyczajny/", asked(pesel="")).status_code == 422
    assert browser.post("/klienci/nadzwyczajny/", asked(reason="pilne")).status_code == 422
    assert EmergencyAccess.objects.count() == 3


def test_nothing_is_seen_when_it_is_over():
    _labour, _welfare, _record, worker = strangers()
    browser = signed_in(worker)
    address = browser.post("/klienci/nadzwyczajny/", asked()).headers["Location"]
    colleague = signed_in(member(worker.institution, Role.CASE_WORKER))
    assert colleague.get(address).status_code == 404
    assert colleague.post(f"{address}koniec/").status_code == 404

    assert browser.post(f"{address}koniec/").status_code == 302

    assert "Kanarek" not in text(browser.get(address))
    assert browser.post(f"{address}koniec/").status_code == 302  # once over, over


def test_an_own_client_who_is_hidden_is_opened_to_the_one_who_asked_while_it_lasts():
    there = town(own=row("L1", last_name="Kanarek", pesel=NUMBER, birth_date=date(1944, 5, 14)))
    hidden(there.own)
    browser = signed_in(there.worker)
    page = f"/klienci/{there.own.uuid}/cel/"
    assert browser.get(page).status_code == 404

    address = browser.post("/klienci/nadzwyczajny/", asked(purpose="")).headers["Location"]

    assert "Kanarek" in text(browser.get(address))
    assert browser.get(page).status_code == 200
    assert signed_in(member(there.labour, Role.CASE_WORKER)).get(page).status_code == 404
    browser.post(f"{address}koniec/")
    assert browser.get(page).status_code == 404


def test_whom_a_partner_hides_stays_hidden():
    _labour, _welfare, record, worker = strangers()
    hidden(record)

    assert signed_in(worker).post("/klienci/nadzwyczajny/", asked()).status_code == 422


def test_a_data_owner_that_gives_no_contact_shows_none():
    labour = institutions.institution("", Kind.PUP)
    welfare = institutions.institution("", Kind.OPS)
    agreement(labour, welfare, gives=[(None, None, Category.IDENTITY)])
    bring_in(
        welfare, row("W1", pesel=NUMBER, last_name="Kanarek", birth_date=date(1944, 5, 14), phone="600700800")
    )
    browser = signed_in(member(labour, Role.CASE_WORKER))

    page = text(browser.get(browser.post("/klienci/nadzwyczajny/", asked()).headers["Location"]))

    assert "Kanarek" in page
    assert "600700800" not in page


def test_how_long_how_often_and_why():
    refusals: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
        ({"reason": "za krótko", "minutes": 15, "asked_lately": 0}, ReasonTooShort),
        ({"reason": WHY, "minutes": 61, "asked_lately": 0}, TooLong),
        ({"reason": WHY, "minutes": 0, "asked_lately": 0}, TooLong),
        ({"reason": WHY, "minutes": 60, "asked_lately": 10}, TooManyEmergencies),
    )
    for values, error in refusals:
        with pytest.raises(error):
            rules.check_emergency(**values)
    rules.check_emergency(reason=WHY, minutes=60, asked_lately=9)


def test_somebody_else_reviews_it_once_when_it_is_over():
    there = town()
    now = timezone.now()
    both = member(there.labour, Role.CASE_WORKER, Role.SUPERVISOR)
    opened = emergency(both, there.own.person_id, now=now)
    supervisor = acting(overseer(there.labour))

    def review(by, note="Było potrzebne.", at=now + timedelta(hours=1)):
        return services.review_emergency(
            uuid=opened.uuid, verdict=Verdict.JUSTIFIED, note=note, now=at, by=by
        )

    with pytest.raises(OwnEmergency):
        review(acting(both))
    with pytest.raises(NotOverYet):
        review(supervisor, at=now)
    with pytest.raises(ReasonTooShort):
        review(supervisor, note="ok")
    with pytest.raises(NoSuchEmergency):
        review(acting(there.worker))
    with pytest.raises(NoSuchEmergency):
        review(acting(overseer(there.welfare)))
    assert review(supervisor).verdict == "justified"
    with pytest.raises(ReviewedAlready):
        review(supervisor)


def test_only_the_one_who_asked_ends_it():
    there = town()
    opened = emergency(there.worker, there.own.person_id, now=timezone.now())

    with pytest.raises(NoSuchEmergency):
        services.end_emergency(uuid=opened.uuid, now=timezone.now(), by=acting(overseer(there.labour)))


def test_ending_one_leaves_another_going_on():
    there = town(own=row("L1", last_name="Kanarek", pesel=NUMBER, birth_date=date(1944, 5, 14)))
    hidden(there.own)
    by = acting(there.worker)
    sought = emergencies.Sought(pesel=NUMBER)
    first = emergencies.open_in_emergency(sought=sought, reason=WHY, minutes=60, purpose=None, by=by)
    emergencies.open_in_emergency(sought=sought, reason=WHY, minutes=15, purpose=None, by=by)

    emergencies.end(uuid=first.uuid, by=by)

    assert signed_in(there.worker).get(f"/klienci/{there.own.uuid}/cel/").status_code == 200
