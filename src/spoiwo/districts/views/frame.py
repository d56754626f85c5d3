"""What the pages of districts share: lists, forms, refusals, files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from spoiwo.districts import messages, policies
from spoiwo.districts.errors import DistrictsError
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import ActorRequest

PAGE_SIZE = 50
seers = policies.sees_districts
keepers = policies.keeps_districts
workers = policies.serves_clients
working_off = policies.works_off
Crumbs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page with a table: columns (label, whether figures), what to say when there is nothing."""

    title: str
    lede: str
    columns: Sequence[tuple[str, bool]]
    empty_title: str
    empty_text: str
    count_words: str = ""
    filters: forms.Form | None = None
    actions: Sequence[tuple[str, str]] = ()
    exports: bool = False


def page_of(request: ActorRequest, rows: Any) -> Page[Any]:
    """The page of rows that the address asks for."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def show_list(
    request: ActorRequest, listing: Listing, page: Page[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """The table as a page, or as its part for htmx."""
    is_part = request.htmx and not request.htmx.boosted
    context = {
        "listing": listing,
        "columns": [{"label": label, "numeric": numeric} for label, numeric in listing.columns],
        "rows": list(rows),
        "page": page,
        "caption": listing.title,
        "may_keep": keepers(request.actor),
    }
    response = render(request, "districts/_rows.html" if is_part else "districts/list.html", context)
    response["Vary"] = "HX-Request"
    return response


def show_form(request: ActorRequest, form: Any, **context: Any) -> HttpResponse:
    """A page with one form: title, action_label, cancel_url; optional lede, crumbs, units, conflict."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "districts/form.html", {"form": form, **context}, status=status)


def refuse(form: forms.Form, error: DistrictsError) -> None:
    """Say on the form why nothing was saved."""
    form.add_error(None, messages.message_for(error))


def units(request: ActorRequest) -> list[tuple[str, str]]:
    """Communes and counties to choose from."""
    chosen = institutions.units_to_choose(institutions.institution_of(request.actor), timezone.localdate())
    return [unit for unit in chosen if len(unit[0]) > 2]


def link(label: object, name: str, *args: object) -> SafeString:
    """A link to an address of districts."""
    return format_html('<a href="{}">{}</a>', reverse(f"districts:{name}", args=args), label)


def tag(label: object, tone: str = "") -> SafeString:
    """A word about where something stands."""
    return format_html('<span class="tag{}">{}</span>', f" tag--{tone}" if tone else "", label)


def crumbs(*more: tuple[str, str]) -> Crumbs:
    """The way from the list of districts."""
    return [(_("Service districts"), reverse("districts:list")), *more]


def as_csv(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Rows as a file that spreadsheets open."""
    return _sent(f"{name}.csv", sheets.CSV_TYPE, sheets.csv_file(header, rows))


def as_file(name: str, form: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Rows as CSV or XLSX."""
    if form == "csv":
        return as_csv(name, header, rows)
    return _sent(f"{name}.xlsx", sheets.XLSX_TYPE, sheets.xlsx_file(name, header, rows))


def _sent(name: str, kind: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
