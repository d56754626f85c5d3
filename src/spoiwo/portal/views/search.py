"""One box for everything: own clients and institutions."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spoiwo.clients.queries import searching
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.text import search_key
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in

MOST_CLIENTS = 20
MOST_INSTITUTIONS = 10
LONGEST = 200


@require_GET
@open_to(signed_in)
def search(request: ActorRequest) -> HttpResponse:
    """Clients of the own register, for those who work with people, and institutions of the directory."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    clients, found = [], []
    if search_key(text):
        clients = searching.find_own_clients(request.actor, text, limit=MOST_CLIENTS + 1)
        found = list(institutions.directory(text=text)[:MOST_INSTITUTIONS])
    context = {
        "text": text,
        "clients": clients[:MOST_CLIENTS],
        "more_clients": len(clients) > MOST_CLIENTS,
        "institutions": found,
    }
    return render(request, "portal/search.html", context)
