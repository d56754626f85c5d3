"""Django's registration of the context."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Home page, search, public pages."""

    name = "spoiwo.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
