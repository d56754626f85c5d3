"""Django's registration of the context."""

from importlib import import_module

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """What support centres do, written down once and counted right."""

    name = "spoiwo.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow erasures."""
        import_module("spoiwo.support.services.forgetting")
