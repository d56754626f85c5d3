"""The directory: finding institutions and what is said of them."""

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from spoiwo.institutions import rules
from spoiwo.institutions.models import Institution, InstitutionKind, Post
from spoiwo.institutions.types import Badge, InstitutionDetails, Kind, KindPeriod
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.territory import queries as territory
from spoiwo.toolkit.among import among
from spoiwo.toolkit.columns import prefix_range
from spoiwo.toolkit.prepared import Prepared

Institutions = QuerySet[Institution]
ORDERS = {
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "-pk"),
    "place": ("place_key", "sort_key", "pk"),
    "-place": ("-place_key", "-sort_key", "-pk"),
}


def by_code(code: str) -> Institution | None:
    """The institution with this code; closed ones too."""
    return Institution.objects.filter(code=code).first()


def by_regon(regon: str) -> Institution | None:
    """The institution with this REGON number; closed ones too."""
    return Institution.objects.filter(regon=regon).first()


def directory(
    *,
    text: str = "",
    kinds_meant: Iterable[Kind] = (),
    kind: str = "",
    county: str = "",
    sort: str = "name",
    for_everybody: bool = False,
) -> Institutions:
    """Open institutions with their kinds, in the Polish order of names or places.

    text: words that must all be found, without regard to diacritics, in the name, the short name or the place.
    kinds_meant: kinds that the whole text may stand for; institutions of these kinds are found too.
    county: four digits of TERYT. sort: a key of ORDERS. for_everybody: without those that keep no public page.
    """
    found = Institution.objects.active()
    if for_everybody:
        found = found.filter(with_public_page=True)
    if words := search_key(text).split():
        named = Q()
        for word in words:
            named &= Q(search_key__contains=word)
        found = found.filter(named | Q(pk__in=_ids_of_kinds(kinds_meant)))
    if kind:
        found = found.filter(pk__in=_ids_of_kinds([Kind(kind)]))
    if county:
        found = found.filter(prefix_range("teryt", county))
    return found.prefetch_related(Prefetch("kinds", InstitutionKind.objects.order_by("pk"))).order_by(
        *ORDERS[sort]
    )


def counties_in_directory(day: date) -> list[tuple[str, str]]:
    """Counties in which open institutions sit: code and name, in the Polish order of names."""
    codes = {
        code[:4] for code in Institution.objects.active().values_list("teryt", flat=True) if len(code) > 2
    }
    counties = [
        county
        for voivodeship in sorted({code[:2] for code in codes})
        for county in territory.counties_of(voivodeship, day)
    ]
    return [(county.code, county.name) for county in counties if county.code in codes]


def details_of(institution: Institution) -> InstitutionDetails:
    """What the directory says of the institution, in the form its services take."""
    kinds = institution.kinds.values_list("kind", "valid_from", "valid_to")
    values: dict[str, Any] = {
        field.name: getattr(institution, field.name)
        for field in fields(InstitutionDetails)
        if field.name != "kinds"
    }
    periods = (KindPeriod(Kind(kind), starts_on, ends_on) for kind, starts_on, ends_on in kinds)
    return InstitutionDetails(kinds=rules.in_order(periods), **values)


def posts_of(institution: Institution, actor: Actor | None, day: date) -> list[Post]:
    """Posts of the institution that the actor may see and that have not ended, by function."""
    posts = Post.objects.visible_to(actor).filter(institution=institution)
    return list(posts.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).order_by("function", "pk"))


def post(actor: Actor, post_id: int) -> Post | None:
    """A post in the actor's sight, with its institution."""
    return Post.objects.visible_to(actor).select_related("institution").filter(pk=post_id).first()


def bodies_run_by(institution: Institution) -> list[Institution]:
    """Open institutions that this one runs."""
    return list(Institution.objects.active().filter(running_body=institution).order_by("sort_key", "pk"))


def open_institutions() -> list[tuple[int, str]]:
    """Ids and names of open institutions, in the Polish order."""
    return list(Institution.objects.active().order_by("sort_key", "pk").values_list("pk", "name"))


def names_in_order(institution_ids: Collection[int]) -> list[tuple[int, str]]:
    """Ids and names of these institutions, in the Polish order; one query."""
    found = Institution.objects.filter(among("pk", institution_ids))
    return list(found.order_by("sort_key", "pk").values_list("pk", "name"))


def seats() -> list[Institution]:
    """Open institutions whose place is known, by code."""
    return list(Institution.objects.active().exclude(teryt="").order_by("code", "pk"))


def badges_of(institution_ids: Iterable[int]) -> dict[int, Badge]:
    """How institutions are marked beside the data that come from them; one query."""
    rows = _BADGES.rows(tuple(sorted(set(institution_ids))))
    return {pk: Badge(pk, code, name, kind or "") for pk, code, name, kind in rows}


def _badges(institution_ids: tuple[int, ...]) -> QuerySet[Any, Any]:
    first_kind = InstitutionKind.objects.filter(institution=OuterRef("pk")).order_by("pk").values("kind")[:1]
    return (
        Institution.objects.filter(pk__in=institution_ids)
        .annotate(first_kind=Subquery(first_kind))
        .values_list("pk", "code", "short_name", "first_kind")
    )


_BADGES = Prepared(_badges)


def _ids_of_kinds(kinds: Iterable[Kind]) -> QuerySet[InstitutionKind, int]:
    return InstitutionKind.objects.filter(kind__in=list(kinds)).values_list("institution_id", flat=True)
