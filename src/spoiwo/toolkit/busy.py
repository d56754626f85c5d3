"""What is answered when something went wrong: that too many work at once, or that the program failed.

A database that gives a turn to nobody for too long is no fault of the program, and trying again helps; so it has a page
of its own, and machines are told when to come back. The answer must not need the database.
"""

import sys
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.defaults import server_error as program_failed

COME_BACK_AFTER = 10  # seconds
SQLITE_IS_BUSY = "database is locked"
# A lock not given in time, a statement cut off, one of two who waited for each other, too many connections.
POSTGRESQL_IS_BUSY = frozenset({"55P03", "57014", "40P01", "53300"})


def is_busy(error: BaseException | None) -> bool:
    """Whether the database refused because others were at it."""
    if not isinstance(error, OperationalError):
        return False
    return SQLITE_IS_BUSY in str(error) or getattr(error.__cause__, "sqlstate", None) in POSTGRESQL_IS_BUSY


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for an error that nobody expected; Django asks for it while the error is being handled."""
    if not is_busy(sys.exc_info()[1]):
        return program_failed(request)
    answer = HttpResponse(get_template("busy.html").render(), status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = str(COME_BACK_AFTER)
    return answer
