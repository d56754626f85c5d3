"""Addresses of the context; a client is addressed by the public id of the own record."""

from django.urls import path

from spoiwo.clients.views import client, listing

app_name = "clients"
urlpatterns = [
    path("", listing.common_clients, name="list"),
    path("wykaz.<str:file_type>", listing.export, name="export"),
    path("<uuid:uuid>/", client.client, name="client"),
    path("<uuid:uuid>/cel/", client.purpose, name="purpose"),
    path("<uuid:uuid>/pesel/", client.number, name="number"),
]
