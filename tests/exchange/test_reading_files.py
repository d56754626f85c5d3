"""Reading files and cells, without a database: what offices write, and anything else."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.clients.types import RegisterKind, RegisterRow
from spoiwo.exchange.errors import UnusableFile
from spoiwo.exchange.rules import archives, cells, csv_text, mapping, tables, workbooks
from spoiwo.exchange.rules.cells import BadCell
from spoiwo.exchange.rules.rows import RowReader
from spoiwo.exchange.types import FileProblem, Layout, Preview, RowProblem, RowWarning
from tests.makers.exchange import DAY, cells_of, xlsx_bytes

NEEDED = {"local_id": "A-1", "first_name": "Jan", "last_name": "Nowak"}


def read(**given_cells: str):
    values = NEEDED | given_cells
    layout = Layout(columns={name: name for name in values})
    return RowReader(RegisterKind.REGISTER, list(values), layout, DAY).read(list(values.values()))


def rows_of(content: bytes) -> list[tuple[int, list[str]]]:
    stream = io.BytesIO(content)
    headers, rows = tables.open_table(stream, tables.format_of(stream))
    return [(1, headers), *rows]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_delimiter_and_encoding_are_told_from_the_file(delimiter, encoding):
    text = delimiter.join(["Imię", "Nazwisko"]) + "\r\n" + delimiter.join(["Łucja", "Żółć-Śnieg"]) + "\r\n"

    assert rows_of(text.encode(encoding)) == [(1, ["Imię", "Nazwisko"]), (2, ["Łucja", "Żółć-Śnieg"])]


def test_delimiters_inside_quotation_marks_do_not_count():
    content = b'"Numer, stary, dawny";Nazwisko\r\n1;"Nowak, Jan ""Senior"""\r\n'

    assert rows_of(content)[1] == (2, ["1", 'Nowak, Jan "Senior"'])


def test_the_hint_that_spreadsheets_put_first_is_followed_and_not_a_row():
    assert rows_of(b"sep=;\r\na;b,c\r\n1;2,3\r\n") == [(1, ["a", "b,c"]), (2, ["1", "2,3"])]


def test_blank_rows_are_counted_but_not_read():
    assert rows_of(b"a;b\n\n1;2\n;\n3;4\n") == [(1, ["a", "b"]), (3, ["1", "2"]), (5, ["3", "4"])]


def test_a_cell_may_hold_line_breaks():
    assert rows_of(b'a;b\n"1\n2";3\n4;5\n') == [(1, ["a", "b"]), (2, ["1\n2", "3"]), (3, ["4", "5"])]


def test_bytes_that_no_encoding_has_are_refused():
    with pytest.raises(UnusableFile) as refusal:
        rows_of(b"a;b\n1;\x81\n")

    assert refusal.value.problem is FileProblem.OTHER_ENCODING


def test_a_cell_longer_than_any_text_is_an_open_quotation_mark():
    lines = b"".join(b"%d;%s\n" % (number, b"x" * 4000) for number in range(40))

    with pytest.raises(UnusableFile) as refusal:
        rows_of(b'a;b\n"' + lines)

    assert refusal.value.problem is FileProblem.OPEN_QUOTE


def test_letters_cut_between_two_chunks_are_still_utf_8():
    content = "ą;ż\n".encode()

    assert csv_text.encoding_of(io.BytesIO(content), at_once=1) == csv_text.UTF_8


def test_a_file_of_nothing_is_as_good_as_utf_8():
    assert csv_text.encoding_of(io.BytesIO()) == csv_text.UTF_8


def test_a_letter_cut_at_the_end_of_the_file_is_damage():
    with pytest.raises(UnusableFile) as refusal:
        csv_text.encoding_of(io.BytesIO("ąęł;żółć\n".encode() + b"\xc5"))

    assert refusal.value.problem is FileProblem.BROKEN_UTF_8


def test_headers_that_come_twice_or_not_at_all_are_told_apart():
    assert tables.distinct_headers(["Ulica", " Ulica ", "", "Dom"]) == ["Ulica", "Ulica (2)", "(3)", "Dom"]


def test_a_file_of_far_too_many_columns_is_refused():
    with pytest.raises(UnusableFile) as refusal:
        rows_of(";".join(f"k{number}" for number in range(301)).encode() + b"\n1\n")

    assert refusal.value.problem is FileProblem.TOO_MANY_COLUMNS


def test_cells_of_a_workbook_become_what_an_office_would_have_typed():
    day = datetime(1980, 5, 14)
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.create_sheet("dane").append(["a", "b", "c", "d", "e", "f"])
    book["dane"].append([44051401359, 1.5, day, True, " x ", datetime(2026, 1, 2, 3, 4)])
    book["dane"].append([])
    book["dane"].append([7, None, date(2026, 1, 2)])
    book.save(out)

    found = rows_of(out.getvalue())

    assert found[1] == (2, ["44051401359", "1.5", "1980-05-14", "True", "x", "2026-01-02 03:04:00"])
    assert found[2] == (4, ["7", "", "2026-01-02", "", "", ""])


def test_cells_of_spaces_at_the_end_of_a_row_do_not_count():
    assert rows_of(xlsx_bytes([["a", "b", " "], [1, " ", " "], [" "], [2]])) == [
        (1, ["a", "b"]),
        (2, ["1", ""]),
        (4, ["2", ""]),
    ]


def test_damage_is_found_once_however_long_the_file_goes_on():
    with pytest.raises(UnusableFile) as refusal:
        csv_text.encoding_of(io.BytesIO("ąęł;żółć\n".encode() + b"\xc5\n\xc5\n" + "źć\n".encode()), at_once=8)

    assert refusal.value.place == 2


def test_a_workbook_without_any_cell_is_empty():
    with pytest.raises(UnusableFile) as refusal:
        rows_of(xlsx_bytes([]))

    assert refusal.value.problem is FileProblem.EMPTY


def test_a_workbook_with_broken_parts_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook")
        package.writestr("[Content_Types].xml", "<Types")

    with pytest.raises(UnusableFile) as refusal:
        list(workbooks.rows_of(out))

    assert refusal.value.problem is FileProblem.BROKEN_WORKBOOK


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1980-05-14", date(1980, 5, 14)),
        ("14.05.1980", date(1980, 5, 14)),
        ("1.5.1980 r.", date(1980, 5, 1)),
        ("1980-05-14 00:00:00", date(1980, 5, 14)),
        ("14.05.1980 12:30", date(1980, 5, 14)),
    ],
)
def test_dates_are_read_as_offices_write_them(text, day):
    assert cells.read_date(text) == day


@pytest.mark.parametrize("text", ["0980-01-01", "31.04.2020", "2021-02-29"])
def test_days_that_never_were_are_told(text):
    with pytest.raises(BadCell) as refusal:
        cells.read_date(text)

    assert refusal.value.problem is RowProblem.IMPOSSIBLE_DATE


def test_zeros_that_spreadsheets_drop_are_put_back():
    row, findings = read(pesel="4211400006", teryt="801052", postal_code="66433")
    kept, warned = read(pesel="1234567890", teryt="999", postal_code="66-4")

    assert isinstance(row, RegisterRow)
    assert isinstance(kept, RegisterRow)
    assert (row.teryt, row.postal_code) == ("0801052", "66-433")
    assert RowWarning.TERYT_ZERO_RESTORED in {finding.problem for finding in findings}
    assert (kept.pesel, kept.teryt, kept.postal_code) == ("1234567890", "999", "66-4")
    assert {finding.problem for finding in warned} == {RowWarning.PESEL_SHAPE, RowWarning.TERYT_SHAPE}


def test_a_pesel_of_ten_digits_gets_its_zero_only_when_the_checksum_agrees():
    assert cells.read_pesel("2 2 2 2 2 2 2 2 2 2") == ("2222222222", False)
    number = next(
        f"01210100{serial:02}{check}"
        for serial in range(100)
        for check in range(10)
        if cells.read_pesel(f"1210100{serial:02}{check}")[1]
    )

    row, findings = read(pesel=number[1:])

    assert isinstance(row, RegisterRow)
    assert row.pesel == number
    assert findings[0].problem is RowWarning.PESEL_ZERO_RESTORED


def test_a_pesel_written_in_groups_is_read_without_a_remark():
    row, findings = read(pesel="440514 01458")

    assert isinstance(row, RegisterRow)
    assert row.pesel == "44051401458"
    assert [finding for finding in findings if finding.field == "pesel"] == []


def test_unprintable_characters_are_refused_by_name_wherever_they_stand():
    layout = Layout(columns={name: name for name in NEEDED})
    reader = RowReader(RegisterKind.REGISTER, [*NEEDED, "inna"], layout, DAY)

    _, named = reader.read(["A-1", "J\x07an", "Nowak", ""])
    _, elsewhere = reader.read(["A-1", "Jan", "Nowak", "\x00"])

    assert [finding.field for finding in named] == ["first_name"]
    assert [finding.field for finding in elsewhere] == [""]
    assert reader.local_id([" A-1 "]) == "A-1"
    assert reader.local_id([]) == ""


def test_values_are_read_by_the_office_s_own_list_first():
    layout = Layout(columns={name: name for name in [*NEEDED, "sex"]}, values={"sex": {"K": "M", "BRAK": ""}})
    reader = RowReader(RegisterKind.REGISTER, [*NEEDED, "sex"], layout, DAY)

    own, _ = reader.read(["A-1", "Jan", "Nowak", "k"])
    nothing, _ = reader.read(["A-1", "Jan", "Nowak", "brak"])
    standard, _ = reader.read(["A-1", "Jan", "Nowak", "kobieta"])

    assert [row.sex for row in (own, nothing, standard)] == ["M", "", "K"]


def test_value_maps_keep_only_codes_that_exist():
    columns = {"sex": "Płeć", "first_name": "Imię"}
    values = {"sex": {"1": "M", "2": "?", "3": ""}, "first_name": {"a": "b"}, "status": {"x": "other"}}

    assert mapping.clean_values(RegisterKind.REGISTER, columns, values) == {"sex": {"1": "M", "3": ""}}


def test_values_seen_in_the_file_are_guessed_where_they_are_known():
    layout = Layout(columns={"sex": "Płeć", "last_name": "Nazwisko"}, values={"sex": {"9": ""}})
    preview = Preview(headers=["Płeć", "Nazwisko"], rows=[], values={"Płeć": ["kobieta", "9", "?"]})

    guessed = mapping.guess_values(RegisterKind.REGISTER, layout, preview)

    assert guessed == {"sex": {"kobieta": "K", "9": "", "?": ""}}


def test_a_column_of_many_different_values_is_no_code_list():
    lines = "\n".join(f"{number};x" for number in range(60))
    stream = io.BytesIO(f"a;b\n{lines}\n".encode())

    preview = tables.preview_of(stream, tables.format_of(stream))

    assert dict(preview.values) == {"b": ["x"]}
    assert len(preview.rows) == 5


def test_an_apostrophe_before_a_formula_sign_is_ours_and_goes():
    assert cells.tidy("'+48 600") == "+48 600"
    assert cells.tidy("'t Hooft") == "'t Hooft"
    assert cells.tidy(" Ja\u00a0 na\u200b\u0301 ") == "Ja ná"


@given(
    st.lists(
        st.text(st.sampled_from("a |'=\u00a0\u200b\u0301\t\x07z\u0105"), max_size=4), min_size=1, max_size=3
    )
)
def test_a_row_taken_for_tidy_holds_nothing_to_tidy(row):
    if cells.are_tidy(row):
        assert [cells.tidy(cell) for cell in row] == row
        assert not cells.CONTROL.search("".join(row))


@pytest.mark.parametrize(
    ("row", "tidy"),
    [
        (["Łucja", "", "ul. Długa 5/7", "2026-01-02"], True),
        ([" Jan"], False),
        (["Jan ", "x"], False),
        (["Jan  Maria"], False),
        (["n\u0301"], False),
        (["a\u00a0b"], False),
        (["'+48"], False),
        (["a\x07"], False),
    ],
)
def test_most_rows_are_tidy_at_one_look(row, tidy):
    assert cells.are_tidy(row) is tidy


def test_archives_hold_many_rows_and_no_formulas():
    rows = [(str(number), "=1+1", "<Żak & syn>") for number in range(2500)]

    content = b"".join(archives.archive([("plik", ("a", "b", "c"), lambda: rows)]))

    package = zipfile.ZipFile(io.BytesIO(content))
    assert package.read("plik.csv").decode("utf-8-sig").count("\r\n") == 2501
    found = cells_of(package.read("plik.xlsx"))
    assert len(found) == 2501
    assert found[-1] == ["2499", "'=1+1", "<Żak & syn>"]


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_do_more_than_a_clear_refusal(content):
    stream = io.BytesIO(content)
    try:
        headers, rows = tables.open_table(stream, tables.format_of(stream))
        reader_rows = [(number, row) for number, row in rows]
    except UnusableFile:
        return
    else:
        assert headers
        assert all(number > 1 for number, _ in reader_rows)


@settings(deadline=None, max_examples=150)
@given(
    st.dictionaries(
        st.sampled_from(["pesel", "birth_date", "sex", "teryt", "phone", "status"]), st.text(max_size=50)
    )
)
def test_no_text_whatever_breaks_a_row(values):
    row, findings = read(**values)

    rejected = any(isinstance(finding.problem, RowProblem) for finding in findings)
    assert (row is None) == rejected


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), min_size=3, max_size=3)
    )
)
def test_what_was_written_as_csv_is_read_as_it_was(table):
    rows = [[cell.strip() or "x" for cell in cells_] for cells_ in table]
    content = b"".join(archives.archive([("p", ("a", "b", "c"), lambda: rows)]))
    written = zipfile.ZipFile(io.BytesIO(content)).read("p.csv")

    found = [[cells.tidy(cell) for cell in row] for _, row in rows_of(written)[1:]]

    assert found == [[cells.tidy(cell) for cell in row] for row in rows]
