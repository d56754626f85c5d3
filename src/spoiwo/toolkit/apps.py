"""Django's registration of the building blocks."""

import gc
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps

# Objects made before the youngest are searched for circles, and how many such searches before older ones are.
# Python's own numbers (700, 10, 10) cost an import a seventh of its time, and pages their longest pauses.
GARBAGE = (100_000, 20, 50)


class ToolkitConfig(AppConfig):
    """Templates, tags and static files shared by all contexts; finds the jobs of all contexts."""

    name = "spoiwo.toolkit"
    label = "toolkit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the jobs in every context's `tasks` module, in the server and in the worker alike."""
        gc.set_threshold(*GARBAGE)
        for config in apps.get_app_configs():
            if config.name.startswith("spoiwo.") and find_spec(f"{config.name}.tasks"):
                import_module(f"{config.name}.tasks")
