"""For those who are still undecided: what the platform does beside the programs an office has already."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spoiwo.toolkit.doors import everyone, open_to


@require_GET
@open_to(everyone)
def about(request: HttpRequest) -> HttpResponse:
    """What it does besides Emp@tia and the office's own program, and what it never does twice."""
    return render(request, "portal/about.html")
