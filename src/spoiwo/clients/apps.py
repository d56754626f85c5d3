"""Django's registration of the context."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """Common clients."""

    name = "spoiwo.clients"
    label = "clients"
    default_auto_field = "django.db.models.BigAutoField"
