"""Finding places, and what an entry says."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from spoiwo.catalogue.models import Correction, Place, PlaceArea, PlaceGroup, SuggestedPlace
from spoiwo.catalogue.querysets import CorrectionQuerySet, PlaceQuerySet, SuggestedPlaceQuerySet
from spoiwo.catalogue.types import Funding, PlaceDetails, PlaceKind, TargetGroup, Wanted
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key

ListedPlace = Place  # for contexts that point to it
ORDERS = {
    "name": ("sort_key", "pk"),
    "-name": ("-sort_key", "-pk"),
    "place": ("teryt", "sort_key", "pk"),
    "-place": ("-teryt", "-sort_key", "-pk"),
    "confirmed": ("confirmed_on", "sort_key", "pk"),
    "-confirmed": ("-confirmed_on", "sort_key", "pk"),
}


def places(wanted: Wanted, today: date) -> PlaceQuerySet:
    """Listed entries that fit what is looked for, with institution, groups and areas."""
    found: PlaceQuerySet = Place.objects.listed()
    found = found.with_words(wanted.text).serving(wanted.area).for_group(wanted.group)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.only_free:
        found = found.with_free_places()
    if wanted.only_fresh:
        found = found.trusted(today)
    return _full(found).order_by(*ORDERS.get(wanted.sort, ORDERS["name"]))


def place(uuid: UUID) -> Place | None:
    """An entry, withdrawn ones too, because referrals point to them."""
    found: Place | None = _full(Place.objects.all()).filter(uuid=uuid).first()
    return found


def own_places(actor: Actor) -> PlaceQuerySet:
    """Entries that the actor's institution answers for, longest unconfirmed first."""
    return _full(Place.objects.kept_by(actor).listed()).order_by("confirmed_on", "sort_key", "pk")


def names_of(place_ids: Iterable[int]) -> dict[int, str]:
    """Names of entries by id."""
    return dict(Place.objects.filter(pk__in=set(place_ids)).values_list("pk", "name"))


def details_of(row: Place) -> PlaceDetails:
    """What an entry says, in the form its services take."""
    texts = (
        *("name", "about", "teryt", "conditions", "funding_note", "street", "phone", "email", "website"),
        *("places_total", "taken_elsewhere", "respond_days"),
    )
    return PlaceDetails(
        kind=PlaceKind(row.kind),
        funding=Funding(row.funding),
        groups=frozenset(TargetGroup(one.group) for one in row.groups.all()),
        areas=frozenset(one.teryt for one in row.areas.all()),
        **{name: getattr(row, name) for name in texts},
    )


def corrections(actor: Actor) -> CorrectionQuerySet:
    """Suggestions the actor may see, those that wait first, newest first."""
    found: CorrectionQuerySet = Correction.objects.visible_to(actor).select_related(
        "place__institution", "suggested_by"
    )
    return found.order_by("-state", "-suggested_at", "-pk")


def count_to_decide(actor: Actor) -> int:
    """How many suggestions wait for the actor's institution."""
    waiting: int = Correction.objects.to_decide(actor).count()
    return waiting + count_missing(actor)


def suggested_places(actor: Actor) -> SuggestedPlaceQuerySet:
    """Places somebody says are missing, as far as the actor may see them, those that wait first, newest first."""
    found: SuggestedPlaceQuerySet = SuggestedPlace.objects.visible_to(actor).select_related(
        "institution", "place", "suggested_by"
    )
    return found.order_by("-state", "-suggested_at", "-pk")


def count_missing(actor: Actor) -> int:
    """How many places that somebody says are missing wait for the actor."""
    waiting: int = SuggestedPlace.objects.to_decide(actor).count()
    return waiting


def missing_to_decide(actor: Actor) -> set[int]:
    """Ids of places that somebody says are missing and that wait for the actor."""
    return set(SuggestedPlace.objects.to_decide(actor).values_list("pk", flat=True))


def missing_place(actor: Actor, uuid: UUID) -> SuggestedPlace | None:
    """A place that is said to be missing and waits for the actor's decision."""
    found: SuggestedPlace | None = (
        SuggestedPlace.objects.to_decide(actor)
        .select_related("institution", "suggested_by")
        .filter(uuid=uuid)
        .first()
    )
    return found


def _full(found: PlaceQuerySet) -> PlaceQuerySet:
    parts = (
        Prefetch("groups", PlaceGroup.objects.order_by("pk")),
        Prefetch("areas", PlaceArea.objects.order_by("teryt")),
    )
    return found.select_related("institution", "keeper").prefetch_related(*parts)


def listed_by_name() -> dict[tuple[str, str], Place]:
    """Listed entries by the code of their institution and their name without diacritics."""
    rows = Place.objects.listed().select_related("institution").order_by("-pk")
    return {(row.institution.code, search_key(row.name)): row for row in rows}
