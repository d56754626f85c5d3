"""Own common clients as choosing them by criteria sees them: status, and what the own register tells of some kinds."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from spoiwo.clients.models import CommonClient, Fact, RecordVersion
from spoiwo.clients.queries.listing import list_scope
from spoiwo.clients.types import FactKind
from spoiwo.kernel.actor import Actor

SEALED = "tak"  # stands for the value of a sensitive fact: that there is one is enough here


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonNow:
    """A common client in the own register. facts: (kind, value) of the kinds asked for that hold on the day."""

    record: int
    status: str
    status_from: date | None
    facts: tuple[tuple[str, str], ...]


def common_now(actor: Actor, *, kinds: Collection[FactKind], day: date) -> list[CommonNow]:
    """Every common client within the actor's reach whom somebody else serves under an agreement; three queries."""
    common = CommonClient.objects.visible_to(actor).served_by(list_scope(actor, day=day).badges)
    is_common = Exists(common.filter(record_id=OuterRef("record_id")))
    told: dict[int, list[tuple[str, str]]] = defaultdict(list)
    facts = Fact.objects.visible_to(actor).current().valid_on(day).filter(is_common, kind__in=sorted(kinds))
    for record, kind, value, tier_value in facts.order_by("record_id", "pk").values_list(
        "record_id", "kind", "value", "value_sealed"
    ):
        told[record].append((kind, value or (SEALED if tier_value else "")))
    versions = RecordVersion.objects.visible_to(actor).current().filter(is_common)
    rows = versions.order_by("sort_key", "record_id").values_list("record_id", "status", "status_from")
    return [
        CommonNow(record=record, status=status, status_from=since, facts=tuple(told[record]))
        for record, status, since in rows
    ]
