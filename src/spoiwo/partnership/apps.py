"""Django's registration of the context."""

from django.apps import AppConfig


class PartnershipConfig(AppConfig):
    """Agreement, bodies, meetings, minutes, conclusions, correspondence, communiqués, documents, ideas."""

    name = "spoiwo.partnership"
    label = "partnership"
    default_auto_field = "django.db.models.BigAutoField"
