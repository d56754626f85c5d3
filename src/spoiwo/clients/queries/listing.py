"""The list of common clients: own values only, and of others nothing but the fact and their names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from spoiwo.access import queries as access
from spoiwo.access.types import Category
from spoiwo.clients.models import STATUS_CHOICES, CommonClient, RecordVersion, RegisterState
from spoiwo.clients.queries.counts import count_people
from spoiwo.clients.queries.searching import looks_like_number, named_like, records_numbered
from spoiwo.clients.querysets import CommonClientQuerySet
from spoiwo.clients.rules import sharing
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Badge
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import polish_sort_key

SORTS = ("name", "-name", "since", "-since", "status", "-status")
LABELS = dict(STATUS_CHOICES)
SHOWN = (
    *("record_id", "last_name", "first_name", "birth_date", "place", "street", "house", "flat"),
    *("status", "status_from", "worker"),
)


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


class _Counted(Paginator[Any]):
    """A paginator that was told the total, so that it need not count rows the slow way."""

    def __init__(self, rows: Any, per_page: int, total: int):
        super().__init__(rows, per_page)
        self._total = total

    @cached_property
    def count(self) -> int:
        return self._total


def list_scope(actor: Actor, *, day: date) -> Scope:
    """What the actor's list can hold on the day."""
    grants = access.grants_to(actor.institution_id, day)
    named = sharing.identifying(grants)
    state = RegisterState.objects.filter(pk=actor.institution_id).first()
    return Scope(
        actor=actor,
        day=day,
        badges=institutions.badges_of(named) if named else {},
        agreements={
            grant.giver_id: grant.agreement_number
            for grant in reversed(grants)
            if Category.IDENTITY in grant.categories
        },
        state=state or RegisterState(pk=actor.institution_id),
    )


def common_clients(scope: Scope, wanted: ListFilter, *, page: str | None, per_page: int) -> Listing:
    """One page of the list; a page number out of range gives the nearest page."""
    search = _Search(scope, wanted)
    total = count_people(_matching(search), search.givers)
    rows = _ordered(search).select_related("record")
    shown = _Counted(rows, per_page, total).get_page(page)
    return Listing(page=shown, rows=tuple(_rows(scope, list(shown.object_list))), scope=scope, filter=wanted)


def export_rows(scope: Scope, wanted: ListFilter) -> list[ListRow]:
    """All rows of the list in its order."""
    clients = list(_ordered(_Search(scope, wanted)).select_related("record"))
    rows: list[ListRow] = []
    for start in range(0, len(clients), 500):  # SQLite takes 999 parameters in one statement
        rows.extend(_rows(scope, clients[start : start + 500]))
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
        clients = clients.filter(_searched(search.actor, wanted.text))
    if wanted.mine:
        clients = clients.filter(worker__in=_own_names(search.actor))
    if wanted.new:
        clients = clients.filter(since_generation__gte=search.scope.state.generation)
    if wanted.commune:
        clients = clients.filter(teryt=wanted.commune)
    if wanted.status:
        clients = clients.filter(status=wanted.status)
    return clients


def _searched(actor: Actor, text: str) -> Q:
    if looks_like_number(text):
        return Q(record_id__in=records_numbered(actor, text))
    return named_like(text)


def _own_names(actor: Actor) -> frozenset[str]:
    """The names under which the register may mention the reader, family name last or first."""
    names = institutions.names_at_work(actor.user_id, actor.institution_id)
    turned = {" ".join([*parts[1:], parts[0]]) for parts in map(str.split, names) if parts}
    turned |= {" ".join([parts[-1], *parts[:-1]]) for parts in map(str.split, names) if parts}
    return names | turned


def _ordered(search: _Search) -> CommonClientQuerySet:
    """One row per person, in the order asked for; ties by name, then by age of the record."""
    clients = _matching(search)
    if len(search.givers) > 1:
        clients = clients.filter(~Exists(_preferred(search)))
    key = search.filter.sort
    descending = key.startswith("-")
    field = {"name": "sort_key", "since": "since", "status": "status_rank"}[key.lstrip("-")]
    if field == "status_rank":
        clients = clients.annotate(status_rank=_status_rank())
    order = f"-{field}" if descending else field
    return clients.order_by(order, *([] if field == "sort_key" else ["sort_key"]), "record_id")


def _preferred(search: _Search) -> CommonClientQuerySet:
    """Rows of the same person that stand for it before the outer one: the newest, then the lowest institution."""
    rivals = CommonClient.objects.filter(
        institution_id=search.actor.institution_id,
        record_id=OuterRef("record_id"),
        other_id__in=search.givers,
    )
    newer = Q(since__gt=OuterRef("since"))
    return rivals.filter(newer | Q(since=OuterRef("since"), other_id__lt=OuterRef("other_id")))


def _status_rank() -> Case:
    """Statuses in the alphabetical order of their names in the reader's language."""
    by_name = sorted(LABELS, key=lambda code: polish_sort_key(str(LABELS[code])))
    whens = [When(status=code.value, then=Value(rank)) for rank, code in enumerate(by_name)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


def _rows(scope: Scope, clients: Sequence[CommonClient]) -> list[ListRow]:
    ids = [client.record_id for client in clients]
    versions = {
        version.record_id: version
        for version in RecordVersion.objects.visible_to(scope.actor)
        .in_generation(scope.state.generation)
        .filter(record_id__in=ids)
        .only(*SHOWN)
    }
    served = CommonClient.objects.visible_to(scope.actor).served_by(scope.badges).filter(record_id__in=ids)
    others: dict[int, list[Badge]] = defaultdict(list)
    for record_id, other_id in served.order_by("other_id").values_list("record_id", "other_id"):
        others[record_id].append(scope.badges[other_id])
    return [
        _row(client, versions[client.record_id], tuple(others[client.record_id]), scope.state.generation)
        for client in clients
        if client.record_id in versions
    ]


def _row(client: CommonClient, version: RecordVersion, others: tuple[Badge, ...], generation: int) -> ListRow:
    return ListRow(
        uuid=client.record.uuid,
        person=client.person_id,
        last_name=version.last_name,
        first_name=version.first_name,
        birth_date=version.birth_date,
        local_id=client.record.local_id,
        address=address_of(version),
        status=LABELS.get(version.status, ""),  # type: ignore[call-overload]
        status_from=version.status_from,
        worker=version.worker,
        since=client.since,
        is_new=client.since_generation >= generation,
        others=others,
    )


def address_of(version: RecordVersion) -> str:
    """The address in one line, as on an envelope turned round: place, street, house and flat."""
    number = f"{version.house}/{version.flat}" if version.flat else version.house
    street = f"{version.street} {number}".strip() if version.street else number
    return ", ".join(part for part in (version.place, street) if part)
