"""The contract of files is one table: what reads files, what the help page says, what the documentation says."""

from dataclasses import fields

import pytest

from spoiwo.clients.types import FactRow, RegisterKind, RegisterRow
from spoiwo.exchange.rules import mapping
from spoiwo.exchange.rules.contract import COLUMNS, column, names
from spoiwo.exchange.rules.rows import RowReader
from spoiwo.exchange.types import Layout
from tests.makers.exchange import DAY
from tools import file_contract


def test_the_reference_page_says_what_the_table_says():
    assert file_contract.PAGE.read_text(encoding="utf-8") == file_contract.page(), (
        "Run: python -m tools.file_contract"
    )


def test_every_column_of_the_contract_has_a_place_in_a_row():
    register = {field.name for field in fields(RegisterRow)}
    facts = {field.name.removeprefix("valid_") for field in fields(FactRow)}

    assert set(names(RegisterKind.REGISTER)) == register
    assert set(names(RegisterKind.FACTS)) == facts


@pytest.mark.parametrize("kind", list(RegisterKind))
def test_the_examples_of_the_contract_are_read_without_a_finding(kind):
    headers = [found.label_pl for found in COLUMNS[kind]]
    layout = mapping.guess(kind, headers)
    reader = RowReader(kind, headers, layout, DAY)

    row, findings = reader.read([found.example for found in COLUMNS[kind]])

    assert set(layout.columns) == set(names(kind))
    assert row is not None
    assert findings == []


@pytest.mark.parametrize("kind", list(RegisterKind))
def test_no_two_columns_answer_to_the_same_header(kind):
    spellings = [spelling for found in COLUMNS[kind] for spelling in found.synonyms]

    assert len(spellings) == len(set(spellings))


def test_a_layout_fits_whatever_the_case_and_marks_of_headers():
    layout = Layout(columns={"local_id": "Nr Ewid.", "first_name": "Imię", "last_name": "NAZWISKO"})

    found = mapping.fit(layout, ["nazwisko", "imie", "nr ewid", "inne"])

    assert found is not None
    assert found.columns == {"local_id": "nr ewid", "first_name": "imie", "last_name": "nazwisko"}
    assert mapping.fit(layout, ["nazwisko", "imie"]) is None


def test_columns_are_known_by_name():
    assert column(RegisterKind.FACTS, "kind").mandatory
    with pytest.raises(KeyError):
        column(RegisterKind.FACTS, "pesel")
