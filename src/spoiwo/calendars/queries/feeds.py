"""Secret addresses asked for by programs."""

import hashlib
from datetime import date

from spoiwo.calendars.models import Feed
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Module
from spoiwo.kernel.actor import Actor


def feed_of_key(key: str) -> Feed | None:
    """The address behind a key, as long as it is not revoked."""
    digest = hashlib.sha256(key.encode()).hexdigest()
    return Feed.objects.filter(key_sha256=digest, revoked_at__isnull=True).select_related("user").first()


def actor_of_feed(feed: Feed, day: date) -> Actor | None:
    """For whom the feed is read; None when its owner no longer works there, or it has no calendar."""
    if not feed.user.is_active:
        return None
    actor = institutions.actor_for(feed.user, institution_id=feed.institution_id, day=day)
    if actor is None or actor.institution_id != feed.institution_id or not actor.uses(Module.CALENDAR):
        return None
    return actor


def has_feed(actor: Actor) -> bool:
    """Whether the actor's own program reads a calendar from here."""
    return Feed.objects.filter(
        user_id=actor.user_id, institution_id=actor.institution_id, revoked_at__isnull=True
    ).exists()
