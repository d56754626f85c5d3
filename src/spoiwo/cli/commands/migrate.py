"""spoiwo migrate."""

from argparse import Namespace

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from spoiwo.access import services as access
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused
from spoiwo.cli.starting import pending_migrations, refuse_without_owner
from spoiwo.cli.types import Answer, Text
from spoiwo.territory import services as territory
from spoiwo.toolkit import roles


def run(_options: Namespace, console: Console) -> Answer:
    """Apply what is pending, load the data that come with the product, let the application's role in."""
    on_postgres = connection.vendor == "postgresql"
    if on_postgres:
        check_roles(settings.SPOIWO_APPLICATION_ROLE)
    pending = pending_migrations()
    if pending:
        console.say(
            f"Bringing the database up to date: {len(pending)} steps.",
            f"Aktualizacja bazy danych, kroków: {len(pending)}.",
        )
        call_command("migrate", verbosity=0, interactive=False)
    if on_postgres:
        roles.let_in(connection, settings.SPOIWO_APPLICATION_ROLE)
    territory.load_shipped()
    access.load_shipped_bases()
    text = Text("The database is up to date.", "Baza danych jest aktualna.")
    return Answer({"applied": pending, "vendor": connection.vendor}, [console.pick(text)])


def check_roles(application: str) -> None:
    """Refuse roles that would leave the second wall open. Raises Refused."""
    refuse_without_owner()
    found = roles.facts_of(connection, application)
    if not found.exists:
        raise Refused(
            f"The role {application} of SPOIWO_DATABASE_URL does not exist. "
            f"Create it: CREATE ROLE {application} LOGIN NOSUPERUSER NOBYPASSRLS.",
            f"Rola {application} z SPOIWO_DATABASE_URL nie istnieje. "
            f"Utwórz ją: CREATE ROLE {application} LOGIN NOSUPERUSER NOBYPASSRLS.",
        )
    if found.bypasses_walls:
        raise Refused(
            f"The role {application} is a superuser or may bypass row-level security; "
            "the application must work as one that may not.",
            f"Rola {application} jest superużytkownikiem albo omija zabezpieczenia wierszy; "
            "aplikacja musi działać jako rola, która tego nie może.",
        )
    if found.owns_tables:
        raise Refused(
            f"The role {application} owns tables; they must belong to the role of SPOIWO_OWNER_DATABASE_URL.",
            f"Rola {application} jest właścicielem tabel; muszą należeć do roli z SPOIWO_OWNER_DATABASE_URL.",
        )
