"""The sources of the product, for tests that read them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "spoiwo"
FLOORS = {
    "kernel": 0,
    "toolkit": 1,
    "engines": 1,
    "audit": 2,
    "territory": 3,
    "institutions": 4,
    "access": 5,
    "calendars": 6,
    "surveys": 6,
    "clients": 7,
    "support": 8,
    "partnership": 9,
    "catalogue": 9,
    "matching": 10,
    "plans": 11,
    "monitoring": 12,
    "oversight": 13,
    "exchange": 14,
    "reporting": 14,
    "api": 15,
    "cli": 15,
    "portal": 15,
    "config": 16,
}


def modules() -> Iterator[Path]:
    """Every module written by hand: the product, its tools, tests and benchmarks, without migrations."""
    for folder in ("src", "tools", "tests", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates() -> Iterator[Path]:
    """Every template of the product."""
    yield from sorted(PACKAGE.rglob("templates/**/*.html"))


def named(path: Path) -> str:
    """The path as seen from the root of the repository."""
    return str(path.relative_to(ROOT))
