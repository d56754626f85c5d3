"""Secret addresses of calendars: made, read, revoked. Only a hash of the key is kept."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.calendars import policies
from spoiwo.calendars.errors import EntryNotFound
from spoiwo.calendars.models import Feed
from spoiwo.kernel.actor import Actor


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def make_feed(*, name: str, at: datetime, by: Actor) -> str:
    """Make a secret address; answers its key, which cannot be shown again. Raises EntryNotFound."""
    if not policies.may_write(by):
        raise EntryNotFound(name)
    key = secrets.token_urlsafe(32)
    feed = Feed.objects.create(
        key_sha256=digest_of(key), user_id=by.user_id, institution_id=by.institution_id, name=name, made_at=at
    )
    _record(feed, "feed_made", by)
    return key


@transaction.atomic
def revoke_feed(*, feed_id: int, at: datetime, by: Actor) -> None:
    """Close a secret address of one's own for good. Raises EntryNotFound."""
    feed = Feed.objects.visible_to(by).select_for_update().filter(pk=feed_id, revoked_at__isnull=True).first()
    if feed is None:
        raise EntryNotFound(str(feed_id))
    feed.revoked_at = at
    feed.save(update_fields=["revoked_at"])
    _record(feed, "feed_revoked", by)


def note_reading(feed: Feed, *, at: datetime) -> None:
    """Remember that a program asked, to the hour: calendars ask every few minutes."""
    if feed.last_read_at is None or (at - feed.last_read_at).total_seconds() > 3600:
        Feed.objects.filter(pk=feed.pk).update(last_read_at=at)


def _record(feed: Feed, outcome: str, by: Actor) -> None:
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=Action.CALENDAR_CHANGED,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=f"calendar_feed:{feed.pk}",
            outcome=outcome,
        )
    )
