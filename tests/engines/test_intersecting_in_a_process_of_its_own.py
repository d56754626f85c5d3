"""Private set intersection: the process that does it, and what its caller makes of how it ends."""

import json
import sys
from io import StringIO
from typing import Any

import pytest

from spoiwo.engines import psi_child
from spoiwo.engines.psi import Intersecting, PsiBroken, PsiMissing


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], **question: Any) -> Any:
    monkeypatch.setattr(sys, "stdin", StringIO(json.dumps(question)))
    assert psi_child.main() == 0
    return json.loads(capsys.readouterr().out)


def test_only_who_asked_learns_what_is_in_common(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = told(monkeypatch, capsys, step="ask", numbers=["1", "2", "3"])
    answered = told(monkeypatch, capsys, step="answer", numbers=["3", "1", "9"], request=asked["request"])
    found = told(monkeypatch, capsys, step="read", key=asked["key"], **answered)

    assert sorted(found["places"]) == [0, 2]


def test_the_caller_gets_the_same_from_another_process() -> None:
    side = Intersecting()

    key, request = side.ask(["1", "2"])
    setup, response = Intersecting(sys.executable).answer(["2"], request)

    assert side.read(key, setup, response) == [1]


@pytest.mark.parametrize(
    "question",
    [
        {"step": "answer", "numbers": [], "request": "/////w=="},
        {"step": "read", "key": "AAAA", "setup": "", "response": ""},
        {"step": "steal"},
    ],
    ids=lambda question: question["step"],
)
def test_what_is_broken_is_said_so(monkeypatch: pytest.MonkeyPatch, question: dict[str, Any]) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(json.dumps(question)))

    assert psi_child.main() == psi_child.UNREADABLE


def test_a_broken_request_reaches_the_caller_as_such() -> None:
    with pytest.raises(PsiBroken):
        Intersecting().answer(["1"], b"\xff\xff")


def test_a_missing_library_is_told_from_a_broken_question(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    bare = tmp_path / "python"
    bare.write_text(f"#!/bin/sh\nexit {psi_child.ABSENT}\n")
    bare.chmod(0o700)
    monkeypatch.setitem(sys.modules, "private_set_intersection.python", None)

    assert psi_child.main() == psi_child.ABSENT
    with pytest.raises(PsiMissing):
        Intersecting(str(bare)).ask(["1"])
