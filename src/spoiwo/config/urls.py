"""All addresses."""

from importlib import import_module

from django.urls import include, path

from spoiwo.toolkit.doors import everyone, mark_open

handler400 = "spoiwo.toolkit.scanning.bad_request"
handler403 = "django.views.defaults.permission_denied"
handler404 = "django.views.defaults.page_not_found"
handler500 = "spoiwo.toolkit.busy.server_error"

CHANGED_BY_ADMINISTRATORS_ONLY = ("account_email",)  # the address an account signs in with
_account_pages = mark_open(
    import_module("allauth.urls").urlpatterns, everyone, closed=CHANGED_BY_ADMINISTRATORS_ONLY
)

urlpatterns = [
    path("konto/", include(_account_pages)),
    path("", include("spoiwo.portal.urls")),
    path("klienci/", include("spoiwo.clients.urls")),
    path("rejony/", include("spoiwo.districts.urls")),
    path("projekty/", include("spoiwo.projects.urls")),
    path("propozycje/", include("spoiwo.matching.urls")),
    path("poufne-porownanie/", include("spoiwo.discovery.urls")),
    path("import/", include("spoiwo.exchange.urls")),
    path("nadzor/", include("spoiwo.oversight.urls")),
    path("instytucje/", include("spoiwo.institutions.urls")),
    path("porozumienia/", include("spoiwo.access.urls")),
    path("wsparcie/", include("spoiwo.support.urls")),
    path("wskazniki/", include("spoiwo.monitoring.urls")),
    path("", include("spoiwo.surveys.urls")),
    path("", include("spoiwo.enquiries.urls")),
    path("partnerstwo/", include("spoiwo.partnership.urls")),
    path("miejsca/", include("spoiwo.catalogue.urls")),
    path("skierowania/", include("spoiwo.referrals.urls")),
    path("plany/", include("spoiwo.plans.urls")),
    path("kalendarz/", include("spoiwo.calendars.urls")),
]
