"""Files of a meeting: presentations, drafts, annexes; with an item of the agenda or with the whole meeting."""

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.errors import NotFound
from spoiwo.partnership.models import MeetingFile
from spoiwo.partnership.rules import meetings as rules
from spoiwo.partnership.services.keeping_files import PAPERS, kept_file
from spoiwo.partnership.services.reaching import kept_meeting, record
from spoiwo.partnership.types import Attached, MeetingState


@transaction.atomic
def add_file(*, meeting_id: int, item_id: int | None = None, file: Attached, by: Actor) -> MeetingFile:
    """Keep a file with the meeting, or with one item. Raises NotFound, NotYours, WrongState, FileRefused."""
    meeting = kept_meeting(meeting_id, by)
    rules.check_writable(MeetingState(meeting.state))
    if item_id is not None and not meeting.items.filter(pk=item_id).exists():
        raise NotFound(str(item_id))
    name, digest = kept_file(file, kinds=PAPERS)
    made = MeetingFile.objects.create(
        meeting=meeting, item_id=item_id, name=name, sha256=digest, size=len(file.content)
    )
    record(meeting.body.agreement, made, "file_added", by)
    return made


@transaction.atomic
def remove_file(*, file_id: int, by: Actor) -> None:
    """Take a file off the meeting; after the minutes are approved nothing is taken off. Raises as `add_file`."""
    found = MeetingFile.objects.filter(pk=file_id).first()
    if found is None:
        raise NotFound(str(file_id))
    meeting = kept_meeting(found.meeting_id, by)
    rules.check_writable(MeetingState(meeting.state))
    record(meeting.body.agreement, found, "file_removed", by)
    found.delete()
