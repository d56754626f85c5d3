"""Django's registration of the context."""

from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Files in and out."""

    name = "spoiwo.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the context's jobs."""
        import_module("spoiwo.exchange.tasks")
