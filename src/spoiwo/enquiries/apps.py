"""Django's registration of the context."""

from importlib import import_module

from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    """Verification, enquiries, confirmations of data, messages about common clients."""

    name = "spoiwo.enquiries"
    label = "enquiries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the context's jobs."""
        import_module("spoiwo.enquiries.tasks")
