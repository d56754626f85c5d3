import json
import sys
from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from spoiwo.institutions.types import Role
from spoiwo.monitoring import queries, services
from spoiwo.monitoring.models import Boundary, PublishingRun
from spoiwo.monitoring.services import runs
from spoiwo.monitoring.types import View
from spoiwo.territory.services import import_terc
from spoiwo.toolkit.jobs import perform
from tests.makers import institutions, territory
from tests.makers.monitoring import NOON, analyst, answered, approved, draft, measure, reported
from tests.monitoring.test_pictures import geo

pytestmark = pytest.mark.django_db
AIMS = {
    "direction": "up",
    "baseline": 30.0,
    "baseline_period": "2022",
    "targets": {"2025": 50.0, "2027": 90.0},
    "breaks": {"2025": "nowa ankieta"},
    "due_days": 90,
    "least_response": 60,
}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "monitoring"


def browser(office, *roles: Role) -> Client:
    account = institutions.user()
    institutions.member(office, *(roles or (Role.ANALYST,)), account=account)
    client = Client()
    client.force_login(account)
    return client


def text(answer) -> str:
    page: str = answer.content.decode()
    return page


def published(**given):
    """An office with a card over two years and two counties."""
    office = institutions.institution("rops", name="ROPS Próbny")
    measure()
    for period, first in (("2024", 10.0), ("2025", 20.0)):
        for county in ("0801011", "0861011"):
            told = [
                answered(unit=f"{county}{number}", territory=county, period=period, value=first + number)
                for number in range(3)
            ]
            services.record_observations(told, institution_id=office.pk, at=NOON)
    texts = {"definition": "Kto ukończył zajęcia", "limitations_en": "Counted once a year"}
    return office, approved(office, aims=AIMS, texts=texts, **given)


def test_a_card_shows_its_target_its_pictures_its_fields_and_its_quality():
    office, _version = published()

    page = text(browser(office).get("/wskazniki/graduates/"))

    for words in (
        "cel na 2025: 50",
        "cel osiągnięty",
        "wartość bazowa 2022: 30",
        "nowa ankieta",
        "Kto ukończył zajęcia",
        "Counted once a year",
        "w ciągu 90 dni po okresie",
        "Minimalna zwrotność",
        "Zwrotność w najnowszym okresie",
        "100 %".replace(" ", "\xa0"),
    ):
        assert words in page
    assert page.count("<svg") >= 2


def test_a_card_is_printed_with_all_its_fields():
    office, _version = published()
    client = browser(office)

    docx = client.get("/wskazniki/graduates/karta.docx")
    pdf = client.get("/wskazniki/graduates/karta.pdf")

    assert docx.content[:2] == b"PK"
    assert pdf.content[:5] == b"%PDF-"
    assert client.get("/wskazniki/graduates/karta.odt").status_code == HTTPStatus.NOT_FOUND


def test_a_draft_is_printed_without_figures():
    office = institutions.institution()
    measure()
    services.draft_card(draft(), at=NOON, by=analyst(office))

    assert browser(office).get("/wskazniki/graduates/karta.docx").content[:2] == b"PK"


def test_new_data_are_published_with_one_button():
    office, _version = published()
    reported(office, 1.0, 2.0, 3.0, period="2023")
    client = browser(office)

    first = client.post("/wskazniki/graduates/publikuj/", follow=True)
    second = client.post("/wskazniki/graduates/publikuj/", follow=True)

    assert "Wydano publikację nr 2." in text(first)
    assert "nic się nie zmieniło" in text(second)
    assert client.post("/wskazniki/nic/publikuj/").status_code == HTTPStatus.NOT_FOUND
    others = browser(institutions.institution())
    assert others.post("/wskazniki/graduates/publikuj/").status_code == HTTPStatus.NOT_FOUND


def test_all_cards_are_published_together():
    office, _version = published()
    client = browser(office)
    reported(office, 1.0, 2.0, 3.0, period="2023")

    asked = client.post("/wskazniki/publikuj/", follow=True)
    address = asked.redirect_chain[-1][0]
    run = PublishingRun.objects.get()
    perform(runs.PUBLISH, run_id=run.pk)
    done = text(client.get(address, headers={"HX-Request": "true"}))

    assert "0 z 1 kart" in text(asked)
    assert "hx-get" in text(asked)
    assert "1 karta ma nowe wartości." in done
    assert "<h1>" not in done
    assert "hx-get" not in done, "nobody asks any more"
    stranger = browser(institutions.institution())
    assert stranger.get(address).status_code == HTTPStatus.NOT_FOUND


def test_a_figure_opens_its_rows_and_is_computed_again():
    office, version = published()
    publication = version.publications.get()
    figure = publication.figures.get(territory="0801", period="2025")
    client = browser(office)

    page = text(client.get(f"/wskazniki/graduates/dowod/{publication.pk}/{figure.pk}/"))
    proof = text(client.get(f"/wskazniki/graduates/dowod/{publication.pk}/"))

    assert "08010110" in page
    assert '<p class="big">63</p>' in page
    assert "Wszystko wyszło tak, jak opublikowano" in proof
    assert "Odtworzono 6 opublikowanych wartości" in proof


def test_rows_are_shown_to_those_entitled_only():
    office, version = published()
    publication = version.publications.get()
    figure = publication.figures.first()
    address = f"/wskazniki/graduates/dowod/{publication.pk}/{figure.pk}/"

    worker = text(browser(office, Role.CASE_WORKER).get(address))
    other = text(browser(institutions.institution()).get(address))

    assert "Wiersze widzą analitycy i dyrekcja" in worker
    assert "Twoja instytucja nie zapisała żadnego wiersza" in other
    assert browser(office).get(f"/wskazniki/graduates/dowod/{publication.pk}/0/").status_code == 404
    assert browser(office).get(f"/wskazniki/inna/dowod/{publication.pk}/").status_code == 404


def test_the_proof_says_what_is_lost(folder: Path):
    office, version = published()
    publication = version.publications.get()
    for path in folder.glob("2025-*"):
        path.unlink()
    (folder / f"{publication.snapshot}.json").unlink()
    figure = publication.figures.first()
    client = browser(office)

    proof = text(client.get(f"/wskazniki/graduates/dowod/{publication.pk}/"))
    rows = client.get(f"/wskazniki/graduates/dowod/{publication.pk}/{figure.pk}/")

    assert "Nie wszystko wyszło tak, jak opublikowano" in proof
    assert rows.status_code == HTTPStatus.OK


@pytest.mark.parametrize("view", [view.value for view in View])
def test_every_view_has_a_table_and_files(view):
    office, _version = published()
    client = browser(office)
    query = f"karta=graduates&widok={view}&poziom=4&okres=2025&wczesniej=2024&miejsce=0801"

    page = text(client.get(f"/wskazniki/analiza/?{query}"))

    assert "To samo w tabeli" in page
    for form in ("csv", "xlsx"):
        assert client.get(f"/wskazniki/analiza/plik.{form}?{query}").status_code == HTTPStatus.OK
    drawn = client.get(f"/wskazniki/analiza/plik.png?{query}")
    if view in {View.PIVOT, View.OWN}:  # nothing was reported about the office itself
        assert drawn.status_code == HTTPStatus.NOT_FOUND
    else:
        assert drawn.content.startswith(b"\x89PNG")
        assert client.get(f"/wskazniki/analiza/plik.svg?{query}").content.startswith(b"<svg")
    assert client.get(f"/wskazniki/analiza/plik.gif?{query}").status_code == HTTPStatus.NOT_FOUND


def test_an_analysis_without_cards_or_figures_says_so():
    office = institutions.institution()
    client = browser(office)
    empty = text(client.get("/wskazniki/analiza/"))
    assert client.get("/wskazniki/analiza/plik.csv").status_code == HTTPStatus.NOT_FOUND
    measure()
    approved(office)

    assert "Nie ma jeszcze żadnej karty" in empty
    assert "Nie ma jeszcze wartości" in text(client.get("/wskazniki/analiza/?widok=nic&poziom=x"))


def test_a_breakdown_is_chosen_and_a_map_has_shapes_when_there_are_boundaries():
    office = institutions.institution()
    measure()
    for sex in ("K", "M"):
        told = [answered(unit=f"U{number}", cell={"sex": sex}) for number in range(3)]
        services.record_observations(told, institution_id=office.pk, at=NOON)
    approved(office, entry={"by": ["sex"]})
    client = browser(office)

    tiles = text(client.get("/wskazniki/analiza/?widok=mapa&przekroj=K"))
    Boundary.objects.create(code="0801", rings=[[[15, 52], [15.2, 52], [15.2, 52.2], [15, 52]]])
    shapes = text(client.get("/wskazniki/analiza/?widok=mapa&przekroj=K"))

    assert "<rect" in tiles
    assert "<path d=" in shapes
    assert '<option value="K" selected>' in shapes or 'value="K"' in shapes


def test_everybody_reads_open_data():
    _office, version = published()
    client = Client()

    listed = text(client.get("/wskazniki/dane/"))
    card = text(client.get("/wskazniki/dane/graduates/"))
    csv = client.get("/wskazniki/dane/graduates/wartosci.csv")
    content = json.loads(client.get("/wskazniki/dane/graduates/wartosci.json").content)
    described = json.loads(client.get("/wskazniki/dane/graduates/metadane.json").content)

    publication = version.publications.get()
    assert "Absolwenci" in listed
    assert "Kto ukończył zajęcia" in card
    assert csv.content.decode().splitlines()[:2] == [
        "territory;level;period;value;numerator;denominator;units;status",
        "08;2;2024;66;66;;6;ok",
    ]
    assert csv["Access-Control-Allow-Origin"] == "*"
    assert [row["value"] for row in content["figures"] if row["level"] == 2] == [66.0, 126.0]
    assert described["publication"]["table"] == publication.table_hash
    assert described["tableSchema"]["columns"][0]["name"] == "territory"
    assert client.get("/wskazniki/dane/nic/").status_code == HTTPStatus.NOT_FOUND


def test_without_open_cards_the_public_list_says_so():
    assert "Nic jeszcze nie opublikowano" in text(Client().get("/wskazniki/dane/"))


def test_the_second_of_two_writers_of_a_draft_sees_both():
    office = institutions.institution()
    measure()
    client = browser(office)
    choices = {
        "name_pl": "Absolwenci", "name_en": "Graduates", "code": "absolwenci", "side": "risk", "counted": "finished",
        "multiplier": "1", "levels": ["2"], "grain": "year", "time": "sum", "missing": "skip", "protects": "persons",
        "targets": "2025: 40; 2026: 41,5", "breaks": "2025: nowa ankieta", "definition": "Kto", "edit_version": "1",
    }  # fmt: skip
    client.post("/wskazniki/nowa/", choices)
    client.post("/wskazniki/absolwenci/1/zmiana/", choices | {"definition": "Kto pierwszy"})

    late = client.post("/wskazniki/absolwenci/1/zmiana/", choices | {"definition": "Kto drugi"})
    saved = client.post(
        "/wskazniki/absolwenci/1/zmiana/", choices | {"definition": "Kto drugi", "edit_version": "2"}
    )

    assert late.status_code == HTTPStatus.CONFLICT
    assert "Kto pierwszy" in text(late)
    assert "Kto drugi" in text(late)
    assert saved.status_code == HTTPStatus.FOUND
    form = text(client.get("/wskazniki/absolwenci/1/zmiana/"))
    assert "2025: 40; 2026: 41.5" in form
    assert "2025: nowa ankieta" in form


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"targets": "kiedyś: 4"}, "Tego nie można odczytać: kiedyś: 4."),
        ({"breaks": "2025"}, "Tego nie można odczytać: 2025."),
        ({"code": "analiza"}, "To słowo jest adresem innej strony."),
    ],
)
def test_what_a_card_cannot_say_is_explained(change, words):
    office = institutions.institution()
    measure()

    answer = browser(office).post("/wskazniki/nowa/", {"counted": "finished", "code": "kod"} | change)

    assert words in text(answer)


def test_an_operator_brings_boundaries():
    operator = Client()
    operator.force_login(institutions.user(is_operator=True))

    wrong = operator.post("/wskazniki/granice/", {"file": SimpleUploadedFile("a.json", b"{")})
    right = operator.post(
        "/wskazniki/granice/", {"file": SimpleUploadedFile("a.json", geo(teryt="0801"))}, follow=True
    )

    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "To nie jest plik GeoJSON ani TopoJSON" in text(wrong)
    assert "Granice ma teraz 1 miejsce." in text(right)


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("spoiwo.monitoring.forms.places.LARGEST", 3)
    operator = Client()
    operator.force_login(institutions.user(is_operator=True))

    answer = operator.post("/wskazniki/granice/", {"file": SimpleUploadedFile("a.json", geo(teryt="0801"))})

    assert "Plik ma więcej niż 20 MB" in text(answer)


def test_figures_follow_a_commune_that_was_joined_to_another():
    ropo = institutions.institution("rops", name="ROPS Próbny")
    measure()
    reported(ropo, 10.0, 20.0, 30.0, territory="0801022", period="2024")
    import_terc(territory.terc_csv())
    kept = territory.without(territory.COUNTRY, "0801022")
    import_terc(territory.terc_csv(kept, stated_on=territory.DAY.replace(year=2025)))
    version = approved(ropo, entry={"levels": [7]})
    operator = Client()
    operator.force_login(institutions.user(is_operator=True))

    before = text(operator.get("/wskazniki/gminy/"))
    said = {"code": "0801022", "before": "", "successor": "0801073"}
    after = text(operator.post("/wskazniki/gminy/", said, follow=True))
    late = text(operator.post("/wskazniki/gminy/", said, follow=True))
    services.publish_again(indicator_id=version.indicator_id, at=NOON, by=analyst(ropo))

    assert "Bogdaniec" in before
    assert "Do 31 grudnia 2024" in before
    assert "Zapisano." in after
    assert '<option value="0801073" selected>Witnica (0801073)</option>' in after
    assert "wskazał w międzyczasie inną gminę" in late
    assert [(one.territory, one.value) for one in queries.published(version)] == [("0801073", 60.0)]
    assert "Gminy, których już nie ma" in text(operator.get("/wskazniki/"))


def test_the_own_institution_stands_beside_the_region_in_the_analysis():
    office, _version = published()
    own = [answered(unit=office.code, value=7.0), answered(unit=office.code, value=8.0, period="2024")]
    services.record_observations(own, institution_id=office.pk, at=NOON)
    client = browser(office)
    operator = Client()
    operator.force_login(institutions.user(is_operator=True))

    page = text(client.get("/wskazniki/analiza/?karta=graduates&widok=my"))
    sheet = text(client.get("/wskazniki/analiza/plik.csv?karta=graduates&widok=my"))
    nobodys = text(operator.get("/wskazniki/analiza/?karta=graduates&widok=my"))

    assert '<option value="my" selected>' in page
    assert "Absolwenci, My i region" in page
    assert "2025;7;126" in sheet
    assert 'value="my"' not in nobodys
    assert "Absolwenci, My i region" not in nobodys


def test_the_page_of_a_publication_says_whether_it_was_audited(monkeypatch):
    office, version = published()
    client = browser(office)
    address = f"/wskazniki/graduates/dowod/{version.publications.get().pk}/"

    audited, proven = text(client.get("/wskazniki/graduates/")), text(client.get(address))
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    without = text(client.get(address))

    assert "niczego ukrytego nie da się podać z dokładnością do jednej czwartej" in audited
    assert "Wszystko wyszło tak, jak opublikowano" in proven
    assert "Nie wszystko wyszło tak, jak opublikowano" in without
    assert "spoiwo[interval]" in without
