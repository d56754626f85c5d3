"""Django's registration of the context."""

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """Institutions, posts, accounts, authorisations."""

    name = "spoiwo.institutions"
    label = "institutions"
    default_auto_field = "django.db.models.BigAutoField"
