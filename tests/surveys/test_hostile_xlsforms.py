"""Workbooks made to break the reader: each is refused as a whole or named part by part, and none breaks anything."""

import io
import zipfile
from collections.abc import Callable

import pytest

from spoiwo.surveys.errors import FileTooLarge, NotAnXlsForm
from spoiwo.surveys.messages import refusal_sentence
from spoiwo.surveys.rules.checking import problems_of
from spoiwo.surveys.services import workbooks
from spoiwo.toolkit.sheets import xlsx_book

HEAD = ["type", "name", "label", "relevant", "constraint"]
SHEET = "xl/worksheets/sheet1.xml"


def book(*rows: list[str], head: list[str] | None = None, choices: list[list[str]] | None = None) -> bytes:
    sheets = [("survey", [head or HEAD, *rows])]
    if choices is not None:
        sheets.append(("choices", [["list_name", "name", "label"], *choices]))
    return xlsx_book(sheets)


def asks(
    kind: str = "text", name: str = "a", label: str = "A", relevant: str = "", constraint: str = ""
) -> list[str]:
    return [kind, name, label, relevant, constraint]


def changed(change: Callable[[bytes], bytes], part: str = SHEET) -> bytes:
    """A good workbook with one part made otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(asks()))) as good, zipfile.ZipFile(out, "w") as made:
        for member in good.infolist():
            content = good.read(member)
            made.writestr(member.filename, change(content) if member.filename == part else content)
    return out.getvalue()


def bent(content: bytes) -> bytes:
    """The same archive with bytes of a packed sheet turned over."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo(SHEET)
    start = member.header_offset + 60
    return (
        content[:start] + bytes(byte ^ 0xFF for byte in content[start : start + 40]) + content[start + 40 :]
    )


def entities(content: bytes) -> bytes:
    lol = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return content.replace(b"<worksheet", lol + b"<worksheet", 1)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"PK\x05\x06" + b"\x00" * 18, id="an archive of nothing"),
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\x00" * 600, id="an old workbook"),
        pytest.param(book(asks())[:-200], id="cut off"),
        pytest.param(bent(book(asks())), id="a broken stream"),
        pytest.param(changed(lambda _old: b""), id="an empty sheet"),
        pytest.param(changed(lambda old: old[: len(old) // 2]), id="half a sheet"),
        pytest.param(changed(lambda _old: b"\xff\xfe\x00"), id="a sheet that is no text"),
        pytest.param(changed(entities), id="entities"),
        pytest.param(changed(lambda _old: b"<nonsense/>", "xl/workbook.xml"), id="no sheets"),
        pytest.param(book(head=["1", "2", "3", "4", "5"]), id="no header"),
        pytest.param(book(asks(), head=["type", "type", "label", "x", "y"]), id="a column twice"),
    ],
)
def test_what_is_no_questionnaire_is_refused_as_a_whole(content):
    with pytest.raises((NotAnXlsForm, FileTooLarge)):
        workbooks.read_xlsform(content)


DEEP = "(" * 300 + "${a} = 1" + ")" * 300


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        pytest.param([asks("end_repeat"), asks("text", "a")], set(), id="an end without a beginning"),
        pytest.param([asks("end_group"), asks("text", "a")], set(), id="a group that only ends"),
        pytest.param([asks("begin_repeat", "r"), asks("text", "b")], {2}, id="a repeat without an end"),
        pytest.param([asks("begin_group", "g"), asks("text", "b")], set(), id="a group without an end"),
        pytest.param(
            [asks("begin_group", f"g{n}") for n in range(60)], set(range(3, 62)), id="sixty groups deep"
        ),
        pytest.param([asks("text", "a", "A", DEEP)], {2}, id="three hundred brackets"),
        pytest.param([asks("text", "a", "A", "${a} = 1 " * 400)], {2}, id="a long condition"),
        pytest.param([asks("text", "a", "A", "${b} = 1")], set(), id="a question that is not there"),
        pytest.param([asks("text", "a", "A", "count(//*) > 1")], {2}, id="a path"),
        pytest.param([asks("text", "a", "A", "__import__('os')")], {2}, id="a word of Python"),
        pytest.param([asks("text", "a", "A", "'" + "x" * 5000 + "' = ${a}")], {2}, id="a text without end"),
        pytest.param([asks("integer", "a", "A", "", ". >= 1e999")], {2}, id="a limit without end"),
        pytest.param(
            [asks("integer", "a", "A", "", ". >= 9 and . <= 1")], set(), id="limits the wrong way round"
        ),
        pytest.param([asks("text", "__proto__")], {2}, id="a name with underscores"),
        pytest.param([asks("text", "and")], {2}, id="a word of conditions"),
        pytest.param([asks("text", "x" * 3000)], {2}, id="a long name"),
        pytest.param([asks("text", "zażółć")], {2}, id="a name with Polish letters"),
        pytest.param([asks("text", "a"), asks("text", "a")], {3}, id="a name twice"),
        pytest.param([asks("text", "a"), asks("text", "A")], {3}, id="a name twice but for its size"),
        pytest.param([asks("select_one")], {2}, id="a list without a name"),
        pytest.param([asks("select_one nobody")], {2}, id="a list that is not there"),
        pytest.param([asks("select_one_from_file x.csv")], {2}, id="a list in a file"),
        pytest.param([asks("calculate", "c", "C")], {2}, id="a calculation"),
        pytest.param([asks("geopoint", "c", "C")], {2}, id="a place on a map"),
        pytest.param([asks("text\x0b", "c", "C")], {2}, id="a sign nobody sees"),
        pytest.param([asks("text", "c", "")], {2}, id="no label"),
        pytest.param([asks("text", "c", "<script>alert(1)</script>")], set(), id="a script"),
        pytest.param([asks("text", "c", "=HYPERLINK(1)")], set(), id="a formula"),
        pytest.param([asks("text", "c", "C" * 30_000)], set(), id="a label of thirty thousand letters"),
        pytest.param([[""] * 5] * 50 + [asks("nothing", "z")], {52}, id="after fifty empty rows"),
    ],
)
def test_what_cannot_be_taken_is_named_by_its_row_and_the_rest_is_taken(rows, named):
    taken = workbooks.read_xlsform(book(*rows, choices=[]))

    assert {one.row for one in taken.refused if one.sheet == "survey"} == named
    assert all(str(refusal_sentence(one)) for one in taken.refused)
    problems_of(taken.content)  # what was taken can be looked at and mended in the builder


def test_questions_after_an_end_without_a_beginning_are_taken():
    taken = workbooks.read_xlsform(book(asks("end_repeat"), asks("end_group"), asks("text", "a")))

    assert [one.code for one in taken.content.questions()] == ["a"]
