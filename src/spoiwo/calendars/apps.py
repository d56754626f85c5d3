"""Django's registration of the context."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Shared and own calendars."""

    name = "spoiwo.calendars"
    label = "calendars"
    default_auto_field = "django.db.models.BigAutoField"
