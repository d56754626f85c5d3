"""spoiwo registers import."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from django.utils import timezone

from spoiwo.cli import finding
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Unusable
from spoiwo.cli.types import Answer, Text
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.services.command import Order, run_import_now
from spoiwo.exchange.types import ImportResult, ImportState, Progress

_STEPS = {
    ImportState.CHECKING: Text("checking", "sprawdzanie"),
    ImportState.STAGING: Text("taking in", "wczytywanie"),
    ImportState.SETTLING: Text("matching", "dopasowywanie"),
}


def run(options: Namespace, console: Console) -> Answer:
    """Check the file and, unless it is a dry run, take it in with matching; the same file twice changes nothing."""
    path: Path = options.file
    if not path.is_file():
        raise Unusable(f"There is no file {path}.", f"Nie ma pliku {path}.")
    order = Order(
        institution_id=finding.institution_id(options.institution),
        kind=RegisterKind(options.kind),
        path=path,
        as_of=timezone.localdate(),
        mapping=options.mapping,
        dry_run=options.dry_run,
        accept_vanishing=options.accept_vanishing,
    )
    result = run_import_now(order, listener=_Teller(console))
    return Answer({"institution": options.institution, **asdict(result)}, _lines(result, console))


class _Teller:
    """Tells each step's progress, at most once per tenth."""

    def __init__(self, console: Console):
        self._console = console
        self._told: tuple[str, int] = ("", -1)

    def __call__(self, progress: Progress) -> None:
        tenth = progress.done * 10 // progress.total if progress.total else 0
        if (progress.step, tenth) == self._told:
            return
        self._told = (progress.step, tenth)
        step = _STEPS.get(progress.step, Text(progress.step, progress.step))
        count = f" {progress.done}/{progress.total}" if progress.total else ""
        self._console.line(f"{self._console.pick(step)}{count}")


def _lines(result: ImportResult, console: Console) -> list[str]:
    if result.already_imported:
        text = Text(
            "This very file is in force already; nothing changed.",
            "Ten sam plik już obowiązuje; nic się nie zmieniło.",
        )
    elif result.dry_run:
        text = Text("Checked only; nothing was taken in.", "Tylko sprawdzono; nic nie wczytano.")
    else:
        text = Text("Taken in.", "Wczytano.")
    figures = Text(
        f"rows {result.rows}, new {result.new}, changed {result.changed}, unchanged {result.unchanged}, "
        f"vanished {result.vanished}, rejected {result.rejected}, warnings {result.warnings}",
        f"wierszy {result.rows}, nowych {result.new}, zmienionych {result.changed}, bez zmian "
        f"{result.unchanged}, usuniętych {result.vanished}, odrzuconych {result.rejected}, ostrzeżeń "
        f"{result.warnings}",
    )
    findings = [f"  {number}: {field or '-'}: {problem}" for number, field, problem in result.first_findings]
    return [console.pick(text), console.pick(figures), *findings]
