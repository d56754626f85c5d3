"""Addresses of the context."""

from django.urls import path

from spoiwo.exchange.views import columns, exports, imports, sheets

app_name = "exchange"
urlpatterns = [
    path("", imports.import_list, name="list"),
    path("nowy/", imports.upload, name="upload"),
    path("opis-pliku/", exports.contract, name="contract"),
    path("kolumny/<int:mapping_id>/usun/", columns.forget, name="forget_mapping"),
    path("calosc/", exports.ask, name="ask_export"),
    path("calosc/<uuid:uuid>/", exports.fetch, name="fetch_export"),
    path("arkusze/", sheets.sheet_list, name="sheets"),
    path("arkusze/wzor/<slug:kind>.xlsx", sheets.template, name="sheet_template"),
    path("arkusze/kolumny/<int:mapping_id>/usun/", sheets.forget, name="forget_sheet_mapping"),
    path("arkusze/<uuid:uuid>/", sheets.sheet, name="sheet"),
    path("arkusze/<uuid:uuid>/postep/", sheets.progress, name="sheet_progress"),
    path("arkusze/<uuid:uuid>/kolumny/", sheets.columns, name="sheet_columns"),
    path("arkusze/<uuid:uuid>/krok/", sheets.step, name="sheet_step"),
    path("arkusze/<uuid:uuid>/odrzucone/", sheets.rejected, name="sheet_rejected"),
    path("<uuid:uuid>/", imports.import_page, name="import"),
    path("<uuid:uuid>/postep/", imports.progress, name="progress"),
    path("<uuid:uuid>/kolumny/", columns.columns, name="columns"),
    path("<uuid:uuid>/przyjmij/", imports.take_in, name="take_in"),
    path("<uuid:uuid>/zatrzymaj/", imports.stop, name="stop"),
    path("<uuid:uuid>/przywroc/", imports.restore, name="restore"),
    path("<uuid:uuid>/odrzucone/", imports.rejected, name="rejected"),
]
