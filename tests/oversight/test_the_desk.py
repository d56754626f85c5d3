"""The supervisor's desk: unusual looks, emergency access, incidents, the quarterly review."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from spoiwo.access.models import EmergencyAccess
from spoiwo.access.types import Verdict
from spoiwo.audit.models import AuditPseudonym, AuditRecord
from spoiwo.clients.models import SourceRecord
from spoiwo.clients.services import emergencies
from spoiwo.institutions.types import Role
from spoiwo.oversight import services
from spoiwo.oversight.errors import (
    AboutYourself,
    ClosedAlready,
    DecidedAlready,
    NoSuchFinding,
    NoSuchIncident,
    ReasonNeeded,
)
from spoiwo.oversight.models import AccessReview, Finding, Incident
from spoiwo.oversight.services import reminding
from spoiwo.oversight.types import Oddity, Source, State
from spoiwo.portal.queries.counting import menu_counts
from spoiwo.toolkit.jobs import perform
from tests.makers import audit, institutions
from tests.makers.clients import offices, signed_in, town
from tests.makers.guarding import emergency, hidden, overseer
from tests.makers.institutions import acting, member
from tests.makers.registers import row

pytestmark = pytest.mark.django_db
NUMBER = "44051401458"
WHY = "Dziecko zostało samo w domu, trzeba ustalić opiekuna."


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def text(answer):
    return answer.content.decode()


def relative():
    """A town in which a worker looks at a client with the worker's own surname."""
    there = town(own=row("L1", first_name="Piotr", last_name="Próbny"))
    account = institutions.user(full_name="Ewa Próbny")
    worker = member(there.labour, Role.CASE_WORKER, account=account)
    audit.look(there.labour.pk, there.own.person_id, by_user=worker.user_id, acting_for=there.labour.pk)
    return there, worker


def late(there):
    """An emergency access of the town's worker that is over."""
    opened = emergency(there.worker, there.own.person_id, now=timezone.now() - timedelta(hours=2))
    EmergencyAccess.objects.filter(pk=opened.pk).update(
        opened_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1)
    )
    return opened


def test_a_look_at_a_namesake_is_found_once_and_explained():
    there, _worker = relative()
    desk = signed_in(overseer(there.labour))

    page = text(desk.get("/nadzor/biurko/nietypowe/"))
    again = services.watch(there.labour.pk)

    found = Finding.objects.get(oddity=Oddity.SURNAME)
    assert again == 0
    assert "Ewa Próbny" in page
    assert "Próbny Piotr (L1)" in page
    assert found.count == 1
    assert "Ewa Próbny" in text(desk.get(f"/nadzor/biurko/nietypowe/{found.pk}/"))
    assert text(desk.get("/nadzor/biurko/nietypowe/?oddity=volume")).count("Ewa Próbny") == 0


def test_more_looks_of_the_same_kind_are_counted_and_many_people_are_noticed():
    labour, _welfare, worker = offices(("1", {"last_name": "Lis"}), ("2", {"last_name": "Sum"}))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("spoiwo.oversight.rules.MANY_PEOPLE", 2)
        patch.setattr("spoiwo.oversight.services.watching.AT_ONCE", 1)
        for person in _people(labour):
            for _twice in range(2):
                audit.look(labour.pk, person, by_user=worker.user_id, acting_for=labour.pk)
        added = services.watch(labour.pk)

    volume = Finding.objects.get(oddity=Oddity.VOLUME)
    assert (volume.count, volume.usual, volume.person) == (2, 0, None)
    assert added == Finding.objects.count()
    assert services.watch_all() == 0


def test_looks_at_people_whom_the_log_has_forgotten_are_passed_over(monkeypatch):
    there, _worker = relative()
    AuditPseudonym.objects.filter(kind="person").delete()
    monkeypatch.setattr("spoiwo.oversight.services.watching.AT_ONCE", 1)
    monkeypatch.setattr("spoiwo.oversight.services.watching.MOST_PARTS", 1)

    assert services.watch(there.labour.pk) == 0
    assert not Finding.objects.exists()


def _people(office):
    return list(SourceRecord.objects.filter(institution=office).values_list("person_id", flat=True))


def test_hidden_people_are_found_out_about_but_not_named():
    there, _worker = relative()
    hidden(there.own)
    desk = signed_in(overseer(there.labour, Role.IOD))

    page = text(desk.get("/nadzor/biurko/nietypowe/"))

    assert Finding.objects.filter(oddity=Oddity.SURNAME).exists()
    assert "Próbny Piotr" not in page


def test_a_finding_is_decided_once_with_a_reason_and_never_by_the_one_it_is_about():
    there, worker = relative()
    services.watch(there.labour.pk)
    found = Finding.objects.get(oddity=Oddity.SURNAME)
    supervisor = acting(overseer(there.labour))
    worker_too = acting(worker, Role.SUPERVISOR)

    with pytest.raises(ReasonNeeded):
        services.dismiss_finding(finding_id=found.pk, reason="ok", by=supervisor)
    with pytest.raises(AboutYourself):
        services.dismiss_finding(finding_id=found.pk, reason="To moja sprawa.", by=worker_too)
    with pytest.raises(NoSuchFinding):
        services.dismiss_finding(finding_id=found.pk, reason="Nie moja.", by=acting(overseer(there.welfare)))
    services.dismiss_finding(finding_id=found.pk, reason="Zbieżność nazwisk, sprawdzono.", by=supervisor)
    with pytest.raises(DecidedAlready):
        services.make_incident(finding_id=found.pk, reason="A jednak incydent.", by=supervisor)

    found.refresh_from_db()
    assert found.state == State.DISMISSED
    assert AuditRecord.objects.filter(action="oversight", outcome="dismissed").exists()


def test_on_screen_a_finding_becomes_an_incident():
    there, _worker = relative()
    services.watch(there.labour.pk)
    found = Finding.objects.get(oddity=Oddity.SURNAME)
    desk = signed_in(overseer(there.labour))
    address = f"/nadzor/biurko/nietypowe/{found.pk}/"

    assert desk.post(address, {"outcome": "incident", "reason": "bo"}).status_code == 422
    answer = desk.post(address, {"outcome": "incident", "reason": "Oglądała dane brata bez sprawy."})

    incident = Incident.objects.get()
    assert answer.headers["Location"] == f"/nadzor/biurko/incydenty/{incident.pk}/"
    assert incident.source == Source.FINDING
    assert desk.post(address, {"outcome": "dismissed", "reason": "Jednak w porządku."}).status_code == 422
    assert "brata" in text(desk.get(address))
    assert desk.get("/nadzor/biurko/nietypowe/999999/").status_code == 404


def test_an_unjustified_emergency_access_lists_what_it_opened_and_becomes_an_incident():
    there = town(own=row("L1", last_name="Kanarek", pesel=NUMBER, birth_date=date(1944, 5, 14)))
    hidden(there.own)
    opened = emergencies.open_in_emergency(
        sought=emergencies.Sought(pesel=NUMBER), reason=WHY, minutes=15, purpose=None, by=acting(there.worker)
    )
    browser = signed_in(there.worker)
    browser.get(f"/klienci/nadzwyczajny/{opened.uuid}/")
    browser.post(f"/klienci/nadzwyczajny/{opened.uuid}/koniec/")
    desk = signed_in(overseer(there.labour))
    address = f"/nadzor/biurko/nadzwyczajne/{opened.uuid}/"

    assert WHY in text(desk.get("/nadzor/biurko/nadzwyczajne/"))
    assert text(desk.get(address)).count("<tr>") == 2  # the look, beside the header
    assert desk.post(address, {"verdict": "unjustified", "note": "bo"}).status_code == 422
    answer = desk.post(address, {"verdict": "unjustified", "note": "Można było poczekać do rana."})

    incident = Incident.objects.get()
    assert answer.headers["Location"] == f"/nadzor/biurko/incydenty/{incident.pk}/"
    assert incident.source_ref == f"emergency:{opened.uuid}"
    assert desk.post(address, {"verdict": "justified", "note": "Jednak dobrze."}).status_code == 422
    opened.refresh_from_db()
    assert opened.verdict == "unjustified"


def test_who_may_judge_hears_every_day_of_emergency_access_that_nobody_has_judged():
    there = town()
    opened = late(there)
    judge = overseer(there.labour)
    institutions.authorisation(there.worker, Role.SUPERVISOR)  # nobody is asked to judge themselves
    overseer(there.welfare)
    today = timezone.localdate()

    perform("oversight.remind")
    again = reminding.remind(now=timezone.now(), day=today)
    next_day = reminding.remind(now=timezone.now(), day=today + timedelta(days=1))
    services.review_emergency(
        uuid=opened.uuid,
        verdict=Verdict.JUSTIFIED,
        note="Było potrzebne.",
        now=timezone.now(),
        by=acting(judge),
    )
    after = reminding.remind(now=timezone.now(), day=today + timedelta(days=2))

    assert (again, next_day, after) == (0, 1, 0)
    assert [letter.to for letter in mail.outbox] == [[judge.user.email]] * 2
    assert all("1 sprawa" in letter.body for letter in mail.outbox)


def test_the_menu_tells_how_much_waits_on_the_desk():
    there = town()
    late(there)
    judge = acting(overseer(there.labour))

    assert menu_counts(judge) == {"oversight:desk": 1}
    assert "oversight:desk" not in menu_counts(acting(there.worker))
    assert menu_counts(acting(overseer(there.welfare))) == {}


def test_a_justified_one_needs_nothing_more():
    there = town()
    opened = late(there)
    desk = signed_in(overseer(there.labour))

    assert text(desk.get("/nadzor/biurko/")).count("<b>1</b>") == 1
    answer = desk.post(
        f"/nadzor/biurko/nadzwyczajne/{opened.uuid}/", {"verdict": "justified", "note": "Było potrzebne."}
    )

    assert answer.headers["Location"] == "/nadzor/biurko/nadzwyczajne/"
    assert not Incident.objects.exists()
    other = signed_in(overseer(there.welfare))
    assert other.get(f"/nadzor/biurko/nadzwyczajne/{opened.uuid}/").status_code == 404


def test_an_incident_from_entry_to_end():
    there = town()
    desk = signed_in(overseer(there.labour))
    assert desk.get("/nadzor/biurko/incydenty/nowy/").status_code == 200
    assert desk.post("/nadzor/biurko/incydenty/nowy/", {"description": "krótko"}).status_code == 422
    desk.post("/nadzor/biurko/incydenty/nowy/", {"description": "List wysłany pod zły adres."})
    incident = Incident.objects.get()
    address = f"/nadzor/biurko/incydenty/{incident.pk}/"
    values = {
        "description": "=List wysłany pod zły adres.",
        "risk": "risk",
        "people_affected": "1",
        "measures": "",
        "authority_told_on": "",
        "people_told_on": "",
        "version": "1",
    }

    assert desk.post(f"{address}koniec/").headers["Location"] == address  # nothing is written down yet
    assert desk.post(address, values).status_code == 302
    stale = desk.post(address, values | {"measures": "Pouczono pracownika."})
    assert stale.status_code == 409
    assert "Pouczono pracownika." in text(stale)
    told = values | {"measures": "Pouczono.", "authority_told_on": "3.02.2026", "version": "2"}
    assert desk.post(address, told).status_code == 302
    assert desk.post(address, values | {"description": "za mało", "version": "3"}).status_code == 422
    assert desk.post(f"{address}koniec/").headers["Location"] == "/nadzor/biurko/incydenty/"
    assert desk.post(address, told | {"version": "4"}).status_code == 422
    assert "Pouczono." in text(desk.get(address))
    assert "1/" in text(desk.get("/nadzor/biurko/incydenty/"))

    as_csv = desk.get("/nadzor/biurko/incydenty.csv").content.decode("utf-8-sig")
    assert ";'=List" in as_csv  # nothing that a spreadsheet would run
    assert desk.get("/nadzor/biurko/incydenty.xlsx").content.startswith(b"PK")
    assert desk.get("/nadzor/biurko/incydenty.pdf").status_code == 404
    assert desk.get("/nadzor/biurko/incydenty/999999/").status_code == 404
    assert desk.post("/nadzor/biurko/incydenty/999999/koniec/").status_code == 404


def test_incidents_belong_to_those_who_watch_over():
    there = town()
    made = services.open_incident(
        source=Source.OTHER,
        description="Zgubiony wydruk.",
        now=timezone.now(),
        by=acting(overseer(there.labour)),
    )

    with pytest.raises(NoSuchIncident):
        services.open_incident(
            source=Source.OTHER, description="Zgubiony wydruk.", now=timezone.now(), by=acting(there.worker)
        )
    with pytest.raises(NoSuchIncident):
        services.close_incident(incident_id=made.pk, by=acting(overseer(there.welfare)))
    Incident.objects.update(closed_at=timezone.now())
    with pytest.raises(ClosedAlready):
        services.close_incident(incident_id=made.pk, by=acting(overseer(there.labour)))
    second = services.open_incident(
        source=Source.OTHER,
        description="Zgubiony pendrive.",
        now=timezone.now(),
        by=acting(overseer(there.labour)),
    )
    assert second.number == made.number + 1


def test_once_a_quarter_somebody_confirms_who_still_may_what():
    there = town()
    supervisor = overseer(there.labour)
    leaving = member(there.labour, Role.REGISTRAR)
    desk = signed_in(supervisor)
    assert "UP/" in text(desk.get("/nadzor/biurko/przeglad/"))
    keep = [one.pk for membership in (there.worker, supervisor) for one in membership.authorisations.all()]

    assert desk.post("/nadzor/biurko/przeglad/", {"keep": [*keep, "x"]}).status_code == 302

    made = AccessReview.objects.get()
    stays = {row["id"]: row["stays"] for row in made.rows}
    assert stays == {**dict.fromkeys(keep, True), leaving.authorisations.get().pk: False}
    paper = desk.get(f"/nadzor/biurko/przeglad/{made.pk}/pdf/")
    assert paper.content.startswith(b"%PDF")
    assert desk.get("/nadzor/biurko/przeglad/999999/pdf/").status_code == 404
    everybody = [row["id"] for row in made.rows]
    assert desk.post("/nadzor/biurko/przeglad/", {"keep": everybody}).status_code == 302
    assert AccessReview.objects.count() == 2
