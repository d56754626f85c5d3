"""What a centre kept in a spreadsheet comes into the support register once, and nothing of it gets lost."""

from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from spoiwo.exchange.errors import MappingIncomplete, MappingNameTaken, NoSuchImport, NotNow, UnusableFile
from spoiwo.exchange.models import ColumnMapping, RejectedSheetRow, SheetImport
from spoiwo.exchange.rules import sheets as rules
from spoiwo.exchange.rules.sheet_columns import COLUMNS
from spoiwo.exchange.services import files, sheet_lines, sheets
from spoiwo.exchange.services.rejected_sheet_rows import rejected_rows_of
from spoiwo.exchange.types import Layout, SheetKind, SheetState
from spoiwo.institutions.types import Kind, Role
from spoiwo.support.models import Delivery, Entity, Group, KfsTotal, Participant
from spoiwo.support.services import people, periods, results
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for
from tests.architecture.sources import ROOT
from tests.makers import institutions
from tests.makers import support as made
from tests.makers.sheets import HEADERS, checked, received


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


@pytest.mark.django_db
def test_a_years_sheet_is_checked_first_and_written_down_once(django_capture_on_commit_callbacks):
    owes = made.centre()
    known = made.person(owes, "Jan", pesel=JAN)
    rows = [
        ["3.02.2021", "1,5", "Ewa Próbna", EWA, "porada ogólna", "statut"],
        ["4.02.2021", "1", "Ewa Próbna", "", "prawne", ""],  # the same Ewa, told by her name
        ["4.02.2021", "2", "Jan Inaczejpisany", JAN, "porada ogólna", ""],  # told by his number
        ["5.02.2021", "2", "Ktoś Nieznany", "44051401459", "porada ogólna", ""],  # no such number
        ["5.02.2021", "25", "Za Długo", "", "porada ogólna", ""],
    ]

    sheet = checked(owes, HEADERS, *rows)

    with acting_for(owes.institution_id):
        assert (sheet.state, sheet.rows, sheet.taken, sheet.rejected) == (SheetState.CHECKED, 5, 3, 2)
        assert sheet.problems == {"bad_number:": 1, "no_minutes:minutes": 1}
        assert Delivery.objects.count() == 0
        with django_capture_on_commit_callbacks(execute=True):
            sheets.take_sheet(uuid=sheet.uuid, by=owes)
        sheets.run_sheet(sheet.uuid)  # nothing is left to do
        sheet.refresh_from_db()
        assert not files.path_of(sheets.FOLDER, sheet.uuid).exists()

        assert (sheet.state, sheet.taken, sheet.rejected) == (SheetState.DONE, 3, 2)
        assert sorted(Delivery.objects.values_list("minutes", flat=True)) == [60, 90, 120]
        assert Participant.objects.count() == 2
        assert Delivery.objects.get(minutes=120).participant_id == known.pk
        assert (
            Delivery.objects.get(minutes=90).participant_id == Delivery.objects.get(minutes=60).participant_id
        )

    again = checked(owes, HEADERS, *rows)

    assert (again.taken, again.rejected) == (0, 5)
    assert again.problems["written_already:"] == 3


@pytest.mark.django_db
def test_entities_and_groups_are_found_or_made():
    owes = made.centre()
    cooperative = made.entity(owes, "Spółdzielnia Znana", nip="5250007738")
    headers = ("Dzień", "Minuty", "Nazwa", "NIP", "Typ odbiorcy")
    rows = [
        ["2021-02-03", "60", "Inna nazwa tej samej", "525-000-77-38", "podmiot"],
        ["2021-02-04", "60", "spółdzielnia znana", "", "podmiot"],
        ["2021-02-05", "60", "Fundacja Nowa", "", "podmiot"],
        ["2021-02-06", "60", "Fundacja Nowa", "", "podmiot"],
        ["2021-02-07", "60", "Grupa z Lubiszyna", "", "grupa"],
        ["2021-02-08", "60", "Grupa z Lubiszyna", "", "grupa"],
    ]

    sheet = checked(owes, headers, *rows)
    with acting_for(owes.institution_id):
        sheets.take_sheet(uuid=sheet.uuid, by=owes)
        sheets.run_sheet(sheet.uuid)

        assert Delivery.objects.filter(entity=cooperative).count() == 2
        assert Entity.objects.get(name="Fundacja Nowa").pk
        assert Group.objects.get().name == "Grupa z Lubiszyna"
        assert Delivery.objects.filter(group__isnull=False).count() == 2


@pytest.mark.django_db
def test_what_the_register_would_refuse_is_refused_line_by_line():
    owes = made.centre()
    with acting_for(owes.institution_id):
        results.add_project(
            name="OWES 2021", number="1/2021", starts_on=date(2021, 1, 1), ends_on=date(2021, 6, 30), by=owes
        )
        periods.close_period(
            first_day=date(2020, 1, 1), last_day=date(2020, 12, 31), today=date(2021, 1, 5), by=owes
        )
    for _ in range(2):
        made.person(owes, "Anna", birth_date=date(1970, 1, 1))
    Participant.objects.filter(first_name="Anna").update(search_key="dwojna anna", last_name="Dwójna")
    headers = ("Dzień", "Minuty", "Imię", "Nazwisko", "Projekt", "Data urodzenia")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    rows = [
        ["2021-02-03", "60", "Ewa", "Próbna", "owes 2021", ""],
        ["2021-07-03", "60", "Ewa", "Próbna", "1/2021", ""],
        ["2021-02-03", "60", "Ewa", "Próbna", "nie ma", ""],
        ["2020-02-03", "60", "Ewa", "Próbna", "", ""],
        [tomorrow, "60", "Ewa", "Próbna", "", ""],
        ["2021-02-03", "60", "Anna", "Dwójna", "", ""],
        ["2021-02-09", "60", "Anna", "Dwójna", "", "1980-05-05"],  # another Anna
    ]

    sheet = checked(owes, headers, *rows)

    assert sheet.problems == {
        "outside_project:project": 1,
        "unknown_project:project": 1,
        "period_closed:day": 1,
        "day_to_come:day": 1,
        "several_match:": 1,
    }
    assert sheet.taken == 2


@pytest.mark.django_db
def test_a_name_that_two_new_people_bear_is_not_guessed():
    owes = made.centre()
    headers = ("Dzień", "Minuty", "Imię", "Nazwisko", "PESEL")
    rows = [
        ["2021-02-03", "60", "Ewa", "Próbna", EWA],
        ["2021-02-04", "60", "Ewa", "Próbna", JAN],
        ["2021-02-05", "60", "Ewa", "Próbna", ""],
    ]

    sheet = checked(owes, headers, *rows)

    assert sheet.problems == {"several_match:": 1}
    assert sheet.taken == 2


@pytest.mark.django_db
def test_a_number_given_later_in_the_sheet_is_kept():
    owes = made.centre()
    headers = ("Dzień", "Minuty", "Imię", "Nazwisko", "PESEL")

    sheet = checked(
        owes,
        headers,
        ["2021-02-03", "60", "Ewa", "Próbna", ""],
        ["2021-02-04", "60", "Ewa", "Próbna", EWA],
    )
    with acting_for(owes.institution_id):
        sheets.take_sheet(uuid=sheet.uuid, by=owes)
        sheets.run_sheet(sheet.uuid)

        assert Participant.objects.get().pesel_index is not None


@pytest.mark.django_db
def test_totals_of_offices_come_from_a_file_and_replace_those_of_the_same_period():
    office = institutions.acting(
        institutions.member(institutions.institution("", Kind.PUP, short_name="PUP Próbny"), Role.REGISTRAR)
    )
    rows = [
        ["2015-01-01", "2015-12-31", "45+", "29", "89", "179 000,00 zł"],
        ["2015-01-01", "2015-12-31", "45+", "1", "1", "1"],
        ["2015-12-31", "2015-01-01", "zawody deficytowe", "1", "1", "1"],
    ]

    sheet = None
    for _ in range(2):
        sheet = checked(office, KFS_HEADERS, *rows, kind=SheetKind.KFS)
        with acting_for(office.institution_id):
            sheets.take_sheet(uuid=sheet.uuid, by=office)
            sheets.run_sheet(sheet.uuid)
            sheet.refresh_from_db()

    with acting_for(office.institution_id):
        total = KfsTotal.objects.get()
        assert (total.employers, total.people, total.amount_pln) == (29, 89, Decimal("179000.00"))
        assert sheet is not None
        assert sheet.problems == {"repeated_total:priority": 1, "end_before_start:last_day": 1}
    with pytest.raises(NoSuchImport):
        received(office, HEADERS, ["2021-02-03", "1", "A B", "", "", ""])


@pytest.mark.django_db
def test_a_sheet_broken_off_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(sheets, "BATCH", 2)
    owes = made.centre()
    rows = [[f"{day}.02.2021", "1", f"Osoba Numer{day}", "", "", ""] for day in range(1, 6)]
    sheet = decided(monkeypatch, owes, *rows)
    take, done = sheet_lines.take, []

    def die_at_the_second(kind, lines, *, by):
        done.append(len(lines))
        if len(done) == 2:
            raise WorkerDied
        take(kind, lines, by=by)

    monkeypatch.setattr(sheets, "take", die_at_the_second)
    with pytest.raises(WorkerDied):
        sheets.run_sheet(sheet.uuid)
    with acting_for(0, job="import"):
        SheetImport.objects.update(updated_at=timezone.now() - timedelta(minutes=5))

    assert sheets.resume_stale_sheets(timezone.now()) == 1

    sheets.run_sheet(sheet.uuid)
    with acting_for(owes.institution_id):
        sheet.refresh_from_db()
        assert (sheet.state, sheet.rows_done, sheet.taken) == (SheetState.DONE, 5, 5)
        assert Delivery.objects.count() == 5
        assert sheet.attempts >= 2


@pytest.mark.django_db
def test_a_worker_that_was_overtaken_writes_nothing(monkeypatch):
    owes = made.centre()
    sheet = decided(monkeypatch, owes, ["1.02.2021", "1", "Ewa Próbna", "", "", ""])

    @contextmanager
    def overtaken():
        with acting_for(0, job="import"):
            SheetImport.objects.filter(pk=sheet.pk).update(rows_done=1)
        yield

    monkeypatch.setattr(sheets, "giving_way", overtaken)
    sheets.run_sheet(sheet.uuid)

    with acting_for(owes.institution_id):
        sheet.refresh_from_db()
        assert Delivery.objects.count() == 0
        assert sheet.state == SheetState.TAKING


@pytest.mark.django_db
def test_columns_are_saved_under_a_name_and_the_next_sheet_needs_no_questions():
    owes = made.centre()
    row = ["1.02.2021", "1", "Ewa Próbna", "", "", ""]
    sheet = received(owes, HEADERS, row)
    with acting_for(owes.institution_id):
        with pytest.raises(MappingIncomplete):
            sheets.set_columns(uuid=sheet.uuid, columns={"name": "Temat"}, values={}, by=owes)
        sheets.set_columns(uuid=sheet.uuid, columns=sheet.columns, values={}, save_as="Nasz", by=owes)
        sheets.set_columns(uuid=sheet.uuid, columns=sheet.columns, values={}, save_as="Nasz", by=owes)
        assert ColumnMapping.objects.get().version == 2

    following = received(owes, HEADERS, row)
    other = received(owes, ("Dzień", "Minuty", "Nazwa"), ["2021-02-03", "60", "A"])

    assert following.state == SheetState.CHECKED
    assert other.state == SheetState.COLUMNS
    with acting_for(owes.institution_id):
        with pytest.raises(MappingNameTaken):
            sheets.set_columns(uuid=other.uuid, columns=other.columns, values={}, save_as="Nasz", by=owes)
        sheets.stop_sheet(uuid=following.uuid, by=owes)
        with pytest.raises(NotNow):
            sheets.take_sheet(uuid=following.uuid, by=owes)
        following.refresh_from_db()
        with pytest.raises(NotNow):
            sheets.preview_of(following)
        sheets.run_sheet(following.uuid)  # was stopped: nothing happens
        assert Delivery.objects.count() == 0


@pytest.mark.django_db
def test_nothing_stays_of_a_file_that_is_no_sheet_or_too_long(monkeypatch):
    owes = made.centre()
    monkeypatch.setattr(sheets, "MOST_ROWS", 1)
    with acting_for(owes.institution_id):
        with pytest.raises(UnusableFile):
            sheets.receive_sheet(kind=SheetKind.SUPPORT, name="x", chunks=[b"%PDF-1.4"], by=owes)
        assert not SheetImport.objects.exists()
    with pytest.raises(UnusableFile):
        checked(owes, HEADERS, *[["1.02.2021", "1", f"Osoba {n}", "", "", ""] for n in "AB"])


@pytest.mark.django_db
def test_sheets_and_rejected_rows_are_forgotten_after_a_month():
    owes = made.centre()
    sheet = checked(owes, HEADERS, ["kiedyś", "1", "Ewa Próbna", "", "", ""])
    with acting_for(0, job="import"):
        assert RejectedSheetRow.objects.count() == 1

        sheets.resume_stale_sheets(timezone.now() + timedelta(days=31))

        assert RejectedSheetRow.objects.count() == 0
        sheet.refresh_from_db()
        assert sheet.state == SheetState.STOPPED


LINES = some.tuples(some.integers(1, 9), some.sampled_from(["30", "60"]), some.sampled_from(["A B", "C D"]))


@pytest.mark.django_db
@given(lines=some.lists(LINES, min_size=1, max_size=8))
@settings(max_examples=10, deadline=None)
def test_taking_any_sheet_twice_writes_nothing_twice(lines):
    owes = made.centre()
    rows = [[f"{day}.02.2021", minutes, name] for day, minutes, name in lines]
    counts = []

    for _ in range(2):
        sheet = checked(owes, ("Dzień", "Minuty", "Imię i nazwisko"), *rows)
        with acting_for(owes.institution_id):
            sheets.take_sheet(uuid=sheet.uuid, by=owes)
            sheets.run_sheet(sheet.uuid)
            counts.append(Delivery.objects.filter(institution_id=owes.institution_id).count())

    assert counts == [len(set(lines))] * 2


@pytest.mark.django_db
def test_a_group_of_the_register_is_found_a_stranger_finds_no_sheet_and_a_clean_sheet_hands_out_nothing(
    monkeypatch,
):
    monkeypatch.setattr(sheets, "BATCH", 1)
    owes, other = made.centre(), made.centre()
    with acting_for(owes.institution_id):
        group = people.add_group(name="Grupa z Lubiszyna", founded_on=date(2021, 1, 1), by=owes)
    headers = ("Dzień", "Minuty", "Nazwa", "Typ odbiorcy")
    rows = [[f"2021-02-0{day}", "60", "grupa z lubiszyna", "grupa"] for day in (1, 2)]
    sheet = checked(owes, headers, *rows)

    with acting_for(other.institution_id), pytest.raises(NoSuchImport):
        sheets.take_sheet(uuid=sheet.uuid, by=other)
    with acting_for(owes.institution_id):
        assert rejected_rows_of(sheet, request_id="", by=owes) == []
        sheets.take_sheet(uuid=sheet.uuid, by=owes)
        sheets.run_sheet(sheet.uuid)
        assert Delivery.objects.filter(group=group).count() == 2


@pytest.mark.django_db
def test_a_sheet_that_was_finished_by_another_worker_is_not_finished_again(monkeypatch):
    owes = made.centre()
    sheet = decided(monkeypatch, owes, ["1.02.2021", "1", "Ewa Próbna", "", "", ""])
    take = sheets._take_batch

    def last_batch_and_another_worker(*args):
        done = take(*args)
        with acting_for(0, job="import"):
            SheetImport.objects.filter(pk=sheet.pk).update(state=SheetState.DONE)
        return done

    monkeypatch.setattr(sheets, "_take_batch", last_batch_and_another_worker)
    sheets.run_sheet(sheet.uuid)

    with acting_for(owes.institution_id):
        sheet.refresh_from_db()
        assert sheet.finished_at is None


def test_the_reference_describes_every_column():
    page = (ROOT / "docs" / "reference" / "support-sheets.md").read_text(encoding="utf-8")

    for column in (one for columns in COLUMNS.values() for one in columns):
        star = " \\*" if column.mandatory else ""
        names = f"{column.label_en} / {column.label_pl}"
        held = f"{column.english} / {column.polish}"
        assert f"| `{column.name}`{star} | {names} | {held} | {column.example} |" in page
