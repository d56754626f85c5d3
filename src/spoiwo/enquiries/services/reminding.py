"""What happens by the clock: enquiries nobody waits for any more expire, and people hear that something waits.

A letter says how many things wait and where to sign in, and nothing else: no name, no number, no institution asked.
"""

import smtplib
from collections.abc import Iterable
from datetime import date, datetime

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from spoiwo.audit.types import Action
from spoiwo.enquiries.models import Enquiry, Nudge
from spoiwo.enquiries.queries.waiting import waiting_for
from spoiwo.enquiries.services.log import Step, record
from spoiwo.enquiries.types import WORKERS, EnquiryState
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for

JOB = "enquiries"  # the name the second wall knows
AT_ONCE = 200
logger = structlog.get_logger(__name__)


def expire(*, now: datetime, day: date) -> int:
    """Enquiries whose answer is a month late expire; answers how many."""
    done = 0
    with acting_for(0, job=JOB):
        due = list(Enquiry.objects.expired_on(day).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for pk in due:
        with acting_for(0, job=JOB), transaction.atomic():
            done += _expire_one(pk, now=now, day=day)
    return done


def _expire_one(pk: int, *, now: datetime, day: date) -> int:
    row = Enquiry.objects.expired_on(day).select_for_update().filter(pk=pk).first()
    if row is None:
        return 0
    row.state, row.settled_at = EnquiryState.EXPIRED, now
    row.version += 1
    row.save(update_fields=["state", "settled_at", "version"])
    step = Step(action=Action.ENQUIRY, what=f"enquiry:{row.uuid}", outcome=row.state)
    nobody = Actor(user_id=0, institution_id=0)
    record(step, chains=(row.institution_id, row.asked_id), by=nobody)
    return 1


def remind(*, day: date) -> int:
    """Tell those for whom something waits, once a day each; answers how many letters were sent."""
    return sum(_tell(worker, day) for worker in institutions.workers_with_roles(WORKERS, day))


def _tell(worker: institutions.Worker, day: date) -> int:
    actor = worker.actor
    with acting_for(actor.institution_id, user_id=actor.user_id):
        waiting = waiting_for(actor, day=day)
    return tell_once(worker, waiting.total, day=day)


def tell_once(worker: institutions.Worker, count: int, *, day: date) -> int:
    """Send a letter that so many things wait, unless none does or one was sent that day; how many letters went."""
    actor = worker.actor
    if not count:
        return 0
    row = {"user_id": actor.user_id, "institution_id": actor.institution_id, "day": day}
    if Nudge.objects.filter(**row).exists():
        return 0
    told = Nudge.objects.create(**row)
    try:
        _send(worker, count)
    except (smtplib.SMTPException, OSError) as error:
        logger.warning("nudge_not_sent", error=type(error).__name__)
        told.delete()
        return 0
    return 1


def _send(worker: institutions.Worker, count: int) -> None:
    with override(worker.language):
        lines: Iterable[str] = (
            ngettext("%(n)s thing waits for you in Spoiwo.", "%(n)s things wait for you in Spoiwo.", count)
            % {"n": count},
            _("Sign in to see it: %(address)s") % {"address": settings.PUBLIC_URL},
            _("This letter says nothing more on purpose: personal data are not sent by e-mail."),
        )
        subject = _("Something waits for you in Spoiwo")
        send_mail(subject, "\n\n".join(lines), None, [worker.email])
