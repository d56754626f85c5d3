"""Addresses of the catalogue."""

from django.urls import path

from spoiwo.catalogue.views import corrections, finding, infrastructure, keeping, missing, public

app_name = "catalogue"
urlpatterns = [
    path("", finding.place_list, name="list"),
    path("lista.<str:form>", finding.export, name="export"),
    path("nasze/", keeping.own_list, name="own"),
    path("nasze/potwierdz/", keeping.confirm, name="confirm"),
    path("nowe/", keeping.add, name="add"),
    path("poprawki/", corrections.correction_list, name="corrections"),
    path("poprawki/<uuid:uuid>/", corrections.decide, name="decide"),
    path("brakujace/", missing.suggestions, name="missing"),
    path("brakujace/nowe/", missing.suggest, name="suggest_place"),
    path("brakujace/<uuid:uuid>/zapisz/", missing.take_up, name="take_up"),
    path("brakujace/<uuid:uuid>/odrzuc/", missing.turn_down, name="turn_down"),
    path("infrastruktura/", infrastructure.infrastructure, name="infrastructure"),
    path("infrastruktura/obraz.<str:form>", infrastructure.picture, name="picture"),
    path("potrzeby/", finding.need_list, name="needs"),
    path("potrzeby/zapisz/", finding.need, name="need"),
    path("wymagania/", finding.eligibility_lists, name="eligibility"),
    path("katalog/", public.public_list, name="public"),
    path("katalog/<uuid:uuid>/", public.public_place, name="public_place"),
    path("<uuid:uuid>/", finding.place, name="place"),
    path("<uuid:uuid>/zmien/", keeping.change, name="change"),
    path("<uuid:uuid>/zajete/", keeping.taken, name="taken"),
    path("<uuid:uuid>/wycofaj/", keeping.withdraw, name="withdraw"),
    path("<uuid:uuid>/popraw/", corrections.suggest, name="suggest"),
]
