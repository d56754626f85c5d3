"""spoiwo connector connect and sync: what crosses is real HTTP, the platform at the other end is played."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from spoiwo.cli.main import main
from spoiwo.discovery.rules import envelopes, joining, requests
from spoiwo.discovery.rules.requests import Step
from spoiwo.discovery.services import office, syncing
from spoiwo.discovery.services.office import Office
from spoiwo.discovery.types import Found, Parcel, Reply
from spoiwo.matching.services.tokens import level
from tests.makers.offices import AGREEMENT, number, offices, person, tokens_of

ANNA = {"pesel": number("8005031234"), "phone": "601000111"}
Answer = tuple[int, str, bytes]
TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"


@contextmanager
def platform(answers: Callable[[Step, str, bytes], Answer]) -> Iterator[str]:
    """The address of a platform that answers by step, language asked for and what was sent along."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            line, signature, body = content.split(b"\n", 2)
            head = requests.read_head(line, signature)
            requests.check_body(head, body)
            status, kind, told = answers(head.step, self.headers["Accept-Language"], body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def configured(own: Office, address: str) -> str:
    path = own.folder / office.CONFIGURATION
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('platform = ""', f'platform = "{address}"'), encoding="utf-8")
    return str(path)


def standing(**told: Any) -> Answer:
    one = {
        "round": str(uuid4()), "epoch": 1, "partner": "OPS Prawy", "state": "waiting", "sent": False, "sure": 0,
        "possible": 0, "given": 0, "received": 0, **told,
    }  # fmt: skip
    return 200, BYTES, json.dumps({"format": syncing.STANDING, "rounds": [one]}).encode()


def found(left: Office, right: Office) -> list[Found]:
    rows = [envelopes.unpack(tokens_of(one), most_rows=1000).rows for one in (left, right)]
    return [Found(one.left, one.level, "link") for one in joining.join(rows[0], rows[1], level)]


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Mapping[str, Any]:
    assert main(["connector", *words, "--json"]) == 0
    answer: Mapping[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_a_connector_comes_forward_with_its_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, _ = offices(tmp_path, [], [])
    heard: list[tuple[Step, str, bytes]] = []

    def answers(*asked: Any) -> Answer:
        heard.append(asked)
        return 200, BYTES, b""

    with platform(answers) as address:
        answer = told(capsys, "connect", configured(own, address), "--code", "ABCD-EFGH-JKLM")

    assert heard == [(Step.CONNECT, "en", b"ABCD-EFGH-JKLM")]
    assert len(answer["fingerprint"]) == 29


def test_tokens_go_and_what_is_in_common_comes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, other = offices(tmp_path, [person("L1", **ANNA)], [person("R1", **ANNA)])
    sent: dict[Step, bytes] = {}
    at_first = {Step.STANDING: standing(), Step.TOKENS: (200, BYTES, b"")}

    def answers(step: Step, _language: str, body: bytes) -> Answer:
        sent[step] = body
        return now[step]

    now = at_first
    with platform(answers) as address:
        config = configured(own, address)
        first = told(capsys, "sync", config)
        reply = Reply(agreement=AGREEMENT, epoch=1, found=found(own, other))
        parcel = Parcel(agreement=AGREEMENT, epoch=1, sealed={})
        now = {
            Step.STANDING: standing(state="joined", sent=True, sure=1),
            Step.REPLY: (200, BYTES, envelopes.write_reply(reply)),
            Step.GIVE: (200, BYTES, b""),
            Step.RECEIVED: (200, BYTES, envelopes.write_parcel(parcel)),
        }
        second = told(capsys, "sync", config)

    assert (first["done"], first["records"]) == ("sent", 1)
    assert envelopes.unpack(sent[Step.TOKENS], most_rows=1000).header.epoch == 1
    assert (second["done"], second["sure"], second["received"]) == ("joined", 1, 0)
    assert list(envelopes.read_parcel(sent[Step.GIVE]).sealed) == ["link"]


def test_a_side_that_tries_numbers_gets_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, _ = offices(tmp_path, [person("L1")], [])
    tokens_of(own)
    invented = sorted(office.recall(own, 1).canaries)[:2]
    asked = [{"alias": alias, "level": "sure", "link": alias} for alias in invented]
    reply = {"format": envelopes.REPLY, "agreement": AGREEMENT, "epoch": 1, "found": asked}
    answers = {
        Step.STANDING: standing(state="joined", sent=True),
        Step.REPLY: (200, BYTES, json.dumps(reply).encode()),
    }

    with platform(lambda step, *_: answers[step]) as address:
        code = main(["connector", "sync", configured(own, address)])

    assert code == 1
    assert "data protection officer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param((403, TEXT, "Kod jest zły.".encode()), "The platform says: Kod jest zły.", id="refused"),
        pytest.param(
            (502, "text/html", b"<html>"), "The platform does not answer: 502", id="not the platform"
        ),
        pytest.param((200, BYTES, b"<html>"), "This is no file of the connector", id="something else"),
    ],
)
def test_answers_that_are_none_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answer: Answer, words: str
) -> None:
    own, _ = offices(tmp_path, [], [])

    with platform(lambda *_: answer) as address:
        code = main(["connector", "sync", configured(own, address)])

    assert code == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("address", ["", "http://spoiwo.example", "ftp://localhost", "https://"])
def test_nothing_is_sent_in_the_clear(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    own, _ = offices(tmp_path, [], [])

    assert main(["connector", "sync", configured(own, address)]) == 2
    assert "platform" in capsys.readouterr().err


def test_a_platform_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, _ = offices(tmp_path, [], [])
    with platform(lambda *_: (200, BYTES, b"")) as address:
        gone = address

    assert main(["connector", "sync", configured(own, gone)]) == 2
    assert "does not answer" in capsys.readouterr().err
