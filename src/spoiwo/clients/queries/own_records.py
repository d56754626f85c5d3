"""Own records as those who work with them know them: who is meant, and everything the own register says."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from spoiwo.clients.models import IdentityDecision, NeverSame, RecordVersion, SourceRecord
from spoiwo.clients.querysets import (
    IdentityDecisionQuerySet,
    about_nobody_hidden,
    hidden_people,
    hidden_records,
    lives_in_area,
    within_sight,
)
from spoiwo.clients.rules.clusters import in_order
from spoiwo.clients.types import DecisionKind
from spoiwo.kernel.actor import Actor

OwnVersion = RecordVersion  # for contexts that show it
OwnRecord = SourceRecord
OwnDecision = IdentityDecision
HOUSEHOLD_SHOWN = 12

__all__ = [
    "OwnDecision",
    "OwnName",
    "OwnRecord",
    "OwnVersion",
    "about_nobody_hidden",
    "decisions",
    "hidden_people",
    "hidden_records",
    "household_of",
    "linked_unattended",
    "lives_in_area",
    "own_names",
    "own_record",
    "own_version",
    "parted_from",
    "within_sight",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnName:
    """Who an own record is about."""

    record: int
    uuid: UUID
    local_id: str
    first_name: str
    last_name: str
    birth_date: date | None


def own_names(actor: Actor, records: Collection[int]) -> dict[int, OwnName]:
    """Names of own records that the register in force holds and the actor may see; others are left out."""
    rows = (
        RecordVersion.objects.visible_to(actor)
        .current()
        .filter(record__in=records)
        .values_list("record_id", "record__uuid", "record__local_id", "first_name", "last_name", "birth_date")
    )
    return {
        row[0]: OwnName(
            record=row[0],
            uuid=row[1],
            local_id=row[2],
            first_name=row[3],
            last_name=row[4],
            birth_date=row[5],
        )
        for row in rows
    }


def own_version(actor: Actor, record: int) -> RecordVersion | None:
    """Values in force of an own record, None when out of the actor's reach or gone."""
    rows = RecordVersion.objects.visible_to(actor).current().filter(record=record)
    return rows.select_related("record").first()


def own_record(actor: Actor, uuid: UUID) -> SourceRecord | None:
    """An own record by its public id."""
    return SourceRecord.objects.visible_to(actor).filter(uuid=uuid).first()


def household_of(actor: Actor, version: RecordVersion) -> list[RecordVersion]:
    """The other members of the household in the own register, then those at the same address.

    Not every register numbers households. An address where more people live than are shown is no home.
    """
    others = (
        RecordVersion.objects.visible_to(actor)
        .current()
        .filter(institution_id=version.institution_id)
        .exclude(record=version.record_id)
        .select_related("record")
        .order_by("birth_date", "sort_key", "pk")
    )
    found: list[RecordVersion] = []
    if version.household_id:
        found += others.filter(household_id=version.household_id)[:HOUSEHOLD_SHOWN]
    if version.place and version.house:
        address = {name: getattr(version, name) for name in ("place", "street", "house", "flat")}
        # In no order, so that the database goes by the address and not through all dates of birth.
        near = list(others.filter(**address).order_by()[: HOUSEHOLD_SHOWN + 1])
        known = {one.pk for one in found}
        if len(near) <= HOUSEHOLD_SHOWN:
            found += sorted((one for one in near if one.pk not in known), key=_by_age)
    return found[:HOUSEHOLD_SHOWN]


def _by_age(one: RecordVersion) -> tuple[date, str, int]:
    return one.birth_date or date.max, one.sort_key, one.pk


def decisions(actor: Actor) -> IdentityDecisionQuerySet:
    """Identity decisions about own records, newest first, with the records as far as they may be seen."""
    seen = IdentityDecision.objects.visible_to(actor).select_related("left_record", "right_record")
    return seen.order_by("-decided_at", "-pk")


def linked_unattended(actor: Actor, institution: int, since: datetime, until: datetime) -> set[int]:
    """Records of an institution that links made by a rule joined between two moments, unless undone since."""
    links = IdentityDecision.objects.visible_to(actor).filter(
        decided_by_user_id=0,
        kind=DecisionKind.LINK,
        undone_at__isnull=True,
        decided_at__gte=since,
        decided_at__lte=until,
        institution_acting_id=institution,
    )
    ends = ("left_record", "left_record__institution", "right_record", "right_record__institution")
    return {
        record
        for left, left_at, right, right_at in links.values_list(*ends)
        for record, at in ((left, left_at), (right, right_at))
        if at == institution
    }


def parted_from(decision_id: UUID) -> list[tuple[int, int]]:
    """Pairs that a decision keeps apart, the smaller record id first."""
    rows = NeverSame.objects.filter(decision=decision_id).order_by("pk")
    return [in_order(left, right) for left, right in rows.values_list("left_record_id", "right_record_id")]
