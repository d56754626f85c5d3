"""Django's registration of the context."""

from django.apps import AppConfig


class DistrictsConfig(AppConfig):
    """Which workers serve which addresses."""

    name = "spoiwo.districts"
    label = "districts"
    default_auto_field = "django.db.models.BigAutoField"
