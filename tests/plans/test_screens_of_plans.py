"""Pages of plans through a browser: what a worker sees, clicks and is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from spoiwo.access.models import SharingAgreement
from spoiwo.audit.models import AuditRecord
from spoiwo.institutions.types import Role
from spoiwo.plans.models import (
    Action,
    Contact,
    Diagnosis,
    EmploymentCheck,
    JointPlan,
    NonCompliance,
    PlanEvent,
    PlanTemplate,
    Remark,
    Review,
    Selection,
)
from spoiwo.plans.services import agreeing
from spoiwo.plans.types import Step
from spoiwo.projects.services import people
from spoiwo.projects.types import ParticipantState, SupportKind, SupportState
from tests.makers import clients, institutions, projects, surveys
from tests.makers import plans as made
from tests.makers.plan_pages import address, browser, content_of, text, words
from tests.makers.registers import bring_in, records, row

pytestmark = pytest.mark.django_db


def test_the_page_of_a_plan_shows_work_of_all_parties_and_puts_the_look_on_record():
    pair = made.active()

    shown = text(browser(pair.welfare).get(address(pair)))

    assert "Rozmowy z doradcą zawodowym i test umiejętności" in shown
    assert "Cel podglądu" in shown
    looks = AuditRecord.objects.filter(object_ref=f"plan:{pair.uuid}", action="view_client")
    assert set(looks.values_list("institution_id", flat=True)) == {pair.town.labour.pk, pair.town.welfare.pk}
    assert set(looks.values_list("purpose", "agreement")) == {("joint-support", pair.fresh().agreement)}


def test_an_action_is_done_with_one_click_from_the_days_page():
    pair = made.active()
    row = made.own_action(pair)
    Action.objects.filter(pk=row.pk).update(due_on=made.today(), responsible_id=pair.labour.user_id)
    page = browser(pair.labour)
    assert row.text in text(page.get("/"))

    answer = page.post(f"/plany/dzialanie/{row.uuid}/zrobione/", {"next": "/"}, follow=True)

    assert answer.redirect_chain == [("/", 302)]
    assert f"Wykonane: {row.text}." in text(answer)
    row.refresh_from_db()
    assert row.state == "done"
    elsewhere = page.post(
        f"/plany/dzialanie/{row.uuid}/zrobione/", {"next": "https://example.org/"}, follow=True
    )
    assert elsewhere.redirect_chain == [(address(pair), 302)]
    assert "ma już wynik" in text(elsewhere)


def test_the_days_page_names_reviews_signatures_and_questions_about_employment():
    pair = made.proposed()
    page = browser(pair.labour)
    assert "Przeczytaj i podpisz" in text(page.get("/"))
    made.signed_by_all(pair)
    made.step(pair, Step.BEGIN)
    Review.objects.update(due_on=made.today())
    assert "Przeprowadź przegląd" in text(page.get("/"))
    made.step(pair, Step.COMPLETE)
    JointPlan.objects.update(closed_on=made.today() - timedelta(days=100))

    assert "po 3 miesiącach" in text(page.get("/"))
    form = address(pair, "zatrudnienie/3/")
    assert page.get(form).status_code == 200
    assert page.post(form, {"employment": "employed", "source": "employer"}).status_code == 302
    assert page.post(form, {"employment": "employed", "source": "employer"}).status_code == 422
    assert EmploymentCheck.objects.get().employment == "employed"
    assert "Pracuje u pracodawcy" in text(page.get(address(pair)))
    assert "po 3 miesiącach pracowało 1 z 1 osób" in text(page.get("/plany/"))
    assert page.get(address(pair, "zatrudnienie/4/")).status_code == 404
    assert "po 3 miesiącach" not in text(page.get("/"))


def test_outcomes_evidence_reviews_contacts_and_non_compliance_are_written_down():
    pair = made.active()
    page, row = browser(pair.labour), made.own_action(pair)
    today = words(made.today())
    deeds = [
        (f"/plany/dzialanie/{row.uuid}/dowod/", {"text": "zaświadczenie 5"}),
        (f"/plany/dzialanie/{row.uuid}/wynik/", {"outcome": "not_done", "on": today, "result": "Choroba"}),
        (address(pair, "przeglad/"), {"held_on": today, "conclusions": "Idziemy dalej"}),
        (address(pair, "kontakt/"), {"on": today, "kind": "phone", "note": "Pyta o kurs"}),
        (
            address(pair, "niewywiazanie/"),
            {"on": today, "action": str(row.uuid), "text": "Nie przyszła", "evidence": "notatka 5"},
        ),
    ]
    for path, data in deeds:
        assert page.get(path).status_code == 200
        assert page.post(path, {"sent": "1"}).status_code == 422
        assert page.post(path, data).status_code == 302
    entry = NonCompliance.objects.get()
    remark = f"/plany/wpis/{entry.uuid}/"
    assert page.get(remark).status_code == 200
    assert page.post(remark, {"kind": "statement", "text": "Byłam chora"}).status_code == 302

    shown = text(page.get(address(pair)))

    for told in ("Choroba", "Idziemy dalej", "Pyta o kurs", "Nie przyszła", "Byłam chora"):
        assert told in shown
    assert (Contact.objects.count(), Remark.objects.count()) == (1, 1)
    again = page.post(f"/plany/dzialanie/{row.uuid}/wynik/", deeds[1][1])
    assert again.status_code == 422


def test_an_action_is_marked_as_begun():
    pair = made.active()
    page, row = browser(pair.labour), made.own_action(pair)

    page.post(f"/plany/dzialanie/{row.uuid}/rozpoczete/")
    refused = page.post(
        f"/plany/dzialanie/{made.own_action(pair, pair.welfare).uuid}/rozpoczete/", follow=True
    )

    row.refresh_from_db()
    assert row.state == "in_progress"
    assert "Odpowiada za to inna strona." in text(refused)


def test_discontinuing_needs_a_reason_and_closes_the_plan():
    pair = made.active()
    page = browser(pair.labour)

    assert page.post(address(pair, "krok/discontinue/"), {"reason": ""}).status_code == 422
    page.post(address(pair, "krok/discontinue/"), {"reason": "Wyjazd za granicę"})

    assert "Wyjazd za granicę" in text(page.get(address(pair)))
    assert page.get(address(pair, "krok/zmyslony/")).status_code == 404
    assert page.get(address(pair, "przeglad/")).status_code == 404
    refused = page.post(address(pair, "zmiana/"), follow=True)
    assert "W obecnym stanie planu" in text(refused)


def test_what_a_project_gave_proves_the_action_that_it_pays_for():
    pair = made.partners()
    grant = projects.project(pair.labour, number="P/77", starts_on=made.today(), ends_on=made.today())
    made.started(pair)
    goal = content_of(pair).goals[0]
    page = browser(pair.labour)
    form = text(page.get(address(pair, f"projekt/cel/{goal.key}/nowy/")))
    assert '<option value="P/77">' in form
    made.active_from_draft(pair)
    row = made.own_action(pair)
    Action.objects.filter(pk=row.pk).update(project="P/77")
    evidence = f"/plany/dzialanie/{row.uuid}/dowod/"
    assert "Co dał projekt" not in text(page.get(evidence))
    whom = projects.participant(pair.labour, grant, takes_part=False, record=pair.town.own.uuid)
    with made.as_actor(pair.labour):
        people.move_participant(whom.uuid, to=ParticipantState.TAKING_PART, on=made.today(), by=pair.labour)
    given = projects.support(pair.labour, whom, SupportKind.TRAINING, name="Spawacz", starts_on=made.today())
    ref = f"project-support:{given.uuid}"
    assert "P/77: Spawacz" in text(page.get(evidence))
    assert page.post(evidence, {"of_project": "", "text": ""}).status_code == 422

    page.post(evidence, {"of_project": ref, "text": "lista obecności"})
    row.refresh_from_db()
    assert row.state == "planned"
    with made.as_actor(pair.labour):
        people.end_support(given.uuid, state=SupportState.DONE, on=made.today(), by=pair.labour)
    page.post(evidence, {"of_project": ref, "text": ""})

    row.refresh_from_db()
    first, second = row.evidence.order_by("pk")
    assert row.state == "done"
    assert (first.ref, second.ref) == (ref, ref)
    assert first.text.endswith("; lista obecności")
    assert second.text in text(page.get(address(pair)))


def test_the_list_is_filtered_and_saved():
    pair = made.active()
    page = browser(pair.labour)
    number = str(pair.fresh().number)

    assert number in text(page.get("/plany/", {"state": "active", "mine": "on"}))
    assert "Nic nie pasuje" in text(page.get("/plany/", {"state": "draft"}))
    assert number in page.get("/plany/lista.csv").content.decode()
    assert page.get("/plany/lista.xlsx").content.startswith(b"PK")
    assert page.get("/plany/lista.doc").status_code == 404
    part = text(page.get("/plany/", headers={"HX-Request": "true"}))
    assert number in part
    assert "<h1" not in part


def test_the_list_is_sorted_by_name_by_end_and_by_the_next_review():
    people = (("1", {"last_name": "Żak"}), ("2", {"last_name": "Łoś"}), ("3", {"last_name": "Lis"}))
    labour, welfare, worker = clients.offices(*people, gives=clients.EVERYTHING)
    by, other = (
        institutions.acting(worker),
        institutions.acting(institutions.member(welfare, Role.CASE_WORKER)),
    )
    pairs = {}
    for days, (number, fields) in enumerate(people):
        (own,), (theirs,) = records(labour, f"L{number}"), records(welfare, f"W{number}")
        pair = made.Partners(clients.Town(labour, welfare, own, theirs, worker), by, other)
        pairs[fields["last_name"]] = made.started(pair, since=made.today() + timedelta(days=days))
    made.active_from_draft(pairs["Lis"])
    page = browser(by)

    def order(key):
        shown = text(page.get("/plany/", {"sort": key}))
        return sorted(pairs, key=lambda name: shown.index(f"<b>{name} "))

    assert order("name") == ["Lis", "Łoś", "Żak"]
    assert order("-name") == ["Żak", "Łoś", "Lis"]
    assert order("end") == ["Żak", "Łoś", "Lis"]
    assert order("-end") == order("") == order("nonsense") == ["Lis", "Łoś", "Żak"]
    assert order("review")[0] == order("-review")[0] == "Lis"


def test_the_journal_is_read_page_by_page_and_by_kind():
    pair = made.active()
    PlanEvent.objects.bulk_create(
        PlanEvent(plan=pair.plan, at=made.now(), kind="contact", text=f"rozmowa {n}") for n in range(60)
    )
    page = browser(pair.labour)

    shown = text(page.get(address(pair, "dziennik/")))

    assert "rozmowa 59" in shown
    assert "Podpisano" not in shown.split('id="events"')[1]
    assert (
        "Podpisano" in text(page.get(address(pair, "dziennik/"), {"kind": "signed"})).split('id="events"')[1]
    )
    assert "rozmowa 0" in text(page.get(address(pair, "dziennik/"), {"page": "2", "kind": "zmyslony"}))


@pytest.mark.parametrize(
    ("form", "kind", "start"),
    [
        ("osoba", "pdf", b"%PDF"),
        ("osoba", "docx", b"PK"),
        ("calosc", "pdf", b"%PDF"),
        ("calosc", "docx", b"PK"),
    ],
)
def test_a_plan_is_printed(form, kind, start):
    pair = made.started()
    page = browser(pair.labour)
    page.post(address(pair, "projekt/wsparcie/"), {"version": 99, "schedule": f"{words(made.today())} 600"})
    with made.as_actor(pair.labour):
        agreeing.propose(pair.uuid, at=made.now(), by=pair.labour)
    made.signed_by_all(pair)
    made.step(pair, Step.BEGIN)

    answer = page.get(address(pair, f"druk/{form}.{kind}"), {"wersja": 1})

    assert answer.content.startswith(start)
    assert page.get(address(pair, f"druk/{form}.{kind}"), {"wersja": 7}).status_code == 404
    assert page.get(address(pair, "druk/inne.pdf")).status_code == 404


def test_a_plan_becomes_a_template():
    pair = made.started()
    page = browser(pair.labour)

    assert page.post(address(pair, "wzor/"), {"name": ""}).status_code == 422
    page.post(address(pair, "wzor/"), {"name": "Nasz wzór"})

    assert PlanTemplate.objects.get(institution_id=pair.labour.institution_id).name == "Nasz wzór"


def test_an_ended_agreement_leaves_only_what_is_to_be_handed_over():
    pair = made.active()
    page = browser(pair.labour)
    assert "Nie ma czego przekazywać" in text(page.get("/plany/do-przekazania/"))

    plan = pair.fresh()
    _end(plan.agreement)

    assert page.get(address(pair)).status_code == 404
    assert "zamknął się dla Twojej instytucji" in text(page.get("/plany/"))
    left = text(page.get("/plany/do-przekazania/"))
    assert str(plan.number) in left
    assert "Szkolenie zawodowe" in left
    assert "Zasiłek i pomoc w opiece" not in left
    saved = page.get("/plany/do-przekazania/lista.csv").content.decode()
    assert f"{plan.number};Nowak;Anna;L1;Szkolenie zawodowe;" in saved
    assert "Zasiłek i pomoc w opiece" not in saved
    assert page.get("/plany/do-przekazania/lista.xlsx").content.startswith(b"PK")
    assert page.get("/plany/do-przekazania/lista.doc").status_code == 404
    entry = AuditRecord.objects.filter(object_ref="list:plans-to-hand-over").first()
    assert (entry.action, entry.count) == ("export", 1)


def test_what_cannot_be_named_any_more_is_handed_over_by_number():
    pair = made.active()
    plan = pair.fresh()
    _end(plan.agreement)
    bring_in(pair.town.labour, row("L2"))

    saved = browser(pair.labour).get("/plany/do-przekazania/lista.csv").content.decode()

    assert f"{plan.number};;;;Szkolenie zawodowe;" in saved


def _end(number: str) -> None:
    SharingAgreement.objects.filter(number=number).update(valid_to=timezone.localdate() - timedelta(days=1))


def test_clients_are_chosen_by_criteria_and_kept_with_reasons():
    pair = made.partners(own=row("L1", status="temporary_benefit"))
    page = browser(pair.labour)
    assert page.post("/plany/wybor/", {"name": "Grupa"}).status_code == 422

    answer = page.post(
        "/plany/wybor/", {"name": "Grupa", "criteria": ["on_benefits", "disability"]}, follow=True
    )

    shown = text(answer)
    assert "Nowak Anna" in shown
    assert "Utrzymuje się ze świadczeń" in shown
    chosen = Selection.objects.get()
    assert "Grupa" in text(page.get("/plany/wybor/"))
    assert "Nowak" in page.get(f"/plany/wybor/{chosen.uuid}/lista.csv").content.decode()
    assert page.get(f"/plany/wybor/{chosen.uuid}/lista.xlsx").content.startswith(b"PK")
    assert page.get(f"/plany/wybor/{chosen.uuid}/lista.doc").status_code == 404
    made.started(pair)
    assert "ma plan" in text(page.get(f"/plany/wybor/{chosen.uuid}/"))
    nobody = page.post("/plany/wybor/", {"name": "Nikt", "criteria": ["homelessness"]}, follow=True)
    assert "Nikt nie spełnia" in text(nobody)


def test_a_diagnosis_is_filled_in_and_given_to_the_parties():
    pair = made.active()
    page = browser(pair.labour)
    survey = surveys.about_persons(pair.town.labour)
    assert survey.title in text(page.get(address(pair, "diagnozy/")))
    assert page.post(address(pair, "diagnozy/"), {"survey": "x"}).status_code == 404

    answer = page.post(address(pair, "diagnozy/"), {"survey": survey.pk})

    assert answer.status_code == 302
    assert page.get(answer.headers["Location"]).status_code in {200, 302}
    (own,) = page.get(address(pair, "diagnozy/")).context["own"]
    assert page.post(address(pair, f"diagnozy/{own.answer_id}/przekaz/")).status_code == 302
    given = Diagnosis.objects.get()
    assert survey.title in text(browser(pair.welfare).get(address(pair, f"diagnozy/{given.pk}/")))
    assert survey.title in text(browser(pair.welfare).get(address(pair)))
    assert page.get(address(pair, "diagnozy/999999/")).status_code == 404
    assert page.post(address(pair, f"diagnozy/{pair.uuid}/przekaz/")).status_code == 404
