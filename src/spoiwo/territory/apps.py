"""Django's registration of the context."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """TERYT units and subregions."""

    name = "spoiwo.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"
