"""spoiwo restore."""

import hashlib
import shutil
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from spoiwo.audit import services as audit
from spoiwo.audit.types import PLATFORM, Action, Entry
from spoiwo.cli.backups import archive, postgres, sqlite
from spoiwo.cli.backups.manifest import Manifest
from spoiwo.cli.commands import audit_verify, migrate
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused, Unusable
from spoiwo.cli.lock import only_one
from spoiwo.cli.types import Answer, Text
from spoiwo.clients.services import erasing, erasure_register
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit.keys import index_key_id, key_ring


def run(options: Namespace, console: Console) -> Answer:
    """Put a backup in place of an empty installation (or of any, with --replace); all or nothing.

    Everybody is signed out. The audit chains are checked afterwards; a breach makes the exit code 1.
    """
    data = Path(settings.DATA_DIR)
    if not options.file.is_file():
        raise Unusable(f"There is no file {options.file}.", f"Nie ma pliku {options.file}.")
    with only_one(data), tempfile.TemporaryDirectory(dir=data, prefix="restore-") as place:
        room = Path(place)
        manifest = archive.unpack(options.file, room)
        engine = _fitting(manifest)
        if not options.replace:
            _refuse_unless_empty()
        console.say("Putting the backup in place.", "Wstawianie kopii.")
        with _folders_replaced(room, data), engine.replaced(room / archive.DATABASE, manifest.snapshot):
            migrate.run(options, console)
            _record(options.file)
            _erase_again(console)
    return _report(manifest, console)


def _report(manifest: Manifest, console: Console) -> Answer:
    checked = audit_verify.run(Namespace(institution="", witness=None), console)
    rows = sum(manifest.snapshot.rows.values())
    text = Text(
        f"Restored the backup of {manifest.made_at}: {rows} rows. Everybody has to sign in again.",
        f"Odtworzono kopię z {manifest.made_at}, wierszy: {rows}. Wszyscy muszą zalogować się ponownie.",
    )
    data = {"restored": True, "made_at": manifest.made_at, "rows": rows, "audit": checked.data}
    return Answer(data, [console.pick(text), *checked.lines], checked.exit_code)


def _fitting(manifest: Manifest) -> ModuleType:
    """The engine of this database. Raises Refused when the backup does not fit this installation."""
    snapshot = manifest.snapshot
    if snapshot.vendor != connection.vendor:
        raise Refused(
            f"The backup is of {snapshot.vendor}, this installation uses {connection.vendor}.",
            f"Kopia jest z bazy {snapshot.vendor}, a ta instalacja używa {connection.vendor}.",
        )
    known = {f"{context}.{name}" for context, name in MigrationLoader(None).disk_migrations}
    if not known.issuperset(snapshot.migrations):
        raise Refused(
            f"The backup was made by a newer version of Spoiwo ({manifest.version}).",
            f"Kopię utworzyła nowsza wersja Spoiwo ({manifest.version}).",
        )
    ours = {key.hex() for key in key_ring().master_ids}
    if not ours.issuperset(snapshot.master_keys) or manifest.index_key != index_key_id():
        raise Refused(
            "The keys of this installation do not open the backup. Put the settings.env kept apart into the "
            "data folder first.",
            "Klucze tej instalacji nie otwierają kopii. Najpierw umieść w folderze danych przechowany osobno "
            "plik settings.env.",
        )
    return postgres if snapshot.vendor == postgres.VENDOR else sqlite


def _refuse_unless_empty() -> None:
    try:
        holds_something = get_user_model().objects.exists() or institutions.directory().exists()
    except DatabaseError:
        holds_something = False  # no tables yet
    connection.close()
    if holds_something:
        raise Refused(
            "This installation holds data. To drop them and put the backup in place, add --replace.",
            "Ta instalacja zawiera dane. Aby je usunąć i wstawić kopię, dodaj --replace.",
        )


@contextmanager
def _folders_replaced(room: Path, data: Path) -> Iterator[None]:
    """Put the folders of the backup in place; the former ones come back when the block fails."""
    former = room / "former"
    former.mkdir()
    for name in archive.FOLDERS:
        (room / name).mkdir(exist_ok=True)
        if (data / name).exists():
            (data / name).replace(former / name)
        (room / name).replace(data / name)
    try:
        yield
    except BaseException:
        for name in archive.FOLDERS:
            shutil.rmtree(data / name)
            if (former / name).exists():
                (former / name).replace(data / name)
        raise


def _erase_again(console: Console) -> None:
    """Whoever was erased since the backup was made stays erased: the register of erasures lies beside the database."""
    lines = erasure_register.read()
    gone = erasing.erase_again(lines)
    if gone:
        console.say(
            f"Erased again, as the register of erasures says: {gone} records.",
            f"Usunięto ponownie według rejestru usunięć, rekordów: {gone}.",
        )


def _record(source: Path) -> None:
    """The platform's own chain says that this is a restored copy, and of which archive."""
    with source.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").digest()
    audit.append(Entry(institution_id=PLATFORM, action=Action.RESTORE, digest=digest))
