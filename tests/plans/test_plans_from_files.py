"""Plans that were kept elsewhere come in from a file; what cannot be taken is kept with its reasons."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from spoiwo.audit.models import AuditRecord
from spoiwo.institutions.types import Kind
from spoiwo.plans import messages
from spoiwo.plans.models import Action, JointPlan, PlanEvent, PlanFile, RefusedPlanLine, Review
from spoiwo.plans.rules import files as rules
from spoiwo.plans.services import importing, starting
from spoiwo.plans.types import ActionState
from spoiwo.toolkit import sheets
from tests.makers import institutions
from tests.makers import plans as made
from tests.makers.plan_pages import browser, text
from tests.makers.registers import bring_in, row

TODAY = date(2026, 11, 1)
GOOD = {
    "numer": "IPW/7",
    "numer_klienta": "L1",
    "stan": "realizowany",
    "data_podpisania": "2026-02-01",
    "od": "2026-02-01",
    "do": "31.12.2026",
    "problem": "Długie bezrobocie",
    "cel": "Praca",
    "dzialanie": "Kurs",
}


def line(number=2, **cells):
    return rules.FileLine(number, {**dict.fromkeys(rules.COLUMNS, ""), "partner": "ops", **GOOD, **cells})


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"cel": ""}, "missing:cel"),
        ({"cel": "x" * 301}, "too_long:cel"),
        ({"od": "wiosną"}, "day:od"),
        ({"data_podpisania": "2026-11-02"}, "to_come:data_podpisania"),
        ({"stan": "nowy"}, "code:stan"),
        ({"obszar": "magia"}, "code:obszar"),
        ({"odpowiada": "nikt"}, "code:odpowiada"),
        ({"wynik": "prawie", "data_wyniku": "2026-03-01"}, "code:wynik"),
        ({"wynik": "zrobione"}, "missing:data_wyniku"),
        ({"wynik": "niezrobione", "data_wyniku": "2026-03-01"}, "missing:opis_wyniku"),
        ({"stan": "zakonczony"}, "missing:data_zamkniecia"),
        ({"stan": "zawieszony"}, "missing:powod"),
    ],
)
def test_a_line_says_what_is_wrong_with_it(cells, problem):
    assert rules.problems_of([line()], today=TODAY) == [()]
    ((found,),) = rules.problems_of([line(**cells)], today=TODAY)

    assert found == problem
    assert messages.problem_in_words(found)


def test_lines_of_one_plan_tell_the_same_of_it():
    plans = rules.plans_in([line(2), line(3, numer="B"), line(4, do="2026-12-30"), line(5, numer="")])

    assert [[one.number for one in plan] for plan in plans] == [[2, 4], [3], [5]]
    assert rules.problems_of(plans[0], today=TODAY) == [(), ("differs:do",)]


def test_goals_actions_and_their_results_are_read():
    keys = iter("abcdef")
    plan = rules.read_plan(
        [
            line(2, termin_celu="2026-06-30", obszar="Training", wynik="Zrobione", data_wyniku="2026-05-01"),
            line(3, dzialanie="Staż", odpowiada="partner", dzialanie_od="2026-03-01"),
            line(4, cel="Zdrowie", dzialanie="Lekarz", odpowiada="osoba"),
        ]
    )

    content, results = rules.content_of_file(plan, own=1, partner=2, new_key=lambda: next(keys))

    assert [goal.text for goal in content.goals] == ["Praca", "Zdrowie"]
    course, internship = content.goals[0].actions
    assert (course.owner, course.area, course.due_on) == (1, "training", date(2026, 6, 30))
    assert (internship.owner, internship.starts_on) == (2, date(2026, 3, 1))
    assert content.goals[1].actions[0].owner == 0
    assert results == {course.key: rules.Result(state=ActionState.DONE, on=date(2026, 5, 1), text="")}
    assert rules.content_problems(content) == ()


def test_a_plan_that_would_not_be_one_here_is_none():
    plan = rules.read_plan([line(do="2026-01-01")])

    content, _results = rules.content_of_file(plan, own=1, partner=2, new_key=str)

    problems = rules.content_problems(content)
    assert "fault:ends_before_start:" in problems
    assert "Plan kończy się" in messages.problem_in_words("fault:ends_before_start:")


def table(*lines):
    out = io.StringIO()
    writer = csv.DictWriter(out, rules.COLUMNS, delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode("cp1250")


def of(couple, **cells):
    return {"partner": couple.town.welfare.code, **GOOD, **cells}


def read(couple, *lines, by=None):
    actor = by or couple.labour
    with made.as_actor(actor):
        return importing.import_plans("plany.csv", table(*lines), today=made.today(), at=made.now(), by=actor)


def refused(file):
    return {one.number: one.problems for one in RefusedPlanLine.objects.filter(file=file)}


@pytest.mark.django_db
def test_a_plan_under_way_goes_on_here_for_both_parties():
    couple = made.partners()
    done = {"wynik": "zrobione", "data_wyniku": "2026-03-01", "opis_wyniku": "świadectwo"}

    file = read(couple, of(couple, **done), of(couple, dzialanie="Staż", odpowiada="partner"))

    assert (file.plans, file.taken, file.refused) == (1, 1, 0)
    for actor in (couple.labour, couple.welfare):
        with made.as_actor(actor):
            plan = JointPlan.objects.visible_to(actor).get()
            assert (plan.state, plan.former_number, plan.number) == ("active", "IPW/7", f"WP/2026/{plan.pk}")
            assert sorted(Action.objects.visible_to(actor).values_list("text", "state", "result")) == [
                ("Kurs", "done", "świadectwo"),
                ("Staż", "planned", ""),
            ]
            assert Review.objects.visible_to(actor).get(held_on=None).due_on > made.today()
            assert PlanEvent.objects.visible_to(actor).get().kind == "imported"
    told = AuditRecord.objects.filter(object_ref=f"plan-file:{file.uuid}")
    assert {(one.institution_id, one.action, one.count) for one in told} == {
        (couple.town.labour.pk, "plan", 1),
        (couple.town.welfare.pk, "plan", 1),
    }


@pytest.mark.django_db
def test_a_closed_plan_leaves_nothing_open_and_the_next_one_may_begin():
    couple = made.partners()
    ended = {"numer": "IPW/1", "stan": "zakonczony", "data_zamkniecia": "2026-06-30"}

    file = read(couple, of(couple, **ended), of(couple))

    assert (file.taken, file.refused) == (2, 0)
    assert Action.objects.get(plan__former_number="IPW/1").state == "cancelled"
    assert Review.objects.get().plan.former_number == "IPW/7"


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing():
    couple = made.partners()
    read(couple, of(couple))

    file = read(couple, of(couple))

    assert (file.taken, file.known, file.refused) == (0, 1, 0)
    assert JointPlan.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"numer_klienta": "X"}, "client"),
        ({"partner": "nie-ma"}, "partner"),
        ({"od": "2026-12-31"}, "fault:ends_before_start:"),
    ],
)
def test_what_cannot_be_taken_is_kept_with_its_reason(cells, problem):
    couple = made.partners()

    file = read(couple, of(couple, **cells), of(couple, dzialanie="Staż", **cells))

    assert (file.taken, file.refused) == (0, 1)
    found = refused(file)
    assert problem in found[2]
    assert found[3] == ["of_refused"]
    assert all(messages.problem_in_words(code) for codes in found.values() for code in codes)


@pytest.mark.django_db
def test_a_wrong_line_keeps_its_whole_plan_out():
    couple = made.partners()

    file = read(couple, of(couple), of(couple, dzialanie=""))

    assert refused(file) == {2: ["of_refused"], 3: ["missing:dzialanie"]}


@pytest.mark.django_db
def test_nobody_is_planned_with_without_an_agreement_or_a_common_client():
    couple = made.partners()
    stranger = institutions.institution("", Kind.OPS, short_name="OPS Obcy")
    bring_in(couple.town.labour, row("L1"), row("L2"))

    file = read(
        couple,
        of(couple, partner=stranger.code),
        of(couple, numer="IPW/8", numer_klienta="L2"),
    )

    assert refused(file) == {2: ["not_shared"], 3: ["not_common"]}


@pytest.mark.django_db
def test_a_person_has_one_open_plan_whoever_was_quicker(monkeypatch):
    couple = made.started()
    slow = importing._reading

    file = read(couple, of(couple))
    assert refused(file) == {2: ["open_already"]}

    def before_the_other(*args, **kwargs):
        found = slow(*args, **kwargs)
        found.open_pairs.clear()
        return found

    monkeypatch.setattr(importing, "_reading", before_the_other)
    closed = {"numer": "IPW/1", "stan": "przerwany", "powod": "wyjazd", "data_zamkniecia": "2026-06-30"}
    late = read(couple, of(couple), of(couple, **closed))

    assert (late.taken, late.refused) == (1, 1)
    assert refused(late) == {2: ["open_already"]}


@pytest.mark.django_db
def test_a_file_is_read_on_screen_and_its_refused_rows_are_saved():
    couple = made.partners()
    page = browser(couple.labour)
    content = table(of(couple), of(couple, numer="IPW/8", numer_klienta="X"))

    answer = page.post("/plany/pliki/", {"file": SimpleUploadedFile("plany.csv", content)}, follow=True)

    shown = text(answer)
    assert "Przyjęto 1 plan." in shown
    assert "nikt w Twoim rejestrze nie ma tego numeru" in shown
    file = PlanFile.objects.get()
    saved = page.get(f"/plany/pliki/{file.uuid}/odrzucone.csv").content.decode()
    assert "IPW/8" in saved
    assert "nikt w Twoim rejestrze" in saved
    assert "plany.csv" in text(page.get("/plany/pliki/"))
    versions = text(page.get(f"/plany/{JointPlan.objects.get().uuid}/wersje/"))
    assert versions.count("na papierze, zanim plan wczytano z pliku") == 3
    theirs = browser(couple.welfare)
    assert theirs.get(f"/plany/pliki/{file.uuid}/").status_code == 404
    assert theirs.get(f"/plany/pliki/{file.uuid}/odrzucone.csv").status_code == 404


@pytest.mark.django_db
def test_a_workbook_is_read_like_a_text_file():
    couple = made.partners()
    told = of(couple, do=date(2026, 12, 31))
    content = sheets.xlsx_file("plany", rules.COLUMNS, [[told.get(name, "") for name in rules.COLUMNS]])

    answer = browser(couple.labour).post(
        "/plany/pliki/", {"file": SimpleUploadedFile("plany.xlsx", content)}, follow=True
    )

    assert "Przyjęto 1 plan." in text(answer)
    assert JointPlan.objects.get().ends_on == date(2026, 12, 31)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 nic", "Nie da się odczytać pliku XLSX"),
        (b"numer;stan\n1;2\n", "Brakuje kolumn"),
        (b"", "pust"),
        (b'"', "urywa"),
    ],
)
def test_an_unusable_file_says_why(content, words):
    page = browser(made.partners().labour)

    answer = page.post("/plany/pliki/", {"file": SimpleUploadedFile("x.csv", content)})

    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.django_db
def test_a_plan_that_was_brought_in_is_changed_with_everybodys_signature():
    couple = made.partners()
    read(couple, of(couple, do=f"{made.today() + timedelta(days=90):%Y-%m-%d}"))
    couple.plan = JointPlan.objects.get()

    with made.as_actor(couple.welfare):
        version = starting.begin_change(couple.uuid, at=made.now(), by=couple.welfare)

    assert (version.number, version.state) == (2, "draft")
