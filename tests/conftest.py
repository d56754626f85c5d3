"""What all tests share: the database. Makers of valid things live in tests/makers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

from spoiwo.audit.services.appending import ask_for_the_seal_again
from tests import database

ASKS_THE_DATABASE = frozenset({"db", "transactional_db", "live_server", "django_db_setup"})
STARTS_THE_PRODUCT = frozenset({"cli", "config", "soak"})  # in processes of its own, on either database


def pytest_configure() -> None:
    """Prepare Django for append-only tables."""
    database.let_flush_empty_append_only_tables()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Committed tests are Django's transactional ones; those about PostgreSQL run there only.

    What asks no database is the same on both and runs on SQLite only. What takes long begins first, so that no process
    is left with it when the others are done.
    """
    for item in items:
        if item.get_closest_marker("committed"):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))
    on_postgres = bool(settings.SPOIWO_SCOPE_ROLE)
    leaves_out = _asks_no_database if on_postgres else _is_about_postgres
    elsewhere = [item for item in items if leaves_out(item)]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def _is_about_postgres(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgres") is not None


def _asks_no_database(item: pytest.Item) -> bool:
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    if folder in STARTS_THE_PRODUCT or _is_about_postgres(item):
        return False
    names = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is None and ASKS_THE_DATABASE.isdisjoint(names)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Let the product's role into the database that the owner has migrated."""
    with django_db_blocker.unblock():
        database.let_the_product_in()


@pytest.fixture(autouse=True)
def _as_the_product_when_committed(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.node.get_closest_marker("committed"):
        yield
        return
    request.getfixturevalue("_django_db_helper")
    with database.connected_as_the_product():
        yield


@pytest.fixture(autouse=True)
def _the_log_is_asked_anew() -> None:
    """Whether changes are refused for want of a seal is remembered for a minute, longer than most tests take."""
    ask_for_the_seal_again()
