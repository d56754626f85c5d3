"""Writing entries down, confirming and withdrawing them."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.catalogue import policies
from spoiwo.catalogue.errors import FewerThanTaken, NoSuchPlace, NotYourPlace, UnknownUnit
from spoiwo.catalogue.models import Place, PlaceArea, PlaceGroup
from spoiwo.catalogue.queries.finding import details_of
from spoiwo.catalogue.types import PlaceDetails
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import polish_sort_key, search_key
from spoiwo.territory import queries as territory
from spoiwo.toolkit.conflicts import Conflict, differences

LONGEST_SORT, LONGEST_SEARCH = 400, 1500


@transaction.atomic
def add_place(details: PlaceDetails, *, today: date, by: Actor, institution_id: int = 0) -> Place:
    """Write an entry down, confirmed today. institution_id: whose place it is, the own one's unless named.

    Raises NotYourPlace, UnknownUnit, FewerThanTaken.
    """
    owner = institution_id or by.institution_id
    if not policies.keeps_places(by) or (owner != by.institution_id and not policies.may_keep_for_others(by)):
        raise NotYourPlace
    _check(details, taken=0, today=today)
    row = Place(
        institution_id=owner, keeper_id=by.institution_id, confirmed_on=today, confirmed_by_id=by.user_id
    )
    _write(row, details, by)
    row.save()
    _write_parts(row, details)
    _record(row, by)
    return row


@transaction.atomic
def change_place(uuid: UUID, details: PlaceDetails, *, seen_version: int, today: date, by: Actor) -> Place:
    """Write down what is true now; changing an entry confirms it.

    Raises NoSuchPlace, NotYourPlace, UnknownUnit, FewerThanTaken, and Conflict when somebody saved it meanwhile.
    """
    row = kept(uuid, by)
    if row.version != seen_version:
        raise Conflict(
            differences(_comparable(details), _comparable(details_of(row))),
            version=row.version,
            saved_by_user_id=row.changed_by_id or 0,
            saved_at=row.changed_at,
        )
    _check(details, taken=row.taken_by_referrals, today=today)
    _write(row, details, by)
    row.confirmed_on, row.confirmed_by_id = today, by.user_id
    row.version += 1
    row.save()
    row.groups.all().delete()
    row.areas.all().delete()
    _write_parts(row, details)
    _record(row, by)
    return row


@transaction.atomic
def confirm_places(*, today: date, by: Actor, uuids: Collection[UUID] = ()) -> int:
    """Say that entries are still right: those named, or all of the own institution's; how many."""
    rows = Place.objects.kept_by(by).listed().select_for_update(of=("self",))
    if uuids:
        rows = rows.filter(uuid__in=uuids)
    ids = [row.pk for row in rows.order_by("pk")]
    if not ids:
        return 0
    Place.objects.filter(pk__in=ids).update(confirmed_on=today, confirmed_by_id=by.user_id)
    audit.append(_entry(by, "places:confirmed", len(ids)))
    return len(ids)


@transaction.atomic
def set_taken(uuid: UUID, *, taken_elsewhere: int, today: date, by: Actor) -> Place:
    """Say how many places are taken by people who came another way; confirms the entry. Raises FewerThanTaken."""
    row = kept(uuid, by)
    if row.places_total is not None and taken_elsewhere + row.taken_by_referrals > row.places_total:
        raise FewerThanTaken(taken_elsewhere + row.taken_by_referrals)
    row.taken_elsewhere = taken_elsewhere
    row.confirmed_on, row.confirmed_by_id, row.changed_by_id = today, by.user_id, by.user_id
    row.version += 1
    row.save()
    _record(row, by)
    return row


@transaction.atomic
def withdraw_place(uuid: UUID, *, today: date, by: Actor) -> Place:
    """Take an entry out of the catalogue; what points to it stays. Raises NoSuchPlace, NotYourPlace."""
    row = kept(uuid, by)
    row.withdrawn_on = today
    row.changed_by_id = by.user_id
    row.version += 1
    row.save()
    _record(row, by)
    return row


def kept(uuid: UUID, by: Actor) -> Place:
    """An entry that the actor answers for, locked. Raises NoSuchPlace, NotYourPlace."""
    row = Place.objects.listed().select_for_update(of=("self",)).filter(uuid=uuid).first()
    if row is None:
        raise NoSuchPlace(str(uuid))
    if not policies.keeps(by, institution_id=row.institution_id, keeper_id=row.keeper_id):
        raise NotYourPlace(str(uuid))
    return row  # type: ignore[no-any-return]


def refresh_search(row: Place) -> None:
    """Keys of an entry from what it says now."""
    office = institutions.badges_of([row.institution_id])[row.institution_id].name
    text = f"{row.name} {office} {row.about} {row.conditions}"
    row.sort_key = polish_sort_key(row.name)[:LONGEST_SORT]
    row.search_key = search_key(text)[:LONGEST_SEARCH]


def _check(details: PlaceDetails, *, taken: int, today: date) -> None:
    codes = {details.teryt, *details.areas} - {""}
    unknown = sorted(codes - set(territory.names_of(codes, today)))
    if unknown:
        raise UnknownUnit(unknown[0])
    if details.places_total is not None and details.places_total < details.taken_elsewhere + taken:
        raise FewerThanTaken(details.taken_elsewhere + taken)


def _write(row: Place, details: PlaceDetails, by: Actor) -> None:
    for name, value in asdict(details).items():
        if name not in {"groups", "areas"}:
            setattr(row, name, value)
    row.changed_by_id = by.user_id
    refresh_search(row)


def _write_parts(row: Place, details: PlaceDetails) -> None:
    PlaceGroup.objects.bulk_create(PlaceGroup(place=row, group=one) for one in sorted(details.groups))
    PlaceArea.objects.bulk_create(PlaceArea(place=row, teryt=one) for one in sorted(details.areas))


def _comparable(details: PlaceDetails) -> Mapping[str, object]:
    return {**asdict(details), "groups": sorted(details.groups), "areas": sorted(details.areas)}


def _record(row: Place, by: Actor) -> None:
    audit.append(_entry(by, f"place:{row.uuid}", 1))


def _entry(by: Actor, ref: str, count: int) -> Entry:
    return Entry(
        institution_id=by.institution_id,
        action=Action.OTHER,
        actor_user_id=by.user_id,
        institution_acting_id=by.institution_id,
        object_ref=ref,
        count=count,
    )
