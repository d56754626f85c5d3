"""The first start makes a private folder and fresh secrets, once."""

import base64
import json
import stat

import pytest

from spoiwo.cli import main
from spoiwo.config.environment import read_stored
from spoiwo.config.first_start import FOLDERS, prepare


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_secrets_are_readable_by_their_owner_only(tmp_path):
    prepared = prepare(tmp_path / "deep" / "data")

    assert mode(prepared.folder) == 0o700
    assert mode(prepared.secrets_file) == 0o600
    assert [mode(prepared.folder / name) for name in FOLDERS] == [0o700] * len(FOLDERS)


def test_secrets_are_fresh_and_of_full_length(tmp_path):
    one, other = (read_stored(prepare(tmp_path / name).secrets_file) for name in ("one", "other"))

    assert set(one) == {"SPOIWO_SECRET_KEY", "SPOIWO_MASTER_KEYS", "SPOIWO_INDEX_KEY", "SPOIWO_SEAL_KEY"}
    assert len(base64.b64decode(one["SPOIWO_MASTER_KEYS"])) == 32
    assert len(base64.b64decode(one["SPOIWO_INDEX_KEY"])) == 32
    assert len(one["SPOIWO_SECRET_KEY"]) >= 50
    assert not set(one.values()) & set(other.values())


def test_a_second_start_changes_nothing(tmp_path):
    first = prepare(tmp_path)
    written = first.secrets_file.read_bytes()

    second = prepare(tmp_path)

    assert second.written == ()
    assert first.secrets_file.read_bytes() == written


def test_what_is_there_stays_and_what_is_missing_is_added(tmp_path):
    (tmp_path / "settings.env").write_text(
        "SPOIWO_SECRET_KEY=kept\nSPOIWO_PROFILE=production", encoding="utf-8"
    )

    prepared = prepare(tmp_path, frozenset({"SPOIWO_INDEX_KEY"}))

    stored = read_stored(prepared.secrets_file)
    assert prepared.written == ("SPOIWO_MASTER_KEYS", "SPOIWO_SEAL_KEY")
    assert stored["SPOIWO_SECRET_KEY"] == "kept"
    assert stored["SPOIWO_PROFILE"] == "production"
    assert "SPOIWO_INDEX_KEY" not in stored


def test_the_command_says_where_and_what(tmp_path, monkeypatch, capsys):
    for name in ("SPOIWO_SECRET_KEY", "SPOIWO_MASTER_KEYS", "SPOIWO_INDEX_KEY", "SPOIWO_SEAL_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("SPOIWO_DATA_DIR", str(tmp_path / "data"))

    code = main.main(["init", "--json"])

    told = json.loads(capsys.readouterr().out)
    assert code == 0
    assert told["data_dir"] == str(tmp_path / "data")
    assert told["written"] == [
        "SPOIWO_SECRET_KEY",
        "SPOIWO_MASTER_KEYS",
        "SPOIWO_INDEX_KEY",
        "SPOIWO_SEAL_KEY",
    ]


def test_a_folder_that_cannot_be_made_is_unusable_input(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("SPOIWO_DATA_DIR", str(tmp_path / "file"))

    code = main.main(["init"])

    assert code == 2
    assert str(tmp_path / "file") in capsys.readouterr().err


@pytest.mark.parametrize("name", ["SPOIWO_SECRET_KEY", "SPOIWO_MASTER_KEYS", "SPOIWO_OWNER_DATABASE_URL"])
def test_the_list_of_settings_hides_secrets(name, monkeypatch, capsys):
    monkeypatch.setenv(name, "do-not-show")

    main.main(["settings", "--json"])

    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["settings"]}
    assert rows[name]["value"] == "***"
    assert rows[name]["source"] == "environment"


def test_the_list_of_settings_says_where_values_come_from(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SPOIWO_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("SPOIWO_SECRET_KEY")
    (tmp_path / "settings.env").write_text("SPOIWO_LOG_LEVEL=WARNING\n", encoding="utf-8")

    main.main(["settings", "--json"])

    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["settings"]}
    assert (rows["SPOIWO_DATA_DIR"]["source"], rows["SPOIWO_DATA_DIR"]["value"]) == (
        "environment",
        str(tmp_path),
    )
    assert (rows["SPOIWO_LOG_LEVEL"]["source"], rows["SPOIWO_LOG_LEVEL"]["value"]) == (
        "settings.env",
        "WARNING",
    )
    assert (rows["SPOIWO_UPLOAD_MB"]["source"], rows["SPOIWO_UPLOAD_MB"]["value"]) == ("default", "200")
    assert rows["SPOIWO_SECRET_KEY"]["source"] == "missing"
