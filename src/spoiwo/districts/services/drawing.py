"""Drawing districts: districts, their ranges of addresses, their workers, and working by another's districts."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from spoiwo.districts import policies
from spoiwo.districts.errors import (
    BadRange,
    CodeTaken,
    EndsBeforeStart,
    NoSuchRow,
    NotAColleague,
    NotYours,
)
from spoiwo.districts.models import AddressRange, District, Duty
from spoiwo.districts.rules import drawing as rules
from spoiwo.districts.rules.addresses import place_key, street_key
from spoiwo.districts.services.log import record
from spoiwo.districts.types import Fault, Parity, RangeDetails
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.conflicts import Conflict, differences

DAY = timedelta(days=1)


@transaction.atomic
def add_district(*, code: str, name: str, partner_id: int | None = None, by: Actor) -> District:
    """A new district of the own institution. Raises NotYours, CodeTaken.

    partner_id: an institution that is asked to work by the district too.
    """
    if not policies.keeps_districts(by):
        raise NotYours
    try:
        with transaction.atomic():
            made = District.objects.create(
                institution_id=by.institution_id,
                code=code.strip(),
                name=name.strip(),
                partner_id=partner_id,
                changed_by_user_id=by.user_id,
            )
    except IntegrityError:
        raise CodeTaken(code) from None
    record(by, "district", made.uuid)
    return made


@transaction.atomic
def change_district(
    uuid: UUID, *, values: Mapping[str, object], version: int, overwrite: bool = False, by: Actor
) -> District:
    """Change code, name or partner of a district.

    Raises NoSuchRow, CodeTaken, and Conflict when somebody saved other values meanwhile.
    """
    row = _own(uuid, by)
    saved = {name: getattr(row, name) for name in values}
    if row.version != version and not overwrite:
        raise Conflict(
            differences(values, saved),
            version=row.version,
            saved_by_user_id=row.changed_by_user_id,
            saved_at=row.changed_at,
        )
    if "partner_id" in values and values["partner_id"] != row.partner_id:
        row.partner_accepted_on = None
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.changed_by_user_id = by.user_id
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise CodeTaken(str(values.get("code"))) from None
    record(by, "district", uuid)
    return row


@transaction.atomic
def accept_district(uuid: UUID, *, on: date, by: Actor) -> District:
    """Agree, for the partner, to work by a district. Raises NoSuchRow, NotYours."""
    row = District.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise NoSuchRow(str(uuid))
    if row.partner_id != by.institution_id or not policies.keeps_districts(by):
        raise NotYours
    if row.partner_accepted_on is None:
        row.partner_accepted_on = on
        row.save(update_fields=["partner_accepted_on"])
        record(by, "district", uuid, outcome="accepted")
    return row


@transaction.atomic
def add_range(uuid: UUID, details: RangeDetails, *, by: Actor) -> AddressRange:
    """Give a district more addresses. Raises NoSuchRow, BadRange (also for ground that is another district's)."""
    row = _own(uuid, by)
    made, _is_new = write_range(row, details)
    record(by, "district", uuid)
    return made


def write_range(district: District, details: RangeDetails) -> tuple[AddressRange, bool]:
    """Write a range down when it can be; the same ground from the same day again is the row there is.

    Answers the row and whether anything was written. Raises BadRange.
    """
    faults = rules.faults_of(details)
    if faults:
        raise BadRange(faults)
    wanted = rules.key_of(details)
    for known in AddressRange.objects.filter(
        district__institution_id=district.institution_id,
        teryt=details.teryt,
        street_key=street_key(details.street),
    ).order_by("pk"):
        if rules.key_of(details_of(known)) != wanted:
            continue
        if known.district_id == district.pk and known.valid_from == details.valid_from:
            return _ended_as(known, details.valid_to)
        if rules.is_same_time(details.valid_from, details.valid_to, known.valid_from, known.valid_to):
            raise BadRange([("valid_from", Fault.TWICE)])
    made = AddressRange.objects.create(
        district=district,
        teryt=details.teryt,
        place=details.place,
        street=details.street,
        place_key=place_key(details.place),
        street_key=street_key(details.street),
        parity=details.parity,
        first_house=details.first_house.upper(),
        last_house=details.last_house.upper(),
        valid_from=details.valid_from,
        valid_to=details.valid_to,
    )
    return made, True


def details_of(row: AddressRange) -> RangeDetails:
    """A range as people write it."""
    return RangeDetails(
        teryt=row.teryt,
        place=row.place,
        street=row.street,
        parity=Parity(row.parity),
        first_house=row.first_house,
        last_house=row.last_house,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


@transaction.atomic
def end_range(range_id: int, *, last_day: date, by: Actor) -> District:
    """Take addresses out of a district after a day; the past stays. Raises NoSuchRow, EndsBeforeStart."""
    row = AddressRange.objects.select_for_update().filter(pk=range_id).first()
    if row is None:
        raise NoSuchRow(str(range_id))
    district = _own(row.district.uuid, by)
    if last_day < row.valid_from:
        raise EndsBeforeStart
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    record(by, "district", district.uuid)
    return district


@transaction.atomic
def name_worker(uuid: UUID, *, user_id: int | None = None, name: str = "", since: date, by: Actor) -> Duty:
    """Say who serves a district for the own institution from a day on; whoever did until then does no more.

    user_id: an account of the own institution; name: somebody without one.
    Raises NoSuchRow, NotYours, NotAColleague, EndsBeforeStart when a later worker is named already.
    """
    district = District.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if district is None:
        raise NoSuchRow(str(uuid))
    if not policies.may_name_worker(by, district):
        raise NotYours
    made = write_duty(district, by.institution_id, user_id=user_id, name=name, since=since)
    record(by, "district", uuid, outcome="worker")
    return made


def write_duty(
    district: District, institution_id: int, *, user_id: int | None, name: str, since: date
) -> Duty:
    """Write the worker of a district down. Raises NotAColleague, EndsBeforeStart."""
    if user_id is not None:
        staff = institutions.staff_of(institution_id)
        if user_id not in staff:
            raise NotAColleague(str(user_id))
        name = staff[user_id]
    former: Duty | None = (
        Duty.objects.select_for_update()
        .filter(district=district, institution_id=institution_id)
        .not_over(since)
        .order_by("-valid_from")
        .first()
    )
    if former is not None:
        if (former.user_id, former.worker_name) == (user_id, name):
            return former
        if former.valid_from > since:
            raise EndsBeforeStart
        if former.valid_from == since:
            former.user_id, former.worker_name = user_id, name
            former.save(update_fields=["user", "worker_name"])
            return former
        former.valid_to = since - DAY
        former.save(update_fields=["valid_to"])
    return Duty.objects.create(
        district=district, institution_id=institution_id, user_id=user_id, worker_name=name, valid_from=since
    )


def _own(uuid: UUID, by: Actor) -> District:
    row = District.objects.kept_by(by).select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise NoSuchRow(str(uuid))
    return row


def _ended_as(known: AddressRange, valid_to: date | None) -> tuple[AddressRange, bool]:
    if known.valid_to == valid_to:
        return known, False
    known.valid_to = valid_to
    known.save(update_fields=["valid_to"])
    return known, True
