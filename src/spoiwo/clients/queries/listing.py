"""The list of common clients: own values only, and of others nothing but the fact and their names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from spoiwo.access import queries as access
from spoiwo.access.types import Category
from spoiwo.clients.models import CommonClient, RecordVersion, RegisterState
from spoiwo.clients.queries.list_order import LABELS, in_order, records
from spoiwo.clients.queries.searching import common_named_like, looks_like_number, records_numbered
from spoiwo.clients.queries.states import states_of
from spoiwo.clients.querysets import CommonClientQuerySet
from spoiwo.clients.rules import sharing
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Badge
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import polish_sort_key

SORTS = ("name", "-name", "since", "-since", "status", "-status")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """What the list is narrowed to and how it is ordered; the defaults show everybody by name."""

    text: str = ""
    mine: bool = False
    new: bool = False
    commune: str = ""  # TERYT code
    status: str = ""
    other: int = 0  # institution id
    sort: str = "name"
    records: QuerySet[Any, Any] | None = None  # ids of own records, to show these people only

    @property
    def narrows(self) -> bool:
        """Whether anybody may have been filtered out."""
        return self != ListFilter(sort=self.sort)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A person of the own register whom others serve too."""

    uuid: UUID
    person: UUID
    last_name: str
    first_name: str
    birth_date: date | None
    local_id: str
    address: str
    status: Any  # label, "" when the register says none
    status_from: date | None
    worker: str
    since: datetime
    is_new: bool
    others: tuple[Badge, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of the list and what stands around it."""

    page: Page[Any]
    rows: tuple[ListRow, ...]
    scope: "Scope"
    filter: ListFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose list on which day: institutions that give identity today, marked, and by which agreement.

    state: the own register; generation 0 when none was brought in yet.
    """

    actor: Actor
    day: date
    badges: dict[int, Badge]
    agreements: dict[int, str]
    state: RegisterState

    def by_name(self) -> list[Badge]:
        """The institutions in the Polish alphabetical order."""
        return sorted(self.badges.values(), key=lambda badge: polish_sort_key(badge.name))


@dataclass(frozen=True, slots=True)
class _Search:
    """The list narrowed to what is wanted."""

    scope: Scope
    filter: ListFilter

    @property
    def actor(self) -> Actor:
        return self.scope.actor

    @property
    def givers(self) -> frozenset[int]:
        named = frozenset(self.scope.badges)
        return named & {self.filter.other} if self.filter.other else named


class _Shown(NamedTuple):
    """Values in force of an own record, as the list needs them."""

    record_id: int
    record__uuid: UUID
    record__local_id: str
    last_name: str
    first_name: str
    birth_date: date | None
    place: str
    street: str
    house: str
    flat: str
    status: str
    status_from: date | None
    worker: str


class _Common(NamedTuple):
    """That an own record is of somebody whom another institution serves."""

    record_id: int
    other_id: int
    person_id: UUID
    since: datetime
    since_generation: int


def list_scope(actor: Actor, *, day: date) -> Scope:
    """What the actor's list can hold on the day."""
    grants = access.grants_to(actor.institution_id, day)
    named = sharing.identifying(grants)
    return Scope(
        actor=actor,
        day=day,
        badges=institutions.badges_of(named) if named else {},
        agreements={
            grant.giver_id: grant.agreement_number
            for grant in reversed(grants)
            if Category.IDENTITY in grant.categories
        },
        state=states_of([actor.institution_id])[actor.institution_id],
    )


def common_clients(scope: Scope, wanted: ListFilter, *, page: str | None, per_page: int) -> Listing:
    """One page of the list; a page number out of range gives the nearest page."""
    search = _Search(scope, wanted)
    order = in_order(_matching(search), wanted.sort, search.givers)
    shown = Paginator(range(order.total), per_page).get_page(page)
    places = range(order.total)[(shown.number - 1) * per_page : shown.number * per_page]
    ids = records(order, places.start, places.stop)
    return Listing(page=shown, rows=tuple(_rows(search, ids)), scope=scope, filter=wanted)


def export_rows(scope: Scope, wanted: ListFilter) -> list[ListRow]:
    """All rows of the list in its order."""
    search = _Search(scope, wanted)
    order = in_order(_matching(search), wanted.sort, search.givers)
    ids = records(order, 0, order.total)
    rows: list[ListRow] = []
    for start in range(0, len(ids), 500):  # SQLite takes 999 parameters in one statement
        rows.extend(_rows(search, ids[start : start + 500]))
    return rows


def communes_in_list(scope: Scope) -> list[str]:
    """TERYT codes that occur among the actor's common clients."""
    clients = CommonClient.objects.visible_to(scope.actor).served_by(scope.badges).exclude(teryt="")
    return list(clients.order_by("teryt").values_list("teryt", flat=True).distinct())


def _matching(search: _Search) -> CommonClientQuerySet:
    """Rows of common clients that fit the filter: one per person and other institution."""
    wanted = search.filter
    clients = CommonClient.objects.visible_to(search.actor).served_by(search.givers)
    if wanted.text:
        clients = _searched(clients, search.actor, wanted.text)
    if wanted.records is not None:
        clients = clients.filter(record_id__in=wanted.records)
    if wanted.mine:
        clients = clients.filter(worker__in=_own_names(search.actor))
    if wanted.new:
        clients = clients.filter(since_generation__gte=search.scope.state.generation)
    if wanted.commune:
        clients = clients.filter(teryt=wanted.commune)
    if wanted.status:
        clients = clients.filter(status=wanted.status)
    return clients


def _searched(clients: CommonClientQuerySet, actor: Actor, text: str) -> CommonClientQuerySet:
    if looks_like_number(text):
        return clients.filter(record_id__in=records_numbered(actor, text))
    return common_named_like(clients, actor.institution_id, text)


def _own_names(actor: Actor) -> frozenset[str]:
    """The names under which the register may mention the reader, family name last or first."""
    names = institutions.names_at_work(actor.user_id, actor.institution_id)
    turned = {" ".join([*parts[1:], parts[0]]) for parts in map(str.split, names) if parts}
    turned |= {" ".join([parts[-1], *parts[:-1]]) for parts in map(str.split, names) if parts}
    return names | turned


def _rows(search: _Search, ids: Sequence[int]) -> list[ListRow]:
    """What the list says of the people with these own records, in their order; two queries."""
    scope = search.scope
    versions = (
        RecordVersion.objects.visible_to(scope.actor)
        .in_generation(scope.state.generation)
        .filter(record_id__in=ids)
        .values_list(*_Shown.__annotations__)
    )
    values = {shown.record_id: shown for shown in (_Shown(*row) for row in versions)}
    common: dict[int, list[_Common]] = defaultdict(list)
    served = CommonClient.objects.visible_to(scope.actor).served_by(scope.badges).filter(record_id__in=ids)
    for row in served.order_by("other_id").values_list(*_Common.__annotations__):
        one = _Common(*row)
        common[one.record_id].append(one)
    return [_row(search, values[pk], common[pk]) for pk in ids if pk in values and pk in common]


def _row(search: _Search, own: _Shown, common: Sequence[_Common]) -> ListRow:
    """A person with the day since when it is common: the newest by an institution that the list is about."""
    newest = max(
        (one for one in common if one.other_id in search.givers), key=lambda one: (one.since, -one.other_id)
    )
    return ListRow(
        uuid=own.record__uuid,
        person=newest.person_id,
        last_name=own.last_name,
        first_name=own.first_name,
        birth_date=own.birth_date,
        local_id=own.record__local_id,
        address=address_line(own.place, own.street, own.house, own.flat),
        status=LABELS.get(own.status, ""),
        status_from=own.status_from,
        worker=own.worker,
        since=newest.since,
        is_new=newest.since_generation >= search.scope.state.generation,
        others=tuple(search.scope.badges[one.other_id] for one in common),
    )


def address_of(version: RecordVersion) -> str:
    """The address in one line, as on an envelope turned round: place, street, house and flat."""
    return address_line(version.place, version.street, version.house, version.flat)


def address_line(place: str, street: str, house: str, flat: str) -> str:
    """As `address_of`, of its parts."""
    number = f"{house}/{flat}" if flat else house
    if not street:
        return f"{place} {number}".strip()  # a village without streets: "Ulim 21"
    return ", ".join(part for part in (place, f"{street} {number}".strip()) if part)
