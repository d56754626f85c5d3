"""Django's registration of the context."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Monitoring of the sector."""

    name = "spoiwo.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"
