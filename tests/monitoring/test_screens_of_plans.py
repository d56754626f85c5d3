from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

import pytest

from spoiwo.institutions.types import Role
from spoiwo.monitoring import services
from spoiwo.monitoring.models import Board, Collection, Objective, QuestionSource
from spoiwo.monitoring.services import boards, programmes
from spoiwo.monitoring.types import View
from spoiwo.surveys import queries as surveys
from tests.makers import institutions
from tests.makers.monitoring import NOON, analyst, answered, approved, measure
from tests.monitoring.test_editions_become_observations import closed_edition
from tests.monitoring.test_screens_of_figures import browser, published, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path


def test_an_edition_is_mapped_and_taken_in():
    office = institutions.institution()
    made = closed_edition(office)
    posts = measure("posts", unit="post")
    client = browser(office)
    address = f"/wskazniki/edycje/{made.uuid}/"

    empty = client.post(f"{address}wczytaj/", follow=True)
    given = {"question": "jobs|", "measure": posts.pk, "kinds": "cis, ps", "dimension": "sex", "value": "K"}
    client.post(address, given)
    taken = client.post(f"{address}wczytaj/", follow=True)
    listed = text(client.get("/wskazniki/edycje/"))

    source = QuestionSource.objects.get()
    assert "Najpierw wskaż, które" in text(empty)
    assert (source.kinds, source.cell) == (["cis", "ps"], {"sex": "K"})
    assert "Podmioty, których odpowiedzi wczytano: 3; obserwacje nowe lub zmienione: 3." in text(taken)
    assert made.title in listed
    client.post(f"{address}zrodlo/{source.pk}/")
    assert not QuestionSource.objects.exists()
    assert client.post(address, {"question": "?"}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    stranger = browser(institutions.institution())
    assert stranger.get(address).status_code == HTTPStatus.NOT_FOUND
    assert "Żadna edycja nie jest jeszcze zamknięta" in text(stranger.get("/wskazniki/edycje/"))


def test_a_question_is_named_and_feeds_a_division_that_the_measure_has():
    office = institutions.institution()
    made = closed_edition(office)
    parted, whole = measure("posts", unit="post"), measure("money", unit="pln", dimensions=())
    client = browser(office)
    address = f"/wskazniki/edycje/{made.uuid}/"
    given = {"question": "jobs|", "kinds": "", "dimension": "age", "value": "18-25"}

    offered = text(client.get(address))
    other = client.post(address, {**given, "measure": parted.pk})
    none = client.post(address, {**given, "measure": whole.pk})
    nothing = client.post(address, given)
    client.post(address, {**given, "measure": whole.pk, "dimension": ""})
    client.post(address, {**given, "measure": parted.pk, "dimension": "", "question": "kind|cis"})

    assert "Pytanie jobs (jobs)" in offered
    assert "Pytanie kind (kind = cis)" in offered
    assert "Ta miara ma podziały: sex." in text(other)
    assert "Tej miary nic nie dzieli." in text(none)
    assert "Tej miary nic nie dzieli." in text(nothing)
    assert '<td data-l="Pytanie">Pytanie jobs (jobs)</td>' in text(client.get(address))
    assert QuestionSource.objects.count() == 2


def test_those_who_write_cards_find_editions_from_every_page():
    office = institutions.institution()

    pages = [
        text(browser(office).get(f"/wskazniki/{where}/")) for where in ("analiza", "miary", "program", "moje")
    ]
    other = text(browser(office, Role.CASE_WORKER).get("/wskazniki/analiza/"))

    assert all("/wskazniki/edycje/" in page for page in pages)
    assert "/wskazniki/edycje/" not in other


def test_an_edition_without_a_survey_has_no_labels():
    assert surveys.labels_of(uuid4(), institution_id=1) == {}


def test_a_programme_is_planned_watched_and_reported():
    office, version = published()
    client = browser(office)

    begun = client.post(
        "/wskazniki/program/nowy/", {"name": "Program", "first_year": "2024", "last_year": "2027"}
    )
    address = begun["Location"]
    client.post(f"{address}cel/", {"name": "Praca"})
    goal = Objective.objects.get()
    client.post(f"{address}wskaznik/", {"objective": goal.pk, "indicator": version.indicator_id})
    for day in ("1.03.2025", "1.03.2099"):
        client.post(
            f"{address}termin/",
            {"what": "Dane z ankiet", "period": "2025", "owner": office.pk, "due_on": day},
        )
    page = text(client.get(address))

    assert "Praca" in page
    assert "90 (2027)" in page
    assert "Droga od wartości bazowej do celu" in page
    assert "po terminie" in page
    assert "oczekiwane" in page
    assert "Program" in text(client.get("/wskazniki/program/"))
    one = Collection.objects.order_by("due_on").first()
    assert "Dane oznaczono jako dostarczone." in text(client.post(f"{address}termin/{one.pk}/", follow=True))
    assert "dostarczone po terminie" in text(client.get(address))
    assert client.post(f"{address}termin/{one.pk}/").status_code == HTTPStatus.NOT_FOUND


def test_a_programme_is_changed_on_one_page():
    office, version = published()
    by = analyst(office)
    made = programmes.begin_programme(name="Program", first_year=2024, last_year=2027, by=by)
    goal = programmes.add_objective(programme_id=made.pk, name="Praca", above_id=None, by=by)
    programmes.watch_objective(
        programme_id=made.pk, objective_id=goal.pk, indicator_id=version.indicator_id, by=by
    )
    client = browser(office)
    address = f"/wskazniki/program/{made.pk}/zmiana/"
    asked = text(client.get(address))
    given: dict[str, object] = {"name": "Nowy program", "first_year": "2024", "last_year": "2028"}
    given["edit_version"] = "1"
    given |= {f"objective-{goal.pk}": "Dobra praca", f"watching-{goal.pk}": [version.indicator_id]}

    saved = text(client.post(address, given, follow=True))
    late = client.post(address, given | {"name": "Jeszcze inny"})
    wrong = client.post(address, given | {"last_year": "2000", "edit_version": "2"})

    assert "Wskaźniki celu „Praca”" in asked
    assert "Program zapisano." in saved
    assert "Dobra praca" in saved
    assert "Absolwenci" in saved
    assert late.status_code == HTTPStatus.CONFLICT
    assert "Jeszcze inny" in text(late)
    assert 'name="edit_version" value="2"' in text(late)
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert browser(institutions.institution()).get(address).status_code == HTTPStatus.NOT_FOUND


def test_a_dashboard_of_a_programme_shows_the_own_institution_too():
    office, version = published()
    by = analyst(office)
    made = programmes.begin_programme(name="Program", first_year=2024, last_year=2027, by=by)
    goal = programmes.add_objective(programme_id=made.pk, name="Praca", above_id=None, by=by)
    programmes.watch_objective(
        programme_id=made.pk, objective_id=goal.pk, indicator_id=version.indicator_id, by=by
    )
    own = [answered(unit=office.code, value=7.0), answered(unit=office.code, value=8.0, period="2020")]
    services.record_observations(own, institution_id=office.pk, at=NOON)
    client = browser(office)

    begun = text(client.get(f"/wskazniki/tablice/?program={made.pk}"))
    address = client.post("/wskazniki/tablice/", {"title": "Program", "programme_id": made.pk})["Location"]
    client.post(f"{address}dodaj/", {"karta": "graduates", "widok": "my"})
    page = text(client.get(address))

    assert f'<option value="{made.pk}" selected>Program</option>' in begun
    assert page.count('viewBox="0 0 640') == 2
    assert "My i region" in page
    assert '<th scope="row">2020</th><td class="num">8</td><td class="num">.</td>' in page
    assert '<th scope="row">2025</th><td class="num">7</td><td class="num">126</td>' in page


def test_what_a_plan_cannot_hold_is_explained():
    office = institutions.institution()
    client = browser(office)
    made = programmes.begin_programme(name="P", first_year=2024, last_year=2025, by=analyst(office))

    years = client.post("/wskazniki/program/nowy/", {"name": "P", "first_year": "2025", "last_year": "2024"})
    nameless = client.post(f"/wskazniki/program/{made.pk}/cel/", {"name": ""})

    assert "nie może być wcześniejszy" in text(years)
    assert nameless.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert client.get("/wskazniki/program/0/").status_code == HTTPStatus.NOT_FOUND
    stranger = browser(institutions.institution())
    assert stranger.post(f"/wskazniki/program/{made.pk}/cel/", {"name": "X"}).status_code == 404
    assert "Dodaj cel" not in text(stranger.get(f"/wskazniki/program/{made.pk}/"))


def test_a_delivery_made_in_time_says_so():
    office = institutions.institution()
    by = analyst(office)
    made = programmes.begin_programme(name="P", first_year=2024, last_year=2027, by=by)
    day = NOON.date()
    one = programmes.plan_collection(
        programme_id=made.pk,
        what="Dane",
        period="2025",
        owner_id=office.pk,
        due_on=day,
        indicator_id=None,
        by=by,
    )
    programmes.mark_delivered(collection_id=one.pk, day=day, by=by)

    assert "dostarczone w terminie" in text(browser(office).get(f"/wskazniki/program/{made.pk}/"))


def test_the_report_for_the_marshal_has_text_figures_pictures_and_cards():
    office, version = published()
    by = analyst(office)
    made = programmes.begin_programme(name="Program", first_year=2024, last_year=2027, by=by)
    goal = programmes.add_objective(programme_id=made.pk, name="Praca", above_id=None, by=by)
    programmes.watch_objective(
        programme_id=made.pk, objective_id=goal.pk, indicator_id=version.indicator_id, by=by
    )
    programmes.plan_collection(
        programme_id=made.pk, what="Dane z ankiet", period="2025", owner_id=office.pk, due_on=NOON.date(),
        indicator_id=None, by=by,
    )  # fmt: skip
    client = browser(office)
    address = f"/wskazniki/program/{made.pk}/raport/2025/"

    saved = client.post(
        address, {"introduction": "Wstęp", "conclusions": "Wniosek", "edit_version": "0"}, follow=True
    )
    late = client.post(address, {"introduction": "Inny wstęp", "edit_version": "0"})
    page = text(saved)

    for words in (
        "Wstęp",
        "Wniosek",
        "wyniosła 126",
        "W okresie 2024 było to 66.",
        "Cel 50 osiągnięto.",
        "Dane z ankiet",
    ):
        assert words in page
    assert late.status_code == HTTPStatus.CONFLICT
    assert client.get(f"{address}raport.docx").content[:2] == b"PK"
    assert client.get(f"{address}raport.pdf").content[:5] == b"%PDF-"
    assert client.get(f"/wskazniki/program/{made.pk}/raport/2030/").status_code == HTTPStatus.NOT_FOUND
    stranger = browser(institutions.institution())
    assert stranger.get(address).status_code == HTTPStatus.OK
    assert stranger.post(address, {"introduction": "X"}).status_code == HTTPStatus.NOT_FOUND
    assert "nie ma wartości, którą wolno pokazać" in text(
        client.get(f"/wskazniki/program/{made.pk}/raport/2026/")
    )


def test_a_report_without_indicators_says_so_and_a_missed_target_too():
    office, version = published()
    by = analyst(office)
    made = programmes.begin_programme(name="Program", first_year=2024, last_year=2027, by=by)
    empty = text(browser(office).get(f"/wskazniki/program/{made.pk}/raport/2025/"))
    goal = programmes.add_objective(programme_id=made.pk, name="Praca", above_id=None, by=by)
    programmes.watch_objective(
        programme_id=made.pk, objective_id=goal.pk, indicator_id=version.indicator_id, by=by
    )
    version.aims = version.aims | {"targets": {"2025": 500.0}}
    version.save()

    odt = browser(office).get(f"/wskazniki/program/{made.pk}/raport/2025/raport.odt")
    assert odt.status_code == HTTPStatus.NOT_FOUND
    assert "Żaden wskaźnik nie mierzy jeszcze celów tego programu." in empty
    assert "Celu 500 nie osiągnięto." in text(
        browser(office).get(f"/wskazniki/program/{made.pk}/raport/2025/")
    )


def test_a_dashboard_is_put_together_and_taken_apart():
    office, _version = published()
    client = browser(office)

    address = client.post("/wskazniki/tablice/", {"title": "Moja tablica"})["Location"]
    for view in ("mapa", "tabela"):
        client.post(f"{address}dodaj/", {"karta": "graduates", "widok": view})
    client.post(f"{address}dodaj/", {"karta": "nic", "widok": "mapa"})
    page = text(client.get(address))
    board = Board.objects.get()

    assert page.count("Zdejmij") >= 2
    assert "Moja tablica" in text(client.get("/wskazniki/tablice/"))
    client.post(f"{address}zmiana/", {"tile": board.tiles.first().pk})
    assert board.tiles.count() == 1
    assert client.post(f"{address}zmiana/", {"tile": "0"}).status_code == HTTPStatus.NOT_FOUND
    client.post(f"{address}zmiana/")
    assert not Board.objects.exists()
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert client.post("/wskazniki/tablice/", {"title": ""}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_shared_dashboard_is_looked_at_only(monkeypatch):
    office, _version = published()
    owner = analyst(office)
    board = boards.begin_board(title="Wspólna", place="", shared=True, by=owner)
    boards.add_tile(board_id=board.pk, code="graduates", view=View.RANKING, by=owner)
    client = browser(office)

    page = text(client.get(f"/wskazniki/tablice/{board.pk}/"))
    refused = client.post(f"/wskazniki/tablice/{board.pk}/dodaj/", {"karta": "graduates", "widok": "mapa"})
    own = client.post("/wskazniki/tablice/", {"title": "Pełna"})["Location"]
    monkeypatch.setattr(boards, "MOST_TILES", 0)
    full = client.post(f"{own}dodaj/", {"karta": "graduates", "widok": "mapa"}, follow=True)

    assert "<svg" in page
    assert "Zdejmij" not in page
    assert refused.status_code == HTTPStatus.NOT_FOUND
    assert "Tablica mieści najwyżej" in text(full)


def test_an_institution_stands_beside_the_region():
    office, _version = published()
    pup = institutions.institution("pup-probny")
    told = [answered(unit=pup.code, value=7.0), answered(unit=pup.code, value=8.0, period="2020")]
    services.record_observations(told, institution_id=office.pk, at=NOON)

    page = text(browser(pup, Role.CASE_WORKER).get("/wskazniki/moje/"))
    nothing = text(browser(institutions.institution()).get("/wskazniki/moje/"))

    assert '<td data-l="My" class="num">7</td><td data-l="Region" class="num">126</td>' in page
    assert "O Twojej instytucji nic jeszcze nie podano" in nothing


def test_a_dashboard_begins_with_the_own_institution_beside_the_region():
    office, _version = published()
    approved(office, code="silent", entry={"numerator": measure("silent").code})
    pup = institutions.institution("pup-probny")
    services.record_observations([answered(unit=pup.code, value=7.0)], institution_id=office.pk, at=NOON)
    client = browser(pup)

    page = text(client.post("/wskazniki/tablice/", {"title": "My", "about_us": "on"}, follow=True))

    assert "Absolwenci, My i region" in page
    assert '<th scope="row">2025</th><td class="num">7</td><td class="num">126</td>' in page
    assert "/wskazniki/silent/" not in page
