"""Addresses of the context."""

from django.urls import path

from spoiwo.matching.views import after_import, decisions, proposals, shared

app_name = "matching"
urlpatterns = [
    path("", proposals.proposals, name="list"),
    path("decyzje/", decisions.decisions, name="decisions"),
    path("decyzje/<uuid:uuid>/cofnij/", decisions.undo, name="undo"),
    path("rozdziel/<uuid:uuid>/", decisions.split, name="split"),
    path("po-imporcie/<int:generation>/", after_import.import_summary, name="import_summary"),
    path("po-imporcie/<int:generation>/<slug:group>/", after_import.import_group, name="import_group"),
    path("ilu-wspolnych/<int:agreement_id>/", shared.shared_counts, name="shared_counts"),
    path("<uuid:uuid>/", proposals.proposal, name="proposal"),
    path("<uuid:uuid>/odpowiedz/", proposals.answer, name="answer"),
    path("<uuid:uuid>/cofnij/", proposals.take_back, name="take_back"),
]
