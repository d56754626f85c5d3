"""Subcommands that print figures; part of the table of all subcommands."""

from spoiwo.cli.types import Argument, Command, Needs, Text

_HERE = "spoiwo.cli.commands"

REPORTS = (
    Command(
        words=("report", "support"),
        module=f"{_HERE}.report_support",
        needs=Needs.DATABASE,
        summary=Text(
            "Figures of the support register for a period, under stable keys",
            "Liczby rejestru wsparcia za okres, pod stałymi kluczami",
        ),
        details=Text(
            "Without an institution, all support centres together: people whom identity links join count once.",
            "Bez instytucji: wszystkie ośrodki razem, a osoby połączone liczone raz.",
        ),
        arguments=(
            Argument(
                ("--from",),
                Text("first day, YYYY-MM-DD", "pierwszy dzień, RRRR-MM-DD"),
                {"dest": "first", "required": True, "metavar": "DATE"},
            ),
            Argument(
                ("--to",),
                Text("last day, YYYY-MM-DD", "ostatni dzień, RRRR-MM-DD"),
                {"dest": "last", "required": True, "metavar": "DATE"},
            ),
            Argument(
                ("--institution",),
                Text("one support centre only", "tylko jeden ośrodek"),
                {"metavar": "CODE", "default": ""},
            ),
            Argument(
                ("--by-county",),
                Text("also by county of where support was given", "także według powiatu udzielenia wsparcia"),
                {"action": "store_true"},
            ),
        ),
    ),
    Command(
        words=("report", "partnership"),
        module=f"{_HERE}.report_partnership",
        needs=Needs.DATABASE,
        summary=Text(
            "Figures of a year of the partnership, under stable keys",
            "Liczby roku działalności partnerstwa, pod stałymi kluczami",
        ),
        details=Text(
            "Counted from the registers of meetings, recommendations and communiqués; frozen once approved.",
            "Liczone z rejestrów posiedzeń, rekomendacji i komunikatów; zamrożone po zatwierdzeniu sprawozdania.",
        ),
        arguments=(
            Argument(
                ("--year",),
                Text("which year", "który rok"),
                {"type": int, "required": True, "metavar": "YEAR"},
            ),
            Argument(
                ("--agreement",),
                Text("code of the agreement, when there are several", "kod umowy, gdy jest ich kilka"),
                {"metavar": "CODE", "default": ""},
            ),
            Argument(
                ("--rows",),
                Text("also the rows each figure counts", "także wiersze, z których pochodzi każda liczba"),
                {"action": "store_true"},
            ),
        ),
    ),
)
