"""Addresses of service districts."""

from django.urls import path

from spoiwo.districts.views import drawing, finding, work

app_name = "districts"
urlpatterns = [
    path("", drawing.district_list, name="list"),
    path("nowy/", drawing.add, name="add"),
    path("znajdz/", finding.find, name="find"),
    path("pokrycie/", finding.coverage, name="coverage"),
    path("porownaj/", finding.compare, name="compare"),
    path("roznice/<int:other_id>/", finding.differences, name="differences"),
    path("obciazenie/", finding.workload, name="workload"),
    path("obciazenie/lista.<str:file_type>", finding.workload_file, name="workload_file"),
    path("przekazania/", work.hand_overs, name="hand_overs"),
    path("przekazania/<uuid:uuid>/przekaz/", work.hand, name="hand"),
    path("przekazania/<uuid:uuid>/przejmij/", work.take, name="take"),
    path("wczytaj/", work.bring_in, name="import"),
    path("wczytaj/wzor.csv", work.example, name="example"),
    path("wczytaj/<uuid:uuid>/odrzucone/", work.refused, name="refused"),
    path("zastepstwa/", work.stand_ins, name="substitutes"),
    path("zastepstwa/<int:substitution_id>/cofnij/", work.withdraw, name="withdraw"),
    path("klient/<uuid:uuid>/", finding.of_client, name="of_client"),
    path("zakres/<int:range_id>/zakoncz/", drawing.end_range, name="end_range"),
    path("<uuid:uuid>/", drawing.district, name="district"),
    path("<uuid:uuid>/zmien/", drawing.change, name="change"),
    path("<uuid:uuid>/przyjmij/", drawing.accept, name="accept"),
    path("<uuid:uuid>/adresy/", drawing.add_range, name="add_range"),
    path("<uuid:uuid>/pracownik/", drawing.name_worker, name="name_worker"),
]
