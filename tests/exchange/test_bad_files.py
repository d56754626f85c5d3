"""Whatever an office hands in, it is told in Polish what to do, and nothing that was in force is lost."""

import io
import zipfile

import pytest
from django.conf import settings as project
from django.utils import translation

from spoiwo.clients.models import RecordVersion
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange import messages
from spoiwo.exchange.errors import ExchangeError, NothingToTake, UnusableFile
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.services.receiving import receive_file
from spoiwo.exchange.types import FileProblem
from tests.makers.exchange import csv_bytes, given, imported, registrar, row, xlsx_bytes
from tests.makers.registers import office

pytestmark = pytest.mark.django_db

GOOD = csv_bytes([row("A-1"), row("A-2", last_name="Żak")])


def stored_files() -> set[str]:
    return {path.name for path in (project.DATA_DIR / "uploads").glob("*.sealed")}


def sheet_with(cell: str) -> bytes:
    """A workbook of one cell in a place that somebody made up, such as row 999999999999."""
    good = xlsx_bytes([["local_id"]])
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(made, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            if part.startswith("xl/worksheets/sheet"):
                column, number = cell.rstrip("0123456789"), cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                content = (
                    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                    f'<row r="{number}"><c r="{column}{number}"><v>1</v></c></row></sheetData></worksheet>'
                ).encode()
            target.writestr(part, content)
    return made.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return out.getvalue()


def other_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("raport.txt", "To nie jest skoroszyt.")
    return out.getvalue()


def unfinished_quote() -> bytes:
    lines = ["local_id;first_name;last_name", 'A-1;"Jan;Kowalski', *(f"A-{n};Jan;Nowak" for n in range(200))]
    return "\r\n".join(lines).encode()


BAD = {
    "empty": (b"", FileProblem.EMPTY, "Plik jest pusty"),
    "blank lines only": (b"\r\n\r\n", FileProblem.EMPTY, "Plik jest pusty"),
    "headers only": (b"local_id;first_name;last_name\r\n", FileProblem.NO_ROWS, "nie ma wierszy"),
    "UTF-16": ("local_id;first_name\r\n".encode("utf-16"), FileProblem.UTF_16, "UTF-16"),
    "UTF-8 cut in a letter": (
        "local_id;first_name;last_name\nA;Łucja;Żółć\nB;J".encode() + b"\xc5\n" + "C;Ćma;Ślimak\n".encode(),
        FileProblem.BROKEN_UTF_8,
        "uszkodzony w linii 3",
    ),
    "ISO-8859-2": (
        "local_id;first_name;last_name\nA;Bożena;Śnieżka\nB;Wiesława;Ąck\n".encode("iso-8859-2"),
        FileProblem.OTHER_ENCODING,
        "ani w UTF-8, ani w Windows-1250",
    ),
    "another delimiter": (
        b"local_id|first_name|last_name\nA|Jan|Nowak\n",
        FileProblem.ONE_COLUMN,
        "jedną kolumnę",
    ),
    "line of 10 MB": (
        b"local_id;first_name;last_name\nA-1;" + b"x" * 10_000_000 + b";Nowak\n",
        FileProblem.LINE_TOO_LONG,
        "za długa",
    ),
    "open quotation mark": (unfinished_quote(), FileProblem.OPEN_QUOTE, "cudzysłów"),
    "zip bomb as workbook": (bomb(), FileProblem.WORKBOOK_TOO_LARGE, "po rozpakowaniu"),
    "row number made up": (sheet_with("A999999999999"), FileProblem.WORKBOOK_TOO_LARGE, "po rozpakowaniu"),
    "cell far to the right": (sheet_with("XFD1"), FileProblem.WORKBOOK_TOO_LARGE, "po rozpakowaniu"),
    "other archive": (other_archive(), FileProblem.NOT_A_TABLE, "nie jest plik CSV ani skoroszyt"),
    "broken workbook": (xlsx_bytes([["a", "b"]])[:900], FileProblem.BROKEN_WORKBOOK, "uszkodzony"),
    "old workbook": (b"\xd0\xcf\x11\xe0" + b"x" * 1000, FileProblem.OLD_WORKBOOK, "stary skoroszyt"),
    "PDF": (b"%PDF-1.7 ...", FileProblem.NOT_A_TABLE, "nie jest plik CSV"),
}


@pytest.mark.parametrize(("content", "problem", "words"), BAD.values(), ids=BAD.keys())
def test_a_file_that_cannot_be_used_is_refused_with_a_remedy_and_leaves_nothing_behind(
    content, problem, words, tmp_path
):
    holder = office()
    imported(GOOD, holder.pk, tmp_path)
    before = stored_files()

    with pytest.raises(UnusableFile) as refusal:
        imported(content, holder.pk, tmp_path)

    assert refusal.value.problem is problem
    with translation.override("pl"):
        assert words in messages.message_for(refusal.value)
    assert RecordVersion.objects.current().filter(institution=holder).count() == 2
    assert not RegisterImport.objects.under_way().exists()
    assert stored_files() == before


def test_a_file_without_a_mandatory_column_says_which(tmp_path):
    holder = office()

    with pytest.raises(UnusableFile) as refusal:
        imported(b"numer;imie\nA-1;Jan\n", holder.pk, tmp_path)

    assert refusal.value.problem is FileProblem.MISSING_COLUMNS
    with translation.override("pl"):
        assert messages.message_for(refusal.value) == (
            "W pliku brakuje kolumn: Numer w rejestrze, Nazwisko. "
            "Zapisz plik razem z nimi albo wybierz inny układ kolumn."
        )


def test_a_file_above_the_limit_is_refused_while_it_arrives(settings):
    settings.SPOIWO_UPLOAD_BYTES = 1024 * 1024
    holder = office()

    before = stored_files()

    with pytest.raises(UnusableFile) as refusal:
        receive_file(given(b"x" * (1024 * 1024 + 1)), by=registrar(holder.pk))

    assert refusal.value.problem is FileProblem.TOO_LARGE
    assert stored_files() == before


REJECTED = {
    "NUL byte": (row("A-1", last_name="No\x00wak"), "control_character:last_name"),
    "impossible date": (row("A-1", birth_date="1980-02-30"), "impossible_date:birth_date"),
    "no date at all": (row("A-1", birth_date="wiosna 1980"), "bad_date:birth_date"),
    "birth in the future": (row("A-1", birth_date="2190-01-01"), "future_date:birth_date"),
    "end before start": (
        row("A-1", status_from="2026-05-01", status_to="2026-04-30"),
        "end_before_start:status_to",
    ),
    "unknown code": (row("A-1", sex="X"), "unknown_code:sex"),
    "no last name": (row("A-1", last_name=" "), "missing:last_name"),
    "text too long": (row("A-1", phone="6" * 41), "too_long:phone"),
    "number too long": (row("A-1", pesel="4" * 21), "too_long:pesel"),
}


@pytest.mark.parametrize(("bad", "problem"), REJECTED.values(), ids=REJECTED.keys())
def test_a_bad_row_is_rejected_and_the_good_ones_are_taken(bad, problem, tmp_path):
    holder = office()

    result = imported(csv_bytes([bad, row("A-2")], headers=list(bad)), holder.pk, tmp_path)

    assert (result.new, result.rejected) == (1, 1)
    assert result.problems == {problem: 1}
    assert result.first_findings[0][0] == 2


def test_the_second_row_of_a_number_is_rejected_and_names_the_first(tmp_path):
    holder = office()

    imported(csv_bytes([row("A-1"), row("A-2"), row("A-1", last_name="Nowak")]), holder.pk, tmp_path)

    made = RegisterImport.objects.get()
    assert made.first_findings == [[4, "local_id", "duplicate", "2"]]
    assert RecordVersion.objects.get(record__local_id="A-1").last_name == "Kowalski"


def test_a_row_with_more_cells_than_the_header_is_rejected(tmp_path):
    holder = office()

    result = imported(
        b"local_id;first_name;last_name\nA-1;Jan;Nowak;x\nA-2;Ewa;Nowak;\nA-3;Ewa\n", holder.pk, tmp_path
    )

    assert (result.new, result.problems) == (1, {"cell_count:": 2})


def test_formulas_are_kept_as_text(tmp_path):
    holder = office()

    imported(csv_bytes([row("A-1", last_name="=cmd|' /C calc'!A0")]), holder.pk, tmp_path)

    assert RecordVersion.objects.get().last_name == "=cmd|' /C calc'!A0"


def test_a_rejected_row_does_not_take_away_what_is_in_force(tmp_path):
    holder = office()
    imported(GOOD, holder.pk, tmp_path)

    result = imported(
        csv_bytes([row("A-1", sex="X"), row("A-2", last_name="Żak", sex="")]), holder.pk, tmp_path
    )

    assert (result.vanished, result.rejected) == (0, 1)
    assert RecordVersion.objects.current().filter(record__local_id="A-1").exists()


def test_a_file_of_rejected_rows_only_takes_nothing(tmp_path):
    holder = office()
    imported(GOOD, holder.pk, tmp_path)

    with pytest.raises(NothingToTake):
        imported(csv_bytes([row("A-1", sex="X")]), holder.pk, tmp_path)

    assert RecordVersion.objects.current().filter(institution=holder).count() == 2
    assert not RegisterImport.objects.under_way().exists()


def test_pesel_doubts_are_warnings_only(tmp_path):
    holder = office()
    rows = [
        row("A-1", pesel="44051401358"),
        row("A-2", pesel="11111111111"),
        row("A-3", pesel="123"),
        row("A-4", pesel="44051401359", birth_date="1944-05-15", sex="K"),
        row("A-5", pesel="2222222222"),
    ]

    result = imported(csv_bytes(rows, headers=list(rows[3])), holder.pk, tmp_path)

    assert (result.new, result.rejected, result.warnings) == (5, 0, 5)
    indexed = RecordVersion.objects.filter(pesel_index__isnull=False)
    assert set(indexed.values_list("record__local_id", flat=True)) == {"A-4"}


def test_every_problem_and_every_refusal_has_words():
    with translation.override("pl"):
        for problem in FileProblem:
            assert messages.file_words(problem, 3, ["local_id"])
        for finding in messages.FINDING_SENTENCES:
            sentence, remedy = messages.finding_words(finding.value, "5")
            assert sentence
            assert remedy

    with pytest.raises(ExchangeError):
        messages.message_for(ExchangeError())


def test_sensitive_facts_cannot_be_filed_under_a_shared_category(tmp_path):
    holder = office()
    imported(GOOD, holder.pk, tmp_path)
    facts = [
        {"local_id": "A-1", "category": "benefits", "kind": "addiction"},
        {"local_id": "A-9", "category": "", "kind": "meals"},
        {"local_id": "A-2", "category": "", "kind": "meals", "from": "2026-05-02", "to": "2026-05-01"},
        {"local_id": "A-1", "category": "", "kind": "meals"},
        {"local_id": "A-1", "category": "", "kind": "meals"},
    ]

    result = imported(csv_bytes(facts, headers=list(facts[2])), holder.pk, tmp_path, kind=RegisterKind.FACTS)

    assert result.new == 1
    assert result.problems == {
        "not_sensitive:category": 1,
        "end_before_start:to": 1,
        "unknown_record:local_id": 1,
        "repeated_fact:local_id": 1,
    }
