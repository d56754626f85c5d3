"""What the pages of referrals share."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse

from spoiwo.catalogue.queries import eligibility
from spoiwo.catalogue.types import Stage
from spoiwo.institutions import queries as institutions
from spoiwo.referrals import messages, policies, tables
from spoiwo.referrals.forms.referrals import StepForm
from spoiwo.referrals.models import Referral
from spoiwo.referrals.queries import listing
from spoiwo.referrals.rules.steps import steps_for
from spoiwo.referrals.services import packets
from spoiwo.referrals.types import Side, State, Step

PAGE_SIZE = 25
MOST_EXPORTED = 10_000
workers = policies.works_with_referrals
senders = policies.sends
importers = policies.imports
SIMPLE = (Step.RECEIVE, Step.ACKNOWLEDGE)


def page_of(request: Any, rows: Any) -> Page[Any]:
    """The page of rows that the address asks for."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def lines(rows: Iterable[Referral], side: Side, today: date) -> list[dict[str, Any]]:
    """Referrals as a list shows them."""
    return [{"row": row, "standing": tables.standing(row, today, side)} for row in rows]


def step_forms(row: Referral, side: Side, today: date, data: Mapping[str, Any] | None = None) -> list[Any]:
    """A form for each step that the side can take; the one that was sent is bound to what was sent."""
    found = []
    allowed = steps_for(State(row.state), side, acknowledged=row.acknowledged_at is not None)
    for step in allowed:
        points = (
            eligibility.check_points(row.place.kind, today, stage=Stage.STARTING)
            if step is Step.START
            else []
        )
        sent = data if data is not None and data.get("step") == step.value else None
        form = StepForm(sent, step=step, version=row.version, points=points)
        found.append(
            {
                "step": step,
                "label": messages.STEP_NAMES[step],
                "form": form,
                "is_simple": step in SIMPLE,
                "is_sent": sent is not None,
            }
        )
    return found


def context_of(row: Referral, side: Side, today: date, forms: list[Any]) -> dict[str, Any]:
    """Everything the page of a referral shows."""
    packet = packets.opened(row)
    badges = institutions.badges_of([row.sender_id, row.receiver_id])
    return {
        "referral": row,
        "packet": packet,
        "reason": packet.get(packets.REASON, ""),
        "packet_lines": tables.packet_lines(packet),
        "basis": tables.basis_in_words(row),
        "standing": tables.standing(row, today, side),
        "events": tables.event_lines(row),
        "checks": [
            {
                "question": str(one.item),
                "answer": messages.ANSWER_NAMES[one.answer],
                "fits": one.answer == one.item.wanted,
            }
            for one in row.answers.all()
        ],
        "outcome": messages.OUTCOME_NAMES.get(row.outcome, ""),
        "sender_badge": badges[row.sender_id],
        "receiver_badge": badges[row.receiver_id],
        "position": listing.waiting_at(row) if side is Side.RECEIVER else 0,
        "side": side.value,
        "steps": forms,
        "has_forms": bool(forms),
    }


def sent(name: str, kind: str, content: bytes) -> HttpResponse:
    """A file that nobody in between keeps."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
