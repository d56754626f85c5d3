"""Django's registration of the context."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only log."""

    name = "spoiwo.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
