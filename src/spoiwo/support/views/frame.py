"""What the pages of the register share: lists, forms, refusals, files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages as notices
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from spoiwo.institutions import queries as institutions
from spoiwo.support import messages, policies
from spoiwo.support.errors import SupportError
from spoiwo.toolkit import sheets
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest
from spoiwo.toolkit.templatetags.spoiwo import pl_date, polish_number

PAGE_SIZE = 25
MOST_EXPORTED = 50_000
MOST_PAGED = 2_500
keepers = policies.keeps_register
readers = policies.reads_figures
_NOT_KEPT = ("csrfmiddlewaretoken", "version", "overwrite")


@dataclass(frozen=True, slots=True)
class Action:
    """A link at the head of a page; the first one is the main thing to do there."""

    label: str
    url: str


@dataclass(slots=True)
class Listing:
    """A page with a list: columns (label, whether figures), rows of cells, what to say when there is nothing."""

    title: str
    lede: str
    columns: Sequence[tuple[str, bool]]
    empty_title: str
    empty_text: str
    actions: Sequence[Action] = ()
    filters: forms.Form | None = None
    count_words: str = ""
    exports: bool = False
    crumbs: Sequence[tuple[str, str]] = field(default_factory=list)


class LongList(Paginator[Any]):
    """Pages of a list that may be far longer than anybody leafs through: counted and paged up to a limit."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, at most the limit."""
        return min(self._counted, MOST_PAGED)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than the limit."""
        return self._counted > MOST_PAGED

    @cached_property
    def _counted(self) -> int:
        shown = self.object_list[: MOST_PAGED + 1]
        return shown.count() if isinstance(shown, QuerySet) else len(shown)


def page_of(request: ActorRequest, rows: Any) -> Page[Any]:
    """The page of rows that the address asks for."""
    return LongList(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def _count_words(page: Page[Any], words: str) -> str:
    """How many rows a list has. words: the sentence for a number that is known."""
    if isinstance(page.paginator, LongList) and page.paginator.is_cut:
        most = polish_number(MOST_PAGED, 0)
        return _("More than %(n)s. Narrow the list to see the others.") % {"n": most}
    return words


def show_list(
    request: ActorRequest, listing: Listing, page: Page[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """The list as a page, or as its part for htmx."""
    is_part = request.htmx and not request.htmx.boosted
    listing.count_words = _count_words(page, listing.count_words)
    context = {
        "listing": listing,
        "columns": [{"label": label, "numeric": numeric} for label, numeric in listing.columns],
        "rows": list(rows),
        "page": page,
        "is_filtered": bool(listing.filters and any(listing.filters.data.values())),
        "caption": listing.title,
    }
    template = "support/_rows.html" if is_part else "support/list.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def show_form(request: ActorRequest, form: Any, **context: Any) -> HttpResponse:
    """A page with one form: title, action_label, cancel_url; optional lede, crumbs, units, suggestions, draft."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "support/form.html", {"form": form, **context}, status=status)


def show_conflict(request: ActorRequest, form: forms.Form, conflict: Conflict, title: str) -> HttpResponse:
    """What was sent and what somebody else saved meanwhile, beside each other; nothing was saved.

    form: bound to what was sent, its initial values those that are saved now.
    """
    values = [
        (
            str(form[name].label),
            _said(form, name, _sent(form, name)),
            _said(form, name, form.get_initial_for_field(form.fields[name], name)),
        )
        for name in form.changed_data
        if name != "version"
    ]
    differing = [one for one in values if one[1].splitlines() != one[2].splitlines()]
    if not differing:
        notices.info(request, _("Somebody saved the same meanwhile."))
        return redirect(request.path)
    context = {
        "title": title,
        "conflicts": [{"label": label, "yours": yours, "saved": saved} for label, yours, saved in differing],
        "kept": [
            (key, value) for key, values in request.POST.lists() if key not in _NOT_KEPT for value in values
        ],
        "version": conflict.version,
        "reload_url": request.path,
    }
    return render(request, "support/conflict.html", context, status=HTTPStatus.CONFLICT)


def _sent(form: forms.Form, name: str) -> Any:
    """What was sent, as a day, hour or number where it is one."""
    value = form.cleaned_data[name]
    return value if isinstance(value, (date, time, bool, int)) else form[name].data


def _said(form: forms.Form, name: str, value: Any) -> str:
    """A value of a field as people say it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return pl_date(value, "short")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    choices = getattr(form.fields[name], "choices", None)
    said = {str(key): str(label) for key, label in choices} if choices else {}
    return said.get(str(value), "" if value is None else str(value))


def refuse(form: forms.Form, error: SupportError) -> None:
    """Say on the form why nothing was saved."""
    form.add_error(None, messages.message_for(error))


def link(label: object, name: str, *args: object) -> SafeString:
    """A link to an address of the register."""
    return format_html('<a href="{}">{}</a>', reverse(f"support:{name}", args=args), label)


def tag(label: object, tone: str = "") -> SafeString:
    """A word about where something stands."""
    return format_html('<span class="tag{}">{}</span>', f" tag--{tone}" if tone else "", label)


def units(request: ActorRequest) -> list[tuple[str, str]]:
    """Communes and counties of the centre's voivodeship to choose from."""
    return institutions.units_to_choose(institutions.institution_of(request.actor), timezone.localdate())


def as_file(
    name: str, form: str, title: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Rows as CSV or XLSX."""
    if form == "xlsx":
        content, kind = sheets.xlsx_file(title, header, rows), sheets.XLSX_TYPE
    else:
        content, kind = sheets.csv_file(header, rows), sheets.CSV_TYPE
    return sent(f"{name}.{form}", kind, content)


def sent(name: str, kind: str, content: bytes) -> HttpResponse:
    """A file that nobody in between keeps."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def kept_file(name: str, content: bytes) -> HttpResponse:
    """A file that somebody put here: to be saved, never shown by the browser."""
    response = sent("", "application/octet-stream", content)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def home_crumb() -> tuple[str, str]:
    """Where the register begins."""
    return _("Support register"), reverse("support:list")
