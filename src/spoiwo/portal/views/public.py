"""Pages for everybody: accessibility statement, personal data, help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spoiwo.toolkit.doors import everyone, open_to


@require_GET
@open_to(everyone)
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the act of 4 April 2019 asks for."""
    return render(request, "portal/accessibility.html")


@require_GET
@open_to(everyone)
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to personal data here."""
    return render(request, "portal/privacy.html")


@require_GET
@open_to(everyone)
def help_page(request: HttpRequest) -> HttpResponse:
    """How the work goes, in short."""
    return render(request, "portal/help.html")
