"""Addresses of the context."""

from django.urls import path

from spoiwo.matching.views import decisions, proposals

app_name = "matching"
urlpatterns = [
    path("", proposals.proposals, name="list"),
    path("decyzje/", decisions.decisions, name="decisions"),
    path("decyzje/<uuid:uuid>/cofnij/", decisions.undo, name="undo"),
    path("rozdziel/<uuid:uuid>/", decisions.split, name="split"),
    path("po-imporcie/<int:generation>/", proposals.import_summary, name="import_summary"),
    path("<uuid:uuid>/", proposals.proposal, name="proposal"),
    path("<uuid:uuid>/odpowiedz/", proposals.answer, name="answer"),
    path("<uuid:uuid>/cofnij/", proposals.take_back, name="take_back"),
]
