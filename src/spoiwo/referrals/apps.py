"""Django's registration of the context."""

from importlib import import_module

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """A person sent from one institution to another, until an outcome is known and acknowledged."""

    name = "spoiwo.referrals"
    label = "referrals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the context's jobs."""
        import_module("spoiwo.referrals.tasks")
