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
    "districts": 8,
    "enquiries": 8,
    "support": 9,
    "partnership": 10,
    "catalogue": 10,
    "projects": 10,
    "matching": 11,
    "discovery": 12,
    "plans": 13,
    "referrals": 14,
    "monitoring": 15,
    "oversight": 16,
    "exchange": 17,
    "reporting": 17,
    "api": 18,
    "cli": 18,
    "portal": 18,
    "config": 19,
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
