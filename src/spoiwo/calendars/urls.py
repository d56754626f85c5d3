"""Addresses of the context."""

from django.urls import path

from spoiwo.calendars.views import feeds, showing, writing

app_name = "calendars"
urlpatterns = [
    path("", showing.calendar, name="calendar"),
    path("nowy/", writing.plan, name="plan"),
    path("adresy/", writing.feeds, name="feeds"),
    path("adresy/<int:feed_id>/odwolaj/", writing.revoke, name="revoke"),
    path("z-pliku/", writing.take_in, name="take_in"),
    path("wpisy/<int:entry_id>/", showing.entry, name="entry"),
    path("wpisy/<int:entry_id>/zmiana/", writing.plan, name="change"),
    path("wpisy/<int:entry_id>/skresl/", writing.cancel, name="cancel"),
    path("ics/publiczny.ics", feeds.public_feed, name="public_feed"),
    path("ics/<str:key>.ics", feeds.feed, name="feed"),
]
