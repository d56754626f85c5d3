"""Starting the server safely, whoever starts it."""

from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections

START_TAG = "spoiwo_start"  # the checks of checks.py, registered when Django starts


def checked_application() -> WSGIHandler:
    """The application. Raises ImproperlyConfigured with everything that makes this start unsafe."""
    application = get_wsgi_application()
    errors = run_checks(tags=[START_TAG], include_deployment_checks=True)
    connections.close_all()  # the server forks after this
    if errors:
        raise ImproperlyConfigured("\n".join(str(error.msg) for error in errors))
    settings.SPOIWO_GUARDED = True
    return application
