"""Addresses of the portal."""

from django.urls import path

from spoiwo.portal.views import health, home

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
