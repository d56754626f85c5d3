"""spoiwo match."""

from argparse import Namespace

from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused, Unusable
from spoiwo.cli.types import Answer, Text
from spoiwo.engines.linkage import DuckDB, UnreadableTable, UnwritableTable
from spoiwo.engines.spark import Spark, SparkAbsent
from spoiwo.matching.services.files import FileMatch, RegisterUnusable, match_files
from spoiwo.matching.services.spread_files import match_files_on

_STEPS = {
    "reading": ("Reading.", "Wczytywanie."),
    "normalising": (
        "Bringing names, numbers and addresses into one form.",
        "Ujednolicanie nazwisk, numerów i adresów.",
    ),
    "candidates": ("Looking for pairs worth comparing.", "Szukanie par wartych porównania."),
    "comparing": ("Comparing.", "Porównywanie."),
    "deciding": ("Deciding.", "Rozstrzyganie."),
    "writing": ("Writing the pairs.", "Zapisywanie par."),
}
_REASONS = {
    "missing": ("there is no such file", "nie ma takiego pliku"),
    "unreadable": ("the file cannot be opened", "pliku nie można otworzyć"),
    "encoding": ("the file is not in UTF-8", "plik nie jest w UTF-8"),
    "empty": ("the file is empty", "plik jest pusty"),
    "no_id": ("the column local_id is missing", "brakuje kolumny local_id"),
    "column_twice": ("a column stands twice", "jedna z kolumn występuje dwa razy"),
    "no_identity": (
        "none of the columns pesel, first_name, last_name, document_no is there",
        "nie ma żadnej z kolumn pesel, first_name, last_name, document_no",
    ),
    "empty_id": ("a row has no local_id", "jeden z wierszy nie ma local_id"),
    "id_twice": ("two rows have the same local_id", "dwa wiersze mają to samo local_id"),
}


def run(options: Namespace, console: Console) -> Answer:
    """Match two files, or find duplicates in one, and write the pairs; exit code 2 for files that are no registers."""
    if options.dedupe == (options.right is not None):
        raise Unusable(
            "Give two registers, or one register with --dedupe.",
            "Podaj dwa rejestry albo jeden rejestr z --dedupe.",
        )
    try:
        done = _match(options, console)
    except SparkAbsent as error:
        raise Refused(
            f"Spark is not here. Install spoiwo[spark] and Java 17 or newer. {error}".strip(),
            f"Nie ma tu Sparka. Zainstaluj spoiwo[spark] i Javę 17 lub nowszą. {error}".strip(),
        ) from None
    except RegisterUnusable as error:
        english, polish = _REASONS[error.reason]
        raise Unusable(f"{error.name}: {english}.", f"{error.name}: {polish}.") from None
    except UnwritableTable as error:
        raise Refused(f"Cannot write {error.path}.", f"Nie można zapisać {error.path}.") from None
    except UnreadableTable as error:
        raise Unusable(
            f"{error.path.name} is no readable table in UTF-8: {error.reason}",
            f"{error.path.name} nie jest czytelną tabelą w UTF-8: {error.reason}",
        ) from None
    return _answer(done, options, console)


def _match(options: Namespace, console: Console) -> FileMatch:
    language = console.language.value if options.explain else ""

    def progress(step: str) -> None:
        console.say(*_STEPS[step])

    files = options.left, options.right, options.out
    if options.engine == "spark":
        with Spark(threads=options.threads) as spark:
            return match_files_on(spark, *files, language=language, progress=progress)
    with DuckDB(threads=options.threads) as engine:
        return match_files(engine, *files, language=language, progress=progress)


def _answer(done: FileMatch, options: Namespace, console: Console) -> Answer:
    data = {
        "strategy": done.strategy,
        "engine": options.engine,
        "left": done.left,
        "right": done.right,
        "auto": done.auto,
        "review": done.review,
        "out": str(options.out),
    }
    line = console.pick(
        Text(
            f"Certain pairs: {done.auto}, pairs to look at: {done.review}; written to {options.out}.",
            f"Pary pewne: {done.auto}, pary do sprawdzenia: {done.review}; zapisano w {options.out}.",
        )
    )
    return Answer(data, [line])
