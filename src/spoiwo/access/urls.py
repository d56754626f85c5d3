"""Addresses of the context."""

from django.urls import path

from spoiwo.access.views import drafting, reading, signing

app_name = "access"
urlpatterns = [
    path("", reading.agreements, name="agreements"),
    path("podstawy/", reading.bases, name="bases"),
    path("nowe/", drafting.new, name="new"),
    path("<int:agreement_id>/", reading.agreement, name="agreement"),
    path("<int:agreement_id>/zmiana/", drafting.edit, name="edit"),
    path("<int:agreement_id>/nowa-wersja/", drafting.renew, name="renew"),
    path("<int:agreement_id>/porzuc/", drafting.discard, name="discard"),
    path("<int:agreement_id>/podpis/", signing.sign, name="sign"),
    path("<int:agreement_id>/wejscie-w-zycie/", signing.put_into_force, name="put_into_force"),
    path("<int:agreement_id>/koniec/", signing.end, name="end"),
    path("<int:agreement_id>/dokument/", reading.document, name="document"),
    path("<int:agreement_id>/dokument/dodaj/", signing.attach, name="attach"),
]
