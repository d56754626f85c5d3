"""spoiwo settings."""

import os
from argparse import Namespace
from pathlib import Path

from spoiwo.cli.console import Console
from spoiwo.cli.types import Answer, Text
from spoiwo.config.environment import SECRETS_FILE, VARIABLES, Variable, read_stored

_SECRET_WORDS = ("KEY", "SECRET", "PASSWORD", "URL")
_PUBLIC = "SPOIWO_PUBLIC_URL"


def run(_options: Namespace, console: Console) -> Answer:
    """Every setting, where its value comes from, and the value unless it is or may hold a secret."""
    folder = Path(os.environ.get("SPOIWO_DATA_DIR") or "var").resolve()
    stored = read_stored(folder / SECRETS_FILE)
    rows = [_row(variable, stored, console) for variable in VARIABLES]
    lines = [
        f"{row['name']} = {row['value']}  ({row['source_text']})\n    {row['description']}" for row in rows
    ]
    return Answer({"settings": rows}, lines)


def _row(variable: Variable, stored: dict[str, str], console: Console) -> dict[str, str]:
    name = variable.name
    if os.environ.get(name):
        source, value = "environment", os.environ[name]
    elif stored.get(name):
        source, value = SECRETS_FILE, stored[name]
    elif variable.default is None:
        source, value = "missing", ""
    else:
        source, value = "default", variable.default
    words = {
        "environment": Text("environment", "środowisko"),
        "missing": Text("missing", "brak"),
        "default": Text("default", "domyślna"),
    }
    return {
        "name": name,
        "value": "***" if value and _may_be_secret(name) else value,
        "source": source,
        "source_text": console.pick(words[source]) if source in words else source,
        "description": variable.polish if console.language == "pl" else variable.english,
    }


def _may_be_secret(name: str) -> bool:
    return name != _PUBLIC and any(word in name for word in _SECRET_WORDS)
