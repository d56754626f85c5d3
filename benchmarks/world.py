"""A labour office, a welfare centre, an agreement between them, and files of any size; for measuring only.

python -m benchmarks.world      lets the product's role into the database that the settings name
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from spoiwo.cli.demo.generate import generate
from tools import postgres

DAY = date(2026, 11, 20)
SEED = 4242
PASSWORD = "tylko-do-pomiarow-1"
CLERK = "doradca@example.pl"
DATABASE = "SPOIWO_DATABASE_URL"
ROLE = "spoiwo_app"


@dataclass(frozen=True, slots=True)
class World:
    """Where a measured installation lives: its environment and its files."""

    name: str
    environment: Mapping[str, str]
    folder: Path


@contextmanager
def world(vendor: str) -> Iterator[World]:
    """An empty, migrated installation on "SQLite" or "PostgreSQL" with disk settings of a real one."""
    with tempfile.TemporaryDirectory(prefix="spoiwo-bench-") as name:
        folder = Path(name)
        base = {
            **{key: value for key, value in os.environ.items() if not key.startswith("SPOIWO_")},
            "SPOIWO_DATA_DIR": name,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }
        if vendor == "SQLite":
            yield _migrated(World(vendor, base, folder))
            return
        with postgres.cluster(
            {"fsync": "on", "synchronous_commit": "on", "shared_buffers": "512MB"}
        ) as socket:
            address = postgres.address(socket)
            yield _migrated(World(vendor, {**base, DATABASE: address}, folder))


def _migrated(made: World) -> World:
    python(made, "-m", "django", "migrate", "-v0")
    return made


def python(made: World, *words: str) -> str:
    """Run Python in the world; answers what it printed."""
    done = subprocess.run(
        [sys.executable, *words], env=dict(made.environment), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def product(made: World) -> World:
    """The same installation on PostgreSQL as the product reaches it: by a role that passes no wall."""
    python(made, "-m", "benchmarks.world")
    address = made.environment[DATABASE].replace("spoiwo_owner@", f"{ROLE}@")
    return replace(made, environment={**made.environment, DATABASE: address})


def take_in(institution_id: int, path: Path) -> None:
    """Take an extract in, with matching, as the command line does."""
    from spoiwo.clients.types import RegisterKind
    from spoiwo.exchange.services.command import Order, run_import_now

    run_import_now(Order(institution_id=institution_id, kind=RegisterKind.REGISTER, path=path, as_of=DAY))


def registers(folder: Path, *, size: int, common: int) -> tuple[Path, Path]:
    """Standard extracts of two offices with `size` rows each and `common` people in both."""
    generate(
        SEED, folder, day=DAY, pup=size, ops=size, common=common, noise="realistic", formats=("standard",)
    )
    return folder / "pup_standard.csv", folder / "ops_standard.csv"


def found() -> tuple[int, int]:
    """Found the two institutions, their agreement and a clerk; answers the ids of both institutions."""
    from allauth.account.models import EmailAddress

    from spoiwo.access.types import Category
    from spoiwo.institutions.types import Kind, Role
    from tests.makers import access, institutions

    labour = institutions.institution("pup", Kind.PUP, short_name="PUP")
    welfare = institutions.institution("ops", Kind.OPS, short_name="OPS")
    gives = [(None, None, category) for category in Category if category != Category.SENSITIVE]
    access.agreement(labour, welfare, gives=gives)
    clerk = institutions.user(CLERK, password=PASSWORD)
    EmailAddress.objects.get_or_create(user=clerk, email=CLERK, defaults={"verified": True, "primary": True})
    institutions.member(labour, Role.CASE_WORKER, Role.REVIEWER, Role.REGISTRAR, account=clerk)
    return labour.pk, welfare.pk


def _let_the_product_in() -> None:
    import django

    django.setup()
    from django.db import connection

    from spoiwo.toolkit import roles

    roles.let_in(connection, ROLE)


if __name__ == "__main__":
    _let_the_product_in()
