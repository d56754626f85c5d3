"""What the pages of projects share."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from spoiwo.projects import messages, policies
from spoiwo.projects.errors import ProjectsError
from spoiwo.projects.models import Project
from spoiwo.toolkit.doors import ActorRequest

PAGE_SIZE = 50
keepers = policies.keeps_projects
readers = policies.reads_projects
asking = policies.asks_clients


def show_form(request: ActorRequest, form: forms.Form, **context: Any) -> HttpResponse:
    """A page with one form: title, action_label, cancel_url, crumbs; optional lede, version."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "projects/form.html", {"form": form, **context}, status=status)


def answer_form(
    request: ActorRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str,
    to: str,
    **context: Any,
) -> HttpResponse:
    """Do what a form asks for and go on to an address, or show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ProjectsError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, done)
            return redirect(to)
    return show_form(request, form, cancel_url=to, **context)


def tag(label: object, tone: str = "") -> SafeString:
    """A word about where something stands."""
    return format_html('<span class="tag{}">{}</span>', f" tag--{tone}" if tone else "", label)


def link(label: object, name: str, *args: object) -> SafeString:
    """A link to an address of projects."""
    return format_html('<a href="{}">{}</a>', reverse(f"projects:{name}", args=args), label)


def crumbs(project: Project | None = None, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way from the list of projects."""
    way = [(_("Projects"), reverse("projects:list"))]
    if project is not None:
        way.append((project.title, reverse("projects:project", args=[project.uuid]) if more else ""))
    return [*way, *more]
