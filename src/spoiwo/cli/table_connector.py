"""The subcommands of the connector that runs at an office, for the table of all commands."""

from pathlib import Path

from spoiwo.cli.types import Argument, Command, Needs, Text

_CONFIGURATION = Argument(
    ("config",),
    Text("file of configuration, connector.toml", "plik konfiguracji, connector.toml"),
    {"type": Path, "metavar": "CONFIG"},
)
_ROUND = Argument(
    ("--round",),
    Text("number of the comparison, as the platform shows it", "numer porównania, taki jak na platformie"),
    {"type": int, "required": True, "metavar": "N"},
)


def _file(name: str, text: Text) -> Argument:
    return Argument((name,), text, {"type": Path, "metavar": name.upper()})


CONNECTOR = (
    Command(
        words=("connector", "begin"),
        module="spoiwo.cli.commands.connector",
        needs=Needs.NOTHING,
        summary=Text(
            "Make the key of your office and a file of configuration",
            "Utwórz klucz urzędu i plik konfiguracji",
        ),
        arguments=(
            Argument(
                ("folder",),
                Text("a folder of your office", "folder w urzędzie"),
                {"type": Path, "metavar": "FOLDER"},
            ),
            Argument(
                ("--agreement",),
                Text("number of the sharing agreement", "numer porozumienia"),
                {"required": True, "metavar": "NUMBER"},
            ),
        ),
    ),
    Command(
        words=("connector", "connect"),
        module="spoiwo.cli.commands.connector",
        needs=Needs.NOTHING,
        summary=Text(
            "Make the connector known to the platform, with a code that a registrar sees there",
            "Przedstaw connector platformie kodem, który widzi tam operator rejestru",
        ),
        arguments=(
            _CONFIGURATION,
            Argument(
                ("--code",),
                Text("the code; it can be used once", "kod; działa jeden raz"),
                {"required": True, "metavar": "CODE"},
            ),
        ),
    ),
    Command(
        words=("connector", "sync"),
        module="spoiwo.cli.commands.connector",
        needs=Needs.NOTHING,
        summary=Text(
            "Do whatever can be done now: send tokens, fetch the result, give and take the agreed data",
            "Zrób, co teraz można: wyślij tokeny, pobierz wynik, przekaż i odbierz uzgodnione dane",
        ),
        arguments=(_CONFIGURATION,),
    ),
    Command(
        words=("connector", "tokens"),
        module="spoiwo.cli.commands.connector",
        needs=Needs.NOTHING,
        summary=Text(
            "Turn the register into tokens that only the other office's tokens can meet",
            "Zamień rejestr na tokeny, które mogą spotkać tylko tokeny drugiego urzędu",
        ),
        arguments=(_CONFIGURATION, _ROUND),
    ),
    Command(
        words=("connector", "reply"),
        module="spoiwo.cli.commands.connector",
        needs=Needs.NOTHING,
        summary=Text(
            "List your clients in common, and seal the agreed data for the other office",
            "Wypisz wspólnych klientów i zapieczętuj uzgodnione dane dla drugiego urzędu",
        ),
        arguments=(_CONFIGURATION, _file("reply", Text("result of the platform", "wynik z platformy"))),
    ),
    Command(
        words=("connector", "open"),
        module="spoiwo.cli.commands.connector",
        needs=Needs.NOTHING,
        summary=Text(
            "Open the data that the other office sealed for yours",
            "Otwórz dane zapieczętowane dla twojego urzędu",
        ),
        arguments=(
            _CONFIGURATION,
            _file("reply", Text("result of the platform", "wynik z platformy")),
            _file("parcel", Text("sealed data of the other office", "zapieczętowane dane drugiego urzędu")),
        ),
    ),
    Command(
        words=("connector", "prove"),
        module="spoiwo.cli.commands.connector",
        needs=Needs.NOTHING,
        summary=Text(
            "Show a data protection officer that one row was in the register",
            "Pokaż inspektorowi, że jeden wiersz był w rejestrze",
        ),
        arguments=(
            _CONFIGURATION,
            _ROUND,
            Argument(
                ("local_id",),
                Text("the row's number at your office", "numer wiersza w urzędzie"),
                {"metavar": "LOCAL_ID"},
            ),
        ),
    ),
    Command(
        words=("connector", "check"),
        module="spoiwo.cli.commands.connector",
        needs=Needs.NOTHING,
        summary=Text("Check such a proof against a file of tokens", "Sprawdź taki dowód z plikiem tokenów"),
        arguments=(
            _file("tokens", Text("file of tokens", "plik tokenów")),
            _file("proof", Text("the proof", "dowód")),
        ),
    ),
    Command(
        words=("connector", "psi-ask"),
        module="spoiwo.cli.commands.connector",
        needs=Needs.NOTHING,
        summary=Text(
            "Without any third party: ask the other office with blinded PESEL numbers",
            "Bez nikogo trzeciego: zapytaj drugi urząd zaślepionymi numerami PESEL",
        ),
        arguments=(_CONFIGURATION, _ROUND),
    ),
    Command(
        words=("connector", "psi-answer"),
        module="spoiwo.cli.commands.connector",
        needs=Needs.NOTHING,
        summary=Text("Answer such a question", "Odpowiedz na takie pytanie"),
        arguments=(_CONFIGURATION, _file("ask", Text("the question", "pytanie"))),
    ),
    Command(
        words=("connector", "psi-read"),
        module="spoiwo.cli.commands.connector",
        needs=Needs.NOTHING,
        summary=Text("Read the answer to your question", "Odczytaj odpowiedź na swoje pytanie"),
        arguments=(_CONFIGURATION, _file("answer", Text("the answer", "odpowiedź"))),
    ),
)
