"""Subcommands over files of observations, for the table of all commands."""

from pathlib import Path

from spoiwo.cli.types import Argument, Command, Needs, Text

_FILE = {"type": Path, "metavar": "FILE"}
INDICATORS = (
    Command(
        words=("indicators", "compute"),
        module="spoiwo.cli.commands.indicators_compute",
        needs=Needs.NOTHING,
        summary=Text(
            "Compute indicator cards over files of observations",
            "Przelicz karty wskaźników na plikach obserwacji",
        ),
        details=Text(
            "Observations in Parquet: measure, unit_id, territory, period, value, status and any dimensions.\n"
            "Cards in TOML. Writes card, territory, level, period, the dimensions, numerator, denominator, value,\n"
            "n_units, coverage, status. Needs no database. Formats, formulas and worked cards: see the reference\n"
            "page on indicators.",
            "Obserwacje w Parquet: measure, unit_id, territory, period, value, status i dowolne przekroje.\n"
            "Karty w TOML. Zapisuje card, territory, level, period, przekroje, numerator, denominator, value,\n"
            "n_units, coverage, status. Nie potrzebuje bazy danych. Formaty, wzory i przykłady kart: zob. stronę\n"
            "o wskaźnikach w dokumentacji.",
        ),
        arguments=(
            Argument(
                ("--observations",),
                Text("Parquet file, or folder of such files", "plik Parquet albo folder takich plików"),
                {"type": Path, "metavar": "PATH", "required": True},
            ),
            Argument(
                ("--cards",), Text("cards in TOML", "karty w formacie TOML"), {**_FILE, "required": True}
            ),
            Argument(
                ("--out",),
                Text("Parquet file to write", "plik Parquet z wynikiem"),
                {**_FILE, "required": True},
            ),
            Argument(
                ("--frame",),
                Text(
                    "Parquet file of the units expected, for coverage",
                    "plik Parquet z oczekiwanymi jednostkami, do kompletności",
                ),
                {**_FILE, "default": None},
            ),
            Argument(
                ("--engine",),
                Text("what executes the cards", "co wykonuje karty"),
                {"choices": ("duckdb", "spark"), "default": "duckdb"},
            ),
            Argument(
                ("--policy",),
                Text("for whom the figures are made", "dla kogo przygotowywane są wartości"),
                {"choices": ("none", "network", "public"), "default": "none"},
            ),
            Argument(
                ("--threads",),
                Text("processor cores to use; otherwise all", "liczba rdzeni; inaczej wszystkie"),
                {"type": int, "default": None},
            ),
        ),
    ),
)
