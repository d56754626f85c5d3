"""The product's addresses and the page that does nothing, against which pages are measured."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from spoiwo.config.urls import handler400, handler403, handler404, handler500
from spoiwo.config.urls import urlpatterns as product
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@require_GET
@open_to(signed_in)
def nothing(request: ActorRequest) -> HttpResponse:
    """Signed in, the same middleware and base template, no content of its own."""
    return render(request, "base.html", {})


urlpatterns = [path("nic/", nothing), *product]
