"""Addresses of the context."""

from django.urls import path

from spoiwo.monitoring.views import analysis, evidence, open_data, places, reading, writing

app_name = "monitoring"
urlpatterns = [
    path("", reading.card_list, name="list"),
    path("nowa/", writing.new, name="new"),
    path("analiza/", analysis.analysis, name="analysis"),
    path("analiza/plik.<slug:form>", analysis.analysis_file, name="analysis_file"),
    path("granice/", places.boundaries, name="boundaries"),
    path("dane/", open_data.index, name="open"),
    path("dane/<slug:code>/", open_data.card, name="open_card"),
    path("dane/<slug:code>/wartosci.csv", open_data.figures_csv, name="open_csv"),
    path("dane/<slug:code>/wartosci.json", open_data.figures_json, name="open_json"),
    path("dane/<slug:code>/metadane.json", open_data.metadata, name="open_metadata"),
    path("<slug:code>/", reading.card, name="card"),
    path("<slug:code>/karta.<slug:form>", reading.card_file, name="card_file"),
    path("<slug:code>/nowa-wersja/", writing.revise, name="revise"),
    path("<slug:code>/publikuj/", writing.publish, name="publish"),
    path("<slug:code>/dowod/<int:publication>/", evidence.proof, name="proof"),
    path("<slug:code>/dowod/<int:publication>/<int:figure>/", evidence.rows, name="figure"),
    path("<slug:code>/<int:number>/", writing.version, name="version"),
    path("<slug:code>/<int:number>/zmiana/", writing.edit, name="edit"),
    path("<slug:code>/<int:number>/krok/", writing.step, name="step"),
]
