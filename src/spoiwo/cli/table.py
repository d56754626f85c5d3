"""All subcommands with their help in both languages. docs/reference/commands.md is written from this."""

from pathlib import Path

from spoiwo.cli.table_connector import CONNECTOR
from spoiwo.cli.table_indicators import INDICATORS
from spoiwo.cli.table_mail import MAIL
from spoiwo.cli.table_matching import MATCHING
from spoiwo.cli.table_reports import REPORTS
from spoiwo.cli.types import Argument, Command, Needs, Text

_HERE = "spoiwo.cli.commands"
_SETTINGS = "spoiwo.config.commands"
_INSTITUTION = {"metavar": "CODE", "required": True}

START = (
    Command(
        words=("serve",),
        module=f"{_HERE}.serve",
        needs=Needs.NOTHING,
        summary=Text(
            "Serve the platform, with the background worker", "Uruchom platformę wraz z procesem zadań w tle"
        ),
        details=Text(
            "Prepares what is missing (secrets, database, static files; in the demo profile the demonstration\n"
            "region), prints the address and ends everything on Ctrl-C. PORT and SPOIWO_DATA_DIR are respected.",
            "Przygotowuje to, czego brakuje (sekrety, bazę, pliki statyczne; w profilu demo region pokazowy),\n"
            "podaje adres i kończy wszystko po Ctrl-C. Uwzględnia PORT i SPOIWO_DATA_DIR.",
        ),
        arguments=(
            Argument(
                ("--port",),
                Text("port; otherwise PORT, otherwise 8000", "port; inaczej PORT, inaczej 8000"),
                {"type": int},
            ),
            Argument(("--host",), Text("address to listen at", "adres nasłuchu"), {"default": "127.0.0.1"}),
            Argument(
                ("--workers",),
                Text("server processes, of four threads each", "procesy serwera, po cztery wątki"),
                {"type": int, "default": 2},
            ),
        ),
    ),
    Command(
        words=("worker",),
        module=f"{_HERE}.worker",
        needs=Needs.DATABASE,
        summary=Text(
            "Do background work until stopped (serve starts one)",
            "Wykonuj zadania w tle do zatrzymania (serve uruchamia jeden taki proces)",
        ),
    ),
    Command(
        words=("init",),
        module=f"{_SETTINGS}.init",
        needs=Needs.NOTHING,
        summary=Text(
            "Make the data folder and its secrets; never overwrites",
            "Załóż folder danych i jego sekrety; niczego nie nadpisuje",
        ),
    ),
    Command(
        words=("migrate",),
        module=f"{_HERE}.migrate",
        needs=Needs.OWNER,
        summary=Text(
            "Bring the database up to date and let the application's role in",
            "Zaktualizuj bazę i nadaj uprawnienia roli aplikacji",
        ),
    ),
    Command(
        words=("prepare",),
        module=f"{_HERE}.prepare",
        needs=Needs.SETTINGS,
        summary=Text(
            "Do what serve does before it serves: database, demonstration region, static files, checks",
            "Zrób to, co serve robi przed startem: baza, region pokazowy, pliki statyczne, kontrole",
        ),
    ),
    Command(
        words=("settings",),
        module=f"{_SETTINGS}.settings",
        needs=Needs.NOTHING,
        summary=Text("List the settings and where each comes from", "Pokaż ustawienia i skąd każde pochodzi"),
    ),
)
DATA = (
    Command(
        words=("institutions", "list"),
        module=f"{_HERE}.institutions_list",
        needs=Needs.DATABASE,
        summary=Text("List the institutions", "Wypisz instytucje"),
    ),
    Command(
        words=("registers", "import"),
        module=f"{_HERE}.registers_import",
        needs=Needs.DATABASE,
        summary=Text(
            "Take a register extract or a facts file in", "Wczytaj wykaz z rejestru albo plik faktów"
        ),
        arguments=(
            Argument(
                ("file",), Text("CSV or XLSX file", "plik CSV albo XLSX"), {"type": Path, "metavar": "FILE"}
            ),
            Argument(("--institution",), Text("whose register", "czyj rejestr"), _INSTITUTION),
            Argument(
                ("--mapping",),
                Text(
                    "name of the saved column mapping; otherwise one that fits is found",
                    "nazwa zapisanego mapowania kolumn; inaczej wybierane jest pasujące",
                ),
                {"metavar": "NAME", "default": ""},
            ),
            Argument(
                ("--kind",),
                Text("what the file holds", "co zawiera plik"),
                {"choices": ("register", "facts"), "default": "register"},
            ),
            Argument(
                ("--dry-run",),
                Text("check only, change nothing", "tylko sprawdź, niczego nie zmieniaj"),
                {"action": "store_true"},
            ),
            Argument(
                ("--accept-vanishing",),
                Text(
                    "take it though many people are missing from it",
                    "wczytaj, choć brakuje w nim wielu osób",
                ),
                {"action": "store_true"},
            ),
        ),
    ),
    Command(
        words=("territory", "import"),
        module=f"{_HERE}.territory_import",
        needs=Needs.DATABASE,
        summary=Text(
            "Bring the TERYT register up to date from the official TERC file",
            "Zaktualizuj rejestr TERYT z urzędowego pliku TERC",
        ),
        arguments=(
            Argument(
                ("file",),
                Text("TERC file as published, CSV or XML", "plik TERC w postaci publikowanej, CSV albo XML"),
                {"type": Path, "metavar": "FILE"},
            ),
        ),
    ),
    Command(
        words=("clients", "common"),
        module=f"{_HERE}.clients_common",
        needs=Needs.DATABASE,
        summary=Text(
            "Count the clients two institutions share", "Policz wspólnych klientów dwóch instytucji"
        ),
        arguments=(
            Argument(("--left",), Text("one institution", "jedna instytucja"), _INSTITUTION),
            Argument(("--right",), Text("the other institution", "druga instytucja"), _INSTITUTION),
            Argument(
                ("--pairs",),
                Text(
                    "pairs of local numbers too; only for an operator named by --as, and it is logged",
                    "także pary numerów lokalnych; tylko dla operatora podanego w --as, z zapisem w dzienniku",
                ),
                {"action": "store_true"},
            ),
            Argument(
                ("--as",),
                Text("e-mail of the operator who asks", "e-mail operatora, który pyta"),
                {"metavar": "EMAIL", "dest": "asking", "default": ""},
            ),
        ),
    ),
    Command(
        words=("user", "create"),
        module=f"{_HERE}.user_create",
        needs=Needs.DATABASE,
        summary=Text("Create an account", "Załóż konto"),
        details=Text(
            "The password is read from the first line of standard input with --password-stdin; without it nobody\n"
            "can sign in until a password is set through the page for forgotten passwords.",
            "Z --password-stdin hasło jest czytane z pierwszego wiersza standardowego wejścia; bez tego nikt się\n"
            "nie zaloguje, dopóki hasło nie zostanie ustawione na stronie przypominania hasła.",
        ),
        arguments=(
            Argument(
                ("--email",),
                Text("address, used to sign in", "adres, służy do logowania"),
                {"required": True},
            ),
            Argument(
                ("--name",), Text("full name", "imię i nazwisko"), {"required": True, "metavar": "NAME"}
            ),
            Argument(
                ("--institution",),
                Text("where the person works", "gdzie osoba pracuje"),
                {"metavar": "CODE", "default": ""},
            ),
            Argument(
                ("--role",),
                Text("role code; may be repeated", "kod roli; można powtórzyć"),
                {"action": "append", "default": [], "metavar": "ROLE", "dest": "roles"},
            ),
            Argument(
                ("--number",),
                Text("number of the authorisation", "numer upoważnienia"),
                {"metavar": "NUMBER", "default": ""},
            ),
            Argument(
                ("--operator",), Text("runs the platform", "prowadzi platformę"), {"action": "store_true"}
            ),
            Argument(
                ("--password-stdin",),
                Text("read the password from standard input", "przeczytaj hasło ze standardowego wejścia"),
                {"action": "store_true"},
            ),
        ),
    ),
)
SAFETY = (
    Command(
        words=("audit", "verify"),
        module=f"{_HERE}.audit_verify",
        needs=Needs.DATABASE,
        summary=Text(
            "Recompute the audit chains and name the first broken position",
            "Przelicz łańcuchy dziennika i wskaż pierwsze naruszone miejsce",
        ),
        arguments=(
            Argument(
                ("--institution",),
                Text("only this chain", "tylko ten łańcuch"),
                {"metavar": "CODE", "default": ""},
            ),
            Argument(
                ("--witness",),
                Text(
                    "seals kept outside the platform, as saved from its public page",
                    "pieczęcie przechowane poza platformą, zapisane z jej strony publicznej",
                ),
                {"metavar": "FILE", "type": Path, "default": None},
            ),
        ),
    ),
    Command(
        words=("audit", "seal"),
        module=f"{_HERE}.audit_seal",
        needs=Needs.DATABASE,
        summary=Text("Seal what the log holds now", "Zapieczętuj to, co jest teraz w dzienniku"),
    ),
    Command(
        words=("audit", "export"),
        module=f"{_HERE}.audit_export",
        needs=Needs.DATABASE,
        summary=Text(
            "Write the log, its seals and a verifier that needs no Spoiwo",
            "Zapisz dziennik, jego pieczęcie i program sprawdzający, który nie potrzebuje Spoiwa",
        ),
        arguments=(
            Argument(
                ("--institution",),
                Text("only this chain; otherwise all", "tylko ten łańcuch; inaczej wszystkie"),
                {"metavar": "CODE", "default": ""},
            ),
            Argument(
                ("--out",),
                Text("a folder, made when missing", "folder; powstanie, jeśli go brak"),
                {"metavar": "DIR", "type": Path, "required": True},
            ),
        ),
    ),
    Command(
        words=("backup",),
        module=f"{_HERE}.backup",
        needs=Needs.OWNER,
        summary=Text("Write a backup of database and files", "Zapisz kopię bazy i plików"),
        details=Text(
            "The keys are not in it: keep settings.env apart. Without the keys the backup holds identifiers and\n"
            "sensitive facts that nobody can read.",
            "Kluczy w niej nie ma: settings.env trzymaj osobno. Bez kluczy identyfikatorów i faktów wrażliwych\n"
            "z kopii nikt nie odczyta.",
        ),
        arguments=(
            Argument(
                ("--out",),
                Text(
                    "file to write; otherwise a dated one in the folder `backups`",
                    "plik; inaczej z datą w folderze `backups`",
                ),
                {"type": Path, "metavar": "FILE"},
            ),
        ),
    ),
    Command(
        words=("restore",),
        module=f"{_HERE}.restore",
        needs=Needs.OWNER,
        summary=Text("Restore a backup into an empty installation", "Odtwórz kopię w pustej instalacji"),
        arguments=(
            Argument(("file",), Text("the backup", "kopia"), {"type": Path, "metavar": "FILE"}),
            Argument(
                ("--replace",),
                Text("drop what the installation holds now", "usuń to, co instalacja ma teraz"),
                {"action": "store_true"},
            ),
        ),
    ),
    Command(
        words=("keys", "rotate"),
        module=f"{_HERE}.keys_rotate",
        needs=Needs.OWNER,
        summary=Text(
            "Wrap all data keys under the newest master key; may be run again",
            "Przenieś klucze danych pod najnowszy klucz główny; można powtarzać",
        ),
    ),
)
DEMO = (
    Command(
        words=("demo", "load"),
        module=f"{_HERE}.demo_load",
        needs=Needs.DATABASE,
        summary=Text("Load the demonstration region", "Wczytaj region pokazowy"),
    ),
    Command(
        words=("demo", "people"),
        module=f"{_HERE}.demo_people",
        needs=Needs.NOTHING,
        summary=Text(
            "Write extracts of invented people in two offices' headers",
            "Zapisz wykazy osób zmyślonych w układach dwóch urzędów",
        ),
        arguments=(
            Argument(
                ("--seed",),
                Text("same seed, same files", "to samo ziarno, te same pliki"),
                {"type": int, "required": True},
            ),
            Argument(
                ("--out",),
                Text("folder to write to", "folder docelowy"),
                {"type": Path, "required": True, "metavar": "DIR"},
            ),
            Argument(
                ("--pup",),
                Text("rows of the labour office", "wiersze urzędu pracy"),
                {"type": int, "default": 6000},
            ),
            Argument(
                ("--ops",),
                Text("rows of the welfare centre", "wiersze ośrodka pomocy"),
                {"type": int, "default": 4000},
            ),
            Argument(
                ("--common",), Text("people both serve", "osoby wspólne"), {"type": int, "default": 1500}
            ),
            Argument(
                ("--noise",),
                Text("how badly registers are kept", "jak niestarannie prowadzone są rejestry"),
                {"choices": ("clean", "realistic", "hostile"), "default": "realistic"},
            ),
            Argument(
                ("--day",),
                Text("day the extracts are of, YYYY-MM-DD", "dzień wykazów, RRRR-MM-DD"),
                {"default": "2026-01-15", "metavar": "DATE"},
            ),
        ),
    ),
)
COMMANDS: tuple[Command, ...] = (
    *START,
    *DATA,
    *SAFETY,
    *DEMO,
    *MATCHING,
    *CONNECTOR,
    *INDICATORS,
    *REPORTS,
    *MAIL,
)


def command(*words: str) -> Command:
    """The command of these words."""
    return next(found for found in COMMANDS if found.words == words)
