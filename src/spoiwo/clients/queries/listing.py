"""The list of common clients: own values only, and of others nothing but the fact and their names."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from spoiwo.access import queries as access
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
    """A page of the list and what stands around it.

    generation 0: no register of the own institution was brought in yet; givers empty: no agreement in force.
    """

    page: Page[Any]
    rows: tuple[ListRow, ...]
    givers: tuple[Badge, ...]
    agreements: dict[int, str]  # giver -> number of an agreement that gives identity
    generation: int
    as_of: date | None
    filter: ListFilter


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose list, under which agreements, narrowed how."""

    actor: Actor
    givers: frozenset[int]
    state: RegisterState
    filter: ListFilter


class _Counted(Paginator[Any]):
    """A paginator that was told the total, so that it need not count rows the slow way."""

    def __init__(self, rows: Any, per_page: int, total: int):
        super().__init__(rows, per_page)
        self._total = total

    @cached_property
    def count(self) -> int:
        return self._total


def common_clients(actor: Actor, wanted: ListFilter, *, day: date, page: object, per_page: int) -> Listing:
    """One page of the list; a page number out of range gives the nearest page."""
    scope, agreements = _scope(actor, wanted, day)
    total = count_people(_matching(scope), scope.givers)
    rows = _ordered(scope).select_related("record")
    shown = _Counted(rows, per_page, total).get_page(page)
    badges = institutions.badges_of(agreements)
    return Listing(
        page=shown,
        rows=tuple(_rows(scope, list(shown.object_list), badges)),
        givers=tuple(sorted(badges.values(), key=lambda badge: polish_sort_key(badge.name))),
        agreements=agreements,
        generation=scope.state.generation,
        as_of=scope.state.as_of,
        filter=wanted,
    )


def export_rows(actor: Actor, wanted: ListFilter, *, day: date) -> tuple[list[ListRow], dict[int, str]]:
    """All rows of the list in its order, and the agreements (giver -> number) that show them."""
    scope, agreements = _scope(actor, wanted, day)
    badges = institutions.badges_of(agreements)
    clients = list(_ordered(scope).select_related("record"))
    rows: list[ListRow] = []
    for start in range(0, len(clients), 500):  # SQLite takes 999 parameters in one statement
        rows.extend(_rows(scope, clients[start : start + 500], badges))
    return rows, agreements


def communes_in_list(actor: Actor, givers: Iterable[int]) -> list[str]:
    """TERYT codes that occur among the actor's common clients."""
    clients = CommonClient.objects.visible_to(actor).served_by(givers).exclude(teryt="")
    return list(clients.order_by("teryt").values_list("teryt", flat=True).distinct())


def _scope(actor: Actor, wanted: ListFilter, day: date) -> tuple[_Scope, dict[int, str]]:
    grants = access.grants_to(actor.institution_id, day)
    named = sharing.identifying(grants)
    agreements = {grant.giver_id: grant.agreement_number for grant in grants if grant.giver_id in named}
    givers = named & {wanted.other} if wanted.other else named
    state = RegisterState.objects.filter(pk=actor.institution_id).first()
    return _Scope(actor, givers, state or RegisterState(pk=actor.institution_id), wanted), agreements


def _matching(scope: _Scope) -> CommonClientQuerySet:
    """Rows of common clients that fit the filter: one per person and other institution."""
    wanted = scope.filter
    clients = CommonClient.objects.visible_to(scope.actor).served_by(scope.givers)
    if wanted.text:
        clients = clients.filter(_searched(scope.actor, wanted.text))
    if wanted.mine:
        clients = clients.filter(worker__in=_own_names(scope.actor))
    if wanted.new:
        clients = clients.filter(since_generation__gte=scope.state.generation)
    if wanted.commune:
        clients = clients.filter(teryt=wanted.commune)
    if wanted.status:
        clients = clients.filter(status=wanted.status)
    return clients


def _searched(actor: Actor, text: str) -> Q:
    if looks_like_number(text):
        return Q(record_id__in=records_numbered(actor, text))
    return named_like(text)


def _own_names(actor: Actor) -> set[str]:
    """The names under which the register may mention the reader, family name last or first."""
    names = institutions.names_at_work(actor.user_id, actor.institution_id)
    turned = {" ".join([*parts[1:], parts[0]]) for parts in map(str.split, names) if parts}
    turned |= {" ".join([parts[-1], *parts[:-1]]) for parts in map(str.split, names) if parts}
    return names | turned


def _ordered(scope: _Scope) -> CommonClientQuerySet:
    """One row per person, in the order asked for; ties by name, then by age of the record."""
    clients = _matching(scope)
    if len(scope.givers) > 1:
        clients = clients.filter(~Exists(_preferred(scope)))
    key = scope.filter.sort
    descending = key.startswith("-")
    field = {"name": "sort_key", "since": "since", "status": "status_rank"}[key.lstrip("-")]
    if field == "status_rank":
        clients = clients.annotate(status_rank=_status_rank())
    order = f"-{field}" if descending else field
    return clients.order_by(order, *([] if field == "sort_key" else ["sort_key"]), "record_id")


def _preferred(scope: _Scope) -> CommonClientQuerySet:
    """Rows of the same person that stand for it before the outer one: the newest, then the lowest institution."""
    rivals = CommonClient.objects.filter(
        institution_id=scope.actor.institution_id, record_id=OuterRef("record_id"), other_id__in=scope.givers
    )
    newer = Q(since__gt=OuterRef("since"))
    return rivals.filter(newer | Q(since=OuterRef("since"), other_id__lt=OuterRef("other_id")))


def _status_rank() -> Case:
    """Statuses in the alphabetical order of their names in the reader's language."""
    by_name = sorted(LABELS, key=lambda code: polish_sort_key(str(LABELS[code])))
    whens = [When(status=code.value, then=Value(rank)) for rank, code in enumerate(by_name)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


def _rows(scope: _Scope, clients: Sequence[CommonClient], badges: dict[int, Badge]) -> list[ListRow]:
    ids = [client.record_id for client in clients]
    versions = {
        version.record_id: version
        for version in RecordVersion.objects.visible_to(scope.actor).current().filter(record_id__in=ids)
    }
    served = CommonClient.objects.visible_to(scope.actor).served_by(badges).filter(record_id__in=ids)
    others: dict[int, list[Badge]] = defaultdict(list)
    for record_id, other_id in served.order_by("other_id").values_list("record_id", "other_id"):
        others[record_id].append(badges[other_id])
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
