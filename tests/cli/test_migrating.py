"""Bringing the database up to date, and the roles that PostgreSQL must keep apart."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings

from tests.cli.shell import APPLICATION, Installation, address, installation

pytestmark = pytest.mark.slow


@pytest.fixture
def empty(tmp_path) -> Iterator[Installation]:
    """An installation with secrets and an empty database."""
    with installation(tmp_path) as made:
        assert made.spoiwo("init").code == 0
        yield made


def test_a_database_is_brought_up_to_date_once(empty):
    before = empty.spoiwo("institutions", "list", "--json")
    first = empty.spoiwo("migrate", "--json")
    second = empty.spoiwo("migrate", "--json")
    after = empty.spoiwo("institutions", "list", "--json")

    assert (before.code, before.data["error"]["kind"]) == (1, "Refused")
    assert (first.code, len(first.data["applied"]) > 50) == (0, True)
    assert (second.code, second.data["applied"]) == (0, [])
    assert (after.code, after.data) == (0, {"institutions": []})


@pytest.mark.postgres
@pytest.mark.parametrize("words", [["migrate"], ["backup"], ["keys", "rotate"], ["prepare"]])
def test_the_owner_must_be_named(words, empty):
    del empty.environment["SPOIWO_OWNER_DATABASE_URL"]

    done = empty.spoiwo(*words, "--json")

    assert done.code == 1
    assert "SPOIWO_OWNER_DATABASE_URL" in done.data["error"]["message"]


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("role", "said"),
    [
        pytest.param("spoiwo_owner", "may bypass row-level security", id="the owner itself"),
        pytest.param("nobody_of_this_name", "CREATE ROLE nobody_of_this_name", id="nobody"),
    ],
)
def test_the_applications_role_must_stand_behind_the_walls(role, said, empty):
    name = empty.environment["SPOIWO_DATABASE_URL"].partition("@/")[2].partition("?")[0]
    empty.environment["SPOIWO_DATABASE_URL"] = address(role, name)

    done = empty.spoiwo("migrate", "--json")

    assert done.code == 1
    assert said in done.data["error"]["message"]


@pytest.mark.postgres
def test_a_role_that_owns_a_table_is_refused(empty):
    name = empty.environment["SPOIWO_DATABASE_URL"].partition("@/")[2].partition("?")[0]
    given = settings.DATABASES["default"]
    where = {"host": given["HOST"], "port": given["PORT"], "user": settings.SPOIWO_TEST_OWNER}
    with psycopg.connect(**where, dbname=name, autocommit=True) as link:
        link.execute("CREATE TABLE theirs (id int)")
        link.execute(f"GRANT CREATE ON SCHEMA public TO {APPLICATION}")
        link.execute(f"ALTER TABLE theirs OWNER TO {APPLICATION}")

    done = empty.spoiwo("migrate", "--json")

    assert done.code == 1
    assert "owns tables" in done.data["error"]["message"]
