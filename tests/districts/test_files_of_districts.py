"""Files of districts: good rows are taken, the others kept with the reason."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from spoiwo.districts import messages
from spoiwo.districts.errors import UnreadableFile
from spoiwo.districts.models import AddressRange, District, Duty, RangeImport
from spoiwo.districts.services import importing
from spoiwo.districts.types import Fault
from spoiwo.institutions.types import Role
from tests.makers import districts as made
from tests.makers import institutions
from tests.makers.districts_desk import Desk, address, browser_of, text

pytestmark = pytest.mark.django_db


def csv_file(*lines: str, encoding: str = "utf-8") -> SimpleUploadedFile:
    header = "rejon;nazwa;teryt;miejscowość;ulica;numery;od numeru;do numeru;pracownik;ważne od;ważne do"
    return SimpleUploadedFile("rejony.csv", "\n".join([header, *lines]).encode(encoding))


GOOD = "7;Zawarcie;0861011;Gorzów;Grobla;nieparzyste;1;45A;Anna Klon;1.01.2026;"


def test_a_file_is_taken_in_and_again_changes_nothing():
    desk = Desk()

    desk.keeper.post(address("import"), {"file": csv_file(GOOD, "", "8;;0861011;;Łąkowa;;;;;;")})
    desk.keeper.post(address("import"), {"file": csv_file(GOOD, encoding="cp1250")})

    first, second = desk.rows(RangeImport)
    assert (first.districts, first.taken, first.unchanged, first.refused) == (2, 2, 0, 0)
    assert (second.districts, second.taken, second.unchanged, second.refused) == (0, 0, 1, 0)
    assert District.objects.get(code="8").name == "8"
    assert Duty.objects.get(district__code="7").user_id == desk.anna.user_id
    changed = csv_file(GOOD + "31.12.2026")
    desk.keeper.post(address("import"), {"file": changed})
    assert AddressRange.objects.get(district__code="7").valid_to is not None


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (";;0861011;;Nowa;;;;;;", Fault.DISTRICT),
        ("9;;nic;;Nowa;;;;;;", Fault.TERYT),
        ("9;;0861011;;Nowa;lewe;;;;;", Fault.SIDE),
        ("9;;0861011;;Nowa;;abc;;;;", Fault.NUMBER),
        ("9;;0861011;;Nowa;;9;7;;;", Fault.ORDER),
        ("9;;0861011;;;;9;;;;", Fault.NUMBERS_NOWHERE),
        ("9;;0861011;;Nowa;;;;;jutro;", Fault.DATE),
        ("9;;0861011;;Nowa;;;;;2.01.2026;1.01.2026", Fault.DATES),
        (f"9;;0861011;;{'N' * 121};;;;;;", Fault.TOO_LONG),
        ("9;;0861011;;Nowa;;;;Nikt Nieznany;;", Fault.WORKER),
        ("9;;0861011;;Polna;;;;;;", Fault.TWICE),
        ("1;;0861011;;Nowa;;;;Jan Buk;1.01.2023;", Fault.DATES),
    ],
)
def test_refused_rows_are_kept_with_the_reason(line: str, fault: Fault):
    desk = Desk()

    desk.keeper.post(address("import"), {"file": csv_file(line, GOOD)})

    (made_,) = desk.rows(RangeImport)
    assert (made_.taken, made_.refused) == (1, 1)
    assert not District.objects.filter(code="9").exists()
    file = desk.keeper.get(address("refused", made_.uuid)).content.decode("utf-8-sig")
    assert str(messages.FAULT_NAMES[fault]) in file
    assert "odrzucone" in text(desk.keeper.get(address("import")))


def test_refused_rows_are_not_for_others_and_the_example_can_be_taken_in():
    desk = Desk()
    desk.keeper.post(address("import"), {"file": csv_file(";;;;;;;;;;")})
    (made_,) = desk.rows(RangeImport)
    stranger = browser_of(institutions.member(made.office(), Role.SUPERVISOR))

    assert stranger.get(address("refused", made_.uuid)).status_code == 404
    example = SimpleUploadedFile("wzor.csv", desk.keeper.get(address("example")).content)
    desk.keeper.post(address("import"), {"file": example})

    assert (desk.rows(RangeImport)[-1].taken, desk.rows(RangeImport)[-1].refused) == (2, 0)


def test_a_workbook_is_taken_in_though_its_codes_became_numbers():
    desk = Desk()
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["rejon", "teryt", "ulica", "od numeru", "ważne od"])
    sheet.append([8, 861011, "Łąkowa", 5, date(2026, 1, 1)])
    book.save(out)

    desk.keeper.post(address("import"), {"file": SimpleUploadedFile("rejony.xlsx", out.getvalue())})

    taken = AddressRange.objects.get(district__code="8")
    assert (taken.teryt, taken.valid_from) == ("0861011", date(2026, 1, 1))


@pytest.mark.parametrize(
    "content",
    [b"a;b\n1;2", b"\x00\x01", b"PK\x03\x04 nic", b'rejon;teryt\n"' + b"x" * 200_000, b""],
    ids=["no columns", "no text", "no workbook", "endless cell", "empty"],
)
def test_a_file_that_is_no_table_of_districts_is_refused(content: bytes):
    desk = Desk()

    answer = desk.keeper.post(address("import"), {"file": SimpleUploadedFile("x.csv", content)})

    assert answer.status_code == 422
    assert desk.rows(RangeImport) == []


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importing, "MOST_BYTES", 10)

    with pytest.raises(UnreadableFile):
        importing.read_file(io.BytesIO(b"x" * 11))
