"""Addresses of referrals."""

from django.urls import path

from spoiwo.referrals.views import by_link, filing, listing, referral

app_name = "referrals"
urlpatterns = [
    path("", listing.referral_list, name="list"),
    path("lista.<str:form>", listing.export, name="export"),
    path("pliki/", listing.files, name="files"),
    path("pliki/<uuid:uuid>/", listing.file, name="file"),
    path("pliki/<uuid:uuid>/odrzucone.csv", listing.refused, name="refused"),
    path("potrzeby/", listing.offer_needs, name="offer_needs"),
    path("nowe/<uuid:uuid>/", referral.new, name="new"),
    path("klient/<uuid:client>/", referral.of_client, name="of_client"),
    path("plan/<uuid:plan>/", referral.of_plan, name="of_plan"),
    path("odnosnik/<str:token>/", by_link.link, name="link"),
    path("odnosnik/<str:token>/krok/", by_link.step, name="link_step"),
    path("<uuid:uuid>/", referral.referral, name="referral"),
    path("<uuid:uuid>/krok/", referral.step, name="step"),
    path("<uuid:uuid>/odnosnik/", referral.link, name="make_link"),
    path("<uuid:uuid>/akta/", filing.filing, name="filing"),
    path("<uuid:uuid>/paczka.zip", filing.filed, name="package"),
    path("<uuid:uuid>/skierowanie.pdf", referral.paper, name="paper"),
]
