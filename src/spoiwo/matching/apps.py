"""Django's registration of the context."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Proposals that two records are one person; people decide."""

    name = "spoiwo.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"
