"""How long institutions have to answer: everybody reads it, those who run the platform keep it."""

from typing import Any

from django import forms
from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.enquiries import policies
from spoiwo.enquiries.errors import NoSuchThing
from spoiwo.enquiries.forms.terms import TermForm
from spoiwo.enquiries.queries import listing
from spoiwo.enquiries.queries.listing import NamedTerm
from spoiwo.enquiries.services import terms as service
from spoiwo.enquiries.views import frame
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to, operators, signed_in

OTHERS = "pozostale"  # in addresses, for the term of all bases that have none of their own


@require_GET
@open_to(signed_in)
def terms(request: ActorRequest) -> HttpResponse:
    """Until when an enquiry is to be answered, by legal basis."""
    context = {
        "terms": listing.answer_terms(timezone.localdate()),
        "others": OTHERS,
        "may_change": policies.may_set_terms(request.actor),
        "works": frame.workers(request.actor),
    }
    return render(request, "enquiries/terms.html", context)


@require_http_methods(["GET", "POST"])
@open_to(operators)
def term(request: ActorRequest, code: str) -> HttpResponse:
    """Write down how long there is to answer on a legal basis."""
    named = _named(code)
    form = TermForm(request.POST if request.method == "POST" else None, initial=_initial(named))
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            service.set_term(
                named.code,
                form.term(),
                version=form.cleaned_data["version"] or 0,
                overwrite="overwrite" in request.POST,
                now=timezone.now(),
                day=timezone.localdate(),
                by=request.actor,
            )
        except Conflict as error:
            conflict = _conflict(form, error)
        else:
            notices.success(request, _("The term is saved. Enquiries that were sent keep their day."))
            return redirect("enquiries:terms")
    return frame.show_form(
        request,
        form,
        title=_("Term of answers: %(basis)s") % {"basis": named.name or _("All others")},
        lede=_("It holds from now on for every institution. Enquiries that were sent keep their day."),
        action_label=_("Save"),
        cancel_url=reverse("enquiries:terms"),
        conflict=conflict,
        reload_url=reverse("enquiries:term", args=[code]),
    )


@require_POST
@open_to(operators)
def drop(request: ActorRequest, code: str) -> HttpResponse:
    """Let the term for all others hold again."""
    named = _named(code)
    try:
        service.drop_term(named.code, day=timezone.localdate(), by=request.actor)
    except NoSuchThing:
        raise Http404 from None
    notices.success(request, _("The term for all others holds for this basis again."))
    return redirect("enquiries:terms")


def _named(code: str) -> NamedTerm:
    wanted = "" if code == OTHERS else code
    found = {one.code: one for one in listing.answer_terms(timezone.localdate())}.get(wanted)
    if found is None:
        raise Http404
    return found


def _initial(named: NamedTerm) -> dict[str, Any]:
    if not named.is_own:
        return {"days": named.term.days, "version": 0}
    return {
        "days": named.term.days,
        "source": named.term.source,
        "confirmed": not named.term.is_example,
        "version": named.term.version,
    }


def _conflict(form: TermForm, error: Conflict) -> dict[str, Any]:
    """Both values of what differs, for the page that lets the reader choose."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(error.version)  # type: ignore[index]
    return {
        "conflicts": [
            {
                "label": _field(form, one.field).label,
                "yours": _words(one.field, one.yours),
                "saved": _words(one.field, one.saved),
            }
            for one in error.differences
        ],
        "saved_by": institutions.full_name(error.saved_by_user_id),
        "saved_at": error.saved_at,
    }


def _field(form: forms.Form, name: str) -> forms.Field:
    return form.fields["confirmed" if name == "is_example" else name]


def _words(name: str, value: object) -> str:
    if name != "is_example":
        return str(value)
    return _("no") if value else _("yes")
