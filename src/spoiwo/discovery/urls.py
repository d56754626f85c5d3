"""Addresses of discovery."""

from django.urls import path

from spoiwo.discovery.views import by_connector, connecting, rounds

app_name = "discovery"
urlpatterns = [
    path("", rounds.round_list, name="list"),
    path("lacznik/", connecting.connector, name="connector"),
    path("lacznik/rozlacz/", connecting.disconnect, name="disconnect"),
    path("lacznik/pytanie/", by_connector.ask, name="ask"),
    path("<uuid:uuid>/", rounds.round_page, name="round"),
    path("<uuid:uuid>/tokeny/", rounds.send, name="send"),
    path("<uuid:uuid>/wynik.json", rounds.reply, name="reply"),
    path("<uuid:uuid>/dane/", rounds.give, name="give"),
    path("<uuid:uuid>/otrzymane.json", rounds.received, name="received"),
    path("<uuid:uuid>/osoby/<uuid:link>/wycofaj/", rounds.withdraw, name="withdraw"),
    path("<uuid:uuid>/zakoncz/", rounds.end, name="end"),
]
