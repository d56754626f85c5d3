"""Measures of one's own, and figures brought in from files."""

from http import HTTPStatus
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from spoiwo.monitoring import messages, queries, services
from spoiwo.monitoring.errors import FiguresRefused, FiguresUnusable, MeasuresUnknown, MeasureTaken
from spoiwo.monitoring.forms.cards import CardForm
from spoiwo.monitoring.forms.measures import MeasureForm
from spoiwo.monitoring.models import Measure, Observation
from spoiwo.monitoring.queries import evidence
from spoiwo.monitoring.rules import files
from spoiwo.monitoring.rules.files import read_figures
from spoiwo.monitoring.services import bringing, editions, measures, publishing
from spoiwo.monitoring.types import RefusedRow
from spoiwo.territory.services import import_terc
from spoiwo.toolkit import sheets
from tests.makers import institutions, territory
from tests.makers.monitoring import NOON, analyst, answered, approved, measure, office
from tests.monitoring.test_screens_of_figures import browser, text

CATALOGUE = {"finished": ["sex"], "grants": []}
HEADER = ["measure", "unit_id", "territory", "period", "value", "status", "confidential", "sex"]
ROW = ["finished", "CIS-1", "0801011", "2025", "12", "", "", "K"]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path


def row(**given: str) -> list[str]:
    return [given.get(name, value) for name, value in zip(HEADER, ROW, strict=True)]


def read(*rows, header=None):
    return read_figures([header or HEADER, *rows], CATALOGUE)


@pytest.mark.parametrize(
    ("value", "status", "known"),
    [
        pytest.param("12", "", (12.0, "ok"), id="a number"),
        pytest.param("1 234,5", "", (1234.5, "ok"), id="as Poles write it"),
        pytest.param("\N{MINUS SIGN}3.5", "ok", (-3.5, "ok"), id="below nought"),
        pytest.param("0", "zero_reported", (0.0, "zero_reported"), id="nought that was reported"),
        pytest.param("", "", (None, "missing"), id="empty"),
        pytest.param(".", "", (None, "missing"), id="a dot"),
        pytest.param("#", "", (None, "missing"), id="hidden by the source"),
        pytest.param("-", "", (None, "zero_reported"), id="a hyphen"),
        pytest.param("x", "na", (None, "na"), id="does not apply"),
        pytest.param("", "zero_reported", (None, "zero_reported"), id="said by the status"),
    ],
)
def test_what_stands_in_a_cell(value, status, known):
    [(_number, one)], refused = read(row(value=value, status=status))

    assert (one.value, one.status) == known
    assert refused == []


def test_a_row_is_an_observation():
    good, refused = read(row(), [""] * 8, row(sex="", unit_id="'CIS-2"))

    assert [
        (number, one.measure, one.unit, one.territory, one.period, dict(one.cell)) for number, one in good
    ] == [
        (2, "finished", "CIS-1", "0801011", "2025", {"sex": "K"}),
        (4, "finished", "CIS-2", "0801011", "2025", {}),
    ]
    assert refused == []


@pytest.mark.parametrize(
    ("given", "column", "fault"),
    [
        ({"measure": "nobody"}, "measure", "measure"),
        ({"measure": "grants"}, "sex", "dimension"),
        ({"unit_id": ""}, "unit", "unit"),
        ({"unit_id": "U" * 81}, "unit", "unit"),
        ({"territory": "801011"}, "territory", "territory"),
        ({"period": "25"}, "period", "period"),
        ({"status": "good"}, "status", "status"),
        ({"value": "many"}, "value", "value"),
        ({"confidential": "maybe"}, "confidential", "confidential"),
        ({"value": ".", "status": "ok"}, "value", "value"),
        ({"value": "5", "status": "missing"}, "value", "value"),
        ({"value": "5", "status": "zero_reported"}, "value", "value"),
    ],
)
def test_what_is_wrong_with_a_row_is_named(given, column, fault):
    good, [refused] = read(row(**given))

    assert (good, refused.number, refused.column, refused.fault) == ([], 2, column, fault)
    with translation.override("pl"):
        assert messages.row_sentence(refused).endswith(".")


def test_a_row_that_ends_early_says_what_it_lacks():
    _good, [refused] = read(["finished", "CIS-1"])

    assert refused == RefusedRow(2, "territory", "territory", "")


def test_the_same_cell_twice_is_refused():
    good, [refused] = read(row(), row(value="13"))

    assert len(good) == 1
    assert (refused.number, refused.fault, refused.said) == (3, "twice", "CIS-1")


@pytest.mark.parametrize(
    ("header", "reason", "detail"),
    [
        pytest.param(["measure", "unit_id", "territory", "period"], "missing_columns", "value", id="missing"),
        pytest.param([*HEADER, "shoe"], "unknown_columns", "shoe", id="unknown"),
        pytest.param([*HEADER, "okres"], "column_twice", "period", id="twice"),
    ],
)
def test_a_header_that_cannot_be_used(header, reason, detail):
    with pytest.raises(FiguresUnusable) as refused:
        read(row(), header=header)

    assert (refused.value.reason, refused.value.detail) == (reason, detail)
    assert detail in messages.message_for(refused.value)


def test_polish_headers_and_empty_columns_at_the_end_are_read():
    good, _refused = read(
        row(), header=["Miara", "Jednostka", "TERYT", "Okres", "Wartość", "Status", "Poufne", "sex", ""]
    )

    assert len(good) == 1


def test_a_file_without_rows_or_with_too_many(monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 1)

    with pytest.raises(FiguresUnusable, match="empty"):
        read_figures([], CATALOGUE)
    with pytest.raises(FiguresUnusable, match="too_many"):
        read(row(), row(sex="M"))


def csv(*rows) -> bytes:
    return sheets.csv_file(HEADER, rows)


@pytest.mark.django_db
def test_a_file_is_taken_in_whole_and_corrections_are_revisions():
    ropo = office()
    measure()

    first = bringing.bring_in(csv(row(), row(sex="M", value="-")), at=NOON, by=analyst(ropo))
    again = bringing.bring_in(csv(row(value="15"), row(sex="M", value="-")), at=NOON, by=analyst(ropo))

    assert (first.observations, first.fresh, again.fresh) == (2, 2, 1)
    kept = Observation.objects.order_by("pk").values_list("value", "status", "revision")
    assert list(kept) == [(12.0, "ok", 1), (None, "zero_reported", 1), (15.0, "ok", 2)]


@pytest.mark.django_db
def test_what_is_confidential_is_in_no_published_figure_and_its_holder_sees_it():
    ropo = office()
    measure()
    rows = [row(unit_id=f"CIS-{number}", sex="") for number in range(4)]
    secret = row(unit_id="CIS-9", sex="", value="40", confidential="tak")
    bringing.bring_in(csv(*rows, secret), at=NOON, by=analyst(ropo))

    version = approved(ropo)
    [figure, *_] = queries.published(version)
    behind = evidence.rows_behind(
        analyst(ropo), publishing.card_of(version), territory="08", period="2025", cell={}, newest={}
    )

    assert (figure.value, figure.n_units) == (48.0, 4)
    assert [(one.value, one.status) for one in behind if one.unit == "CIS-9"] == [(40.0, "confidential")]
    opened = bringing.bring_in(csv(row(unit_id="CIS-9", sex="", value="40")), at=NOON, by=analyst(ropo))
    assert opened.fresh == 1


@pytest.mark.parametrize(
    ("given", "confidential"),
    [
        pytest.param({}, False, id="nothing said"),
        pytest.param({"confidential": "nie"}, False, id="no"),
        pytest.param({"confidential": "TAK"}, True, id="yes"),
        pytest.param({"value": "#"}, True, id="hidden by the source"),
    ],
)
def test_what_may_not_be_published(given, confidential):
    [(_number, one)], _refused = read(row(**given))

    assert one.confidential is confidential


@pytest.mark.django_db
def test_a_workbook_is_read_too():
    ropo = office()
    measure()
    book = sheets.xlsx_file("dane", HEADER, [row(), row(sex="M")])

    assert bringing.bring_in(book, at=NOON, by=analyst(ropo)).observations == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"PK\x03\x04nothing", "unreadable", id="no workbook"),
        pytest.param(csv(), "empty", id="only a header"),
    ],
)
def test_a_file_that_cannot_be_used(content, reason):
    measure()

    with pytest.raises(FiguresUnusable, match=reason):
        bringing.bring_in(content, at=NOON, by=analyst(office()))


@pytest.mark.django_db
def test_nobody_corrects_what_another_institution_reported_and_nothing_is_taken():
    ropo, other = office(), institutions.institution("ops")
    measure()
    theirs = answered(unit="CIS-1", cell={"sex": "K"})
    services.record_observations([theirs], institution_id=other.pk, at=NOON)

    with pytest.raises(FiguresRefused) as refused:
        bringing.bring_in(csv(row(sex="M"), row()), at=NOON, by=analyst(ropo))

    assert [(one.number, one.fault) for one in refused.value.rows] == [(3, "others")]
    assert Observation.objects.count() == 1


@pytest.mark.django_db
def test_places_that_never_were_are_refused():
    import_terc(territory.terc_csv())
    measure()

    with pytest.raises(FiguresRefused) as refused:
        bringing.bring_in(
            csv(row(territory="0801099"), row(territory="1499", sex="M")), at=NOON, by=analyst(office())
        )

    assert [(one.number, one.fault) for one in refused.value.rows] == [(2, "place")]


@pytest.mark.django_db
def test_a_file_is_brought_in_on_the_screen():
    ropo = institutions.institution("rops", name="ROPS Próbny")
    measure()
    client = browser(ropo)

    bad = client.post(
        "/wskazniki/miary/z-pliku/",
        {"file": SimpleUploadedFile("a.csv", csv(row(period="25"), row(sex="M")))},
    )
    unusable = client.post("/wskazniki/miary/z-pliku/", {"file": SimpleUploadedFile("a.csv", b"a;b\r\n1;2")})
    good = client.post(
        "/wskazniki/miary/z-pliku/", {"file": SimpleUploadedFile("a.csv", csv(row()))}, follow=True
    )

    assert bad.status_code == unusable.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Nie można wczytać 1 wiersza" in text(bad)
    assert "2025-Q3" in text(bad)
    assert "Żadnej miary nie dzieli się według tych kolumn: a, b" in text(unusable)
    assert "Wczytane wartości: 1; nowe lub inne: 1." in text(good)
    assert "strumień: to, co zdarzyło się w okresie" in text(good)
    assert ">2025<" in text(good)


@pytest.mark.django_db
def test_a_file_above_five_megabytes_is_not_read(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = None
    client = browser(institutions.institution())

    answer = client.post("/wskazniki/miary/z-pliku/", {"file": SimpleUploadedFile("a.csv", b"a" * 5_000_001)})

    assert "większy niż 5 MB" in text(answer)


MEASURE = {
    "code": "zaz_staff",
    "name_pl": "Pracownicy ZAZ",
    "name_en": "Staff of ZAZ",
    "unit": "person",
    "time_rule": "last",
    "space_rule": "none",
    "dimensions": "sex, disability, sex",
    "source": "INF-Z",
    "side": "centres",
}


@pytest.mark.django_db
def test_a_measure_is_added_on_the_screen_once():
    client = browser(institutions.institution())

    added = client.post("/wskazniki/miary/nowa/", MEASURE, follow=True)
    twice = client.post("/wskazniki/miary/nowa/", MEASURE)

    made = Measure.objects.get(code="zaz_staff")
    assert (made.time_rule, made.space_rule, made.dimensions, made.is_open) == (
        "last",
        "none",
        ["sex", "disability"],
        False,
    )
    assert "Pracownicy ZAZ" in text(added)
    assert "Inna miara ma ten kod" in text(twice)
    assert twice.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize("code", ["Zaz", "only", "class", "9z"])
def test_a_code_that_formulas_could_not_read_is_refused(code):
    assert "code" in MeasureForm({**MEASURE, "code": code}).errors


@pytest.mark.parametrize("dimensions", ["value", "Płeć"])
def test_a_division_that_is_another_column_is_refused(dimensions):
    assert "dimensions" in MeasureForm({**MEASURE, "dimensions": dimensions}).errors


@pytest.mark.django_db
def test_two_measures_do_not_share_a_code():
    measure("zaz_staff")
    form = MeasureForm(MEASURE)
    assert form.is_valid()

    with pytest.raises(MeasureTaken):
        measures.add_measure(form.draft(), at=NOON, by=analyst(office()))


@pytest.mark.django_db
def test_answers_of_surveys_do_not_feed_what_is_public_anyway():
    opened = measure("council")
    Measure.objects.update(is_open=True)

    with pytest.raises(MeasuresUnknown):
        editions.feed_question(
            questionnaire="q",
            question="a",
            choice="",
            kinds=(),
            measure_id=opened.pk,
            cell={},
            by=analyst(office()),
        )


@pytest.mark.django_db
def test_figures_of_a_file_become_figures_of_a_card():
    ropo = office()
    measure()
    rows = [row(unit_id=f"CIS-{number}", sex="", value=str(number)) for number in (10, 20, 30)]
    bringing.bring_in(csv(*rows), at=NOON, by=analyst(ropo))

    assert {one.value for one in queries.published(approved(ropo))} == {60.0}


CARD = {
    "name_pl": "Kadra ZAZ",
    "name_en": "Staff",
    "code": "zaz-staff",
    "side": "centres",
    "counted": "zaz_staff",
    "multiplier": "1",
    "levels": ["2"],
    "grain": "year",
    "time": "",
    "missing": "skip",
    "protects": "persons",
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "time", "space"),
    [
        pytest.param({}, "last", "none", id="as the measure says"),
        pytest.param({"time": "average"}, "average", "none", id="said otherwise"),
        pytest.param({"counted": "", "numerator": "nobody"}, "sum", "sum", id="an unknown measure"),
        pytest.param({"counted": "", "numerator": "zaz_staff +"}, "sum", "sum", id="no formula"),
    ],
)
def test_a_card_adds_up_as_its_measure_says(given, time, space):
    Measure.objects.create(**{**MEASURE, "dimensions": []})

    form = CardForm({**CARD, **given}, measures=queries.measures())

    assert form.is_valid(), form.errors
    entry = form.draft().entry
    assert (entry["time"], entry["space"]) == (time, space)
