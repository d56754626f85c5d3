"""The product behind its production server, on the database of the running test."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from urllib.parse import quote

from django.db import connection


def address_of_test_database() -> str:
    """The database this test is connected to, written as the settings want it."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{str(chosen['NAME']).lstrip('/')}"
    return f"postgres://{chosen['USER']}@/{quote(str(chosen['NAME']))}?host={chosen['HOST']}&port={chosen['PORT']}"


def free_port() -> int:
    """A port nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(*, workers: int, threads: int) -> Iterator[int]:
    """Serve until the block ends; yields the port."""
    port = free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "SPOIWO_TEST_DATABASE_URL": address_of_test_database(),
    }
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "spoiwo.config.wsgi:application",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    shape = ["--workers", str(workers), "--threads", str(threads), "--backlog", "512", "--log-level", "error"]
    server = subprocess.Popen([*command, *shape], env=environment)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as link:
                link.request("GET", "/healthz")
                if link.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")
