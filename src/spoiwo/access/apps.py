"""Django's registration of the context."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Legal bases, agreements, relations."""

    name = "spoiwo.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
