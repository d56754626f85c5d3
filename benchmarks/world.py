"""A labour office, a welfare centre, an agreement between them, and files of any size; for measuring only.

python -m benchmarks.world DATA_DIR SIZE COMMON      prepares the database that the settings name
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from spoiwo.cli.demo.generate import generate
from tools import postgres

DAY = date(2026, 11, 20)
SEED = 4242
PASSWORD = "tylko-do-pomiarow-1"
CLERK = "doradca@example.pl"


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
            yield _migrated(World(vendor, {**base, "SPOIWO_DATABASE_URL": address}, folder))


def _migrated(made: World) -> World:
    python(made, "-m", "django", "migrate", "-v0")
    return made


def python(made: World, *words: str) -> str:
    """Run Python in the world; answers what it printed."""
    done = subprocess.run(
        [sys.executable, *words], env=dict(made.environment), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


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
