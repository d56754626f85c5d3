"""Who stands where on the list of common clients: found in narrow indexes, so that late pages cost little more.

An order is of people, not of rows: somebody served by several institutions stands there once.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q
from django.db.models import Exists as IsThere

from spoiwo.clients.models import STATUS_CHOICES, CommonClient
from spoiwo.clients.queries.counts import count_people
from spoiwo.clients.querysets import CommonClientQuerySet
from spoiwo.kernel.text import polish_sort_key

LABELS = {code.value: label for code, label in STATUS_CHOICES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """People in an order.

    rows: common clients that fit the filter, one per person and other institution. sort: name, since or status,
    a minus before it turns it round; ties are by name, then by age of the record. givers: institutions by which
    people may be common. statuses: when sorted by status, how many people have each, in the order.
    """

    rows: CommonClientQuerySet
    sort: str
    givers: frozenset[int]
    total: int
    statuses: tuple[tuple[str, int], ...] = ()


def in_order(rows: CommonClientQuerySet, sort: str, givers: frozenset[int]) -> Order:
    """Count the people and prepare their order; one query."""
    if sort.lstrip("-") != "status":
        return Order(rows=rows, sort=sort, givers=givers, total=count_people(rows, givers))
    people = Count("record", distinct=True) if len(givers) > 1 else Count("pk")
    counted = dict(rows.order_by().values_list("status").annotate(people=people))
    statuses = tuple((code, counted[code]) for code in _by_name(counted, falling=sort.startswith("-")))
    return Order(rows=rows, sort=sort, givers=givers, total=sum(counted.values()), statuses=statuses)


def records(order: Order, start: int, stop: int) -> list[int]:
    """Ids of the own records from one place of the order up to another; a query, by status one for each met."""
    if order.sort.lstrip("-") != "status":
        return _records(order, order.rows, start, stop)
    found: list[int] = []
    before = 0
    for status, people in order.statuses:
        if before < stop and start < before + people:
            rows = order.rows.filter(status=status)
            found += _records(order, rows, max(start - before, 0), stop - before)
        before += people
    return found


def _records(order: Order, rows: CommonClientQuerySet, start: int, stop: int) -> list[int]:
    if order.sort.lstrip("-") == "since":
        if len(order.givers) > 1:
            rows = rows.filter(~IsThere(_preferred(order.givers)))
        ordered = rows.order_by(order.sort, "sort_key", "record_id")
        return list(ordered.values_list("record_id", flat=True)[start:stop])
    # All rows of a person have the same name and status.
    ordered = rows.order_by("-sort_key" if order.sort == "-name" else "sort_key", "record_id")
    if len(order.givers) > 1:
        pairs = ordered.values_list("record_id", "sort_key").distinct()[start:stop]
        return [record for record, _ in pairs]
    return list(ordered.values_list("record_id", flat=True)[start:stop])


def _preferred(givers: Collection[int]) -> CommonClientQuerySet:
    """Rows of the same person that stand for it before the outer one: the newest, then the lowest institution."""
    rivals = CommonClient.objects.filter(
        institution_id=OuterRef("institution_id"),
        record_id=OuterRef("record_id"),
        other_id__in=sorted(givers),
    )
    newer = Q(since__gt=OuterRef("since"))
    return rivals.filter(newer | Q(since=OuterRef("since"), other_id__lt=OuterRef("other_id")))


def _by_name(statuses: Collection[str], *, falling: bool) -> list[str]:
    """Statuses in the alphabetical order of their names in the reader's language; those without one last."""
    keys = {code: polish_sort_key(str(LABELS[code])) for code in statuses if code in LABELS}
    return sorted(statuses, key=lambda code: (code not in keys, keys.get(code, code)), reverse=falling)
