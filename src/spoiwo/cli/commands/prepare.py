"""spoiwo prepare: what `spoiwo serve` does before it serves."""

import subprocess
import sys
from argparse import Namespace

from django.conf import settings
from django.db import DatabaseError, connection

from spoiwo.cli.commands import demo_load, migrate
from spoiwo.cli.console import Console
from spoiwo.cli.demo import region
from spoiwo.cli.errors import Refused
from spoiwo.cli.starting import pending_migrations, refuse_unsafe
from spoiwo.cli.static_files import collect_when_stale
from spoiwo.cli.types import Answer


def run(options: Namespace, console: Console) -> Answer:
    """Database up to date, region loaded in the demo profile, static files collected, start-up checks passed."""
    migrated = _bring_up_to_date(options, console)
    refuse_unsafe()
    collected = collect_when_stale()
    loaded = _load_region(options, console) if settings.SPOIWO_DEMO else False
    connection.close()
    data = {
        "profile": settings.SPOIWO_PROFILE,
        "migrated": migrated,
        "static_files_collected": collected,
        "region_loaded": loaded,
    }
    return Answer(data, region.greeting(console) if settings.SPOIWO_DEMO else [])


def _load_region(options: Namespace, console: Console) -> bool:
    if region.is_loaded():
        return False
    demo_load.run(options, console)
    return True


def _bring_up_to_date(options: Namespace, console: Console) -> bool:
    try:
        pending = bool(pending_migrations())
    except DatabaseError:
        pending = True  # the application's role was never let in; a missing server shows in the next step
    connection.close()
    if pending and settings.SPOIWO_OWNER_DATABASE is not None:
        _migrate_elsewhere()
    elif pending:
        migrate.run(options, console)
    return pending


def _migrate_elsewhere() -> None:
    """In a process of its own, so that this one never speaks as the owner of the tables. Raises Refused."""
    words = [sys.executable, "-m", "spoiwo.cli.main", "migrate"]
    done = subprocess.run(words, check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    if done.returncode:
        raise Refused(
            "The database could not be brought up to date.", "Nie udało się zaktualizować bazy danych."
        )
