"""Running `spoiwo` as people do: in a process of its own, on a data folder and a database of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

_numbers = count(1)
APPLICATION = "spoiwo_app"


@dataclass(frozen=True)
class Done:
    """What a command left: exit code, result, messages."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The machine-readable result."""
        return json.loads(self.out)


@dataclass
class Installation:
    """A data folder with its environment."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def variables(self) -> dict[str, str]:
        """The whole environment of its processes."""
        outside = {
            name: value for name, value in os.environ.items() if not name.startswith(("SPOIWO_", "DJANGO_"))
        }
        return {
            **outside,
            "LC_ALL": "C.UTF-8",
            "SPOIWO_PROFILE": "production",
            "SPOIWO_DATA_DIR": str(self.folder),
            "SPOIWO_EMAIL_URL": "smtp://127.0.0.1:1",
            **self.environment,
        }

    def spoiwo(self, *words: str, typed: str = "", **variables: str) -> Done:
        """Run one command."""
        done = subprocess.run(
            [sys.executable, "-m", "spoiwo.cli.main", *words],
            env={**self.variables(), **variables},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """An empty installation on the database that the tests run on."""
    if not settings.SPOIWO_SCOPE_ROLE:
        yield Installation(folder)
        return
    with database() as name:
        yield Installation(
            folder,
            {
                "SPOIWO_DATABASE_URL": address(APPLICATION, name),
                "SPOIWO_OWNER_DATABASE_URL": address(settings.SPOIWO_TEST_OWNER, name),
            },
        )


def address(user: str, name: str) -> str:
    """Address of a database on the cluster of the tests."""
    given = settings.DATABASES["default"]
    return f"postgres://{user}@/{name}?host={given['HOST']}&port={given['PORT']}"


@contextmanager
def database() -> Iterator[str]:
    """A database of the owner's, gone afterwards."""
    name = f"spoiwo_cli_{os.getpid()}_{next(_numbers)}"
    given = settings.DATABASES["default"]
    where = {"host": given["HOST"], "port": given["PORT"], "user": settings.SPOIWO_TEST_OWNER}
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as link:
        link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield name
        finally:
            link.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
