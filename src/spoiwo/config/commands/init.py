"""spoiwo init."""

import os
from argparse import Namespace
from pathlib import Path

from spoiwo.cli.console import Console
from spoiwo.cli.errors import Unusable
from spoiwo.cli.types import Answer, Text
from spoiwo.config import first_start
from spoiwo.config.environment import VARIABLES


def run(_options: Namespace, console: Console) -> Answer:
    """Make the data folder and fresh secrets where they are missing."""
    default = next(variable.default for variable in VARIABLES if variable.name == "SPOIWO_DATA_DIR")
    folder = Path(os.environ.get("SPOIWO_DATA_DIR") or default or "var").resolve()
    given = frozenset(name for name, value in os.environ.items() if value)
    try:
        prepared = first_start.prepare(folder, given)
    except OSError as error:
        raise Unusable(
            f"The data folder {folder} cannot be written: {error.strerror}.",
            f"Nie można zapisać folderu danych {folder}: {error.strerror}.",
        ) from error
    written = ", ".join(prepared.written)
    text = (
        Text(
            f"Data folder {folder}: new secrets {written}.",
            f"Folder danych {folder}: nowe sekrety {written}.",
        )
        if written
        else Text(f"Data folder {folder} is ready.", f"Folder danych {folder} jest gotowy.")
    )
    return Answer(
        {
            "data_dir": str(folder),
            "secrets_file": str(prepared.secrets_file),
            "written": list(prepared.written),
        },
        [console.pick(text)],
    )
