"""What waits in the partnership: for those who answer for an institution, and for its secretariat."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import queries as partnership
from spoiwo.portal.types import Task
from spoiwo.toolkit.templatetags.spoiwo import day_in_words

MEETINGS_SHOWN = 5


def partnership_tasks(actor: Actor, day: date) -> Iterator[Task]:
    """Minutes to write and conclusions to look after, then what the institution owes as one that takes part."""
    if actor.has_any(Role.SECRETARY):
        yield from _of_secretariat(partnership.kept_by(actor, day), day)
    if actor.has_any(Role.SECRETARY, Role.DIRECTOR):
        yield from _of_partner(partnership.waiting_for(actor, day), actor.institution_id)


def _of_secretariat(kept: partnership.Kept, day: date) -> Iterator[Task]:
    for meeting in kept.minutes[:MEETINGS_SHOWN]:
        yield Task(
            tone="soon",
            tag=gettext("waits for you"),
            title=gettext("Minutes to write: %(title)s") % {"title": meeting.title},
            detail=day_in_words(meeting.starts_on, style="", today=day),
            url=reverse("partnership:meeting", args=[meeting.uuid]),
            action=gettext("Open the meeting"),
        )
    table = reverse("partnership:outcomes_table")
    if kept.claimed:
        yield Task(
            tone="soon",
            tag=gettext("waits for you"),
            title=ngettext(
                "%(n)d conclusion reported as done", "%(n)d conclusions reported as done", kept.claimed
            )
            % {"n": kept.claimed},
            detail=gettext("Say whether it is done, or send it back."),
            url=f"{table}?state=claimed",
            action=gettext("Check"),
        )
    if kept.unowned:
        yield Task(
            tone="soon",
            tag=gettext("waits for you"),
            title=ngettext(
                "%(n)d conclusion without an owner", "%(n)d conclusions without an owner", kept.unowned
            )
            % {"n": kept.unowned},
            url=f"{table}?state=adopted",
            action=gettext("Name owners"),
        )


def _of_partner(waiting: partnership.Waiting, institution_id: int) -> Iterator[Task]:
    if waiting.work:
        overdue = ngettext("%(n)d is overdue", "%(n)d are overdue", waiting.overdue) % {"n": waiting.overdue}
        yield Task(
            tone="late" if waiting.overdue else "soon",
            tag=overdue if waiting.overdue else gettext("partnership"),
            title=ngettext("%(n)s conclusion to carry out", "%(n)s conclusions to carry out", waiting.work)
            % {"n": waiting.work},
            url=f"{reverse('partnership:outcomes_table')}?state=open&owner={institution_id}",
            action=gettext("See them"),
        )
    if waiting.answers:
        yield Task(
            tone="soon",
            tag=gettext("partnership"),
            title=ngettext(
                "%(n)s invitation without an answer", "%(n)s invitations without an answer", waiting.answers
            )
            % {"n": waiting.answers},
            url=reverse("partnership:meetings"),
            action=gettext("Give an answer"),
        )
    if waiting.communiques:
        yield Task(
            tone="new",
            tag=gettext("partnership"),
            title=ngettext("%(n)s communiqué to read", "%(n)s communiqués to read", waiting.communiques)
            % {"n": waiting.communiques},
            url=reverse("partnership:communiques"),
            action=gettext("Read"),
        )
    if waiting.talks:
        yield Task(
            tone="new",
            tag=gettext("partnership"),
            title=ngettext("%(n)s unread message", "%(n)s unread messages", waiting.talks)
            % {"n": waiting.talks},
            url=reverse("partnership:talks"),
            action=gettext("Read"),
        )
