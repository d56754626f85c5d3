"""`spoiwo serve` for real: a process that starts everything, answers, lets people in, and leaves nothing behind."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.shell import Installation, installation

pytestmark = pytest.mark.slow
PASSWORD = "bardzo-dlugie-haslo-7"
EMAIL = "kierowniczka@example.pl"
PATIENCE = 120  # a limit for a machine that is busy otherwise, no measure


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Installation]:
    """An installation with an operator who can sign in."""
    with installation(tmp_path_factory.mktemp("office")) as made:
        assert made.spoiwo("init").code == 0
        assert made.spoiwo("migrate").code == 0
        done = made.spoiwo(
            *("user", "create", "--email", EMAIL, "--name", "Ola Próbna", "--operator", "--password-stdin"),
            typed=f"{PASSWORD}\n",
        )
        assert done.code == 0, done.err
        yield made


class Served:
    """A running `spoiwo serve` and a browser without pictures."""

    def __init__(self, made: Installation, port: int):
        self.port = port
        self._log = made.folder / "serve.log"
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "spoiwo.cli.main", "serve"],
                env={**made.variables(), "PORT": str(port)},
                stdout=log,
                stderr=log,
            )
        self._browser = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def get(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and page of an address on this server."""
        address = f"http://127.0.0.1:{self.port}{path}"
        body = urllib.parse.urlencode(data).encode() if data else None
        try:
            with self._browser.open(address, body, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def answers(self) -> bool:
        """Whether somebody listens."""
        assert self.process.poll() is None, self.said
        try:
            return self.get("/healthz")[0] == 200
        except (urllib.error.URLError, ConnectionError):
            return False

    def descendants(self) -> set[int]:
        """Processes that it started, and those that these started."""
        found, wanted = set(), {self.process.pid}
        while wanted:
            wanted = {child for parent in wanted for child in children_of(parent)}
            found |= wanted
        return found


@pytest.fixture
def served(office) -> Iterator[Served]:
    """The platform, answering."""
    running = Served(office, free_port())
    try:
        wait_until(running.answers)
        yield running
    finally:
        family = running.descendants()
        running.process.kill()
        running.process.wait()
        wait_until(lambda: not any(is_alive(pid) for pid in family))  # they hold the data folder till the end


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children_of(pid: int) -> set[int]:
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = status.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == pid:
            found.add(int(status.parent.name))
    return found


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.1)


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_people_sign_in_and_one_signal_ends_everything(word, served):
    _, page = served.get("/konto/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    status, home = served.get(
        "/konto/login/", {"csrfmiddlewaretoken": token[1], "login": EMAIL, "password": PASSWORD}
    )
    family = served.descendants()

    served.process.send_signal(word)
    code = served.process.wait(timeout=PATIENCE)

    assert status == 200
    assert "Ola Próbna" in home
    assert f"http://127.0.0.1:{served.port}/" in served.said
    assert len(family) >= 4  # the server with two processes of its own, and the worker
    assert code == 0, served.said
    assert [pid for pid in family if is_alive(pid)] == []


def test_ready_means_that_database_and_migrations_are_there(served):
    assert served.get("/readyz") == (200, '{"status": "ok", "seal": "ok"}')


def test_static_files_are_served_compressed_under_names_that_change_with_their_content(served):
    _, page = served.get("/konto/login/")
    style = re.search(r'href="(/static/spoiwo/theme\.[0-9a-f]+\.css)"', page)

    assert style is not None
    assert served.get(style[1])[0] == 200


def test_a_dead_worker_ends_the_server_too(served):
    before = served.descendants()
    (worker,) = [
        pid for pid in children_of(served.process.pid) if not children_of(pid)
    ]  # the server has children, the worker none

    os.kill(worker, signal.SIGKILL)
    code = served.process.wait(timeout=PATIENCE)

    assert code == 1
    assert "worker" in served.said
    assert [pid for pid in before if is_alive(pid)] == []


def test_children_do_not_outlive_a_parent_that_was_killed(served):
    family = served.descendants()

    served.process.kill()
    served.process.wait()

    wait_until(lambda: not [pid for pid in family if is_alive(pid)])


def test_a_second_platform_on_the_same_folder_is_refused(served, office):
    done = office.spoiwo("serve", "--port", str(free_port()))

    assert done.code == 1
    assert str(office.folder) in done.err


def test_a_port_that_is_taken_is_named(served, office):
    done = office.spoiwo("serve", "--port", str(served.port))

    assert done.code == 1
    assert str(served.port) in done.err


def test_an_unsafe_start_is_refused(office):
    done = office.spoiwo("serve", "--port", str(free_port()), SPOIWO_PUBLIC_URL="http://spoiwo.example.pl")

    assert done.code == 1
    assert "SPOIWO_PUBLIC_URL" in done.err


@pytest.mark.parametrize("port", ["0", "65536"])
def test_a_number_that_is_no_port_is_unusable(port, office):
    assert office.spoiwo("serve", PORT=port).code == 2
