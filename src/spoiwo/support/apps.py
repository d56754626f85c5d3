"""Django's registration of the context."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """What support centres do, written down once and counted right."""

    name = "spoiwo.support"
    label = "support"
    default_auto_field = "django.db.models.BigAutoField"
