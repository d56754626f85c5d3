"""Columns and cells of a centre's own spreadsheet are read as centres write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from spoiwo.exchange.rules import sheets as rules
from spoiwo.exchange.services import sheets
from spoiwo.exchange.types import Layout, Preview, RowProblem, SheetKind
from spoiwo.support.types import DeliveryKind, LabourStatus, Mode, RecipientKind
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for
from tests.makers.sheets import HEADERS, checked


class WorkerDied(Exception):
    """The machine went down."""


EWA, JAN = "44051401458", "02070803628"
KFS_HEADERS = ("Od", "Do", "Priorytet", "Liczba pracodawców", "Liczba osób", "Kwota")


def read(kind, headers, row, values=None):
    layout = Layout(columns=rules.guess(kind, headers).columns, values=values or {})
    return rules.SheetReader(kind, headers, layout, {"7": "Anna Doradcza"}).read(row)


def decided(monkeypatch, owes, *rows):
    """A sheet to be taken whose worker has not begun."""
    sheet = checked(owes, HEADERS, *rows)
    monkeypatch.setattr(jobs, "enqueue", lambda *_args, **_kwargs: None)
    with acting_for(owes.institution_id):
        return sheets.take_sheet(uuid=sheet.uuid, by=owes)


def problems(findings):
    return [(one.problem, one.field) for one in findings]


def test_headers_of_centres_are_known():
    headers = ["Lp.", "Data porady", "Czas trwania", "Nazwisko i imię", "Doradca", "Status zawodowy"]

    found = rules.guess(SheetKind.SUPPORT, headers).columns

    assert found == {
        "day": "Data porady",
        "hours": "Czas trwania",
        "last_first": "Nazwisko i imię",
        "adviser": "Doradca",
        "labour_status": "Status zawodowy",
    }
    assert rules.missing_columns(SheetKind.SUPPORT, Layout(columns={})) == ("day",)


def test_a_row_is_read_as_centres_write_it():
    headers = [
        "Data",
        "Godziny",
        "Nazwisko i imię",
        "Rodzaj porady",
        "Doradca",
        "Forma",
        "Na rynku pracy",
        "TERYT",
    ]
    row = [
        "3.02.2021 r.",
        "1,5",
        "Próbna Ewa Maria",
        "prawne",
        "anna doradcza",
        "telefonicznie",
        "bezrobotna",
        "801052",
    ]

    values, findings = read(SheetKind.SUPPORT, headers, [*row, "801052"])

    assert findings == []
    assert values == {
        "day": date(2021, 2, 3),
        "minutes": 90,
        "recipient": RecipientKind.PERSON,
        "last_first": "Próbna Ewa Maria",
        "last_name": "Próbna",
        "first_name": "Ewa Maria",
        "kind": DeliveryKind.SPECIALIST,
        "adviser": "7",
        "mode": Mode.PHONE,
        "labour_status": LabourStatus.UNEMPLOYED,
        "teryt": "0801052",
    }


@pytest.mark.parametrize(
    ("text", "minutes"), [("1:30", 90), ("2h", 120), ("1 h 15 min", 75), ("0,25", 15), ("2 godz.", 120)]
)
def test_durations_are_read(text, minutes):
    values, _ = read(SheetKind.SUPPORT, ["Data", "Czas", "Podmiot"], ["2021-02-03", text, "Spółdzielnia"])

    assert values["minutes"] == minutes
    assert values["recipient"] == RecipientKind.ENTITY


@pytest.mark.parametrize(
    ("row", "found"),
    [
        pytest.param(["", "60", "X", "", "", ""], (RowProblem.MISSING, "day"), id="no day"),
        pytest.param(
            ["2021-02-30", "60", "X", "", "", ""], (RowProblem.IMPOSSIBLE_DATE, "day"), id="no such day"
        ),
        pytest.param(["2021-02-03", "", "X", "", "", ""], (RowProblem.NO_MINUTES, "minutes"), id="no time"),
        pytest.param(["2021-02-03", "a", "X", "", "", ""], (RowProblem.NOT_A_NUMBER, "minutes"), id="words"),
        pytest.param(["2021-02-03", "1,5", "X", "", "", ""], (RowProblem.NOT_A_NUMBER, "minutes"), id="half"),
        pytest.param(
            ["2021-02-03", "-5", "X", "", "", ""], (RowProblem.NOT_A_NUMBER, "minutes"), id="negative"
        ),
        pytest.param(["2021-02-03", "60", "", "", "", ""], (RowProblem.NOBODY, "name"), id="for nobody"),
        pytest.param(
            ["2021-02-03", "60", "", EWA, "", ""], (RowProblem.NOBODY, "last_name"), id="a number only"
        ),
        pytest.param(
            ["2021-02-03", "60", "X", "", "dziwne", ""], (RowProblem.UNKNOWN_CODE, "kind"), id="kind"
        ),
        pytest.param(["2021-02-03", "60", "X" * 251, "", "", ""], (RowProblem.TOO_LONG, "name"), id="long"),
        pytest.param(
            ["2021-02-03", "60", "X\x07", "", "", ""], (RowProblem.CONTROL_CHARACTER, "name"), id="bell"
        ),
        pytest.param(["2021-02-03", "60", "X", "", "", "12"], (RowProblem.UNKNOWN_CODE, "teryt"), id="teryt"),
    ],
)
def test_what_cannot_be_read_is_named(row, found):
    headers = ["Dzień", "Minuty", "Nazwa", "PESEL", "Rodzaj porady", "Kod TERYT"]

    _, findings = read(SheetKind.SUPPORT, headers, row)

    assert problems(findings) == [found]


def test_own_words_of_a_centre_come_first():
    headers = ["Data", "Minuty", "Podmiot", "Usługa"]
    preview = Preview(headers=headers, rows=[], values={"Usługa": ["Porada", "XYZ"]})
    layout = Layout(
        columns=rules.guess(SheetKind.SUPPORT, headers).columns, values={"kind": {"xyz": "tutoring"}}
    )

    guessed = rules.guess_values(SheetKind.SUPPORT, layout, preview, {})
    values, _ = read(SheetKind.SUPPORT, headers, ["2021-02-03", "60", "A", "XYZ"], layout.values)

    assert guessed == {"kind": {"Porada": "general", "XYZ": "tutoring"}}
    assert values["kind"] == "tutoring"


@given(minutes=some.integers(1, 1440))
def test_minutes_written_as_a_clock_or_as_hours_read_back(minutes):
    clock = f"{minutes // 60}:{minutes % 60:02d}"
    hours = f"{minutes / 60:.4f}".replace(".", ",")

    read_back = [
        read(SheetKind.SUPPORT, ["Data", "Godziny", "Podmiot"], ["2021-02-03", text, "A"])[0]["minutes"]
        for text in (clock, hours)
    ]

    assert read_back == [minutes, minutes]
