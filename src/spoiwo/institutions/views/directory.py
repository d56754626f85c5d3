"""The directory as everybody reads it."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spoiwo.institutions import messages, policies, queries
from spoiwo.institutions.forms import DirectoryFilter
from spoiwo.institutions.models import Institution
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import everyone, open_to

PAGE_SIZE = 25
EXPORTS = {"csv": sheets.CSV_TYPE, "xlsx": sheets.XLSX_TYPE}
EXPORTED = (
    "code",
    "name",
    "short_name",
    "kinds",
    "running_body",
    "street",
    "postal_code",
    "place",
    "teryt",
    "area",
    "nip",
    "regon",
    "krs",
    "e_delivery",
    "email",
    "phone",
    "website",
    "social_enterprise_from",
    "social_enterprise_to",
)


@require_GET
@open_to(everyone)
def directory(request: HttpRequest) -> HttpResponse:
    """Institutions: search, filters, order, pages."""
    form = _filter(request)
    sort = request.GET.get("sort", "name")
    sort = sort if sort in queries.ORDERS else "name"
    found = _found(request, form, sort)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": form,
        "is_filtered": any(form.cleaned_data.values()),
        "page": page,
        "rows": [_row(institution) for institution in page.object_list],
        "sort": sort,
        "may_run": policies.may_run_directory(actor_of(request)),
    }
    response = render(request, "institutions/directory.html", context)
    response["Vary"] = "HX-Request, Cookie"
    return response


@require_GET
@open_to(everyone)
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The directory as far as the filters let through, in the columns that the import takes."""
    found = _found(request, _filter(request), "name").select_related("running_body")
    header = list(EXPORTED)
    rows = [list(_cells(institution)) for institution in found]
    content = (
        sheets.csv_file(header, rows) if form == "csv" else sheets.xlsx_file(_("Institutions"), header, rows)
    )
    return HttpResponse(
        content,
        content_type=EXPORTS[form],
        headers={"Content-Disposition": f'attachment; filename="instytucje.{form}"'},
    )


@require_GET
@open_to(everyone)
def institution(request: HttpRequest, code: str) -> HttpResponse:
    """What the directory says of one institution; its own staff see the posts that are not public."""
    shown = found_or_404(code)
    actor = actor_of(request)
    if actor is None and not shown.with_public_page:
        raise Http404
    day = timezone.localdate()
    context = {
        "institution": shown,
        "kinds": [
            {"name": messages.kind_name(one.kind), "period": one} for one in queries.details_of(shown).kinds
        ],
        "chips": _chips(shown),
        "places": queries.place_names(shown, day),
        "posts": queries.posts_of(shown, actor, day),
        "bodies_run": queries.bodies_run_by(shown),
        "is_social_enterprise": _is_social_enterprise(shown),
        "may_edit": policies.may_edit_institution(actor, shown.pk),
        "may_run": policies.may_run_directory(actor),
        "is_own": actor is not None and actor.institution_id == shown.pk,
    }
    return render(request, "institutions/institution.html", context)


def actor_of(request: HttpRequest) -> Actor | None:
    """Who reads a public page; None for somebody signed out."""
    return getattr(request, "actor", None)


def found_or_404(code: str) -> Institution:
    """The institution of an address."""
    found = queries.by_code(code)
    if found is None:
        raise Http404
    return found


def _filter(request: HttpRequest) -> DirectoryFilter:
    form = DirectoryFilter(request.GET, counties=queries.counties_in_directory(timezone.localdate()))
    if not form.is_valid():  # an address typed by hand: look for the rest
        usable = {key: value for key, value in request.GET.items() if key not in form.errors}
        form = DirectoryFilter(usable, counties=queries.counties_in_directory(timezone.localdate()))
        form.is_valid()
    return form


def _found(request: HttpRequest, form: DirectoryFilter, sort: str) -> "queries.Institutions":
    text = form.cleaned_data["q"]
    return queries.directory(
        text=text,
        kinds_meant=messages.kinds_meant(text),
        kind=form.cleaned_data["kind"],
        county=form.cleaned_data["county"],
        sort=sort,
        for_everybody=actor_of(request) is None,
    )


def _row(institution: Institution) -> dict[str, object]:
    return {"institution": institution, "chips": _chips(institution)}


def _chips(institution: Institution) -> list[dict[str, str]]:
    return [{"kind": one.kind, "name": messages.kind_name(one.kind)} for one in institution.kinds.all()]


def _cells(institution: Institution) -> Iterator[object]:
    for column in EXPORTED:
        if column == "kinds":
            yield ",".join(one.kind for one in institution.kinds.all())
        elif column == "running_body":
            yield institution.running_body.code if institution.running_body else ""
        else:
            yield getattr(institution, column)


def _is_social_enterprise(institution: Institution) -> bool:
    today = timezone.localdate()
    starts_on, ends_on = institution.social_enterprise_from, institution.social_enterprise_to
    return starts_on is not None and starts_on <= today and (ends_on is None or ends_on >= today)
