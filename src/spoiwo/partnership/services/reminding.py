"""The digest of deadlines and reviews: one letter a day for everybody concerned, each step told once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from spoiwo.partnership.models import Body, Mandate, Outcome, OutgoingMail, Reminder
from spoiwo.partnership.rules import outcomes as rules
from spoiwo.partnership.services import outbox
from spoiwo.partnership.types import Seat

Line = tuple[Outcome, int, date]  # what is told, the step, the day that the step counts from


@transaction.atomic
def queue_digests(*, today: date, at: datetime) -> int:
    """Put today's digests into the outbox; answers how many letters are new. Harmless when done twice.

    What becomes due after somebody's letter of the day was written is told the next day.
    """
    written = set(OutgoingMail.objects.filter(about=_about(today)).values_list("to", flat=True))
    by_address: dict[str, list[Line]] = defaultdict(list)
    told = []
    for line in _due(today):
        addresses = _addresses(line[0], rules.hears(line[1]))
        if addresses & written:
            continue
        told.append(line)
        for address in addresses:
            by_address[address].append(line)
    queued = 0
    for address, lines in sorted(by_address.items()):
        with override("pl"):
            queued += outbox.put(_letter(address, lines, today), at=at)
    Reminder.objects.bulk_create(
        (Reminder(outcome=one, step=step, due_to=day, told_at=at) for one, step, day in told),
        ignore_conflicts=True,
    )
    return queued


def _due(today: date) -> list[Line]:
    found: list[Line] = []
    with_days = (
        Outcome.objects.filter(Q(due_to__isnull=False) | Q(review_on__lte=today))
        .filter(state__in=rules.TOLD_ABOUT)
        .select_related("owner", "body__agreement__secretariat", "owner_body")
        .prefetch_related("reminders", "co_owners")
        .order_by("due_to", "pk")
    )
    for outcome in with_days:
        reminders = list(outcome.reminders.all())
        told = frozenset(one.step for one in reminders if one.due_to == outcome.due_to)
        is_open = outcome.state in rules.OPEN
        step = rules.reminder_due(outcome.due_to, today, told - {rules.REVIEW}) if is_open else None
        if step is not None and outcome.due_to is not None:
            found.append((outcome, step, outcome.due_to))
        reviews = frozenset(one.due_to for one in reminders if one.step == rules.REVIEW)
        if outcome.review_on is not None and rules.is_review_due(outcome.review_on, today, reviews):
            found.append((outcome, rules.REVIEW, outcome.review_on))
    return found


def _addresses(outcome: Outcome, who: tuple[str, ...]) -> set[str]:
    owners = [outcome.owner] if outcome.owner else []
    found = {one.email for one in (*owners, *outcome.co_owners.all())}
    if outcome.owner_body is not None:
        found |= set(_chairs(outcome.owner_body))
    if "secretariat" in who or outcome.owner is None:
        found.add(outcome.body.agreement.secretariat.email)
    if "chair" in who:
        found |= set(_chairs(outcome.body))
    return found - {""}


def _chairs(body: Body) -> Iterable[str]:
    chairs = Mandate.objects.filter(body=body, seat=Seat.CHAIR, valid_to__isnull=True)
    for chair in chairs.select_related("user", "institution"):
        yield chair.user.email if chair.user else chair.institution.email


def _letter(address: str, lines: list[Line], today: date) -> outbox.Draft:
    text = [_("These conclusions of the partnership have a deadline or are to be looked at again:"), ""]
    words = {
        -1: _("%(code)s – due on %(day)s: %(text)s"),
        0: _("%(code)s – to be looked at again since %(day)s: %(text)s"),
        1: _("%(code)s – overdue since %(day)s: %(text)s"),
    }
    for outcome, step, day in lines:
        sign = (step > 0) - (step < 0)
        told = {"code": outcome.code, "day": date_format(day, "j E Y"), "text": outcome.text}
        text.append(words[sign] % told)
        text.append(f"  {settings.PUBLIC_URL}{reverse('partnership:outcome', args=[outcome.uuid])}")
    return outbox.Draft(
        about=_about(today),
        key=f"digest-{today}-{rules_key(address)}",
        to=address,
        subject=_("Deadlines of conclusions, %(day)s") % {"day": date_format(today, "j E Y")},
        text="\n".join(text),
    )


def _about(today: date) -> str:
    return f"digest:{today}"


def rules_key(address: str) -> str:
    """An address in a form that fits a Message-ID."""
    return "".join(character if character.isalnum() else "-" for character in address.lower())
