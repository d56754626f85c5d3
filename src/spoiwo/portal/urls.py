"""Addresses of the portal."""

from django.urls import path

from spoiwo.portal.views import about, account, first_day, health, home, language, public, search, work

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("praca/", work.work, name="work"),
    path("praca/<int:user_id>/", work.work_of, name="work_of"),
    path("szukaj/", search.search, name="search"),
    path("dostepnosc/", public.accessibility, name="accessibility"),
    path("dane-osobowe/", public.privacy, name="privacy"),
    path("pierwszy-dzien/", first_day.first_day, name="first_day"),
    path("co-robi-spoiwo/", about.about, name="about"),
    path("pomoc/", public.help_page, name="help"),
    path("konto/", account.account, name="account"),
    path("konto/instytucja/", account.act_for, name="act_for"),
    path("jezyk/", language.choose, name="language"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
