"""Django's registration of the context."""

from importlib import import_module

from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    """Clients in common of offices that keep their registers to themselves."""

    name = "spoiwo.discovery"
    label = "discovery"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the context's jobs."""
        import_module("spoiwo.discovery.tasks")
