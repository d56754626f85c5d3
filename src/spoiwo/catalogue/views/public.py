"""The catalogue for everybody."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.catalogue.forms.places import SearchForm
from spoiwo.catalogue.queries import eligibility, finding
from spoiwo.catalogue.views import frame
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit.doors import everyone, open_to


@require_GET
@open_to(everyone)
def public_list(request: HttpRequest) -> HttpResponse:
    """Places that fit, for anybody."""
    today = timezone.localdate()
    units = [unit for unit in institutions.units_to_choose(None, today) if len(unit[0]) == 4]
    form = SearchForm(request.GET, units=units)
    wanted = form.wanted()
    page = frame.page_of(request, finding.places(wanted, today))
    context = {
        "filters": form,
        "page": page,
        "lines": frame.lines(page.object_list, today),
        "is_filtered": any(value for key, value in request.GET.items() if key != "page"),
    }
    return render(request, "catalogue/public.html", context)


@require_GET
@open_to(everyone)
def public_place(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An entry for anybody."""
    row = finding.place(uuid)
    if row is None or row.withdrawn_on is not None or row.institution.closed_on is not None:
        raise Http404
    today = timezone.localdate()
    context = {"line": frame.lines([row], today)[0], "points": eligibility.check_points(row.kind, today)}
    return render(request, "catalogue/public_place.html", context)
