"""Django's registration of the context."""

from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Questionnaires, frames and answers."""

    name = "spoiwo.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the context's jobs."""
        import_module("spoiwo.surveys.tasks")
