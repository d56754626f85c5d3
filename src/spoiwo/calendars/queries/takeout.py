"""What an institution put into its calendar."""

from spoiwo.calendars.models import Entry
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.takeout import Takeout, same, takeout


def tables(actor: Actor) -> list[Takeout]:
    """Entries of the institution itself; people's own appointments are theirs."""
    entries = Entry.objects.visible_to(actor).filter(institution_id=actor.institution_id, owner__isnull=True)
    columns = ("uid", "title", "description", "place", "url", "starts_at", "ends_at")
    flags = ("is_all_day", "is_cancelled", "is_public")
    return [takeout("calendar", entries, same(*columns, *flags))]
