"""Django's registration of the context."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Places and possibilities of support: what there is, where, for whom, and how many places are free."""

    name = "spoiwo.catalogue"
    label = "catalogue"
    default_auto_field = "django.db.models.BigAutoField"
