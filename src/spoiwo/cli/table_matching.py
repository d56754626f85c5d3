"""The subcommand that matches register files, for the table of all commands."""

from pathlib import Path

from spoiwo.cli.types import Argument, Command, Needs, Text

MATCHING = (
    Command(
        words=("match",),
        module="spoiwo.cli.commands.match",
        needs=Needs.NOTHING,
        summary=Text(
            "Find the same people in two register files, or twice in one",
            "Znajdź te same osoby w dwóch plikach rejestrów albo powtórzone w jednym",
        ),
        details=Text(
            "CSV in UTF-8 with a header; columns of the register extract in any order, local_id required, others\n"
            "may be missing. Writes left_id, right_id, decision (auto or review), probability, rule, evidence.\n"
            "Needs no database and keeps nothing.",
            "CSV w UTF-8 z nagłówkiem; kolumny wykazu w dowolnej kolejności, wymagana local_id, innych może\n"
            "nie być. Zapisuje left_id, right_id, decision (auto albo review), probability, rule, evidence.\n"
            "Nie potrzebuje bazy danych i niczego nie zachowuje.",
        ),
        arguments=(
            Argument(("left",), Text("a register", "rejestr"), {"type": Path, "metavar": "LEFT"}),
            Argument(
                ("right",),
                Text("another register", "drugi rejestr"),
                {"type": Path, "metavar": "RIGHT", "nargs": "?", "default": None},
            ),
            Argument(
                ("--out",),
                Text("file for the pairs", "plik na pary"),
                {"type": Path, "metavar": "PAIRS", "required": True},
            ),
            Argument(
                ("--dedupe",),
                Text("duplicates within one register", "powtórzenia w jednym rejestrze"),
                {"action": "store_true"},
            ),
            Argument(
                ("--engine",),
                Text("what executes the matching", "co wykonuje dopasowanie"),
                {"choices": ("duckdb", "spark"), "default": "duckdb"},
            ),
            Argument(
                ("--explain",),
                Text("evidence in sentences instead of codes", "uzasadnienie zdaniami zamiast kodów"),
                {"action": "store_true"},
            ),
            Argument(
                ("--threads",),
                Text("processor cores to use; otherwise all", "liczba rdzeni; inaczej wszystkie"),
                {"type": int, "default": None},
            ),
        ),
    ),
)
