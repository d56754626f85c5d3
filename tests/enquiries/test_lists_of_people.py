"""A pasted list is understood row by row; what cannot be used says why, and nothing breaks the reader."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.enquiries.rules import bulk
from spoiwo.enquiries.rules.bulk import RowFault, decoded, read
from spoiwo.enquiries.types import Sought
from tests.makers.registers import pesels

PESEL = pesels(1)[0]


def test_rows_in_the_usual_order():
    (row,) = read(f"{PESEL}\tNowak\tAnna\t3.05.1980\tOPS.1").rows

    assert (row.number, row.fault, row.case_ref) == (1, None, "OPS.1")
    assert row.sought == Sought(
        last_name="Nowak", first_name="Anna", birth_date=date(1980, 5, 3), pesel=PESEL
    )
    assert "Nowak" not in repr(row)


@pytest.mark.parametrize("mark", ["\t", ";", ","])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_header_names_the_columns(mark, end):
    lines = [
        mark.join(cells) for cells in (("Imię", "Nazwisko", "Data urodzenia"), ("Ewa", "Lis", "1990-01-31"))
    ]

    (row,) = read(end.join(["", *lines, mark * 2])).rows

    assert (row.number, row.fault) == (3, None)
    assert row.sought == Sought(last_name="Lis", first_name="Ewa", birth_date=date(1990, 1, 31))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("123;Nowak", RowFault.PESEL),
        ("44051401358;Nowak", RowFault.PESEL),
        (";Nowak", RowFault.NOBODY),
        (f"{PESEL};", RowFault.NOBODY),
        (";Nowak;Anna;31.02.1980", RowFault.DATE),
        (f"{PESEL};{'N' * 81}", RowFault.TOO_LONG),
        (f"{PESEL};Nowak;Anna;;{'1' * 81}", RowFault.TOO_LONG),
        (f"{PESEL};Now\x00ak", RowFault.CHARACTERS),
    ],
)
def test_what_is_wrong_with_a_row(line, fault):
    found = read(line)

    assert [row.fault for row in found.rows] == [fault]
    assert found.good == ()


def test_nobody_stands_on_a_list_twice():
    people = f"{PESEL};Nowak\n{PESEL};Nowak-Lis\n;Lis;Ewa;1.2.1990\n;LIS;ewa;1990-02-01"

    assert [row.fault for row in read(people).rows] == [None, RowFault.TWICE, None, RowFault.TWICE]


def test_no_more_than_a_list_holds():
    many = "\n".join(f";Osoba{n};Ewa;3.05.1980" for n in range(bulk.MOST_ROWS + 1))

    found = read(many)

    assert (len(found.rows), found.too_many) == (bulk.MOST_ROWS, True)
    assert not read("").rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_files_of_polish_programs_are_read(encoding):
    assert decoded("Żółć".encode(encoding)) == "Żółć"


def test_what_no_program_writes_is_read_somehow():
    assert decoded(b"\x81\xff") == "\x81ÿ"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    found = read(text)

    assert len(found.rows) <= bulk.MOST_ROWS
    assert all(row.fault is None for row in found.good)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300))
def test_no_file_breaks_the_reader(raw):
    assert read(decoded(raw)).rows is not None


CELL = st.text(st.characters(blacklist_categories=("C", "Z"), blacklist_characters=";\t,\"'"), max_size=20)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=10))
def test_cells_come_back_as_they_were_written(people):
    text = "\n".join(f"{PESEL};x{last};{first};;znak" for last, first in people)

    rows = read(text).rows

    assert [(row.sought.last_name, row.sought.first_name) for row in rows] == [
        (f"x{last}", first) for last, first in people
    ]
