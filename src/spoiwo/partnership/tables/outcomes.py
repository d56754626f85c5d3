"""Conclusions as cards, rows and history in words."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from spoiwo.partnership.models import Outcome, OutcomeEvent
from spoiwo.partnership.models.choices import OUTCOME_KINDS, OUTCOME_STATES
from spoiwo.partnership.queries.outcomes import Column
from spoiwo.partnership.rules.outcomes import WITH_REASON, is_overdue
from spoiwo.partnership.tables.papers import deadline_in_words, owner_in_words
from spoiwo.partnership.types import OutcomeState, Step

COLUMN_NAMES = {
    "unowned": gettext_lazy("Without an owner"),
    "waiting": gettext_lazy("Waits for acceptance"),
    "running": gettext_lazy("In progress"),
    "claimed": gettext_lazy("To be verified"),
    "done": gettext_lazy("Done"),
}
STEP_NAMES = {
    Step.ADOPT: gettext_lazy("Adopt"),
    Step.ASSIGN: gettext_lazy("Assign"),
    Step.ACCEPT: gettext_lazy("Accept the task"),
    Step.START: gettext_lazy("Begin"),
    Step.CLAIM: gettext_lazy("Report as done"),
    Step.SEND_BACK: gettext_lazy("Send back"),
    Step.VERIFY: gettext_lazy("Verify"),
    Step.REJECT: gettext_lazy("Reject"),
    Step.SUPERSEDE: gettext_lazy("Replace by another"),
    Step.EXPIRE: gettext_lazy("Close without effect"),
}
EVENT_NAMES = {
    "propose": gettext_lazy("Written down"),
    Step.ADOPT: gettext_lazy("Adopted"),
    Step.ASSIGN: gettext_lazy("Assigned"),
    Step.ACCEPT: gettext_lazy("Accepted by the owner"),
    Step.START: gettext_lazy("Begun"),
    Step.CLAIM: gettext_lazy("Reported as done"),
    Step.SEND_BACK: gettext_lazy("Sent back"),
    Step.VERIFY: gettext_lazy("Verified"),
    Step.REJECT: gettext_lazy("Rejected"),
    Step.SUPERSEDE: gettext_lazy("Replaced by another"),
    Step.EXPIRE: gettext_lazy("Expired without effect"),
    "deadline": gettext_lazy("Deadline moved"),
    "carried": gettext_lazy("Carried to a meeting"),
    "evidence": gettext_lazy("Evidence added"),
    "review": gettext_lazy("Day of the next look set"),
    "implemented": gettext_lazy("Linked to what carries it out"),
}
_TONES = {
    OutcomeState.ADOPTED: "soon",
    OutcomeState.ASSIGNED: "new",
    OutcomeState.CLAIMED: "new",
    OutcomeState.VERIFIED: "ok",
}
_STATES: dict[str, Any] = dict(OUTCOME_STATES)
_KINDS: dict[str, Any] = dict(OUTCOME_KINDS)
STRONG = (Step.ADOPT, Step.ACCEPT, Step.START, Step.CLAIM, Step.VERIFY, Step.ASSIGN)


def card(outcome: Outcome, today: date) -> dict[str, Any]:
    """An outcome as a card or a row."""
    state = OutcomeState(outcome.state)
    late = is_overdue(state, outcome.due_to, today)
    return {
        "row": outcome,
        "kind": _KINDS[outcome.kind],
        "owner": owner_in_words(outcome),
        "addressee": outcome.addressee.short_name if outcome.addressee else outcome.addressee_label,
        "deadline": deadline_in_words(outcome),
        "last_day": outcome.due_to,
        "late": _late((today - outcome.due_to).days) if late and outcome.due_to else "",
        "tag": {"text": _STATES[state], "tone": _TONES.get(state, "")},
    }


def board(columns: Iterable[Column], today: date) -> list[dict[str, Any]]:
    """Columns of the board with their names and cards."""
    return [
        {
            "key": column.key,
            "name": COLUMN_NAMES[column.key],
            "count": column.count,
            "cards": [card(one, today) for one in column.cards],
            "more": column.count - len(column.cards),
        }
        for column in columns
    ]


def step_buttons(outcome: Outcome, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """What the actor may do: a button that acts at once, or a link to a page that asks for words."""
    return [
        {
            "label": STEP_NAMES[step],
            "url": _address(outcome, step),
            "is_plain": step not in WITH_REASON and step not in (Step.CLAIM, Step.ASSIGN, Step.SUPERSEDE),
            "is_strong": step in STRONG,
        }
        for step in steps
    ]


def events_in_words(events: Iterable[OutcomeEvent]) -> list[dict[str, Any]]:
    """The history, the newest first."""
    return [
        {
            "at": event.at,
            "what": EVENT_NAMES.get(event.what, event.what),
            "reason": event.reason,
            "change": _("from %(was)s to %(became)s")
            % {"was": event.was or "–", "became": event.became or "–"}
            if event.what in ("deadline", "review")
            else "",
            "meeting": event.meeting,
        }
        for event in events
    ]


def _late(days: int) -> str:
    return ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days}


def _address(outcome: Outcome, step: Step) -> str:
    if step is Step.ASSIGN:
        return reverse("partnership:assign", args=[outcome.uuid])
    if step is Step.SUPERSEDE:
        return reverse("partnership:supersede", args=[outcome.uuid])
    words = step in WITH_REASON or step is Step.CLAIM
    return reverse("partnership:step_with_words" if words else "partnership:step", args=[outcome.uuid, step])
