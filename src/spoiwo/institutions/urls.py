"""Addresses of the context."""

from django.urls import URLPattern

app_name = "institutions"
urlpatterns: list[URLPattern] = []
