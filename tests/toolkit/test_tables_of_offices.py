"""Files of offices, CSV and XLSX: encodings, delimiters, columns, and what cannot be read."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from spoiwo.kernel import workbooks
from spoiwo.toolkit.tables import UnusableTable, read_table


def rows(content, **more):
    given = {"columns": ("numer", "uwagi"), "needed": ("numer",), "most_rows": 3, **more}
    return list(read_table(content, **given))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1250"])
@pytest.mark.parametrize("sign", [";", ","])
def test_rows_are_read_whatever_program_wrote_them(encoding, sign):
    content = f" Numer {sign}Inne\n 1 {sign}łąka\n{sign}\n2\n".encode(encoding)

    assert rows(content) == [(2, {"numer": "1", "uwagi": ""}), (4, {"numer": "2", "uwagi": ""})]


def workbook(*lines):
    """An XLSX file with these lines on its second sheet."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet("dane")
    for line in lines:
        sheet.append(line)
    book.save(out)
    return out.getvalue()


def package(**parts):
    """A ZIP file with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        for name, text in parts.items():
            opened.writestr(name, text)
    return out.getvalue()


def test_a_workbook_is_read_as_an_office_would_have_typed_it():
    content = workbook(["Numer", "Inne", "Uwagi"], [7, "x", date(2026, 1, 2)], [], [" 8 "])

    assert rows(content) == [(2, {"numer": "7", "uwagi": "2026-01-02"}), (4, {"numer": "8", "uwagi": ""})]


def test_an_apostrophe_before_a_formula_goes_and_any_other_stays():
    content = b"numer;uwagi\n'-5;'wiek\n"

    assert rows(content) == [(2, {"numer": "-5", "uwagi": "'wiek"})]


def test_a_workbook_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_PARTS", 1)

    with pytest.raises(UnusableTable) as refused:
        rows(workbook(["numer"], [1]))

    assert refused.value.problem == "too_large"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (workbook(), "empty"),
        (workbook(["uwagi"], [1]), "columns:numer"),
        (workbook(["numer"], *([n] for n in range(9))), "too_many"),
        (package(inne="x"), "workbook"),
        (package(**{"xl/workbook.xml": "<workbook", "[Content_Types].xml": "<Types"}), "workbook"),
        (b"", "empty"),
        (b"\x81\x83", "encoding"),
        (b'"numer\n', "broken"),
        (b"uwagi\n1\n", "columns:numer"),
        (b"numer\n1\n2\n3\n4\n", "too_many"),
    ],
)
def test_what_cannot_be_read_says_why(content, problem):
    with pytest.raises(UnusableTable) as refused:
        rows(content)

    assert refused.value.problem == problem
