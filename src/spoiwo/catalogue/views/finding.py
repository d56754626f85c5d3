"""Looking for a place, reading an entry, noting that nothing was found."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spoiwo.catalogue import messages, policies
from spoiwo.catalogue.errors import CatalogueError
from spoiwo.catalogue.forms.places import NeedForm, SearchForm
from spoiwo.catalogue.queries import eligibility, finding, infrastructure
from spoiwo.catalogue.services import needs
from spoiwo.catalogue.types import PlaceKind, TargetGroup
from spoiwo.catalogue.views import frame
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(frame.readers)
def place_list(request: ActorRequest) -> HttpResponse:
    """Places that fit; for whom and for what one is looked for is carried on to a referral."""
    today = timezone.localdate()
    form = SearchForm(request.GET, units=frame.units(request))
    wanted = form.wanted(request.GET.get("sort", "name"))
    page = frame.page_of(request, finding.places(wanted, today))
    is_part = request.htmx and not request.htmx.boosted
    context = {
        "filters": form,
        "page": page,
        "lines": frame.lines(page.object_list, today),
        "sort": wanted.sort,
        "is_filtered": any(
            value for key, value in request.GET.items() if key not in {"sort", "page", *frame.CARRIED}
        ),
        "carried": frame.carried(request),
        "kept": [(name, request.GET[name]) for name in frame.CARRIED if request.GET.get(name)],
        "may_refer": policies.refers(request.actor),
        "may_keep": policies.keeps_places(request.actor),
        "wanted": wanted,
        "may_note": policies.refers(request.actor) and wanted.kind and wanted.area,
        "waiting": finding.count_to_decide(request.actor),
    }
    template = "catalogue/_places.html" if is_part else "catalogue/list.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


@require_GET
@open_to(frame.readers)
def export(request: ActorRequest, form: str) -> HttpResponse:
    """The list as a file."""
    today = timezone.localdate()
    wanted = SearchForm(request.GET, units=frame.units(request)).wanted(request.GET.get("sort", "name"))
    rows = frame.lines(finding.places(wanted, today)[: frame.MOST_EXPORTED], today)
    names = messages.FIELD_NAMES
    header = [
        *(str(names[field]) for field in ("kind", "name")),
        _("Institution"),
        *(str(names[field]) for field in ("teryt", "groups", "places_total")),
        _("Places free"),
        *(str(names[field]) for field in ("funding", "phone", "email", "website")),
        _("Confirmed on"),
    ]
    cells = [
        [
            *(one["kind"], one["row"].name, one["row"].institution.name, one["where"]),
            *(", ".join(str(name) for name in one["groups"]), one["row"].places_total, one["free"]),
            *(one["funding"], one["row"].phone, one["row"].email, one["row"].website),
            one["row"].confirmed_on,
        ]
        for one in rows
    ]
    return frame.as_file("miejsca-wsparcia", form, _("Places of support"), header, cells)


@require_GET
@open_to(frame.readers)
def place(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Everything an entry says."""
    row = finding.place(uuid)
    if row is None:
        raise Http404
    today = timezone.localdate()
    context = {
        "line": frame.lines([row], today)[0],
        "points": eligibility.check_points(row.kind, today),
        "carried": frame.carried(request),
        "may_refer": policies.refers(request.actor) and row.withdrawn_on is None,
        "may_keep": row.withdrawn_on is None
        and policies.keeps(request.actor, institution_id=row.institution_id, keeper_id=row.keeper_id),
        "crumbs": [(_("Places of support"), _list_url()), (row.name, "")],
    }
    return render(request, "catalogue/place.html", context)


@require_POST
@open_to(frame.referrers)
def need(request: ActorRequest) -> HttpResponse:
    """Write down that nothing was found."""
    form = NeedForm(request.POST)
    if not form.is_valid():
        notices.warning(request, _("Choose the kind of service and where the person lives first."))
        return redirect("catalogue:list")
    entered = form.cleaned_data
    try:
        needs.note_need(
            kind=PlaceKind(entered["kind"]),
            group=TargetGroup(entered["group"]) if entered["group"] else None,
            area=entered["area"],
            today=timezone.localdate(),
            by=request.actor,
        )
    except CatalogueError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("The need is counted. No personal data was kept."))
    return redirect("catalogue:needs")


@require_GET
@open_to(frame.readers)
def need_list(request: ActorRequest) -> HttpResponse:
    """Needs that found no place, by county and kind."""
    today = timezone.localdate()
    rows = infrastructure.unmet_needs()
    fresh = {(one.county, one.kind): one.count for one in infrastructure.unmet_needs(only_new=True)}
    counties = dict(
        zip(
            (one.county for one in rows),
            institutions.unit_names(tuple(one.county for one in rows), today),
            strict=True,
        )
    )
    context = {
        "needs": [
            {
                "row": one,
                "county": counties[one.county],
                "kind": messages.KIND_NAMES[one.kind],
                "fresh": fresh.get((one.county, one.kind), 0),
            }
            for one in rows
        ],
        "has_new": bool(fresh),
        "crumbs": [(_("Places of support"), _list_url()), (_("Needs without a place"), "")],
    }
    return render(request, "catalogue/needs.html", context)


@require_GET
@open_to(frame.readers)
def eligibility_lists(request: ActorRequest) -> HttpResponse:
    """What each kind of receiver checks."""
    lists = [
        {"kind": messages.KIND_NAMES[kind], "points": points}
        for kind, points in eligibility.check_lists(timezone.localdate())
    ]
    crumbs = [(_("Places of support"), _list_url()), (_("What receivers check"), "")]
    return render(request, "catalogue/eligibility.html", {"lists": lists, "crumbs": crumbs})


def _list_url() -> str:
    return reverse("catalogue:list")
