"""Getting Django and the database ready for a command."""

import django
from django.apps import apps
from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused
from spoiwo.cli.types import Needs

START_TAG = "spoiwo_start"  # the checks of config/checks.py


def start(needs: Needs, console: Console) -> None:
    """Start Django, speak the caller's language, and see to what the command needs. Raises Refused."""
    if not apps.ready:
        django.setup()
    translation.activate(console.language)
    if needs is Needs.OWNER:
        become_owner()
    if needs is Needs.DATABASE and pending_migrations():
        raise Refused(
            "The database is not up to date. Run `spoiwo migrate` first.",
            "Baza danych nie jest aktualna. Najpierw uruchom `spoiwo migrate`.",
        )


def pending_migrations() -> list[str]:
    """Migrations that the database lacks, as `context.name`. Raises OperationalError when there is no database."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def become_owner() -> None:
    """Connect as the owner of the tables from now on, where a role of its own owns them (PostgreSQL).

    Raises Refused when that role is not named: as the application's, a command would see no rows and find
    nothing to do.
    """
    owner = settings.SPOIWO_OWNER_DATABASE
    if connections[DEFAULT_DB_ALIAS].vendor == "postgresql":
        refuse_without_owner()
    if owner is None:
        return
    connections[DEFAULT_DB_ALIAS].close()
    connections.settings[DEFAULT_DB_ALIAS].update(owner)


def refuse_without_owner() -> None:
    """Raise Refused when nobody said who owns the tables."""
    if settings.SPOIWO_OWNER_DATABASE is None:
        raise Refused(
            "On PostgreSQL the tables belong to a role of their own: name it in SPOIWO_OWNER_DATABASE_URL.",
            "W PostgreSQL tabele należą do osobnej roli: podaj ją w SPOIWO_OWNER_DATABASE_URL.",
        )


def refuse_unsafe() -> None:
    """Ask the start-up checks. Raises Refused with everything that makes this start unsafe."""
    found = run_checks(tags=[START_TAG], include_deployment_checks=True)
    errors = [str(problem.msg) for problem in found if problem.level >= ERROR]
    if errors:
        text = "\n".join(errors)
        raise Refused(text, text)
