"""A look into a file that waits, for the screen on which its columns are named."""

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.errors import NotNow
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.rules import mapping as rules
from spoiwo.exchange.rules import tables
from spoiwo.exchange.services import files
from spoiwo.exchange.services.reading import table_of
from spoiwo.exchange.types import WAITING, Layout, Preview


def preview_of(register_import: RegisterImport) -> Preview:
    """The beginning of an import's file. Raises NotNow, UnusableFile, CannotUnseal."""
    if register_import.state not in WAITING:
        raise NotNow(register_import.state)
    key = bytes(register_import.wrapped_key)
    with files.open_stored(files.UPLOADS, register_import.uuid, key) as stream:
        return tables.preview_of(stream, table_of(register_import))


def guessed_values(register_import: RegisterImport, preview: Preview) -> dict[str, dict[str, str]]:
    """For the import's coded columns: values in the file -> standard code, empty when not known."""
    layout = Layout(columns=register_import.columns, values=register_import.values)
    guessed = rules.guess_values(RegisterKind(register_import.kind), layout, preview)
    for name, values in register_import.unknown_codes.items():
        for value in values:
            guessed.setdefault(name, {}).setdefault(value, "")
    return guessed
