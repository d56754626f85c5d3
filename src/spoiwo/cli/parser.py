"""The argument parser, built from the table; knows Polish."""

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from spoiwo.cli.types import Argument, Command, ExitCode, Language, Text

_WORDS = {
    "usage: ": Text("usage: ", "użycie: "),
    "options": Text("options", "opcje"),
    "positional arguments": Text("positional arguments", "argumenty"),
    "show this help message and exit": Text("show this help and exit", "pokaż tę pomoc i zakończ"),
    "the following arguments are required: %s": Text(
        "the following arguments are required: %s", "brakuje argumentów: %s"
    ),
    "unrecognized arguments: %s": Text("unrecognized arguments: %s", "nieznane argumenty: %s"),
    "expected one argument": Text("expected one argument", "oczekiwano jednej wartości"),
    "invalid choice: %(value)r (choose from %(choices)s)": Text(
        "invalid choice: %(value)r (choose from %(choices)s)",
        "nieznana wartość %(value)r (do wyboru: %(choices)s)",
    ),
    "invalid %(type)s value: %(value)r": Text("invalid value: %(value)r", "niepoprawna wartość: %(value)r"),
    "argument %(argument_name)s: %(message)s": Text(
        "argument %(argument_name)s: %(message)s", "argument %(argument_name)s: %(message)s"
    ),
    "one of the arguments %s is required": Text(
        "one of the arguments %s is required", "potrzebny jest jeden z argumentów: %s"
    ),
    "ambiguous option: %(option)s could match %(matches)s": Text(
        "ambiguous option: %(option)s could match %(matches)s",
        "niejednoznaczna opcja %(option)s: może oznaczać %(matches)s",
    ),
    "not allowed with argument %s": Text("not allowed with argument %s", "nie razem z argumentem %s"),
}
PROGRAM = Text(
    "Spoiwo: the platform on which the institutions of a region work together.",
    "Spoiwo: platforma, na której instytucje regionu pracują razem.",
)
JSON = Argument(
    ("--json",),
    Text(
        "result on standard output as JSON; messages and progress stay on standard error",
        "wynik na standardowym wyjściu jako JSON; komunikaty i postęp zostają na wyjściu błędów",
    ),
    {"action": "store_true"},
)
COMMANDS_TITLE = Text("commands", "polecenia")
COMMAND = Text("COMMAND", "POLECENIE")


WRONG_USAGE = "WrongUsage"  # the kind of error that machines are told


class Parser(argparse.ArgumentParser):
    """Ends with our exit code for wrong usage."""

    for_machines = False  # whether --json was among the words

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how it goes."""
        self.print_usage(sys.stderr)  # standard output is for results
        if self.for_machines:
            told = {"error": {"kind": WRONG_USAGE, "message": message}}
            sys.stdout.write(f"{json.dumps(told, ensure_ascii=False)}\n")
        self.exit(ExitCode.UNUSABLE, f"{self.prog}: {message}\n")


def build(commands: Iterable[Command], language: Language, *, for_machines: bool = False) -> Parser:
    """A parser whose namespace carries the chosen command as `command`, None when none was named.

    for_machines: wrong usage is told on standard output as JSON too.
    """
    _teach(language)
    Parser.for_machines = for_machines
    parser = Parser(prog="spoiwo", description=PROGRAM.to(language))
    parser.set_defaults(command=None, json=False)
    groups: dict[tuple[str, ...], Any] = {(): _room(parser, language)}
    for command in commands:
        above = command.words[:-1]
        if above not in groups:
            holder = groups[()].add_parser(above[0], help=_members(commands, above[0]), description=None)
            groups[above] = _room(holder, language, required=True)
        _add(groups[above], command, language)
    return parser


def _room(parser: argparse.ArgumentParser, language: Language, *, required: bool = False) -> Any:
    return parser.add_subparsers(
        title=COMMANDS_TITLE.to(language), metavar=COMMAND.to(language), required=required, dest="word"
    )


def _members(commands: Iterable[Command], word: str) -> str:
    return ", ".join(command.words[-1] for command in commands if command.words[0] == word)


def _add(room: Any, command: Command, language: Language) -> None:
    summary = command.summary.to(language)
    details = f"\n\n{command.details.to(language)}" if command.details else ""
    parser = room.add_parser(
        command.words[-1],
        help=summary,
        description=f"{summary}{details}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=command)
    for argument in (*command.arguments, JSON):
        parser.add_argument(*argument.flags, help=argument.help.to(language), **argument.options)


def _teach(language: Language) -> None:
    """Let argparse, which takes its own sentences from a function of this name, speak our two languages."""

    def translate(sentence: str) -> str:
        known = _WORDS.get(sentence)
        return known.to(language) if known else sentence

    vars(argparse)["_"] = translate
