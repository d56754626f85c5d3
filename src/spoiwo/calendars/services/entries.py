"""Entries: pushed by other contexts, or planned by people for their own institution."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action
from spoiwo.audit.types import Entry as LogEntry
from spoiwo.calendars import policies
from spoiwo.calendars.errors import EndsBeforeStart, EntryNotFound
from spoiwo.calendars.models import Entry, Group, GroupMember
from spoiwo.calendars.types import EntryDetails
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid

DOMAIN = "spoiwo"
SHOWN = ("title", "description", "place", "url", "starts_at", "ends_at", "is_all_day", "is_cancelled")


@transaction.atomic
def push_entry(details: EntryDetails, *, at: datetime) -> Entry:
    """Put an entry in, or bring it up to date; its sequence rises only when a reader would see a difference.

    Raises EndsBeforeStart.
    """
    if details.ends_at < details.starts_at:
        raise EndsBeforeStart(details.source)
    group = _group(details.group)
    values = {name: getattr(details, name) for name in SHOWN}
    entry = Entry.objects.select_for_update().filter(source=details.source).first()
    if entry is None:
        entry = Entry(source=details.source, uid=f"{details.source.rpartition(':')[2]}@{DOMAIN}")
    elif any(getattr(entry, name) != value for name, value in values.items()):
        entry.sequence += 1
    for name, value in values.items():
        setattr(entry, name, value)
    entry.group, entry.institution_id, entry.is_public = group, details.institution_id, details.is_public
    entry.owner_id = details.owner_id
    entry.changed_at = at
    entry.save()
    return entry


@transaction.atomic
def withdraw_entry(source: str) -> None:
    """Take an entry out for good, as if it had never been there."""
    Entry.objects.filter(source=source).delete()


@transaction.atomic
def set_group(key: str, *, name: str, institution_ids: Iterable[int]) -> None:
    """Say which institutions share a calendar; those not named see it no longer."""
    group, _ = Group.objects.update_or_create(key=key, defaults={"name": name})
    wanted = set(institution_ids)
    present = set(GroupMember.objects.filter(group=group).values_list("institution_id", flat=True))
    GroupMember.objects.filter(group=group, institution_id__in=present - wanted).delete()
    GroupMember.objects.bulk_create(
        GroupMember(group=group, institution_id=pk) for pk in sorted(wanted - present)
    )


@transaction.atomic
def plan_entry(details: EntryDetails, *, entry_id: int | None = None, at: datetime, by: Actor) -> Entry:
    """Write an entry of the own institution's calendar; its source and institution are set here, and an own
    appointment is always the actor's.

    Raises EntryNotFound for entries that are not the own institution's, and EndsBeforeStart.
    """
    if not policies.may_write(by):
        raise EntryNotFound(str(entry_id))
    source = f"{policies.OWN}{new_uuid()}" if entry_id is None else _own(entry_id, by).source
    entry = push_entry(
        EntryDetails(
            source=source,
            institution_id=by.institution_id,
            **{name: getattr(details, name) for name in SHOWN},
            owner_id=details.owner_id and by.user_id,
            is_public=details.is_public and not details.owner_id,
        ),
        at=at,
    )
    _record(entry, "planned", by)
    return entry


@transaction.atomic
def cancel_entry(*, entry_id: int, at: datetime, by: Actor) -> None:
    """Strike an own entry out; calendars that follow the feed show it as cancelled. Raises EntryNotFound."""
    entry = _own(entry_id, by)
    entry.is_cancelled, entry.sequence, entry.changed_at = True, entry.sequence + 1, at
    entry.save(update_fields=["is_cancelled", "sequence", "changed_at"])
    _record(entry, "cancelled", by)


def _own(entry_id: int, by: Actor) -> Entry:
    entry = Entry.objects.visible_to(by).select_for_update().filter(pk=entry_id).first()
    if entry is None or not policies.may_change(by, entry):
        raise EntryNotFound(str(entry_id))
    return entry


def _group(key: str) -> Group | None:
    return Group.objects.get_or_create(key=key, defaults={"name": key})[0] if key else None


def _record(entry: Entry, outcome: str, by: Actor) -> None:
    audit.append(
        LogEntry(
            institution_id=by.institution_id,
            action=Action.CALENDAR_CHANGED,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=f"calendar_entry:{entry.pk}",
            outcome=outcome,
        )
    )
