"""Reading the official TERC file, CSV and XML, and refusing what is not one."""

from datetime import date
from io import BytesIO

import pytest

from spoiwo.territory.errors import (
    BadTercField,
    FieldFault,
    FileFault,
    IncompleteTercRow,
    MissingTercColumns,
    UnreadableTerc,
)
from spoiwo.territory.services.reading import read_terc
from tests.makers.territory import COUNTRY, HEADER, line, terc_csv, terc_lines, terc_xml

BOMB = b"""<?xml version="1.0"?><!DOCTYPE teryt [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<teryt><catalog name="TERC"><row><WOJ>&b;</WOJ></row></catalog></teryt>"""


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(terc_csv(), id="csv as published"),
        pytest.param(
            BytesIO(terc_csv().read().removeprefix(b"\xef\xbb\xbf")), id="csv without byte order mark"
        ),
        pytest.param(terc_xml(), id="xml"),
        pytest.param(terc_xml(named_columns=True), id="xml with named columns"),
        pytest.param(
            BytesIO(b"\xef\xbb\xbf\n" + terc_xml().read().partition(b"?>")[2]), id="xml without heading"
        ),
    ],
)
def test_every_published_form_gives_the_same_units(stream):
    found = list(read_terc(stream))

    assert {row.code.value: row.name for row in found} == COUNTRY
    assert {row.stated_on for row in found} == {date(2024, 1, 1)}
    assert not stream.closed


def test_rows_know_the_line_they_came_from():
    blank_line = BytesIO(f"{HEADER}\n{line('08', 'LUBUSKIE')}\n\n;;;;;;\n{line('10', 'ŁÓDZKIE')}\n".encode())

    assert [row.line for row in read_terc(blank_line)] == [2, 5]
    assert [row.line for row in read_terc(terc_xml({"08": "LUBUSKIE", "10": "ŁÓDZKIE"}))] == [3, 12]


def test_columns_are_found_by_name_in_any_order_and_others_passed_over():
    shuffled = BytesIO(b"STAN_NA;nazwa;RODZ;GMI;POW;WOJ;UWAGI\n2024-01-01; Witnica ;3;07;01;08;x")

    (row,) = read_terc(shuffled)

    assert (row.code.value, row.name) == ("0801073", "Witnica")


def test_a_long_xml_file_is_read_across_pieces():
    units = {"08": "LUBUSKIE"} | {f"08{number:02d}": f"powiat {number}" for number in range(1, 100)}
    copies = terc_xml(units).read().replace(b"<row>", b"<row>" + b" " * 2000)

    assert [row.name for row in read_terc(BytesIO(copies))] == list(units.values())


@pytest.mark.parametrize(
    ("content", "fault", "line_number"),
    [
        pytest.param(f"{HEADER}\n{line('08', 'Ż')}\n".encode("cp1250"), FileFault.ENCODING, 1, id="cp1250"),
        pytest.param(
            terc_csv().read().decode("utf-8-sig").encode("utf-16"), FileFault.ENCODING, 0, id="utf-16"
        ),
        pytest.param(b"PK\x03\x04rest", FileFault.ARCHIVE, 0, id="zip"),
        pytest.param(f"{HEADER}\n08;;;;{'x' * 10_000_000}".encode(), FileFault.CSV, 2, id="10 MB line"),
        pytest.param(b"<teryt><catalog>\n<row>\n<WOJ>08", FileFault.XML, 3, id="xml cut off"),
        pytest.param(b"<teryt>\n<row></teryt>", FileFault.XML, 2, id="xml crossed"),
        pytest.param(BOMB, FileFault.XML_DECLARATIONS, 0, id="entity bomb"),
        pytest.param(b'<teryt>\n<catalog name="SIMC"/></teryt>', FileFault.OTHER_CATALOGUE, 2, id="SIMC"),
    ],
)
def test_a_file_that_is_not_terc_is_refused_with_the_reason(content, fault, line_number):
    with pytest.raises(UnreadableTerc) as refusal:
        list(read_terc(BytesIO(content)))

    assert (refusal.value.fault, refusal.value.line) == (fault, line_number)


@pytest.mark.parametrize(
    ("content", "columns"),
    [
        pytest.param("", ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "STAN_NA"), id="empty file"),
        pytest.param(
            "WOJ,POW,GMI,RODZ,NAZWA,STAN_NA", ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "STAN_NA"), id="commas"
        ),
        pytest.param("WOJ;POW;GMI;RODZ_GMI;NAZWA;STAN_NA", ("RODZ",), id="SIMC columns"),
        pytest.param("<teryt><row><WOJ/><POW/><GMI/><RODZ/></row></teryt>", ("NAZWA", "STAN_NA"), id="xml"),
    ],
)
def test_missing_columns_are_named(content, columns):
    with pytest.raises(MissingTercColumns) as refusal:
        list(read_terc(BytesIO(content.encode())))

    assert refusal.value.columns == columns


@pytest.mark.parametrize(
    ("text", "column", "fault"),
    [
        pytest.param("8;;;;LUBUSKIE;;2024-01-01", "WOJ", FieldFault.TWO_DIGITS, id="leading zero lost"),
        pytest.param(";;;;LUBUSKIE;;2024-01-01", "WOJ", FieldFault.TWO_DIGITS, id="no voivodeship"),
        pytest.param("08;1;;;gorzowski;;2024-01-01", "POW", FieldFault.TWO_DIGITS, id="short county"),
        pytest.param("08;01;00;2;Witnica;;2024-01-01", "GMI", FieldFault.TWO_DIGITS, id="number zero"),
        pytest.param("08;;07;3;Witnica;;2024-01-01", "POW", FieldFault.UNIT_ABOVE_MISSING, id="no county"),
        pytest.param(";01;;;gorzowski;;2024-01-01", "WOJ", FieldFault.UNIT_ABOVE_MISSING, id="county alone"),
        pytest.param("08;01;;3;Witnica;;2024-01-01", "GMI", FieldFault.UNIT_ABOVE_MISSING, id="kind alone"),
        pytest.param("08;01;07;;Witnica;;2024-01-01", "RODZ", FieldFault.KIND, id="no kind"),
        pytest.param("08;01;07;6;Witnica;;2024-01-01", "RODZ", FieldFault.KIND, id="unknown kind"),
        pytest.param("08;01;;x;gorzowski;;2024-01-01", "RODZ", FieldFault.KIND, id="kind of a county"),
        pytest.param("08;01;07;3; ;;2024-01-01", "NAZWA", FieldFault.NAME_MISSING, id="no name"),
        pytest.param(
            f"08;01;07;3;{'W' * 101};;2024-01-01", "NAZWA", FieldFault.NAME_TOO_LONG, id="long name"
        ),
        pytest.param("08;01;07;3;Wit\x00nica;;2024-01-01", "NAZWA", FieldFault.NAME_CHARACTERS, id="NUL"),
        pytest.param(
            "08;01;07;3;Wit\ufffdnica;;2024-01-01", "NAZWA", FieldFault.NAME_CHARACTERS, id="lost letter"
        ),
        pytest.param("08;01;07;3;Witnica;;01.01.2024", "STAN_NA", FieldFault.DATE, id="other date form"),
        pytest.param("08;01;07;3;Witnica;;2024-02-30", "STAN_NA", FieldFault.DATE, id="no such day"),
    ],
)
def test_a_wrong_field_is_refused_with_line_and_column(text, column, fault):
    stream = terc_lines(line("08", "LUBUSKIE"), text)

    with pytest.raises(BadTercField) as refusal:
        list(read_terc(stream))

    assert (refusal.value.line, refusal.value.column, refusal.value.fault) == (3, column, fault)


def test_a_row_that_is_cut_off_is_refused():
    with pytest.raises(IncompleteTercRow) as refusal:
        list(read_terc(terc_lines(line("08", "LUBUSKIE"), "08;01;;")))

    assert (refusal.value.line, refusal.value.found, refusal.value.expected) == (3, 4, 7)


def test_an_endless_xml_name_is_cut_before_it_fills_memory_and_then_refused():
    with pytest.raises(BadTercField) as refusal:
        list(read_terc(terc_xml({"08": "L" * 3_000_000})))

    assert refusal.value.fault is FieldFault.NAME_TOO_LONG
