"""What every page shows around its content: who, where, menu, demonstration mark."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from spoiwo.audit.services import changes_are_refused
from spoiwo.institutions import queries as institutions
from spoiwo.portal import menu
from spoiwo.portal.queries import counting


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of the base templates; safe on error pages and for signed-out people."""
    actor = getattr(request, "actor", None)
    institution = institutions.institution_of(actor) if actor and actor.institution_id else None
    return {
        "actor": actor,
        "demo_mode": settings.SPOIWO_DEMO,
        "menu": menu.menu_for(actor, request.path, counting.menu_counts(actor)) if actor else [],
        "quick": menu.quick_action(actor) if actor else None,
        "reading_only": changes_are_refused
        if actor
        else False,  # asked by the template: error pages go without
        "institution_name": institution.short_name if institution else "",
        "user_name": request.user.full_name
        if getattr(request, "user", None) and request.user.is_authenticated
        else "",
        "product_version": settings.SPOIWO_VERSION,
        "search_query": request.GET.get("q", ""),
    }
