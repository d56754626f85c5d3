"""What a report counts, added up in the database: one row for each person, recipient, or kind of event.

Distinct people, entities and recipients cannot be added up, so the cells keep who they are about and which kinds they
took part in; everything else is a sum by kind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db.models import Case, CharField, Count, IntegerField, Q, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from spoiwo.support.models import Attendance, Delivery, DeliveryParticipant, Entity, Group, Participant
from spoiwo.support.querysets import CountedQuerySet, PeopleQuerySet
from spoiwo.support.types import DeliveryKind, EventKind, LabourStatus, Scope

BATCH = 20_000
Counted = TypeVar("Counted", bound=CountedQuerySet)
_BITS: dict[str, int] = {
    **{kind.value: 1 << place for place, kind in enumerate(DeliveryKind)},
    **{kind.value: 1 << place for place, kind in enumerate(EventKind)},
}


@dataclass(frozen=True, slots=True)
class Sums:
    """One kind, added up: how often, how long, and how many people without names."""

    county: str
    kind: str
    count: int
    minutes: int
    anonymous: int = 0


class PersonCell(NamedTuple):
    """One participant, and the kinds they took part in as bits (see mask_of)."""

    participant: int
    mask: int
    county: str = ""


class RecipientCell(NamedTuple):
    """One recipient, and the kinds it was given as bits."""

    participant: int | None
    entity: int | None
    group: int | None
    mask: int
    county: str = ""


class Who(NamedTuple):
    """The person behind a participant, and whether the centre wrote them down as unemployed."""

    person: Any
    is_unemployed: bool


@dataclass(frozen=True, slots=True)
class What:
    """The organisation behind an entity row."""

    identity: str
    is_social: bool


def by_kind(sums: Iterable[Sums]) -> dict[str, Sums]:
    """The sums of each kind, added up over counties."""
    found: dict[str, Sums] = {}
    for one in sums:
        before = found.get(one.kind, Sums("", one.kind, 0, 0))
        found[one.kind] = Sums(
            "",
            one.kind,
            before.count + one.count,
            before.minutes + one.minutes,
            before.anonymous + one.anonymous,
        )
    return found


def mask_of(kinds: Iterable[str]) -> int:
    """Kinds as bits: each its own power of two, so that the distinct ones add up to the set."""
    return sum(_BITS[kind] for kind in set(kinds))


def given(scope: Scope) -> CountedQuerySet:
    """Deliveries that a report counts: what was withdrawn is not there, nor what lies outside the scope."""
    rows: CountedQuerySet = Delivery.objects.within(scope).filter(withdrawn_at__isnull=True).order_by()
    if scope.unemployed is not None:
        unemployed = Q(participant__labour_status=LabourStatus.UNEMPLOYED)
        rows = rows.filter(participant__isnull=False).filter(unemployed if scope.unemployed else ~unemployed)
    return _where(rows, scope)


def there(scope: Scope) -> PeopleQuerySet:
    """Who was there when support was delivered, row by row."""
    rows: PeopleQuerySet = DeliveryParticipant.objects.within(scope).order_by()
    return _where(rows, scope)


def came(scope: Scope) -> PeopleQuerySet:
    """Who was at sessions of events, row by row; it counts even when somebody withdrew afterwards."""
    rows: PeopleQuerySet = Attendance.objects.within(scope).filter(minutes__gt=0).order_by()
    return _where(rows, scope)


def delivery_people(scope: Scope, *, by_county: bool) -> tuple[list[Sums], list[PersonCell]]:
    """Who was there when support was delivered."""
    return _people(there(scope), DeliveryKind, by_county=by_county)


def event_people(scope: Scope, *, by_county: bool) -> tuple[list[Sums], list[PersonCell]]:
    """Who was at sessions of events."""
    return _people(came(scope), EventKind, by_county=by_county)


def recipients(scope: Scope, *, by_county: bool) -> tuple[list[Sums], list[RecipientCell]]:
    """To whom support was delivered."""
    rows = given(scope)
    place = ["county"] if by_county else []
    sums = (
        rows.values(*place, "kind")
        .annotate(n=Count("pk"), m=Sum("minutes"), a=Sum("anonymous_headcount"))
        .values_list(*place, "kind", "n", "m", "a")
    )
    keys = ["participant_id", "entity_id", "group_id"]
    cells = rows.values(*keys, *place).annotate(mask=_mask(DeliveryKind)).values_list(*keys, "mask", *place)
    blank = () if by_county else ("",)
    return [Sums(*blank, *row) for row in sums], [RecipientCell(*row) for row in cells]


def people_behind(participants: Iterable[int]) -> dict[int, Who]:
    """Who the participants are: one person for all rows that identity decisions have joined."""
    wanted = set(participants)
    found: dict[int, Who] = {}
    person = Cast(
        Coalesce("record__person_id", "person_id"), CharField()
    )  # as text: no UUID objects are made
    rows = Participant.objects.order_by().values_list("pk", person, "labour_status")
    for part in _parts(sorted(wanted)):
        for pk, person, status in rows.filter(pk__gte=part[0], pk__lte=part[-1]):
            if pk in wanted:
                found[pk] = Who(person, status == LabourStatus.UNEMPLOYED)
    return found


def entities_behind(entities: Iterable[int]) -> dict[int, What]:
    """Which organisations the rows stand for."""
    rows = Entity.objects.filter(pk__in=set(entities)).values_list("pk", "identity", "is_social")
    return {pk: What(identity, is_social) for pk, identity, is_social in rows}


def groups_behind(groups: Iterable[int], scope: Scope) -> dict[int, int | None]:
    """The entity each group had become by the end of the scope, None while it is a group."""
    rows = Group.objects.filter(pk__in=set(groups)).values_list("pk", "became_id", "became_on")
    return {pk: became if on is not None and on <= scope.last else None for pk, became, on in rows}


def _where(rows: Counted, scope: Scope) -> Counted:
    return rows.filter(county__in=sorted(scope.counties)) if scope.counties else rows


def _people(
    rows: PeopleQuerySet, kinds: type[DeliveryKind] | type[EventKind], *, by_county: bool
) -> tuple[list[Sums], list[PersonCell]]:
    place = ["county"] if by_county else []
    blank = () if by_county else ("",)
    sums = (
        rows.values(*place, "kind")
        .annotate(n=Count("pk"), m=Sum("minutes"))
        .values_list(*place, "kind", "n", "m")
    )
    key = "participant_id"
    cells = rows.values(key, *place).annotate(mask=_mask(kinds)).values_list(key, "mask", *place)
    return [Sums(*blank, *row) for row in sums], [PersonCell(*row) for row in cells]


def _mask(kinds: type[DeliveryKind] | type[EventKind]) -> Sum:
    """Distinct kinds of a group of rows as bits, in one aggregate however many kinds there are."""
    bits = [When(kind=kind, then=Value(_BITS[kind])) for kind in kinds]
    return Sum(Case(*bits, default=Value(0), output_field=IntegerField()), distinct=True)


def _parts(numbers: list[int]) -> Iterable[list[int]]:
    return (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH))
