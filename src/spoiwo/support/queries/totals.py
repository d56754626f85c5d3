"""What a report counts without people: events held, results, promotion, groups, paths, totals of offices."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from spoiwo.support.models import (
    AnimationResult,
    Event,
    Exhibitor,
    KfsTotal,
    Partnership,
    PartnershipResult,
    Path,
    PathStage,
    PromotedEntity,
    Promotion,
    Registration,
    Session,
)
from spoiwo.support.queries import cells
from spoiwo.support.querysets import in_counties
from spoiwo.support.rules.events import finished
from spoiwo.support.types import (
    AnimationKind,
    EventKind,
    EventState,
    Figure,
    PartnershipResultKind,
    PromotionKind,
    Scope,
    Unit,
)

FOUNDING = "founding"  # the stage of a path on which an entity begins
HELD = (EventState.ANNOUNCED, EventState.REPORTED)


@dataclass(slots=True)
class Held:
    """Events of one kind."""

    count: int = 0
    minutes: int = 0
    anonymous: int = 0
    places: set[str] = field(default_factory=set)

    @property
    def counties(self) -> int:
        """In how many counties."""
        return len(self.places)


def events_of(scope: Scope) -> QuerySet[Any]:
    """Events that took place: announced or reported, begun within the scope."""
    found = Event.objects.all()
    if scope.institutions:
        found = found.filter(institution_id__in=scope.institutions)
    return found.filter(
        in_counties(scope, "county"), state__in=HELD, starts_on__gte=scope.first, starts_on__lte=scope.last
    )


def events_held(scope: Scope) -> dict[str, Held]:
    """Events by kind; an event counts where it began, its sessions once each."""
    held: dict[str, Held] = defaultdict(Held)
    for kind, county, anonymous in events_of(scope).values_list("kind", "county", "anonymous_headcount"):
        one = held[kind]
        one.count += 1
        one.anonymous += anonymous
        if county:
            one.places.add(county)
    sessions = Session.objects.filter(event__in=events_of(scope)).values_list("event__kind")
    for kind, minutes in sessions.annotate(Sum("minutes")):
        held[kind].minutes = minutes
    return held


def entities_served(
    scope: Scope, known: Mapping[int, cells.What], recipients: Collection[int]
) -> tuple[int, int]:
    """Distinct social economy entities and others that got support or whose people came to events."""
    represented = represented_at_events(scope)
    behind = {**known, **cells.entities_behind(represented - known.keys())}
    served = {behind[pk] for pk in {*represented, *recipients}}
    social = {one.identity for one in served if one.is_social}
    return len(social), len({one.identity for one in served} - social)


def represented_at_events(scope: Scope) -> set[int]:
    """Entities whose people came to events."""
    came = cells.came(scope).filter(registration=OuterRef("pk"))
    rows = Registration.objects.filter(Exists(came), entity__isnull=False)
    return set(rows.values_list("entity_id", flat=True).distinct())


def figures(scope: Scope) -> Iterator[Figure]:
    """Figures in the order they are shown."""
    yield from _animation(scope)
    yield from _promotion(scope)
    yield Figure(
        "events.fair.exhibitors",
        Exhibitor.objects.filter(event__in=events_of(scope).filter(kind=EventKind.FAIR))
        .values("entity__identity")
        .distinct()
        .count(),
    )
    yield from _cycles(scope)
    yield from _partnerships(scope)
    yield from _paths(scope)
    yield from _kfs(scope)


def results_of(scope: Scope) -> QuerySet[Any]:
    """What animation founded within the scope."""
    return AnimationResult.objects.of_institutions(scope).filter(
        in_counties(scope, "teryt"), day__gte=scope.first, day__lte=scope.last
    )


def promotion_of(scope: Scope) -> QuerySet[Any]:
    """What promotion published within the scope."""
    return Promotion.objects.of_institutions(scope).filter(day__gte=scope.first, day__lte=scope.last)


def partnerships_of(scope: Scope) -> QuerySet[Any]:
    """Partnership groups opened by the end of the scope and not closed before it began."""
    return (
        Partnership.objects.of_institutions(scope)
        .filter(in_counties(scope, "teryt"), opened_on__lte=scope.last)
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gte=scope.first))
    )


def contracts_of(scope: Scope) -> QuerySet[Any]:
    """Contracts that partnership groups signed within the scope."""
    return PartnershipResult.objects.of_institutions(scope).filter(
        in_counties(scope, "partnership__teryt"),
        kind=PartnershipResultKind.CONTRACT,
        day__gte=scope.first,
        day__lte=scope.last,
    )


def kfs_of(scope: Scope) -> QuerySet[Any]:
    """KFS totals whose period ends within the scope."""
    return KfsTotal.objects.of_institutions(scope).filter(last_day__gte=scope.first, last_day__lte=scope.last)


def paths_of(scope: Scope) -> QuerySet[Any]:
    """Paths opened within the scope."""
    return Path.objects.of_institutions(scope).filter(opened_on__gte=scope.first, opened_on__lte=scope.last)


def founded_of(scope: Scope) -> QuerySet[Any]:
    """Paths on which an entity was founded within the scope."""
    passed = PathStage.objects.filter(
        path=OuterRef("pk"), code=FOUNDING, passed_on__gte=scope.first, passed_on__lte=scope.last
    )
    found: QuerySet[Any] = Path.objects.of_institutions(scope).filter(Exists(passed), founded__isnull=False)
    return found


@dataclass(frozen=True, slots=True)
class Finished:
    """Somebody who finished a meeting cycle: the registration (with event and participant), sessions of how many."""

    registration: Any
    attended: int
    planned: int


def finished_cycles(scope: Scope) -> list[Finished]:
    """Who finished a meeting cycle, and where, as its completion rule says."""
    events = events_of(scope).filter(kind=EventKind.CYCLE)
    sessions = dict(Session.objects.filter(event__in=events).values_list("event_id").annotate(n=Count("pk")))
    rows = (
        Registration.objects.filter(event__in=events)
        .annotate(sessions_attended=Count("attendances", filter=Q(attendances__minutes__gt=0)))
        .filter(sessions_attended__gt=0)
        .select_related("event__cycle", "participant")
        .order_by("event__cycle__name", "event__county", "last_name", "first_name", "pk")
    )
    found = [Finished(one, one.sessions_attended, sessions.get(one.event_id, 0)) for one in rows]
    return [one for one in found if _has_finished(one)]


def _has_finished(one: Finished) -> bool:
    event = one.registration.event
    required = event.cycle.required_sessions if event.cycle else event.required_sessions
    return finished(attended=one.attended, planned=one.planned, required=required)


def _animation(scope: Scope) -> Iterator[Figure]:
    rows = list(results_of(scope).values_list("kind", "teryt"))
    for kind in AnimationKind:
        places = [teryt[:4] for found, teryt in rows if found == kind]
        yield Figure(f"animation.{kind.value}.count", len(places))
        yield Figure(f"animation.{kind.value}.counties", len({place for place in places if place}))


def _promotion(scope: Scope) -> Iterator[Figure]:
    rows = promotion_of(scope)
    for kind in PromotionKind:
        of_kind = rows.filter(kind=kind)
        sums = of_kind.aggregate(n=Count("pk"), minutes=Sum("minutes"), reach=Sum("reach"))
        promoted = PromotedEntity.objects.filter(promotion__in=of_kind)
        yield Figure(f"promotion.{kind.value}.count", sums["n"])
        yield Figure(
            f"promotion.{kind.value}.entities", promoted.values("entity__identity").distinct().count()
        )
        yield Figure(f"promotion.{kind.value}.hours", (sums["minutes"] or 0) / 60, Unit.HOURS)
        yield Figure(f"promotion.{kind.value}.reach", sums["reach"] or 0)


def _cycles(scope: Scope) -> Iterator[Figure]:
    events = events_of(scope).filter(kind=EventKind.CYCLE)
    done = {one.registration.participant_id for one in finished_cycles(scope)}
    people = {who.person for who in cells.people_behind(done).values()}
    yield Figure("cycles.editions", events.exclude(cycle=None).values("cycle").distinct().count())
    yield Figure("cycles.counties", events.exclude(county="").values("county").distinct().count())
    yield Figure("cycles.sessions", Session.objects.filter(event__in=events).count())
    yield Figure("cycles.finished.people", len(people))


def _partnerships(scope: Scope) -> Iterator[Figure]:
    contracts = contracts_of(scope).aggregate(n=Count("pk"), value=Sum("value_pln"))
    yield Figure("partnerships.groups", partnerships_of(scope).count())
    yield Figure("partnerships.contracts", contracts["n"])
    yield Figure("partnerships.contracts.value", float(contracts["value"] or 0), Unit.PLN)


def _paths(scope: Scope) -> Iterator[Figure]:
    yield Figure("paths.opened", paths_of(scope).count())
    yield Figure("paths.founded", founded_of(scope).values("founded__identity").distinct().count())


def _kfs(scope: Scope) -> Iterator[Figure]:
    sums = kfs_of(scope).aggregate(e=Sum("employers"), p=Sum("people"), a=Sum("amount_pln"))
    yield Figure("kfs.employers", sums["e"] or 0)
    yield Figure("kfs.people", sums["p"] or 0)
    yield Figure("kfs.amount", float(sums["a"] or 0), Unit.PLN)
