"""Django's registration of the context."""

from importlib import import_module

from django.apps import AppConfig


class DistrictsConfig(AppConfig):
    """Which workers serve which addresses."""

    name = "spoiwo.districts"
    label = "districts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow erasures."""
        import_module("spoiwo.districts.services.forgetting")
