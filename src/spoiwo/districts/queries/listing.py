"""Districts as those who keep and use them see them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from spoiwo.districts.models import AddressRange, Assignment, District, Duty, RangeImport
from spoiwo.districts.queries.registers import workers_on
from spoiwo.districts.types import Worker
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Badge
from spoiwo.kernel.actor import Actor
from spoiwo.territory import queries as territory


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictRow:
    """A line of the list of districts."""

    district: District
    is_own: bool
    ranges: int
    clients: int
    worker: Worker | None
    partner: Badge | None  # the other institution of a shared district
    partner_worker: Worker | None


def districts(actor: Actor, day: date) -> list[DistrictRow]:
    """Districts of the own institution and those shared with it, by code."""
    rows = list(District.objects.visible_to(actor))
    in_force = AddressRange.objects.in_force(day).filter(district__in=rows)
    counted = dict(in_force.values_list("district_id").annotate(n=Count("pk")))
    clients = clients_by_district(actor)
    workers = workers_on(day, districts=[row.pk for row in rows])
    others = {row.pk: _other(row, actor) for row in rows}
    badges = institutions.badges_of({pk for pk in others.values() if pk is not None})
    return [
        DistrictRow(
            district=row,
            is_own=row.institution_id == actor.institution_id,
            ranges=counted.get(row.pk, 0),
            clients=clients.get(row.pk, 0),
            worker=workers.get((row.pk, actor.institution_id)),
            partner=badges.get(others[row.pk] or 0),
            partner_worker=workers.get((row.pk, others[row.pk] or 0)),
        )
        for row in sorted(rows, key=lambda one: _natural(one.code))
    ]


def _natural(code: str) -> tuple[int, str]:
    """2 before 10."""
    digits = "".join(character for character in code if character.isdigit())
    return int(digits or 0), code


def _other(row: District, actor: Actor) -> int | None:
    return row.partner_id if row.institution_id == actor.institution_id else row.institution_id


def district(actor: Actor, uuid: UUID) -> District | None:
    """A district in sight."""
    return (
        District.objects.visible_to(actor).select_related("partner", "institution").filter(uuid=uuid).first()
    )


def ranges(of: District, day: date, *, over: bool = False) -> QuerySet[Any]:
    """Ranges of a district by place and street; those that are over only when wanted."""
    rows = AddressRange.objects.filter(district=of)
    wanted = rows.filter(valid_to__lt=day) if over else rows.not_over(day)
    ordered: QuerySet[Any] = wanted.order_by("teryt", "place_key", "street_key", "parity", "pk")
    return ordered


def range_of(actor: Actor, range_id: int) -> AddressRange | None:
    """A range of a district that the actor keeps."""
    rows = AddressRange.objects.filter(district__in=District.objects.kept_by(actor), pk=range_id)
    found: AddressRange | None = rows.select_related("district").first()
    return found


def duties(of: District) -> QuerySet[Any]:
    """Who served a district for whom, the latest first."""
    ordered: QuerySet[Any] = (
        Duty.objects.filter(district=of).select_related("institution").order_by("-valid_from", "-pk")
    )
    return ordered


def imports(actor: Actor) -> QuerySet[Any]:
    """Files of districts that were taken in, the latest first."""
    ordered: QuerySet[Any] = RangeImport.objects.visible_to(actor).order_by("-pk")
    return ordered


def clients_by_district(actor: Actor) -> dict[int, int]:
    """How many own clients live in each district now."""
    rows = Assignment.objects.visible_to(actor).filter(ends_on=None)
    return dict(rows.values_list("district_id").annotate(n=Count("pk")))


def unit_names(codes: Iterable[str], day: date) -> dict[str, str]:
    """Names of communes and counties."""
    return territory.names_of(sorted(set(codes)), day)


def written(rows: Iterable[AddressRange]) -> dict[str, str]:
    """How keys of places and streets are mostly written."""
    counted: dict[str, Counter[str]] = {}
    for row in rows:
        for key, text in ((row.place_key, row.place), (row.street_key, row.street)):
            if key:
                counted.setdefault(key, Counter())[text] += 1
    return {key: texts.most_common(1)[0][0] for key, texts in counted.items()}
