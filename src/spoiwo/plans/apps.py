"""Django's registration of the context."""

from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Joint plans: what institutions and the person agreed on, and what came of it."""

    name = "spoiwo.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow erasures."""
        import_module("spoiwo.plans.services.forgetting")
