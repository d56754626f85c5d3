"""All answers as a file: complete, sealed on disk, harmless to spreadsheets."""

import pytest

from spoiwo.institutions.types import Kind
from spoiwo.surveys.errors import (
    FileTooLarge,
    NotFound,
)
from spoiwo.surveys.models import Answer, ResultsExport
from spoiwo.surveys.services import exporting, rounds
from spoiwo.surveys.types import Unit
from tests.makers import institutions as people
from tests.makers import surveys
from tests.makers.surveys import analyst

pytestmark = pytest.mark.django_db
ONE = Unit(name="CIS Jeden", key="one", kind="CIS", territory="0861011", email="one@example.pl")
TWO = Unit(name="PS Dwa", key="two", kind="PS", territory="0801022", email="two@example.pl")
THREE = Unit(name="PS Trzy", key="three", kind="PS")


@pytest.fixture
def office():
    return people.institution("rops", Kind.ROPS)


def closed(office, **round_):
    """Two of three answered: a CIS with 4 posts and a PS without any."""
    made = surveys.survey(office, ONE, TWO, THREE, asked=surveys.version(office, surveys.sector()), **round_)
    surveys.hand_in(
        surveys.token(made, "one"),
        {"kind": "cis", "jobs": "4", "participants.started.women": "7", "closed": "no"},
    )
    surveys.hand_in(surveys.token(made, "two"), {"kind": "ps", "jobs": "0"})
    return rounds.close_survey(survey_id=made.pk, by=analyst(office))


class TestFiles:
    """All answers as a file."""

    def asked(self, office, made, form="csv"):
        return exporting.ask_export(survey_id=made.pk, form=form, by=analyst(office))

    def test_a_file_holds_every_answer_and_is_sealed_on_disk(self, office):
        made = closed(office)
        export = self.asked(office, made)
        same = self.asked(office, made)
        exporting.make_export(export.uuid)
        exporting.make_export(export.uuid)
        export.refresh_from_db()

        text = b"".join(exporting.fetch_export(export=export, by=analyst(office))).decode("utf-8-sig")

        assert same.pk == export.pk
        assert (export.rows, export.rows_done, export.state) == (2, 2, "ready")
        lines = sorted(line.split(";") for line in text.splitlines()[1:])
        assert [line[0] for line in lines] == ["one", "two"]
        assert lines[0][6:8] == ["cis", "4"]
        assert b"CIS Jeden" not in exporting.path_of(export.uuid).read_bytes()

    def test_a_workbook_is_made_too(self, office):
        export = self.asked(office, closed(office), "xlsx")
        exporting.make_export(export.uuid)
        export.refresh_from_db()

        assert b"".join(exporting.fetch_export(export=export, by=analyst(office))).startswith(b"PK")

    def test_formulas_are_disarmed_and_numbers_stay_numbers(self):
        assert [exporting._safe(cell) for cell in ("=1+1", "-5", "-5+1", "+48 600", "", "a")] == [
            "'=1+1", "-5", "'-5+1", "'+48 600", "", "a",
        ]  # fmt: skip

    def test_values_are_written_as_they_were_answered(self):
        assert [exporting._cell(value) for value in (None, "?", ["a", "b"], 3)] == ["", "?", "a b", "3"]

    def test_large_files_are_written_in_pieces(self, office, monkeypatch):
        monkeypatch.setattr(exporting, "_CHUNK", 10)
        monkeypatch.setattr(exporting, "AT_ONCE", 1)
        made = closed(office)
        export = self.asked(office, made)
        exporting.make_export(export.uuid)
        export.refresh_from_db()

        assert b"".join(exporting.fetch_export(export=export, by=analyst(office))).count(b"\r\n") == 3

    def test_answers_about_persons_carry_their_subject(self, office):
        made = surveys.about_persons(office)
        Answer.objects.create(
            survey=made, holder=office, subject_key="client:7", state="submitted", sealed=b"", id="0" * 32
        )
        row = exporting._first_cells(Answer.objects.select_related("unit").get())

        assert row[0] == "client:7"

    def test_anonymous_answers_name_nobody_and_progress_is_told(self, office):
        made = closed(office)
        told: list[int] = []
        export = self.asked(office, made)
        exporting.make_export(export.uuid, listener=told.append)
        with_names = list(exporting.rows_of(made))

        assert told[-1] == len(with_names) - 1 == 2
        assert exporting._first_cells(Answer(is_anonymous=True)) == [""] * len(exporting.FIRST_COLUMNS)

    def test_workbooks_beyond_what_memory_holds_are_refused(self, office, monkeypatch):
        monkeypatch.setattr(exporting, "MOST_XLSX_CELLS", 1)

        with pytest.raises(FileTooLarge):
            self.asked(office, closed(office), "xlsx")
        with pytest.raises(NotFound):
            self.asked(office, closed(office), "pdf")
        assert ResultsExport.objects.count() == 0
