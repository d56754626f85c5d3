"""Write the reference pages that follow from code.

python -m tools.reference_docs           write docs/reference/settings.md and docs/reference/commands.md
python -m tools.reference_docs --check   fail when they differ from the code
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from spoiwo.cli.parser import JSON
from spoiwo.cli.table import COMMANDS
from spoiwo.cli.types import Argument, Command
from spoiwo.config.environment import VARIABLES, Variable

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
WRITTEN_BY = "<!-- Written by `python -m tools.reference_docs`; change the code, not this page. -->"


def pages() -> dict[str, str]:
    """The pages by file name, as they should be."""
    return {"settings.md": "\n".join(settings_page()), "commands.md": "\n".join(commands_page())}


def stale() -> list[str]:
    """Names of the pages that differ from the code or are missing."""
    return [name for name, text in pages().items() if not _same(FOLDER / name, text)]


def settings_page() -> Iterator[str]:
    """Every setting with its default and what it does, in both languages."""
    yield "# Settings / Ustawienia"
    yield ""
    yield WRITTEN_BY
    yield ""
    yield "Spoiwo reads its settings from the environment; what is missing there comes from `settings.env` in the data"
    yield "folder, then from the default. `spoiwo settings` shows which value is in force and where it comes from."
    yield ""
    yield "Spoiwo czyta ustawienia ze środowiska; czego tam brak, bierze z `settings.env` w folderze danych, a potem"
    yield "z wartości domyślnej. `spoiwo settings` pokazuje, która wartość obowiązuje i skąd pochodzi."
    yield ""
    yield "| setting | default | meaning | znaczenie |"
    yield "|---|---|---|---|"
    for variable in VARIABLES:
        yield f"| `{variable.name}` | {_default(variable)} | {variable.english} | {variable.polish} |"
    yield ""
    yield "`PORT` chooses the port of `spoiwo serve`, `SPOIWO_LANGUAGE` (`pl`, `en`) the language of the command line."
    yield "A setting that makes no sense stops the start, and is named with what belongs there."
    yield ""
    yield "`PORT` wybiera port polecenia `spoiwo serve`, `SPOIWO_LANGUAGE` (`pl`, `en`) język wiersza poleceń."
    yield "Ustawienie bez sensu zatrzymuje start; komunikat podaje jego nazwę i to, co tam powinno być."
    yield ""


def commands_page() -> Iterator[str]:
    """Every command with its arguments, in both languages."""
    yield "# Command line / Wiersz poleceń"
    yield ""
    yield WRITTEN_BY
    yield ""
    yield "Results go to standard output, messages and progress to standard error. Exit codes: 0 done, 1 refused,"
    yield "2 wrong usage or input that cannot be used. Every command takes `--json`."
    yield ""
    yield "Wyniki trafiają na standardowe wyjście, komunikaty i postęp na wyjście błędów. Kody wyjścia: 0 wykonano,"
    yield "1 odmowa, 2 złe użycie albo dane, których nie da się użyć. Każde polecenie przyjmuje `--json`."
    for command in COMMANDS:
        yield from _command(command)
    yield ""


def _command(command: Command) -> Iterator[str]:
    yield ""
    yield f"## `spoiwo {' '.join(command.words)}`"
    yield ""
    yield f"{command.summary.english}. / {command.summary.polish}."
    if command.details:
        yield ""
        yield command.details.english
        yield ""
        yield command.details.polish
    yield ""
    yield "| argument | meaning | znaczenie |"
    yield "|---|---|---|"
    for argument in (*command.arguments, JSON):
        yield f"| {_shown(argument)} | {argument.help.english} | {argument.help.polish} |"


def _shown(argument: Argument) -> str:
    options = argument.options
    value = options.get("metavar") or ("/".join(options["choices"]) if "choices" in options else "")
    named = argument.flags[0].startswith("-")
    words = [argument.flags[0] if named else value, value if named else ""]
    needed = " (required)" if options.get("required") or not named else ""
    return f"`{' '.join(word for word in words if word)}`{needed}"


def _default(variable: Variable) -> str:
    if variable.default is None:
        return "required"
    return f"`{variable.default}`" if variable.default else "empty"


def _same(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def main() -> int:
    """Write or check; answers the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        behind = stale()
        if behind:
            print(
                f"Run python -m tools.reference_docs: {', '.join(behind)} differ from the code.",
                file=sys.stderr,
            )
        return 1 if behind else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
