import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from spoiwo.audit.models import AuditRecord
from spoiwo.institutions import queries, rules, services
from spoiwo.institutions.errors import EmptyFile, MissingColumns, OutOfReach, TooManyRows, UnreadableFile
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import COMMAND_LINE, Fault, Kind, KindPeriod, Role
from tests.makers import institutions as make

DAY = date(2024, 6, 3)
HEADER = "pełna nazwa;nazwa skrócona;rodzaje;miejscowość;REGON;podmiot prowadzący"
OFFICE = "Powiatowy Urząd Pracy;PUP Żagań;PUP;Żagań;631257822;"
CLUB = "Klub Integracji;KIS Żagań;kis, ,CIS;Żagań;;631257822"


def text(*lines, header=HEADER, encoding="utf-8"):
    return io.BytesIO("\r\n".join([header, *lines]).encode(encoding))


def sheet(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return io.BytesIO(out.getvalue())


def bring(*lines, keep_good=False, by=COMMAND_LINE, **file):
    return services.import_institutions(
        rows=services.read_file(text(*lines, **file)), keep_good=keep_good, today=DAY, by=by
    )


def counts(report):
    return report.created, report.changed, report.unchanged, len(report.refused)


def faults(report):
    return [(row.number, problem.field, problem.fault) for row in report.refused for problem in row.problems]


# Reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_offices_save_csv_in_many_ways(encoding, delimiter):
    header, line = "nazwa skrócona;kod;pełna nazwa;rodzaje", "PUP Żagań;pup;Urząd;PUP"
    file = text(line.replace(";", delimiter), header=header.replace(";", delimiter), encoding=encoding)

    (row,) = services.read_file(file)

    assert row.number == 2
    assert row.cells == {"short_name": "PUP Żagań", "code": "pup", "name": "Urząd", "kinds": "PUP"}


def test_a_spreadsheet_gives_texts_days_and_whole_numbers_as_people_see_them():
    file = sheet(
        ["name", "short_name", "kinds", "krs", "social_enterprise_from", "inna kolumna"],
        ["Fundacja", "F", "KIS", 45146.0, datetime(2024, 5, 1), None],
        [None, None, None, None, None, None],
        ["Druga", "D", "KIS", 1.5, None],
    )

    first, second = services.read_file(file)

    assert first.cells["krs"] == "45146"
    assert first.cells["social_enterprise_from"] == "2024-05-01"
    assert (second.number, second.cells["krs"]) == (4, "1.5")


def test_a_whole_number_with_a_decimal_point_loses_it():
    file = sheet(["name", "short_name", "kinds", "krs"], ["Fundacja", "F", "KIS", 45146])
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b"<v>45146</v>", b"<v>45146.0</v>"))
    out.seek(0)

    (row,) = services.read_file(out)

    assert row.cells["krs"] == "45146"


def test_cells_that_are_not_there_are_empty_and_guards_against_formulas_are_taken_off():
    (row,) = services.read_file(text("'=1+1;U", header="name;short_name;kinds"))

    assert row.cells == {"name": "=1+1", "short_name": "U", "kinds": ""}


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(61 * 1024 * 1024))
    return out.getvalue()


def other_archive():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        pytest.param(b"", EmptyFile, id="empty"),
        pytest.param(HEADER.encode(), EmptyFile, id="header only"),
        pytest.param(b"name;short_name\nA;B", MissingColumns, id="a needed column is missing"),
        pytest.param(b"a\x00b", UnreadableFile, id="NUL bytes"),
        pytest.param(b'name;"' + b"x" * 200_000 + b'"\n', UnreadableFile, id="a cell beyond measure"),
        pytest.param(b"x" * (5 * 1024 * 1024 + 1), UnreadableFile, id="too large"),
        pytest.param(b"PK\x03\x04 and nothing", UnreadableFile, id="a damaged archive"),
        pytest.param(other_archive(), UnreadableFile, id="another archive"),
        pytest.param(bomb(), UnreadableFile, id="an archive that unpacks to too much"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content, error):
    with pytest.raises(error):
        services.read_file(io.BytesIO(content))


def test_a_file_has_a_limit_of_rows():
    services.read_file(text(*[OFFICE] * rules.MOST_ROWS))

    with pytest.raises(TooManyRows):
        services.read_file(text(*[OFFICE] * (rules.MOST_ROWS + 1)))


# Taking in


@pytest.mark.django_db
def test_rows_become_institutions_whatever_their_order():
    report = bring(CLUB, OFFICE)

    assert (report.applied, counts(report)) == (True, (2, 0, 0, 0))
    club = Institution.objects.get(code="kis-zagan")
    assert club.running_body == queries.by_code("pup-zagan")
    assert [period.kind for period in queries.details_of(club).kinds] == [Kind.KIS, Kind.CIS]


@pytest.mark.django_db
def test_the_same_file_twice_changes_nothing():
    bring(OFFICE, CLUB)
    entries = AuditRecord.objects.count()

    report = bring(OFFICE, CLUB)

    assert counts(report) == (0, 0, 2, 0)
    assert AuditRecord.objects.count() == entries


@pytest.mark.django_db
def test_a_row_changes_what_its_columns_say_and_nothing_else():
    made = make.institution("pup", Kind.PUP, name="Dawny", place="Żagań", phone="68 000", nip="5252248481")
    made.kinds.update(valid_from=date(2000, 1, 1))

    report = bring("PUP;Nowa nazwa;PUP;PUP,KIS;", header="kod;name;short_name;kinds;phone")

    assert counts(report) == (0, 1, 0, 0)
    saved = Institution.objects.get(code="pup")
    assert (saved.name, saved.phone, saved.nip, saved.place) == ("Nowa nazwa", "", "5252248481", "Żagań")
    assert queries.details_of(saved).kinds == (KindPeriod(Kind.PUP, date(2000, 1, 1)), KindPeriod(Kind.KIS))


@pytest.mark.django_db
def test_an_institution_is_known_by_its_code_else_its_regon_else_its_name_and_place():
    make.institution("a", name="A", place="Żagań")
    make.institution("b", name="B", place="Żagań", regon="631257822")
    make.institution("c", name="C", place="Iłowa")
    header = "code;regon;name;short_name;kinds;place"

    report = bring(
        "a;;A1;A;PUP;Żagań",
        ";631257822;B1;B;PUP;Żagań",
        ";;C;C1;PUP;Iłowa",
        ";;C;C2;PUP;Żagań",
        ";277556406;D;D;PUP;Żagań",
        header=header,
    )

    assert counts(report) == (2, 3, 0, 0)


@pytest.mark.django_db
def test_one_bad_row_keeps_the_whole_file_out():
    report = bring(OFFICE, "Zły;Z;KLUB;Żagań;12;")

    assert not report.applied
    assert faults(report) == [(3, "kinds", Fault.KIND)]
    assert not Institution.objects.exists()


@pytest.mark.django_db
def test_good_rows_are_taken_when_asked_for():
    report = bring(OFFICE, "Zły;Z;KIS;Żagań;12;", keep_good=True)

    assert (report.applied, counts(report)) == (True, (1, 0, 0, 1))
    assert faults(report) == [(3, "regon", Fault.REGON)]
    assert Institution.objects.count() == 1


@pytest.mark.django_db
def test_a_running_body_that_is_nowhere_is_told():
    report = bring("Klub;K;KIS;Żagań;;Nikt", "Drugi;D;KIS;Żagań;;Klub")

    assert faults(report) == [
        (2, "running_body", Fault.RUNNING_BODY),
        (3, "running_body", Fault.RUNNING_BODY),
    ]


@pytest.mark.django_db
def test_two_that_would_run_each_other_are_told_and_nothing_is_taken():
    report = bring(OFFICE, "Klub;K;KIS;Żagań;;Drugi", "Drugi;D;KIS;Żagań;;Klub")

    assert (report.applied, [row.number for row in report.refused]) == (False, [3, 4])
    assert not Institution.objects.exists()
    assert not AuditRecord.objects.exists()


@pytest.mark.django_db
def test_a_code_or_a_regon_or_a_name_and_place_stands_once_in_a_file():
    header = "code;regon;name;short_name;kinds;place"

    report = bring(
        "a;;A;A;PUP;Żagań",
        "a;;B;B;PUP;Żagań",
        ";631257822;C;C;PUP;Żagań",
        ";631257822;D;D;PUP;Żagań",
        ";;C;C;PUP;Żagań",
        ";;C;C;PUP;Iłowa",
        header=header,
    )

    assert faults(report) == [
        (3, "name", Fault.ROW_TWICE),
        (5, "name", Fault.ROW_TWICE),
        (6, "name", Fault.ROW_TWICE),
    ]


@pytest.mark.django_db
def test_the_same_institution_twice_in_a_file_is_told_with_the_earlier_row():
    report = bring(OFFICE, OFFICE, keep_good=True)

    assert faults(report) == [(3, "name", Fault.ROW_TWICE)]
    assert report.refused[0].problems[0].value == "2"


@pytest.mark.django_db
def test_dates_are_read_as_offices_write_them():
    header = "name;short_name;kinds;social_enterprise_from;social_enterprise_to"

    report = bring(
        "A;A;KIS;3.02.2024 r.;2025-02-03",
        "B;B;KIS;30.02.2024;",
        "C;C;KIS;jutro;wczoraj",
        header=header,
        keep_good=True,
    )

    saved = Institution.objects.get()
    assert (saved.social_enterprise_from, saved.social_enterprise_to) == (date(2024, 2, 3), date(2025, 2, 3))
    assert faults(report) == [
        (3, "social_enterprise_from", Fault.DATE),
        (4, "social_enterprise_from", Fault.DATE),
        (4, "social_enterprise_to", Fault.DATE),
    ]


@pytest.mark.django_db
def test_only_whoever_runs_the_platform_brings_files_in():
    administrator = make.acting(make.member(make.institution(), Role.LOCAL_ADMIN))

    with pytest.raises(OutOfReach):
        bring(OFFICE, by=administrator)
