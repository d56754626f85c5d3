"""What makes a start unsafe stops it, with a sentence that says what to do."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from spoiwo.cli import starting
from spoiwo.cli.errors import Refused
from spoiwo.config import checks, start
from spoiwo.institutions.types import Role
from spoiwo.toolkit import roles
from tests.makers import institutions


def ids(found) -> list[str]:
    return [message.id for message in found]


def two_offices_with_staff() -> None:
    for _ in range(2):
        institutions.member(institutions.institution(), Role.CASE_WORKER)


@pytest.fixture
def in_production(settings):
    settings.SPOIWO_DEMO = False
    settings.SPOIWO_ACCEPT_SQLITE = False


@pytest.mark.django_db
def test_production_on_sqlite_is_for_one_institution(in_production):
    two_offices_with_staff()

    found = ids(checks.sqlite_holds_one_institution())

    assert found == (["spoiwo.E003"] if connection.vendor == "sqlite" else [])


@pytest.mark.django_db
def test_one_institution_may_work_on_sqlite(in_production):
    institutions.member(institutions.institution(), Role.CASE_WORKER)
    institutions.institution()  # in the directory only

    assert checks.sqlite_holds_one_institution() == []


@pytest.mark.django_db
@pytest.mark.parametrize("accepted", ["SPOIWO_ACCEPT_SQLITE", "SPOIWO_DEMO"])
def test_several_on_sqlite_can_be_accepted_and_are_in_the_demonstration(accepted, in_production, settings):
    setattr(settings, accepted, True)
    two_offices_with_staff()

    assert checks.sqlite_holds_one_institution() == []


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("http://spoiwo.example.pl", True),
        ("http://10.0.0.7:8000", True),
        ("https://spoiwo.example.pl", False),
        ("http://127.0.0.1:8000", False),
        ("http://localhost:8000", False),
        ("http://[::1]:8000", False),
    ],
)
def test_production_is_reached_by_https_or_from_this_machine(address, refused, in_production, settings):
    settings.PUBLIC_URL = address

    assert ids(checks.public_address_is_protected()) == (["spoiwo.E004"] if refused else [])


def test_a_demonstration_may_be_shown_without_https(settings):
    settings.SPOIWO_DEMO = True
    settings.PUBLIC_URL = "http://spoiwo.example.pl"

    assert checks.public_address_is_protected() == []


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_owner_of_the_tables_may_not_serve(settings):
    settings.SPOIWO_APPLICATION_ROLE = settings.SPOIWO_TEST_OWNER

    assert ids(checks.database_role_is_bound()) == ["spoiwo.E005", "spoiwo.E006"]


@pytest.mark.django_db
@pytest.mark.postgres
def test_the_products_role_may_serve(settings):
    settings.SPOIWO_APPLICATION_ROLE = settings.SPOIWO_SCOPE_ROLE

    assert checks.database_role_is_bound() == []


@pytest.mark.django_db
@pytest.mark.postgres
def test_a_role_that_does_not_exist_is_seen():
    assert roles.facts_of(connection, "nobody_of_this_name") == roles.RoleFacts(
        exists=False, bypasses_walls=False, owns_tables=False
    )


@pytest.mark.django_db
def test_pending_migrations_stop_the_start(monkeypatch):
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_args: [("one", False)])

    with pytest.raises(Refused) as refused:
        starting.refuse_unsafe()

    assert "spoiwo migrate" in str(refused.value)


@pytest.mark.django_db
def test_the_server_refuses_what_the_command_refuses(monkeypatch):
    monkeypatch.setattr(connections, "close_all", lambda: None)  # the test's own must stay
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_args: [("one", False)])

    with pytest.raises(ImproperlyConfigured, match="spoiwo migrate"):
        start.checked_application()


@pytest.mark.django_db
def test_a_safe_start_is_not_held_up(monkeypatch, settings):
    settings.SPOIWO_APPLICATION_ROLE = settings.SPOIWO_SCOPE_ROLE or "nobody"
    monkeypatch.setattr(connections, "close_all", lambda: None)

    starting.refuse_unsafe()

    assert start.checked_application() is not None
    assert settings.SPOIWO_GUARDED


@pytest.mark.parametrize(
    ("host", "demo", "refused"), [("", False, True), ("poczta.example.pl", False, False), ("", True, False)]
)
def test_production_sends_letters(host, demo, refused, in_production, settings):
    settings.EMAIL_HOST, settings.SPOIWO_DEMO = host, demo

    found = checks.mail_can_be_sent()

    assert ids(found) == (["spoiwo.E007"] if refused else [])
    assert all("SPOIWO_EMAIL_URL" in str(message.msg) for message in found)
