"""Two people saved the same thing: both values side by side, the second one chooses."""

from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from spoiwo.partnership.views.acting import kept
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest

RENAMED = {"host_id": "host", "organiser_id": "organiser"}


def conflict_page(
    request: ActorRequest,
    conflict: Conflict,
    *,
    form: forms.Form,
    title: str,
    reload_url: str,
    version_field: str = "version",
) -> HttpResponse:
    """The page of a conflict; its button sends everything again with the version that was saved meanwhile."""
    is_own = conflict.saved_by_user_id == request.actor.user_id
    saved_by = _("You, in another window,") if is_own else _("Another person")
    rows = [
        {
            "label": form.fields[field].label if field in form.fields else field,
            "yours": _shown(form, field, one.yours),
            "saved": _shown(form, field, one.saved),
        }
        for one in conflict.differences
        for field in [RENAMED.get(one.field, one.field)]
    ]
    context = {
        "title": title,
        "conflicts": rows,
        "saved_by": saved_by,
        "saved_at": conflict.saved_at,
        "reload_url": reload_url,
        "version": conflict.version,
        "version_field": version_field,
        "kept": kept(request, ("csrfmiddlewaretoken", version_field, "overwrite")),
    }
    return render(request, "partnership/conflict.html", context, status=HTTPStatus.CONFLICT)


def _shown(form: forms.Form, field: str, value: object) -> object:
    """A value as the form would show it: the words of a choice instead of its code."""
    choices = getattr(form.fields.get(field), "choices", None)
    if choices is None:
        return value
    words = {str(key): str(label) for key, label in choices}
    if isinstance(value, list):
        return ", ".join(words.get(str(one), str(one)) for one in value)
    return words.get(str(value), value)
