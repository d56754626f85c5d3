"""The reference pages say what the code says."""

from spoiwo.cli.table import COMMANDS
from spoiwo.config.environment import VARIABLES
from tools import reference_docs


def test_the_pages_in_the_repository_are_those_the_code_would_write():
    assert reference_docs.stale() == []


def test_every_setting_and_every_command_is_on_its_page():
    pages = reference_docs.pages()

    assert all(f"`{variable.name}`" in pages["settings.md"] for variable in VARIABLES)
    assert all(f"## `spoiwo {' '.join(found.words)}`" in pages["commands.md"] for found in COMMANDS)


def test_a_page_that_lags_behind_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(reference_docs, "FOLDER", tmp_path)
    (tmp_path / "commands.md").write_text(reference_docs.pages()["commands.md"], encoding="utf-8")

    assert reference_docs.stale() == ["settings.md"]
