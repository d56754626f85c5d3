"""Addresses of the context."""

from django.urls import path

from spoiwo.oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.access_log, name="access_log"),
    path("plik/", views.export, name="export"),
    path("lancuch/", views.chain, name="chain"),
    path("osoba/", views.people, name="people"),
    path("osoba/<uuid:uuid>/", views.person, name="person"),
    path("osoba/<uuid:uuid>/pdf/", views.person_print, name="person_print"),
    path("odpis/", views.sealed_copy, name="sealed_copy"),
    path("pieczecie/", views.seals, name="seals"),
    path("pieczecie/plik/", views.seals_file, name="seals_file"),
]
