"""Structured logs without personal data: JSON lines with a request id; no query strings, no form values.

What an error says may quote what somebody typed or what a table holds (`Key (email)=(...) already exists`),
so of errors only the kinds and the places in the code are written. SQL is never written, since its parameters
are people's data.
"""

import re
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

PLACES = 12  # of the innermost calls
KEYS_IN_ADDRESSES = re.compile(r"(/zaproszenie/|/reset/key/)[^/\s]+")


def errors_without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an error by its kind, those it came from, and where in the code it happened."""
    found = event.pop("exc_info", None)
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = _kinds(error)
        event["places"] = _places(error.__traceback__)
    for quoting in ("exc_text", "exception", "stack", "stack_info"):
        event.pop(quoting, None)
    return event


def addresses_without_keys(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Cut from the message the keys that addresses carry: whoever reads one in a log could set the password."""
    event["event"] = KEYS_IN_ADDRESSES.sub(r"\1[key]", str(event.get("event", "")))
    return event


def _kinds(error: BaseException | None) -> list[str]:
    kinds: list[str] = []
    while error is not None and len(kinds) < PLACES:
        kinds.append(f"{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or error.__context__
    return kinds


def _places(trace: TracebackType | None) -> list[str]:
    calls = traceback.extract_tb(trace)[-PLACES:]
    return [f"{call.filename.rpartition('site-packages/')[2]}:{call.lineno} {call.name}" for call in calls]


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_settings(level: str) -> dict[str, Any]:
    """Configuration for logging.config.dictConfig: every record one JSON line on standard error."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    errors_without_words,
                    addresses_without_keys,
                    structlog.processors.JSONRenderer(),
                ],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "django.db.backends": {"level": "WARNING"},
            "fido2": {"level": "WARNING"},  # tells whose security key was used
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "WARNING"},
            "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        },
    }
