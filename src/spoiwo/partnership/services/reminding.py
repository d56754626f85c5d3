"""The digest of deadlines: one letter for everybody concerned, each step told once."""

from collections import defaultdict
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from spoiwo.partnership.models import Mandate, Outcome, Reminder
from spoiwo.partnership.rules import outcomes as rules
from spoiwo.partnership.services import outbox
from spoiwo.partnership.types import Seat


@transaction.atomic
def queue_digests(*, today: date, at: datetime) -> int:
    """Put today's digests into the outbox; answers how many letters are new. Harmless when done twice."""
    due = _due(today)
    by_address: dict[str, list[tuple[Outcome, int]]] = defaultdict(list)
    for outcome, step in due:
        for address in _addresses(outcome, rules.hears(step)):
            by_address[address].append((outcome, step))
    queued = 0
    for address, lines in sorted(by_address.items()):
        with override("pl"):
            queued += outbox.put(_letter(address, lines, today), at=at)
    Reminder.objects.bulk_create(
        (Reminder(outcome=one, step=step, due_to=one.due_to, told_at=at) for one, step in due if one.due_to),
        ignore_conflicts=True,
    )
    return queued


def _due(today: date) -> list[tuple[Outcome, int]]:
    found = []
    open_ones = (
        Outcome.objects.unfinished()
        .filter(due_to__isnull=False)
        .exclude(state="proposed")
        .select_related("owner", "body__agreement__secretariat", "owner_body")
        .prefetch_related("reminders")
        .order_by("due_to", "pk")
    )
    for outcome in open_ones:
        told = frozenset(one.step for one in outcome.reminders.all() if one.due_to == outcome.due_to)
        step = rules.reminder_due(outcome.due_to, today, told)
        if step is not None:
            found.append((outcome, step))
    return found


def _addresses(outcome: Outcome, who: tuple[str, ...]) -> set[str]:
    secretariat = outcome.body.agreement.secretariat.email
    found = {secretariat} if "secretariat" in who or outcome.owner is None else {outcome.owner.email}
    if outcome.owner is not None:
        found.add(outcome.owner.email)
    if "chair" in who:
        chairs = Mandate.objects.filter(body=outcome.body_id, seat=Seat.CHAIR, valid_to__isnull=True)
        for chair in chairs.select_related("user", "institution"):
            found.add(chair.user.email if chair.user else chair.institution.email)
    return found - {""}


def _letter(address: str, lines: list[tuple[Outcome, int]], today: date) -> outbox.Draft:
    text = [_("These conclusions of the partnership have a deadline:"), ""]
    for outcome, step in lines:
        day = date_format(outcome.due_to or today, "j E Y")
        late = _("%(code)s – overdue since %(day)s: %(text)s")
        coming = _("%(code)s – due on %(day)s: %(text)s")
        text.append((late if step > 0 else coming) % {"code": outcome.code, "day": day, "text": outcome.text})
        text.append(f"  {settings.PUBLIC_URL}{reverse('partnership:outcome', args=[outcome.uuid])}")
    return outbox.Draft(
        about=f"digest:{today}",
        key=f"digest-{today}-{rules_key(address)}",
        to=address,
        subject=_("Deadlines of conclusions, %(day)s") % {"day": date_format(today, "j E Y")},
        text="\n".join(text),
    )


def rules_key(address: str) -> str:
    """An address in a form that fits a Message-ID."""
    return "".join(character if character.isalnum() else "-" for character in address.lower())
