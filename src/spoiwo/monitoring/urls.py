"""Addresses of the context."""

from django.urls import path

from spoiwo.monitoring.views import reading, writing

app_name = "monitoring"
urlpatterns = [
    path("", reading.card_list, name="list"),
    path("nowa/", writing.new, name="new"),
    path("<slug:code>/", reading.card, name="card"),
    path("<slug:code>/nowa-wersja/", writing.revise, name="revise"),
    path("<slug:code>/<int:number>/", writing.version, name="version"),
    path("<slug:code>/<int:number>/zmiana/", writing.edit, name="edit"),
    path("<slug:code>/<int:number>/krok/", writing.step, name="step"),
]
