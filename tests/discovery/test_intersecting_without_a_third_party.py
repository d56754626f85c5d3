"""Private set intersection of PESEL numbers: who asked learns what is in common, and nobody learns more."""

import json
from pathlib import Path

import pytest

from spoiwo.cli.main import main
from spoiwo.discovery.errors import BadConfiguration, BadSignature, NotForThisRound, Unreadable
from spoiwo.discovery.rules import letters
from spoiwo.discovery.services import intersecting, office
from tests.makers.offices import AGREEMENT, number, offices, person

ANNA, JAN, EWA = (number(stem) for stem in ("8005031234", "7501094321", "9112305555"))


def test_each_side_learns_whom_it_shares_and_letters_hold_no_number(tmp_path: Path) -> None:
    left, right = offices(
        tmp_path,
        [
            person("L1", pesel=ANNA),
            person("L2", pesel=JAN),
            person("L3", pesel=ANNA),
            person("L4", pesel="1"),
        ],
        [person("R1", pesel=ANNA), person("R2", pesel=EWA), person("R3")],
    )

    asked = intersecting.ask(left, epoch=1)
    answered = intersecting.answer(right, asked)
    back = intersecting.answer(left, intersecting.ask(right, epoch=1))

    assert intersecting.read(left, answered) == (1, ["L1", "L3"])
    assert intersecting.read(right, back) == (1, ["R1"])
    for clear in (ANNA, JAN, EWA):
        assert clear.encode() not in asked + answered


def test_letters_of_others_or_altered_ones_are_refused(tmp_path: Path) -> None:
    left, right = offices(tmp_path, [person("L1", pesel=ANNA)], [person("R1", pesel=ANNA)])
    asked = intersecting.ask(left, epoch=1)
    answered = intersecting.answer(right, asked)

    with pytest.raises(BadSignature):
        intersecting.answer(left, asked)
    with pytest.raises(BadSignature):
        intersecting.answer(right, asked[:-1])
    with pytest.raises(NotForThisRound):
        intersecting.read(left, intersecting.ask(right, epoch=1))
    with pytest.raises(Unreadable):
        intersecting.read(left, b"?")
    (left.folder / "round-1" / "psi.key").unlink()
    with pytest.raises(BadConfiguration):
        intersecting.read(left, answered)


@pytest.mark.parametrize("body", [b"", b"\xff" * 9])
def test_what_is_no_answer_is_refused(tmp_path: Path, body: bytes) -> None:
    left, right = offices(tmp_path, [person("L1", pesel=ANNA)], [])
    intersecting.ask(left, epoch=1)
    written = {"agreement": AGREEMENT, "epoch": 1, "keys": right.keys}

    with pytest.raises(Unreadable):
        intersecting.read(left, letters.write(body, step=intersecting.ANSWER, **written))  # type: ignore[arg-type]
    with pytest.raises(Unreadable):
        intersecting.read(left, letters.write(body, step=intersecting.ANSWER, **written | {"epoch": "x"}))  # type: ignore[arg-type]


def test_the_whole_exchange_by_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left, right = offices(tmp_path, [person("L1", pesel=ANNA)], [person("R1", pesel=ANNA)])
    mine, theirs = (str(one.folder / office.CONFIGURATION) for one in (left, right))

    for words in (
        ["psi-ask", mine, "--round", "3"],
        ["psi-answer", theirs, str(left.folder / "round-3" / "ask.psi")],
        ["psi-read", mine, str(right.folder / "answer.psi")],
    ):
        assert main(["connector", *words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])

    assert told["common"] == 1
    assert (left.folder / "round-3" / "common-psi.csv").read_text().split() == ["local_id", "L1"]


def test_without_the_library_the_command_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    left, _right = offices(tmp_path, [person("L1", pesel=ANNA)], [])
    config = left.folder / office.CONFIGURATION
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace('psi_python = ""', 'psi_python = "/nowhere/python"'), encoding="utf-8")

    code = main(["connector", "psi-ask", str(config), "--round", "1"])

    assert code == 1
    assert "spoiwo[psi]" in capsys.readouterr().err
