"""The outbox: a letter is written down before it is handed over, and its Message-ID never changes.

SMTP cannot say "once and only once": when the platform is stopped between handing a letter over and writing that
down, nobody can know. Such a letter is marked uncertain and waits for a person; it is never sent twice by itself,
and it is never called sent.
"""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.errors import NotFound, WrongState
from spoiwo.partnership.models import Delivery, OutgoingMail
from spoiwo.partnership.rules.delivering import is_passing, wait_after
from spoiwo.partnership.rules.returned import read_returned
from spoiwo.partnership.services.reaching import check_keeper, record
from spoiwo.partnership.types import DeliveryState, MailState

logger = structlog.get_logger(__name__)
LEASE = timedelta(minutes=5)
IN_ONE_CONNECTION = 100
SEND_JOB = "partnership.send_mail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A letter to be put into the outbox; the same key is the same letter."""

    about: str
    key: str
    to: str
    subject: str
    text: str
    calendar: str = ""
    calendar_method: str = ""


def put(draft: Draft, *, at: datetime) -> int:
    """Put a letter in unless it is there; answers 1 when it is new."""
    mail = OutgoingMail(
        message_id=message_id_of(draft.key),
        about=draft.about,
        to=draft.to,
        subject=" ".join(draft.subject.split())[:250],
        text=draft.text,
        calendar=draft.calendar,
        calendar_method=draft.calendar_method,
        queued_at=at,
        next_try_at=at,
    )
    known = OutgoingMail.objects.filter(message_id=mail.message_id).exists()
    if not known:
        mail.save()
    return 0 if known else 1


def message_id_of(key: str) -> str:
    """The Message-ID of a letter, from its key and the domain it is sent from."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{key}@{domain}>"


def send_waiting(*, clock: Callable[[], datetime] = timezone.now) -> int:
    """Send what is due, a connection for every hundred letters; answers how many were handed over.

    May be stopped at any time and started again, by several workers at once.
    """
    note_interrupted(clock())
    sent = 0
    while batch := _due(clock()):
        connection = get_connection()
        with suppress(smtplib.SMTPException, OSError):
            connection.open()  # one connection for all; when it fails, each letter notes why
        for pk in batch:
            sent += _send_one(pk, connection, clock)
        connection.close()
    return sent


@transaction.atomic
def note_interrupted(now: datetime) -> int:
    """Letters whose sender vanished half way become uncertain; answers how many."""
    lost = list(
        OutgoingMail.objects.select_for_update().filter(state=MailState.SENDING, leased_until__lt=now)
    )
    for mail in lost:
        _settle(mail, MailState.UNSURE, now, problem="interrupted")
    return len(lost)


@transaction.atomic
def send_again(*, mail_id: int, at: datetime, by: Actor) -> None:
    """Decide that an uncertain, refused or returned letter goes out again. Raises NotFound, NotYours, WrongState."""
    mail = OutgoingMail.objects.select_for_update(of=("self",)).filter(pk=mail_id).first()
    delivery = Delivery.objects.visible_to(by).filter(mail_id=mail_id).first()
    if mail is None or delivery is None:
        raise NotFound(str(mail_id))
    check_keeper(delivery.communique.body.agreement, by)
    if mail.state not in (MailState.UNSURE, MailState.FAILED, MailState.BOUNCED):
        raise WrongState(mail.state)
    mail.state, mail.attempts, mail.next_try_at, mail.problem = MailState.QUEUED, 0, at, ""
    mail.save(update_fields=["state", "attempts", "next_try_at", "problem"])
    delivery.state, delivery.problem, delivery.changed_at = DeliveryState.QUEUED, "", at
    delivery.save(update_fields=["state", "problem", "changed_at"])
    record(delivery.communique.body.agreement, delivery, "sent_again", by)


@transaction.atomic
def note_bounce(*, message_id: str, problem: str, at: datetime) -> bool:
    """Write down that a letter came back; answers whether it is one of ours.

    One that somebody put into the outbox again meanwhile still goes out.
    """
    mail = OutgoingMail.objects.select_for_update().filter(message_id=message_id).first()
    if mail is None:
        return False
    if mail.state != MailState.QUEUED:
        _settle(mail, MailState.BOUNCED, at, problem=problem)
    return True


def take_returned(raw: bytes, *, at: datetime) -> str:
    """Read a message of the mailbox that letters are sent from.

    Answers "bounced" when one of our letters came back for good, "waits" when a server still tries, "foreign"
    for every other message.
    """
    told = read_returned(raw)
    if told is None:
        return "foreign"
    if not told.is_final:
        return "waits"
    return "bounced" if note_bounce(message_id=told.message_id, problem=told.problem, at=at) else "foreign"


def _due(now: datetime) -> list[int]:
    waiting = OutgoingMail.objects.filter(
        Q(next_try_at__isnull=True) | Q(next_try_at__lte=now), state=MailState.QUEUED
    )
    return list(waiting.order_by("next_try_at", "pk").values_list("pk", flat=True)[:IN_ONE_CONNECTION])


def _send_one(pk: int, connection: Any, clock: Callable[[], datetime]) -> int:
    mail = _claim(pk, clock())
    if mail is None:
        return 0
    try:
        _message(mail, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        _refused(mail, code, words, clock())
    except smtplib.SMTPResponseException as error:
        _refused(mail, error.smtp_code, error.smtp_error, clock())
    except (smtplib.SMTPException, OSError) as error:
        _refused(mail, 0, type(error).__name__, clock())
    else:
        _settle(mail, MailState.SENT, clock())
        return 1
    connection.close()  # the server may have hung up; the next letter opens a new one
    return 0


@transaction.atomic
def _claim(pk: int, now: datetime) -> OutgoingMail | None:
    """Take a letter for sending, so that no other worker takes it; None when one did."""
    taken = OutgoingMail.objects.filter(pk=pk, state=MailState.QUEUED).update(
        state=MailState.SENDING, leased_until=now + LEASE
    )
    return OutgoingMail.objects.get(pk=pk) if taken else None


def _refused(mail: OutgoingMail, code: int, words: bytes | str, now: datetime) -> None:
    """A passing trouble (4xx, no connection) waits for the next try; a lasting one (5xx) is final."""
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    problem = f"{code} {said}".strip()[:250]
    mail.attempts += 1
    wait = wait_after(mail.attempts) if code == 0 or is_passing(code) else None
    if wait is None:
        _settle(mail, MailState.FAILED, now, problem=problem)
        return
    mail.state, mail.next_try_at, mail.leased_until, mail.problem = (
        MailState.QUEUED,
        now + wait,
        None,
        problem,
    )
    mail.save(update_fields=["state", "attempts", "next_try_at", "leased_until", "problem"])
    logger.info("mail_waits", mail=mail.pk, attempts=mail.attempts, code=code)


_DELIVERY_STATES = {
    MailState.SENT: DeliveryState.SENT,
    MailState.FAILED: DeliveryState.FAILED,
    MailState.BOUNCED: DeliveryState.FAILED,
    MailState.UNSURE: DeliveryState.UNSURE,
}


@transaction.atomic
def _settle(mail: OutgoingMail, state: MailState, now: datetime, *, problem: str = "") -> None:
    """Write down how it ended; a delivery that was acknowledged meanwhile stays acknowledged."""
    mail.state, mail.leased_until, mail.problem = state, None, problem[:250]
    mail.sent_at = now if state is MailState.SENT else mail.sent_at
    mail.save(update_fields=["state", "attempts", "leased_until", "problem", "sent_at"])
    unproven = Delivery.objects.filter(mail=mail).exclude(
        state__in=(DeliveryState.ACKNOWLEDGED, DeliveryState.PROVEN)
    )
    unproven.update(state=_DELIVERY_STATES[state], problem=problem[:250], changed_at=now)


def _message(mail: OutgoingMail, connection: Any) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        connection=connection,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.calendar:
        message.attach_alternative(mail.calendar, f"text/calendar; method={mail.calendar_method}")
    return message
