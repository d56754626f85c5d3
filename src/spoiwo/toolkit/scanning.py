"""Files on their way in are shown to the installation's virus scanner, when it has one.

The scanner is a command that reads a file from its standard input and ends with 0 when it is clean and with 1 when
it is not, as `clamdscan --no-summary -` does. Whatever else it does, the file is refused: a scanner that cannot be
asked lets nothing through.
"""

import shutil
import subprocess
from contextlib import suppress
from typing import IO, Any

import structlog
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = structlog.get_logger(__name__)
INFECTED = 1
MOST_SECONDS = 120


class FileRefused(SuspiciousOperation):
    """The scanner says that a file is infected, or could not be asked. reason: "infected" or "not_scanned"."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def scan(stream: IO[bytes]) -> None:
    """Show the file to the scanner from its beginning, and put it back there. Raises FileRefused."""
    command: list[str] = settings.SPOIWO_VIRUS_SCAN
    if not command:
        return
    stream.seek(0)
    code = _answer(command, stream)
    stream.seek(0)
    if code:
        logger.warning("upload_refused", scanner_code=code)
        raise FileRefused("infected" if code == INFECTED else "not_scanned")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for requests that cannot be answered, which says so when a file was the reason."""
    reason = exception.reason if isinstance(exception, FileRefused) else ""
    return render(request, "400.html", {"refused_file": reason}, status=400)


def _answer(command: list[str], stream: IO[bytes]) -> int | None:
    """The scanner's exit code; -1 when it could not be asked or took too long."""
    silent: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        with subprocess.Popen(command, stdin=subprocess.PIPE, **silent) as scanner:  # noqa: S603 the operator's command
            assert scanner.stdin is not None
            with suppress(BrokenPipeError):  # it may have seen enough
                shutil.copyfileobj(stream, scanner.stdin)
                scanner.stdin.close()
            try:
                return scanner.wait(timeout=MOST_SECONDS)
            except subprocess.TimeoutExpired:
                scanner.kill()
                return -1
    except OSError:
        return -1
