"""Database settings from addresses; the choices are measured (docs/decisions)."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from spoiwo.config.environment import BadSetting

SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
    "PRAGMA mmap_size=134217728;PRAGMA cache_size=-65536;PRAGMA temp_store=MEMORY;"
    "PRAGMA journal_size_limit=134217728;PRAGMA wal_autocheckpoint=16000;"
    "PRAGMA recursive_triggers=ON;"  # REPLACE fires delete triggers too
)


def sqlite(path: Path) -> dict[str, Any]:
    """One file, many readers, one writer at a time who never has to be told to try again."""
    return {
        "ENGINE": "spoiwo.toolkit.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START},
    }


def from_url(url: str) -> dict[str, Any]:
    """postgres://user:password@host:port/name?option=value, or sqlite:///path. Raises BadSetting on others."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"} or not _has_port_or_none(parts):
        raise BadSetting(
            "A database address has the form postgres://user:password@host:port/name or sqlite:///path.",
            "Adres bazy ma postać postgres://użytkownik:hasło@host:port/nazwa albo sqlite:///ścieżka.",
        )
    options = dict(parse_qsl(parts.query))
    host = unquote(parts.hostname or "") or options.pop("host", "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "OPTIONS": options,
    }


def _has_port_or_none(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False
