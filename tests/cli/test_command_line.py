"""The command line as such: help, languages, results for machines, exit codes."""

import json
from argparse import Namespace
from importlib import import_module

import pytest

from spoiwo.cli import main, parser, table
from spoiwo.cli.console import language_of
from spoiwo.cli.errors import Refused, Unusable
from spoiwo.cli.types import Answer, Command, Language, Needs, Text
from spoiwo.territory.errors import EmptyTerc
from spoiwo.territory.messages import message_for


def command(**changes: object) -> Command:
    """A command that needs nothing."""
    return Command(
        **{  # type: ignore[arg-type]
            "words": ("try",),
            "module": __name__,
            "needs": Needs.NOTHING,
            "summary": Text("Try", "Spróbuj"),
            **changes,
        }
    )


ANSWERS: list[Answer | Exception] = []


def run(_options: Namespace, console) -> Answer:
    """What the command of these tests does: what the test said."""
    console.say("Trying.", "Próba.")
    (answer,) = ANSWERS
    if isinstance(answer, Exception):
        raise answer
    return answer


def called(monkeypatch, answer: Answer | Exception, *words: str) -> int:
    ANSWERS[:] = [answer]
    monkeypatch.setattr(table, "COMMANDS", (command(),))
    return main.main(["try", *words])


@pytest.mark.parametrize("found", table.COMMANDS, ids=lambda found: " ".join(found.words))
def test_every_command_of_the_table_can_be_run(found):
    assert callable(import_module(found.module).run)


@pytest.mark.parametrize("found", table.COMMANDS, ids=lambda found: " ".join(found.words))
def test_every_command_speaks_both_languages(found):
    texts = [found.summary, *(argument.help for argument in found.arguments)]

    assert all(text.english and text.polish and text.english != text.polish for text in texts)


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, Language.ENGLISH),
        ({"LANG": "C.UTF-8"}, Language.ENGLISH),
        ({"LANG": "pl_PL.UTF-8"}, Language.POLISH),
        ({"LANG": "pl_PL.UTF-8", "LC_ALL": "en_GB.UTF-8"}, Language.ENGLISH),
        ({"LANG": "en_GB.UTF-8", "SPOIWO_LANGUAGE": "pl"}, Language.POLISH),
        ({"LANG": "pl_PL.UTF-8", "LC_ALL": ""}, Language.POLISH),
    ],
)
def test_the_environment_chooses_the_language(variables, language):
    assert language_of(variables) is language


def test_help_is_polish_for_polish_people(capsys):
    with pytest.raises(SystemExit) as left:
        parser.build(table.COMMANDS, Language.POLISH).parse_args(["backup", "--help"])

    shown = capsys.readouterr().out
    assert left.value.code == 0
    assert shown.startswith("użycie: spoiwo backup")
    assert "Kluczy w niej nie ma" in shown
    assert "opcje:" in shown


def test_wrong_usage_is_told_on_standard_error_with_code_2(capsys, monkeypatch):
    monkeypatch.setenv("SPOIWO_LANGUAGE", "pl")

    with pytest.raises(SystemExit) as left:
        main.main(["registers", "import"])

    shown = capsys.readouterr()
    assert left.value.code == 2
    assert shown.out == ""
    assert "brakuje argumentów: FILE, --institution" in shown.err


@pytest.mark.parametrize(
    "words", [["registers", "import", "--json"], ["--json"], ["restore", "--json", "a", "b"]]
)
def test_machines_are_told_of_wrong_usage_too(words, capsys):
    with pytest.raises(SystemExit) as left:
        main.main(words)

    shown = capsys.readouterr()
    told = json.loads(shown.out)["error"]
    assert left.value.code == 2
    assert told["kind"] == "WrongUsage"
    assert told["message"] in shown.err


def test_without_a_command_the_help_is_shown_with_code_2(capsys):
    code = main.main([])

    assert code == 2
    assert "serve" in capsys.readouterr().err


def test_people_get_lines_and_messages_apart(capsys, monkeypatch):
    code = called(monkeypatch, Answer({"n": 1}, ["one thing"]))

    shown = capsys.readouterr()
    assert code == 0
    assert shown.out == "one thing\n"
    assert shown.err == "Trying.\n"


def test_machines_get_one_json_object_on_standard_output(capsys, monkeypatch):
    code = called(monkeypatch, Answer({"name": "Żagań"}, ["one thing"], exit_code=1), "--json")

    shown = capsys.readouterr()
    assert code == 1
    assert json.loads(shown.out) == {"name": "Żagań"}
    assert shown.err == "Trying.\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        pytest.param(Refused("Not now.", "Nie teraz."), 1, id="refused"),
        pytest.param(Unusable("No file.", "Brak pliku."), 2, id="input cannot be used"),
    ],
)
def test_refusals_are_worded_in_the_callers_language(error, code, capsys, monkeypatch):
    monkeypatch.setenv("SPOIWO_LANGUAGE", "pl")

    found = called(monkeypatch, error, "--json")

    shown = capsys.readouterr()
    assert found == code
    assert json.loads(shown.out) == {"error": {"kind": type(error).__name__, "message": error.text.polish}}
    assert shown.err == f"Próba.\n{error.text.polish}\n"


def test_refusals_of_a_context_are_worded_by_it(capsys, monkeypatch):
    code = called(monkeypatch, EmptyTerc())

    sentence = str(message_for(EmptyTerc()))
    assert code == 1
    assert sentence.endswith(".")
    assert capsys.readouterr().err == f"Trying.\n{sentence}\n"


def test_a_bug_is_not_hidden(monkeypatch):
    with pytest.raises(ZeroDivisionError):
        called(monkeypatch, ZeroDivisionError())
