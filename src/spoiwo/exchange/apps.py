"""Django's registration of the context."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Files in and out."""

    name = "spoiwo.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"
