"""spoiwo backup."""

import tempfile
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from spoiwo import __version__
from spoiwo.cli.backups import archive, postgres, sqlite
from spoiwo.cli.backups.manifest import Manifest, Part, Snapshot
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Unusable
from spoiwo.cli.types import Answer, Text
from spoiwo.toolkit.keys import index_key_id


def run(options: Namespace, console: Console) -> Answer:
    """Copy database and files into one archive, without the keys."""
    data = Path(settings.DATA_DIR)
    target = (
        options.out or data / "backups" / f"spoiwo-{timezone.localtime():%Y-%m-%d-%H%M%S}.tar.gz"
    ).resolve()
    _refuse_bad_target(target)
    console.say("Copying the database.", "Kopiowanie bazy danych.")
    with tempfile.TemporaryDirectory(dir=data, prefix="backup-") as room:
        copy = Path(room) / archive.DATABASE
        snapshot = (postgres if connection.vendor == postgres.VENDOR else sqlite).dump(copy)
        manifest = archive.write(
            target, database=copy, folder=data, describe=partial(_manifest, snapshot=snapshot)
        )
    console.say(
        "The keys are not in the backup: keep settings.env apart from it.",
        "Kluczy nie ma w kopii: plik settings.env przechowuj osobno.",
    )
    rows = sum(snapshot.rows.values())
    text = Text(f"Backup written: {target} ({rows} rows).", f"Zapisano kopię: {target} (wierszy: {rows}).")
    data_of = {
        "file": str(target),
        "bytes": target.stat().st_size,
        "vendor": snapshot.vendor,
        "rows": rows,
        "files": len(manifest.parts) - 1,
        "made_at": manifest.made_at,
        "keys_included": False,
    }
    return Answer(data_of, [console.pick(text)])


def _manifest(parts: Mapping[str, Part], snapshot: Snapshot) -> Manifest:
    return Manifest(
        version=__version__,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        snapshot=snapshot,
        index_key=index_key_id(),
        parts=dict(parts),
    )


def _refuse_bad_target(target: Path) -> None:
    if target.exists():
        raise Unusable(f"{target} exists already.", f"{target} już istnieje.")
    if not target.parent.is_dir():
        raise Unusable(f"There is no folder {target.parent}.", f"Nie ma folderu {target.parent}.")
