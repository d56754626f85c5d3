"""Background work of the context."""

from datetime import timedelta

from django.utils import timezone

from spoiwo.partnership.services import invitations, outbox, reminding
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat

DIGEST_JOB = "partnership.digest"


@job(invitations.MAIL_INVITATIONS)
def mail_invitations(*, meeting_id: int) -> None:
    """Write letters to the guests of a meeting and send them."""
    invitations.queue_invitations(meeting_id=meeting_id, at=timezone.now())
    outbox.send_waiting()


@job(outbox.SEND_JOB)
def send_mail() -> None:
    """Send what waits in the outbox."""
    outbox.send_waiting()


@job(DIGEST_JOB)
def digest() -> None:
    """Tell everybody concerned about deadlines, once a step."""
    reminding.queue_digests(today=timezone.localdate(), at=timezone.now())
    outbox.send_waiting()


repeat(outbox.SEND_JOB, every=timedelta(minutes=1))
repeat(DIGEST_JOB, every=timedelta(hours=6))
