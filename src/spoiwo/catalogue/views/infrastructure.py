"""The picture of infrastructure: what there is in each unit of a region."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spoiwo.catalogue import messages, tables
from spoiwo.catalogue.queries import infrastructure as reads
from spoiwo.catalogue.views import frame
from spoiwo.institutions import queries as institutions
from spoiwo.territory import queries as territory
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.pictures import png_of


@require_GET
@open_to(frame.readers)
def infrastructure(request: ActorRequest) -> HttpResponse:
    """What there is in each county of the voivodeship, or in each commune of a county."""
    shown = _shown(request)
    context = {
        **shown,
        "picture": mark_safe(shown["svg"]),  # noqa: S308 drawn here; names are escaped
        "crumbs": [(_("Places of support"), reverse("catalogue:list")), (_("Picture of infrastructure"), "")],
    }
    return render(request, "catalogue/infrastructure.html", context)


@require_GET
@open_to(frame.readers)
def picture(request: ActorRequest, form: str) -> HttpResponse:
    """The picture or its table as a file."""
    shown = _shown(request)
    if form == "png":
        return frame.sent("infrastruktura.png", "image/png", png_of(shown["svg"]))
    if form == "svg":
        return frame.sent("infrastruktura.svg", "image/svg+xml", shown["svg"].encode())
    if form not in {"csv", "xlsx"}:
        raise Http404
    header = [_("Unit"), *(str(messages.KIND_NAMES[kind]) for kind in shown["kinds"])]
    rows = [[line.name, *(square.label for square in line.squares)] for line in shown["lines"]]
    return frame.as_file("infrastruktura", form, _("Picture of infrastructure"), header, rows)


def _shown(request: ActorRequest) -> dict[str, Any]:
    today = timezone.localdate()
    region = _region(request)
    office = institutions.institution_of(request.actor)
    voivodeship = (office.teryt or office.area)[:2] if office else ""
    counties = [(one.code, one.name) for one in territory.counties_of(voivodeship, today)]
    units = [(one.code, one.name) for one in territory.communes_of(region, today)] if region else counties
    grid = reads.grid(region or voivodeship, today, length=7 if region else 4) if units else {}
    kinds = reads.kinds_in(grid)
    lines = tables.lines_of(grid, units, kinds)
    words = _("Places of support by unit and kind of service; darker where there are more places.")
    return {
        "region": region,
        "counties": counties,
        "county_name": dict(counties).get(region, ""),
        "kinds": kinds,
        "lines": lines,
        "svg": tables.drawing(lines, kinds, words),
        "empty_units": sum(line.is_empty for line in lines),
    }


def _region(request: HttpRequest) -> str:
    """The county asked for, empty for the whole voivodeship."""
    code = request.GET.get("powiat", "")
    return code if code.isdigit() and len(code) == 4 else ""
