"""Addresses of projects."""

from django.urls import path

from spoiwo.projects.views import people, projects

app_name = "projects"
urlpatterns = [
    path("", projects.project_list, name="list"),
    path("nowy/", projects.add, name="add"),
    path("klient/<uuid:uuid>/", people.of_client, name="of_client"),
    path("uczestnik/<uuid:uuid>/", people.participant, name="participant"),
    path("uczestnik/<uuid:uuid>/krok/", people.step, name="step"),
    path("uczestnik/<uuid:uuid>/wsparcie/", people.support, name="support"),
    path("uczestnik/<uuid:uuid>/praca/", people.work, name="work"),
    path("wsparcie/<uuid:uuid>/koniec/", people.end_support, name="end_support"),
    path("<uuid:uuid>/", projects.project, name="project"),
    path("<uuid:uuid>/zmien/", projects.change, name="change"),
    path("<uuid:uuid>/zapros/", people.ask, name="ask"),
    path("<uuid:uuid>/pracodawca/", projects.add_employer, name="add_employer"),
    path("<uuid:uuid>/uczestnicy.<str:file_type>", projects.people_file, name="people_file"),
]
