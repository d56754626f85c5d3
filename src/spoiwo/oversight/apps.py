"""Django's registration of the context."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Access browser and the supervisor's desk."""

    name = "spoiwo.oversight"
    label = "oversight"
    default_auto_field = "django.db.models.BigAutoField"
