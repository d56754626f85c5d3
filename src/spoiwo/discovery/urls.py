"""Addresses of discovery."""

from django.urls import path

from spoiwo.discovery.views import rounds

app_name = "discovery"
urlpatterns = [
    path("", rounds.round_list, name="list"),
    path("<uuid:uuid>/", rounds.round_page, name="round"),
    path("<uuid:uuid>/tokeny/", rounds.send, name="send"),
    path("<uuid:uuid>/wynik.json", rounds.reply, name="reply"),
    path("<uuid:uuid>/dane/", rounds.give, name="give"),
    path("<uuid:uuid>/otrzymane.json", rounds.received, name="received"),
    path("<uuid:uuid>/osoby/<uuid:link>/wycofaj/", rounds.withdraw, name="withdraw"),
    path("<uuid:uuid>/zakoncz/", rounds.end, name="end"),
]
