"""spoiwo connector: a private comparison from one office to the other, by commands alone."""

import json
from pathlib import Path

import pytest

from spoiwo.cli.main import main
from spoiwo.discovery.rules import envelopes, joining
from spoiwo.discovery.services import office
from spoiwo.discovery.types import Found, Reply
from spoiwo.matching.services.tokens import level
from tests.makers.offices import AGREEMENT, number, offices, person

ANNA = {"pesel": number("8005031234"), "phone": "601000111"}


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    """What a command answers as JSON; it must have gone well."""
    assert main(["connector", *words, "--json"]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, Path]:
    """Two configurations after a round; the reply lies beside each."""
    both = offices(tmp_path, [person("L1", **ANNA)], [person("R1", **ANNA)])
    rows = []
    for one in both:
        path = str(told(capsys, "tokens", str(one.folder / office.CONFIGURATION), "--round", "1")["out"])
        rows.append(envelopes.unpack(Path(path).read_bytes(), most_rows=1000).rows)
    matches = joining.join(rows[0], rows[1], level)
    for one, side in zip(both, ("left", "right"), strict=True):
        found = [Found(getattr(match, side), match.level, f"link-{at}") for at, match in enumerate(matches)]
        reply = Reply(agreement=AGREEMENT, epoch=1, found=found)
        (one.folder / "reply.json").write_bytes(envelopes.write_reply(reply))
    left, right = (one.folder for one in both)
    return left, right


def test_an_office_begins_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = told(capsys, "begin", str(tmp_path / "office"), "--agreement", "P/1")

    again = main(["connector", "begin", str(tmp_path / "office"), "--agreement", "P/1"])

    assert len(str(answer["fingerprint"])) == 29
    assert again == 1


def test_two_offices_go_through_a_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left, right = compared(tmp_path, capsys)

    mine = told(capsys, "reply", str(left / office.CONFIGURATION), str(left / "reply.json"))
    parcel = left / "round-1" / "parcel.json"
    opened = told(capsys, "open", str(right / office.CONFIGURATION), str(right / "reply.json"), str(parcel))

    assert mine == {"sure": 1, "possible": 0, "sealed": 1}
    assert (left / "round-1" / "common.csv").read_text().splitlines()[1] == "L1,sure,link-0"
    assert opened["people"] == 1
    assert (right / "round-1" / "received.csv").read_text().splitlines()[1].startswith("R1,link-0,Anna,Nowak")


def test_an_officer_checks_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left, _right = compared(tmp_path, capsys)
    tokens, proof = left / "round-1" / "tokens.spoiwo", left / "round-1" / "proof.json"
    told(capsys, "prove", str(left / office.CONFIGURATION), "L1", "--round", "1")

    good = told(capsys, "check", str(tokens), str(proof))
    proof.write_text(proof.read_text().replace("Anna", "Ewa"))

    assert good["proved"] is True
    assert main(["connector", "check", str(tokens), str(proof)]) == 1
    proof.write_text("?")
    assert main(["connector", "check", str(tokens), str(proof)]) == 2


def test_a_side_that_tries_numbers_gets_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left, _right = compared(tmp_path, capsys)
    memory = json.loads((left / "round-1" / "memory.json").read_text())
    found = [{"alias": alias, "level": "possible", "link": alias} for alias in memory["canaries"]]
    asked = {"format": envelopes.REPLY, "agreement": AGREEMENT, "epoch": 1, "found": found}
    (left / "reply.json").write_text(json.dumps(asked))

    code = main(["connector", "reply", str(left / office.CONFIGURATION), str(left / "reply.json")])

    assert code == 1
    assert "data protection officer" in capsys.readouterr().err
    assert not (left / "round-1" / "parcel.json").exists()


def test_files_that_cannot_be_used_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left, _right = compared(tmp_path, capsys)
    config = str(left / office.CONFIGURATION)
    (left / "broken").write_text("?")

    for words in (
        ["tokens", str(left / "absent.toml"), "--round", "2"],
        ["reply", config, str(left / "absent.json")],
        ["reply", config, str(left / "broken")],
        ["prove", config, "L9", "--round", "1"],
    ):
        assert main(["connector", *words]) == 2
    (left / "register.csv").unlink()
    assert main(["connector", "tokens", config, "--round", "2"]) == 2
