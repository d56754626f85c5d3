"""spoiwo territory import."""

from argparse import Namespace

from spoiwo.cli.console import Console
from spoiwo.cli.errors import Unusable
from spoiwo.cli.types import Answer, Text
from spoiwo.territory import services as territory


def run(options: Namespace, console: Console) -> Answer:
    """The register says what the file says, all of it or nothing; the same file twice changes nothing."""
    try:
        report = territory.import_terc(options.file)
    except OSError as error:
        raise Unusable(
            f"The file cannot be opened: {options.file}. Check the path and the rights to read it.",
            f"Nie można otworzyć pliku: {options.file}. Sprawdź ścieżkę i prawo odczytu.",
        ) from error
    data = {
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "opened": len(report.opened),
        "renamed": len(report.renamed),
        "corrected": len(report.corrected),
        "closed": len(report.closed),
        "unchanged": report.unchanged,
    }
    text = Text(
        f"State of {data['as_of']}: {data['opened']} new, {data['renamed']} renamed, {data['corrected']} corrected, "
        f"{data['closed']} closed, {data['unchanged']} unchanged.",
        f"Stan na {data['as_of']}: nowe {data['opened']}, przemianowane {data['renamed']}, poprawione "
        f"{data['corrected']}, zamknięte {data['closed']}, bez zmian {data['unchanged']}.",
    )
    return Answer(data, [console.pick(text)])
