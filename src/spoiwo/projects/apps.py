"""Django's registration of the context."""

from importlib import import_module

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Projects that pay for support."""

    name = "spoiwo.projects"
    label = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow erasures."""
        import_module("spoiwo.projects.services.forgetting")
