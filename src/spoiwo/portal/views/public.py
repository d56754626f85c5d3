"""Pages for everybody: accessibility statement, personal data, help."""

from datetime import date

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.toolkit.doors import everyone, open_to

EXAMINED_ON = date(2026, 11, 28)  # when the makers last went through all screens


@require_GET
@open_to(everyone)
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the act of 4 April 2019 asks for."""
    context = {
        "run_by": settings.SPOIWO_RUN_BY,
        "contact_name": settings.SPOIWO_CONTACT_NAME,
        "contact_email": settings.SPOIWO_CONTACT_EMAIL,
        "contact_phone": settings.SPOIWO_CONTACT_PHONE,
        "building_url": settings.SPOIWO_BUILDING_URL,
        "address": settings.PUBLIC_URL,
        "published_on": _first_start(),
        "examined_on": EXAMINED_ON,
    }
    return render(request, "portal/accessibility.html", context)


@require_GET
@open_to(everyone)
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to personal data here."""
    return render(request, "portal/privacy.html", {"run_by": settings.SPOIWO_RUN_BY})


@require_GET
@open_to(everyone)
def help_page(request: HttpRequest) -> HttpResponse:
    """How the work goes, in short."""
    return render(request, "portal/help.html")


def _first_start() -> date:
    """The day on which this installation began: that of its first migration."""
    applied = MigrationRecorder(connection).migration_qs.order_by("applied").values_list("applied", flat=True)
    return timezone.localdate(applied[0])
