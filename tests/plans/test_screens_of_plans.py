"""Pages of plans through a browser: what a worker sees, clicks and is told."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from spoiwo.access.models import SharingAgreement
from spoiwo.audit.models import AuditRecord
from spoiwo.institutions.models import User
from spoiwo.kernel.actor import Actor
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
from spoiwo.plans.rules import content as texts
from spoiwo.plans.services import agreeing, starting
from spoiwo.plans.types import Step
from tests.makers import districts, institutions, surveys
from tests.makers import plans as made
from tests.makers.registers import row

pytestmark = pytest.mark.django_db


def browser(by: Actor) -> Client:
    """A browser in which the actor is signed in; Polish pages."""
    client = Client(headers={"accept-language": "pl"})
    client.force_login(User.objects.get(pk=by.user_id))
    return client


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def address(pair: made.Partners, rest: str = "") -> str:
    return f"/plany/{pair.uuid}/{rest}"


def content_of(pair: made.Partners):
    return texts.content_of(made.under_way(pair).content)


def words(day) -> str:
    return f"{day:%d.%m.%Y}"


def test_a_plan_is_begun_from_the_clients_page_in_two_clicks():
    pair = made.partners()
    page = browser(pair.labour)
    start = f"/plany/klient/{pair.town.own.uuid}/nowy/"
    assert "Zacznij wspólny plan" in text(page.get(f"/plany/klient/{pair.town.own.uuid}/"))

    shown = page.get(start)
    initial = shown.context["form"].initial
    answer = page.post(
        start,
        {
            "partners": initial["partners"],
            "template": made.shipped(),
            "starts_on": words(made.today()),
            "worker": "career_adviser",
        },
    )

    assert answer.status_code == 302
    draft = text(page.get(answer.headers["Location"]))
    assert "Niczego nie brakuje" in draft
    assert "Wiem, jaką pracę mogę podjąć" in draft
    plan = JointPlan.objects.get()
    assert str(plan.number) in text(
        page.get(f"/plany/klient/{pair.town.own.uuid}/", headers={"HX-Request": "true"})
    )
    again = page.post(start, {**initial, "starts_on": words(made.today()), "worker": "career_adviser"})
    assert again.status_code == 422
    assert "ma już otwarty plan" in again.content.decode()


def test_the_workers_of_the_clients_districts_stand_in_the_draft():
    pair = made.partners(own=districts.lives("L1"), theirs=districts.lives("W1"))
    keeper = districts.keeper(pair.town.welfare)
    with made.as_actor(keeper):
        district = districts.district(keeper, serves=districts.worker(pair.town.welfare, "Zofia Rejonowa"))
        districts.ground(keeper, district)

    browser(pair.labour).post(
        f"/plany/klient/{pair.town.own.uuid}/nowy/",
        {
            "partners": [pair.town.welfare.pk],
            "template": made.shipped(),
            "starts_on": words(made.today()),
            "worker": "career_adviser",
        },
    )

    pair.plan = JointPlan.objects.get()
    assert {one.role.value: one.name for one in content_of(pair).workers} == {
        "career_adviser": "Anna Próbna",
        "social_worker": "Zofia Rejonowa",
    }


def test_a_client_whom_nobody_shares_has_nobody_to_plan_with():
    pair = made.partners(state="ended")

    page = browser(pair.labour).get(f"/plany/klient/{pair.town.own.uuid}/nowy/")

    assert "Nie ma z kim planować" in text(page)


def test_every_section_of_the_draft_is_changed_and_shown():
    pair = made.started()
    page, version = browser(pair.labour), made.under_way(pair).edit_version
    goal = content_of(pair).goals[0]
    days = {"starts_on": words(made.today()), "ends_on": words(made.today() + timedelta(days=300))}
    goal_form: dict[str, object] = {"measure": "m", "baseline": "b", "target": "t", "due_on": days["ends_on"]}
    action_form: dict[str, object] = {
        "text": "Nowe działanie",
        "owner": pair.welfare.institution_id,
        "responsible": pair.welfare.user_id,
        "area": "work",
        "starts_on": days["starts_on"],
        "due_on": days["ends_on"],
        "project": "FERS 7",
    }
    worker = f"{pair.welfare.institution_id}:{pair.welfare.user_id}"
    deeds: list[tuple[str, dict[str, object]]] = [
        ("projekt/podstawy/", {"problem": "Nowy problem", **days}),
        ("projekt/cel/nowy/", {"text": "Nowy cel", **goal_form}),
        (f"projekt/cel/{goal.key}/", {"text": "Zmieniony cel", **goal_form}),
        (f"projekt/cel/{goal.key}/nowy/", action_form),
        (f"projekt/cel/{goal.key}/{goal.actions[0].key}/", {**action_form, "text": "Zmienione", "owner": 0}),
        ("projekt/wsparcie/", {"schedule": f"{days['starts_on']} 600\n{days['ends_on']} 300,50 zł"}),
        ("projekt/pracownicy/", {"social_worker": worker}),
    ]
    for rest, data in deeds:
        assert page.get(address(pair, rest)).status_code == 200
        answer = page.post(address(pair, rest), {"version": version, **data})
        assert answer.status_code == 302, answer.content.decode()
    paper = {
        "kind": "ipd",
        "owner": pair.labour.institution_id,
        "number": "IPD/7",
        "signed_on": days["starts_on"],
    }
    assert page.post(address(pair, "projekt/dokument/"), paper).status_code == 302

    shown = text(page.get(address(pair, "projekt/")))

    for told in (
        "Nowy problem",
        "Nowy cel",
        "Zmieniony cel",
        "Nowe działanie",
        "Zmienione",
        "IPD/7",
        "FERS 7",
    ):
        assert told in shown
    assert "900,50" in shown.replace("\xa0", " ")
    assert {one.role for one in content_of(pair).workers} == {"social_worker"}
    assert "600,00" in page.get(address(pair, "projekt/wsparcie/")).context["form"].initial["schedule"]


def test_goals_and_papers_are_taken_out():
    pair = made.started()
    page = browser(pair.labour)
    goal = content_of(pair).goals[0]
    page.post(
        address(pair, "projekt/dokument/"),
        {
            "kind": "ipd",
            "owner": pair.labour.institution_id,
            "number": "IPD/7",
            "signed_on": words(made.today()),
        },
    )

    page.post(address(pair, f"projekt/usun/{goal.key}/"), {"version": 99})
    page.post(address(pair, "projekt/dokument/usun/"), {"number": "IPD/7"})
    for rest, data in ((f"projekt/usun/{goal.key}/", {"version": "x"}), ("projekt/dokument/usun/", {})):
        answer = page.post(address(pair, rest), data, follow=True)
        assert "Tego już nie ma" in text(answer)

    assert goal.key not in {one.key for one in content_of(pair).goals}
    assert content_of(pair).papers == ()


@pytest.mark.parametrize(
    ("rest", "data"),
    [
        ("projekt/wsparcie/", {"schedule": "jutro 5"}),
        ("projekt/wsparcie/", {"schedule": "1.12.2026"}),
        ("projekt/wsparcie/", {"schedule": "1.12.2026 -5"}),
        ("projekt/wsparcie/", {"schedule": "1.11.2026 5\n1.12.2026 6"}),
        ("projekt/dokument/", {"number": ""}),
        ("projekt/cel/nowy/", {"text": ""}),
    ],
)
def test_what_cannot_be_read_is_said_beside_what_was_typed(rest, data):
    pair = made.started()

    answer = browser(pair.labour).post(address(pair, rest), {"version": 99, **data})

    assert answer.status_code == 422
    assert "Popraw" in answer.content.decode()


def test_two_browsers_on_one_goal_meet_in_a_conflict_and_nothing_is_overwritten():
    pair = made.started()
    goal = content_of(pair).goals[0]
    rest = address(pair, f"projekt/cel/{goal.key}/")
    forms = {by: browser(by).get(rest).context["form"].initial for by in (pair.labour, pair.welfare)}
    sent = {
        by: {**{k: v for k, v in form.items() if k != "actions"}, "due_on": words(goal.due_on), "text": name}
        for (by, form), name in zip(forms.items(), ("Pierwszy", "Drugi"), strict=True)
    }

    assert browser(pair.labour).post(rest, sent[pair.labour]).status_code == 302
    conflict = browser(pair.welfare).post(rest, sent[pair.welfare])

    assert conflict.status_code == 409
    assert "Pierwszy" in conflict.content.decode()
    assert "Drugi" in conflict.content.decode()
    assert content_of(pair).goals[0].text == "Pierwszy"
    again = {**sent[pair.welfare], "version": conflict.context["version"]}
    assert browser(pair.welfare).post(rest, again).status_code == 302
    assert content_of(pair).goals[0].text == "Drugi"


def test_two_browsers_on_two_goals_do_not_get_into_each_others_way():
    pair = made.started()
    first, second, _third = content_of(pair).goals
    version = made.under_way(pair).edit_version
    data = {"measure": "m", "baseline": "b", "target": "t", "version": version}

    for by, goal in ((pair.labour, first), (pair.welfare, second)):
        given = {**data, "text": f"Cel {by.institution_id}", "due_on": words(goal.due_on)}
        assert browser(by).post(address(pair, f"projekt/cel/{goal.key}/"), given).status_code == 302

    assert {one.text for one in content_of(pair).goals[:2]} == {
        f"Cel {by.institution_id}" for by in (pair.labour, pair.welfare)
    }


def test_a_goal_that_somebody_changed_is_not_removed_unseen():
    pair = made.started()
    goal = content_of(pair).goals[0]
    version = made.under_way(pair).edit_version
    data = {"measure": "m", "baseline": "b", "target": "t", "text": "Nowy", "due_on": words(goal.due_on)}
    browser(pair.labour).post(address(pair, f"projekt/cel/{goal.key}/"), {"version": version, **data})

    answer = browser(pair.welfare).post(address(pair, f"projekt/usun/{goal.key}/"), {"version": version})

    assert answer.status_code == 409
    assert content_of(pair).goals[0].text == "Nowy"


def test_three_parties_sign_and_the_plan_begins():
    pair = made.started()
    labour, welfare = browser(pair.labour), browser(pair.welfare)
    assert labour.post(address(pair, "projekt/do-podpisu/"), follow=True).status_code == 200
    fingerprint = made.under_way(pair).fingerprint
    wrong = labour.post(address(pair, "projekt/podpis/"), {"fingerprint": fingerprint, "password": "nie to"})
    assert wrong.status_code == 422

    for page in (labour, welfare):
        assert page.get(address(pair, "projekt/podpis/")).status_code == 200
        answer = page.post(
            address(pair, "projekt/podpis/"),
            {"fingerprint": fingerprint, "password": institutions.PASSWORD},
        )
        assert answer.status_code == 302, answer.content.decode()
    twice = welfare.post(
        address(pair, "projekt/podpis/"), {"fingerprint": fingerprint, "password": institutions.PASSWORD}
    )
    assert twice.status_code == 422
    form = labour.get(address(pair, "projekt/podpis-osoby/")).context["form"]
    given = {"signed_on": words(made.today()), "fingerprint": form.initial["fingerprint"], "witnessed": "on"}
    bad = labour.post(
        address(pair, "projekt/podpis-osoby/"),
        {**given, "scan": SimpleUploadedFile("x.pdf", b"nie pdf")},
    )
    assert bad.status_code == 422
    done = labour.post(
        address(pair, "projekt/podpis-osoby/"),
        {**given, "scan": SimpleUploadedFile("x.pdf", made.SCAN)},
    )
    assert done.status_code == 302, done.content.decode()

    shown = text(labour.get(address(pair)))
    assert "Uzgodniony" in shown
    assert labour.get(address(pair, "krok/begin/")).status_code == 200
    labour.post(address(pair, "krok/begin/"))
    assert "Realizowany" in text(labour.get(address(pair)))
    scan = welfare.get(address(pair, "podpis/1/plik/"))
    assert scan.content == made.SCAN


def test_what_cannot_be_proposed_or_taken_back_is_said():
    pair = made.started(template=0)
    page = browser(pair.labour)

    told = text(page.post(address(pair, "projekt/do-podpisu/"), follow=True))
    again = text(page.post(address(pair, "projekt/cofnij/"), follow=True))

    assert "Dodaj co najmniej jeden cel." in told
    assert "Tej wersji nie można zmienić" in again
    for rest in ("projekt/podpis/", "projekt/podpis-osoby/"):
        assert page.get(address(pair, rest)).status_code == 404


def test_a_change_is_shown_field_by_field_and_can_be_given_up():
    pair = made.active()
    page = browser(pair.labour)
    page.post(address(pair, "zmiana/"))
    goal = content_of(pair).goals[0]
    data = {"measure": "m", "baseline": "b", "target": "t", "text": "Nowy cel", "due_on": words(goal.due_on)}
    page.post(address(pair, f"projekt/cel/{goal.key}/"), {"version": 99, **data})

    draft = text(page.get(address(pair, "projekt/")))
    plan = text(page.get(address(pair)))

    assert "Co różni się od obowiązującej wersji" in draft
    assert "Nowy cel" in draft
    assert "Nowy cel" not in plan
    assert "Trwa zmiana: wersja 2" in plan
    page.post(address(pair, "projekt/porzuc/"))
    assert page.get(address(pair, "projekt/")).status_code == 404
    assert "Porzucona" in text(page.get(address(pair, "wersje/")))


def test_versions_tell_who_signed_and_what_became_different():
    pair = made.active()
    with made.as_actor(pair.labour):
        starting.begin_change(pair.uuid, at=made.now(), by=pair.labour)
    page = browser(pair.labour)
    page.post(address(pair, "projekt/wsparcie/"), {"version": 99, "schedule": f"{words(made.today())} 600"})
    with made.as_actor(pair.labour):
        agreeing.propose(pair.uuid, at=made.now(), by=pair.labour)
    made.signed_by_all(pair)

    shown = text(page.get(address(pair, "wersje/"))).replace("\xa0", " ")

    assert "600,00 zł" in shown
    assert "potwierdzono hasłem" in shown
    assert shown.index("Wersja 2") < shown.index("Wersja 1")


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
    assert row.text in text(page.get("/plany/dzis/"))

    answer = page.post(f"/plany/dzialanie/{row.uuid}/zrobione/", {"next": "/plany/dzis/"}, follow=True)

    assert answer.redirect_chain == [("/plany/dzis/", 302)]
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
    assert "Przeczytaj i podpisz" in text(page.get("/plany/dzis/"))
    made.signed_by_all(pair)
    made.step(pair, Step.BEGIN)
    Review.objects.update(due_on=made.today())
    assert "Przeprowadź przegląd" in text(page.get("/plany/dzis/"))
    made.step(pair, Step.COMPLETE)
    JointPlan.objects.update(closed_on=made.today() - timedelta(days=100))

    assert "po 3 miesiącach" in text(page.get("/plany/dzis/"))
    form = address(pair, "zatrudnienie/3/")
    assert page.get(form).status_code == 200
    assert page.post(form, {"employment": "employed", "source": "employer"}).status_code == 302
    assert page.post(form, {"employment": "employed", "source": "employer"}).status_code == 422
    assert EmploymentCheck.objects.get().employment == "employed"
    assert "Pracuje u pracodawcy" in text(page.get(address(pair)))
    assert "po 3 miesiącach pracowało 1 z 1 osób" in text(page.get("/plany/"))
    assert page.get(address(pair, "zatrudnienie/4/")).status_code == 404
    assert "Nic na Ciebie nie czeka" in text(page.get("/plany/dzis/"))


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
    [("osoba", "pdf", b"%PDF"), ("calosc", "pdf", b"%PDF"), ("calosc", "docx", b"PK")],
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
