"""Django's registration of the context."""

from importlib import import_module

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Monitoring of the sector."""

    name = "spoiwo.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the context's jobs."""
        import_module("spoiwo.monitoring.tasks")
