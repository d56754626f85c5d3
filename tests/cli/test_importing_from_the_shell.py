"""`spoiwo registers import`: the service of the screens, with figures for machines."""

import io
import json
import logging
import logging.config

import pytest

from spoiwo.cli import main
from spoiwo.clients.models import RecordVersion
from spoiwo.config.logs import logging_settings
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions

pytestmark = pytest.mark.django_db
HEADER = "local_id,first_name,last_name,birth_date,pesel\n"
GOOD = f"{HEADER}1,Anna,Kanarkowska,1980-05-03,\n2,Jan,Nowak,1975-01-31,\n"


@pytest.fixture
def bring_in(capsys, tmp_path, settings, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setenv("SPOIWO_LANGUAGE", "pl")
    office = institutions.institution("pup-probny")
    number = 0

    def call(text: str, *words: str):
        nonlocal number
        number += 1
        file = tmp_path / f"wykaz-{number}.csv"
        file.write_text(text, encoding="utf-8")
        code = main.main(["registers", "import", "--institution", office.code, str(file), *words, "--json"])
        shown = capsys.readouterr()
        return code, json.loads(shown.out), shown.err

    return call


def people() -> int:
    with acting_for(0, job="import"):
        return RecordVersion.objects.count()


def test_a_good_file_is_taken_in_and_told_in_figures(bring_in):
    code, told, messages = bring_in(GOOD)

    assert code == 0
    assert (told["rows"], told["new"], told["rejected"], told["state"]) == (2, 2, 0, "done")
    assert people() == 2
    assert "wczytywanie" in messages


def test_the_same_file_again_changes_nothing_and_says_so(bring_in):
    bring_in(GOOD)

    code, told, _ = bring_in(GOOD)

    assert code == 0
    assert told["already_imported"] is True
    assert people() == 2


def test_a_dry_run_only_checks(bring_in):
    code, told, _ = bring_in(GOOD, "--dry-run")

    assert (code, told["dry_run"], told["rows"]) == (0, True, 2)
    assert people() == 0


def test_a_file_without_the_mandatory_columns_is_refused_in_polish(bring_in):
    code, told, _ = bring_in("numer;dane\n1;x\n")

    assert code == 1
    assert told["error"]["kind"] == "UnusableFile"
    assert told["error"]["message"].endswith(".")
    assert people() == 0


def test_a_file_that_is_not_there_is_unusable_input(capsys, tmp_path):
    office = institutions.institution()

    code = main.main(
        ["registers", "import", "--institution", office.code, str(tmp_path / "none.csv"), "--json"]
    )

    assert code == 2
    assert "none.csv" in json.loads(capsys.readouterr().out)["error"]["message"]


def test_what_is_wrong_with_rows_is_not_written_to_the_log(bring_in):
    log = io.StringIO()
    before = logging.getLogger().handlers[:], logging.getLogger().level
    configuration = logging_settings("DEBUG")
    configuration["handlers"]["stderr"]["stream"] = log
    logging.config.dictConfig(configuration)

    try:
        code, told, messages = bring_in(f"{GOOD}3,,Kanarkowska,1980-13-45,Kanarek\n")
    finally:
        logging.getLogger().handlers[:], logging.getLogger().level = before

    assert (code, told["rejected"]) == (0, 1)
    assert "Kanar" not in log.getvalue()
    assert "Kanar" not in json.dumps(told)
    assert "Kanar" not in messages
