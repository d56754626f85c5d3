"""What the pages of the catalogue share."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import urlencode

from spoiwo.catalogue import messages, policies
from spoiwo.catalogue.models import Place
from spoiwo.catalogue.rules.freshness import freshness
from spoiwo.catalogue.rules.places import free_places
from spoiwo.institutions import queries as institutions
from spoiwo.territory import queries as territory
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import ActorRequest

PAGE_SIZE = 25
MOST_EXPORTED = 10_000
CARRIED = ("klient", "dzialanie")
readers = policies.reads
keepers = policies.keeps_places
referrers = policies.refers


def page_of(request: Any, rows: Any) -> Page[Any]:
    """The page of rows that the address asks for."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def units(request: ActorRequest) -> list[tuple[str, str]]:
    """Counties and communes of the region to choose from."""
    office = institutions.institution_of(request.actor)
    return [
        (code, name)
        for code, name in institutions.units_to_choose(office, timezone.localdate())
        if len(code) > 2
    ]


def area_units(request: ActorRequest, kept: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What an entry may serve: the voivodeship, its counties, communes of the own county; what it says already."""
    office = institutions.institution_of(request.actor)
    county = office.teryt[:4] if office else ""
    today = timezone.localdate()
    chosen = [
        (code, name)
        for code, name in institutions.units_to_choose(office, today)
        if (len(code) == 2 and county.startswith(code)) or len(code) == 4 or code[:4] == county
    ]
    known = {code for code, _name in chosen}
    extra = [code for code in sorted(kept) if code not in known]
    return chosen + list(zip(extra, institutions.unit_names(tuple(extra), today), strict=True))


def lines(rows: Iterable[Place], today: date) -> list[dict[str, Any]]:
    """Entries as a list shows them."""
    found = list(rows)
    codes = {row.teryt for row in found} | {one.teryt for row in found for one in row.areas.all()}
    names = territory.names_of(codes - {""}, today)
    return [line(row, names, today) for row in found]


def line(row: Place, names: dict[str, str], today: date) -> dict[str, Any]:
    """An entry with its codes in words."""
    free = free_places(total=row.places_total, elsewhere=row.taken_elsewhere, referred=row.taken_by_referrals)
    state = freshness(row.confirmed_on, today)
    return {
        "row": row,
        "kind": messages.KIND_NAMES[row.kind],
        "groups": [messages.GROUP_NAMES[one.group] for one in row.groups.all()],
        "where": names.get(row.teryt, row.teryt),
        "areas": [names.get(one.teryt, one.teryt) for one in row.areas.all()],
        "free": free,
        "places": messages.places_in_words(row.places_total, free),
        "tone": "late" if free == 0 else "ok",
        "fresh": messages.freshness_in_words(row, today),
        "fresh_tone": messages.FRESHNESS_TONES[state],
        "is_stale": state.value == "stale",
        "funding": messages.FUNDING_NAMES[row.funding],
    }


def carried(request: ActorRequest) -> str:
    """What a search is for, kept from page to page up to the referral: an own client, an action of a plan."""
    return urlencode({name: request.GET[name] for name in CARRIED if request.GET.get(name)})


def as_file(
    name: str, form: str, title: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """Rows as CSV or XLSX."""
    if form == "xlsx":
        return sent(f"{name}.xlsx", sheets.XLSX_TYPE, sheets.xlsx_file(title, header, rows))
    return sent(f"{name}.csv", sheets.CSV_TYPE, sheets.csv_file(header, rows))


def sent(name: str, kind: str, content: bytes) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
