"""What the pages of the context share: lists, forms, refusals, files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from spoiwo.enquiries import messages, policies
from spoiwo.enquiries.errors import EnquiriesError
from spoiwo.toolkit.doors import ActorRequest

PAGE_SIZE = 25
workers = policies.works_with_people


@dataclass(frozen=True, slots=True)
class Link:
    """A link at the head of a page; the first one is the main thing to do there."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page with a list. exports: address of the list as a file without its ending, empty when there is none."""

    title: str
    lede: str
    columns: Sequence[str]
    empty_title: str
    empty_text: str
    count_words: str
    links: Sequence[Link] = ()
    tabs: Sequence[Link] = ()
    filters: forms.Form | None = None
    exports: str = ""


def page_of(request: ActorRequest, rows: Any) -> Page[Any]:
    """The page of rows that the address asks for."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def show_list(
    request: ActorRequest, listing: Listing, page: Page[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """The list as a page, or as its part for htmx."""
    is_part = request.htmx and not request.htmx.boosted
    narrowed = {name: value for name, value in request.GET.items() if name not in {"page", "box"}}
    context = {
        "listing": listing,
        "columns": [{"label": label, "numeric": False} for label in listing.columns],
        "rows": list(rows),
        "page": page,
        "is_filtered": any(narrowed.values()),
        "caption": listing.title,
    }
    template = "enquiries/_rows.html" if is_part else "enquiries/list.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def show_form(request: ActorRequest, form: forms.Form, **context: Any) -> HttpResponse:
    """A page with one form: title, action_label, cancel_url; optional lede, second_label, crumbs, conflict."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors or context.get("conflict") else HTTPStatus.OK
    return render(request, "enquiries/form.html", {"form": form, **context}, status=status)


def refuse(form: forms.Form, error: EnquiriesError) -> None:
    """Say on the form why nothing was done."""
    form.add_error(None, messages.message_for(error))


def link(label: object, url: str) -> SafeString:
    """A link."""
    return format_html('<a href="{}">{}</a>', url, label)


def sent(name: str, kind: str, content: bytes) -> HttpResponse:
    """A file that nobody in between keeps."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def file_name(number: str) -> str:
    """A number as the name of a file."""
    return number.lower().replace("/", "-")
