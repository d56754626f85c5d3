"""Addresses of the context."""

from django.urls import path

from spoiwo.oversight import views
from spoiwo.oversight.views import desk, incidents, records, retention, reviewing

app_name = "oversight"
urlpatterns = [
    path("", views.access_log, name="access_log"),
    path("plik/", views.export, name="export"),
    path("lancuch/", views.chain, name="chain"),
    path("osoba/", views.people, name="people"),
    path("osoba/<uuid:uuid>/", views.person, name="person"),
    path("osoba/<uuid:uuid>/pdf/", views.person_print, name="person_print"),
    path("biurko/", desk.desk, name="desk"),
    path("biurko/nietypowe/", desk.findings, name="findings"),
    path("biurko/nietypowe/<int:finding_id>/", desk.finding, name="finding"),
    path("biurko/nadzwyczajne/", desk.emergencies, name="emergencies"),
    path("biurko/nadzwyczajne/<uuid:uuid>/", desk.emergency, name="emergency"),
    path("biurko/incydenty/", incidents.incidents, name="incidents"),
    path("biurko/incydenty.<str:file_type>", incidents.incidents_file, name="incidents_file"),
    path("biurko/incydenty/nowy/", incidents.new, name="incident_new"),
    path("biurko/incydenty/<int:incident_id>/", incidents.incident, name="incident"),
    path("biurko/incydenty/<int:incident_id>/koniec/", incidents.close, name="incident_close"),
    path("biurko/przeglad/", reviewing.review, name="review"),
    path("biurko/przeglad/<int:review_id>/pdf/", reviewing.certificate, name="certificate"),
    path("biurko/przechowywanie/", retention.retention, name="retention"),
    path("biurko/przechowywanie/<int:rule_id>/", retention.rule, name="rule"),
    path("biurko/przechowywanie/<int:rule_id>/usun/", retention.remove_rule, name="rule_remove"),
    path("biurko/wstrzymanie/<int:hold_id>/koniec/", retention.release, name="hold_release"),
    path("osoba/<uuid:uuid>/wstrzymaj/", retention.hold, name="hold"),
    path("osoba/<uuid:uuid>/usun/", retention.erase, name="erase"),
    path("biurko/rejestry/", records.records, name="records"),
    path("biurko/rejestry/<str:name>.<str:file_type>", records.record_file, name="record_file"),
    path("biurko/wzory/<str:name>.docx", records.document, name="document"),
    path(
        "biurko/wzory/upowaznienie/<int:authorisation_id>.docx", records.authorisation, name="authorisation"
    ),
    path("odpis/", views.sealed_copy, name="sealed_copy"),
    path("pieczecie/", views.seals, name="seals"),
    path("pieczecie/plik/", views.seals_file, name="seals_file"),
]
