"""spoiwo serve: from an empty folder to a running platform in one command."""

import os
import socket
from argparse import Namespace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from spoiwo.cli import table
from spoiwo.cli.children import Family
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused, Unusable
from spoiwo.cli.lock import only_one
from spoiwo.cli.main import perform
from spoiwo.cli.types import Answer, ExitCode

DEFAULT_PORT = 8000
SERVING = "spoiwo.cli.serving"  # imports models, thus loaded once Django has started


def run(options: Namespace, console: Console) -> Answer:
    """Prepare what is missing, then serve until stopped. Raises Refused when the start would be unsafe."""
    port = _port(options)
    _refuse_taken(options.host, port)
    if "SPOIWO_PUBLIC_URL" not in os.environ and port != DEFAULT_PORT:
        os.environ["SPOIWO_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    folder = str(perform(table.command("init"), Namespace(), console).data["data_dir"])
    os.environ["SPOIWO_DATA_DIR"] = folder
    with only_one(Path(folder)):
        family = Family()
        family.listen()
        prepared = perform(table.command("prepare"), Namespace(), console)
        if family.told_to_stop:
            return _goodbye(None, console)
        for line in prepared.lines:
            console.line(line)
        console.say(
            f"Spoiwo serves at http://{_shown(options.host)}:{port}/ (Ctrl-C ends it).",
            f"Spoiwo działa pod adresem http://{_shown(options.host)}:{port}/ (Ctrl-C kończy pracę).",
        )
        return _serve(family, f"{_shown(options.host)}:{port}", options.workers, console)


def _serve(family: Family, address: str, workers: int, console: Console) -> Answer:
    serving: Any = import_module(SERVING)
    serving.part()
    try:
        family.start("server", partial(serving.serve, address, workers))
        family.start("worker", partial(serving.work, console))
        ended = family.wait()
    finally:
        family.end()
    return _goodbye(ended, console)


def _goodbye(ended: str | None, console: Console) -> Answer:
    if ended is None:
        console.say("Stopped.", "Zatrzymano.")
        return Answer({"stopped": True, "ended_by_itself": None})
    console.say(
        f"The {ended} ended by itself, so everything was stopped.",
        f"Proces {ended} zakończył się sam, więc zatrzymano wszystko.",
    )
    return Answer({"stopped": True, "ended_by_itself": ended}, exit_code=ExitCode.REFUSED)


def _port(options: Namespace) -> int:
    given = str(options.port or os.environ.get("PORT") or DEFAULT_PORT)
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise Unusable(f"{given} is no port number.", f"{given} nie jest numerem portu.")
    return int(given)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _refuse_taken(host: str, port: int) -> None:
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise Refused(
            f"Port {port} at {host} cannot be used: {error.strerror}. Choose another: PORT=8080.",
            f"Portu {port} pod adresem {host} nie można użyć: {error.strerror}. Wybierz inny: PORT=8080.",
        ) from error
