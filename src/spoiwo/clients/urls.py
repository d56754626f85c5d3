"""Addresses of the context; a client is addressed by the public id of the own record."""

from django.urls import path

from spoiwo.clients.views import client, emergencies, listing, restrictions

app_name = "clients"
urlpatterns = [
    path("", listing.common_clients, name="list"),
    path("wykaz.<str:file_type>", listing.export, name="export"),
    path("ukryte/", restrictions.restrictions, name="restrictions"),
    path("ukryte/<int:restriction_id>/", restrictions.readers, name="restriction_readers"),
    path("ukryte/<int:restriction_id>/koniec/", restrictions.lift, name="restriction_lift"),
    path("nadzwyczajny/", emergencies.ask, name="emergency_ask"),
    path("nadzwyczajny/<uuid:uuid>/", emergencies.emergency, name="emergency"),
    path("nadzwyczajny/<uuid:uuid>/koniec/", emergencies.end, name="emergency_end"),
    path("<uuid:uuid>/", client.client, name="client"),
    path("<uuid:uuid>/ukryj/", restrictions.restrict, name="restrict"),
    path("<uuid:uuid>/cel/", client.purpose, name="purpose"),
    path("<uuid:uuid>/pesel/", client.number, name="number"),
]
