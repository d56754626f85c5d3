"""Django's registration of what belongs to the installation as a whole."""

from importlib import import_module

from django.apps import AppConfig
from django.core import checks as django_checks


class WholeConfig(AppConfig):
    """Refusals at start."""

    name = "spoiwo.config"
    label = "config"

    def ready(self) -> None:
        """Register the checks. They count as deployment checks, so that `migrate` does not ask them."""
        checks = import_module("spoiwo.config.checks")  # imports models, which may not be imported earlier
        checks = import_module("spoiwo.config.checks")  # needs models, which are not there before this moment
        for check in checks.CHECKS:
            django_checks.register(check, checks.TAG, deploy=True)
