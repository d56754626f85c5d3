"""The harness itself: a test that trusts the wrong connection proves nothing."""

from threading import Thread

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from spoiwo.audit.models import AuditRecord
from spoiwo.audit.services import append
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.models import Person
from spoiwo.toolkit.context import acting_for
from tests.database import as_owner

ON_POSTGRES = "postgres" in settings.DATABASES["default"]["ENGINE"]


def user() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user" if ON_POSTGRES else "SELECT 'spoiwo_app'")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_an_ordinary_test_becomes_the_product_inside_a_context() -> None:
    before = user()

    with acting_for(1):
        inside = user()

    assert inside == "spoiwo_app"
    assert user() == before


@pytest.mark.committed
def test_a_committed_test_is_the_product_in_every_thread() -> None:
    seen: list[str] = []

    def look() -> None:
        seen.append(user())
        connection.close()

    thread = Thread(target=look)
    thread.start()
    thread.join()

    assert [user(), *seen] == ["spoiwo_app", "spoiwo_app"]


@pytest.mark.committed
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_committed_test_leaves_nothing_behind(time: str) -> None:
    assert not Person.objects.exists()

    with as_owner():
        Person.objects.create()
        append(Entry(institution_id=1, action=Action.OTHER))

    assert Person.objects.count() == 1


@pytest.mark.committed
def test_the_log_refuses_changes_again_after_it_was_emptied() -> None:
    with as_owner():
        append(Entry(institution_id=1, action=Action.OTHER))

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AuditRecord.objects.update(count=2)
