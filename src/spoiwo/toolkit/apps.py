"""Django's registration of the building blocks."""

from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    """Templates, tags and static files shared by all contexts."""

    name = "spoiwo.toolkit"
    label = "toolkit"
    default_auto_field = "django.db.models.BigAutoField"
