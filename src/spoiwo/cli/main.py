"""The console command `spoiwo`.

The one place where modules are loaded by name while the program runs: help and wrong usage must cost
nothing, and the modules of most commands import models, which Django allows only after its start. The
names stand in `table.COMMANDS`; a test imports them all.
"""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from spoiwo.cli import parser, table
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused, Unusable
from spoiwo.cli.types import Answer, Command, ExitCode, Needs, Text
from spoiwo.kernel.errors import DomainError

STARTER = "spoiwo.cli.starting"
DATABASE_REFUSES = Text("The database refuses", "Baza danych odmawia")


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that the words (or the process's arguments) name; answers the exit code."""
    console = Console()
    given = sys.argv[1:] if words is None else words
    built = parser.build(table.COMMANDS, console.language, for_machines="--json" in given)
    options = built.parse_args(given)
    if options.command is None:
        built.print_help(sys.stderr)
        return ExitCode.UNUSABLE
    try:
        answer = perform(options.command, options, console)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - told apart below; what nobody foresaw is raised again
        return _refuse(error, console, as_json=options.json)
    _show(answer, as_json=options.json)
    return answer.exit_code


def perform(command: Command, options: Namespace, console: Console) -> Answer:
    """Make ready what the command needs, then do it. Raises what the command raises."""
    if command.needs is not Needs.NOTHING:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spoiwo.config.settings")
        import_module(STARTER).start(command.needs, console)
    answer: Answer = import_module(command.module).run(options, console)
    return answer


def _show(answer: Answer, *, as_json: bool) -> None:
    lines = [json.dumps(answer.data, ensure_ascii=False, default=str)] if as_json else answer.lines
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _refuse(error: Exception, console: Console, *, as_json: bool) -> int:
    """Tell people and machines why not. What is not a refusal is a bug and raised again."""
    message = _sentence(error, console)
    if message is None:
        raise error
    console.line(message)
    code = ExitCode.UNUSABLE if isinstance(error, Unusable) else ExitCode.REFUSED
    _show(Answer({"error": {"kind": type(error).__name__, "message": message}}), as_json=as_json)
    return code


def _sentence(error: Exception, console: Console) -> str | None:
    if isinstance(error, Refused):
        return console.pick(error.text)
    if isinstance(error, DomainError):
        return _worded_by_context(error)
    kind = type(error)
    if kind.__module__ == "django.db.utils" and kind.__name__ in {"OperationalError", "DatabaseError"}:
        first_line = str(error).strip().split("\n", maxsplit=1)[0]
        return f"{console.pick(DATABASE_REFUSES)}: {first_line}"
    return None


def _worded_by_context(error: DomainError) -> str:
    """The sentence of the context that raised the error, when it has one; else what the error says itself."""
    context = type(error).__module__.split(".")[1]
    try:
        messages: Any = import_module(f"spoiwo.{context}.messages")
    except ModuleNotFoundError:
        return str(error) or type(error).__name__
    try:
        return str(messages.message_for(error))
    except DomainError:
        return str(error) or type(error).__name__


if __name__ == "__main__":
    sys.exit(main())
