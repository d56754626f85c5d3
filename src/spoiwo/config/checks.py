"""What the platform refuses to start with. `spoiwo serve` and the server's entry point ask these."""

from collections.abc import Callable, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from spoiwo.institutions import queries as institutions
from spoiwo.toolkit import roles

TAG = "spoiwo_start"
Check = Callable[..., Sequence[CheckMessage]]


def _refusal(sentence: Any, code: str) -> Error:
    """A refusal; its sentence is translated when it is shown (Django's types expect a plain text)."""
    return Error(sentence, id=code)


NO_DATABASE = _refusal(
    _("The database cannot be reached. Check SPOIWO_DATABASE_URL and that the server runs."), "spoiwo.E001"
)
PENDING = _refusal(_("The database is not up to date. Run `spoiwo migrate` first."), "spoiwo.E002")
SQLITE_FOR_MANY = _refusal(
    _(
        "Several institutions work in production on SQLite, which has no row-level security. "
        "Use PostgreSQL, or accept the risk with SPOIWO_ACCEPT_SQLITE=yes."
    ),
    "spoiwo.E003",
)
PLAIN_HTTP = _refusal(
    _(
        "SPOIWO_PUBLIC_URL begins with http:// and does not point at this machine. "
        "In production people must reach the platform by https://."
    ),
    "spoiwo.E004",
)
ROLE_BYPASSES = _refusal(
    _(
        "The application's database role is a superuser or may bypass row-level security. "
        "Give it a role with NOSUPERUSER NOBYPASSRLS in SPOIWO_DATABASE_URL."
    ),
    "spoiwo.E005",
)
ROLE_OWNS = _refusal(
    _(
        "The application's database role owns tables, so row-level security could be lifted by it. "
        "Migrate as another role, named in SPOIWO_OWNER_DATABASE_URL."
    ),
    "spoiwo.E006",
)

NO_MAIL = _refusal(
    _(
        "No mail server is set, so invitations and links for a new password would reach nobody. "
        "Set SPOIWO_EMAIL_URL, for example smtp+tls://user:password@mail.example.pl:587."
    ),
    "spoiwo.E007",
)


def database_is_ready(**_options: Any) -> list[CheckMessage]:
    """The database answers and has all migrations."""
    try:
        executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return [NO_DATABASE]
    return [PENDING] if plan else []


def sqlite_holds_one_institution(**_options: Any) -> list[CheckMessage]:
    """In production SQLite is for one institution, unless the risk was accepted."""
    if settings.SPOIWO_DEMO or settings.SPOIWO_ACCEPT_SQLITE or not _on("sqlite"):
        return []
    try:
        several = institutions.count_with_staff() > 1
    except DatabaseError:
        return []  # reported by database_is_ready
    return [SQLITE_FOR_MANY] if several else []


def public_address_is_protected(**_options: Any) -> list[CheckMessage]:
    """In production only this machine itself is reached without encryption."""
    public = urlsplit(settings.PUBLIC_URL)
    if settings.SPOIWO_DEMO or public.scheme == "https" or _is_loopback(public.hostname or ""):
        return []
    return [PLAIN_HTTP]


def database_role_is_bound(**_options: Any) -> list[CheckMessage]:
    """On PostgreSQL the application's role owns nothing and is bound by row-level security."""
    if not _on("postgresql"):
        return []
    try:
        found = roles.facts_of(connections[DEFAULT_DB_ALIAS], settings.SPOIWO_APPLICATION_ROLE)
    except DatabaseError:
        return []  # reported by database_is_ready
    return [*([ROLE_BYPASSES] if found.bypasses_walls else []), *([ROLE_OWNS] if found.owns_tables else [])]


def mail_can_be_sent(**_options: Any) -> list[CheckMessage]:
    """In production letters leave the machine."""
    return [] if settings.SPOIWO_DEMO or settings.EMAIL_HOST else [NO_MAIL]


CHECKS: tuple[Check, ...] = (
    database_is_ready,
    sqlite_holds_one_institution,
    public_address_is_protected,
    database_role_is_bound,
    mail_can_be_sent,
)


def _on(vendor: str) -> bool:
    return connections[DEFAULT_DB_ALIAS].vendor == vendor


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
