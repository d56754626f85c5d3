"""Django's registration of the context."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Joint plans: what institutions and the person agreed on, and what came of it."""

    name = "spoiwo.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
