"""A referral as its pages and its printed form show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from spoiwo.clients.queries import codes
from spoiwo.referrals import messages
from spoiwo.referrals.models import Referral
from spoiwo.referrals.rules.deadlines import is_overdue
from spoiwo.referrals.rules.steps import acts_next
from spoiwo.referrals.services.packets import REASON
from spoiwo.referrals.types import PacketField, Side, State
from spoiwo.toolkit.documents import Document, Facts, Heading, Paragraph, Signatures


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands, in words: state, its colour, whose turn it is, by when."""

    state: str
    tone: str
    turn: str
    due: str
    is_late: bool


def standing(row: Referral, today: date, side: Side | None) -> Standing:
    """Where a referral stands for somebody on a side."""
    state = State(row.state)
    acknowledged = row.acknowledged_at is not None
    turn = acts_next(state, acknowledged=acknowledged)
    late = is_overdue(state, row.due_on, today, acknowledged=acknowledged)
    return Standing(
        state=str(messages.STATE_NAMES[state]),
        tone=messages.STATE_TONES[state],
        turn=_turn(turn, side),
        due=_due(row.due_on, today) if turn is not None and row.due_on else "",
        is_late=late,
    )


def packet_lines(packet: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a packet holds, with names of its fields; days as people write them."""
    lines = []
    for field in PacketField:
        if text := packet.get(field.value, ""):
            if field is PacketField.BIRTH_DATE:
                text = date_format(date.fromisoformat(text), "j E Y")
            if field is PacketField.STATUS:
                text = codes.status_names().get(text, text)
            lines.append((str(messages.FIELD_NAMES[field]), text))
    return lines


def paper(row: Referral, packet: Mapping[str, str]) -> Document:
    """The printed referral."""
    facts = [
        (_("Number"), row.number),
        (_("Case reference"), row.case_ref or "–"),
        (_("Sent on"), date_format(row.sent_on, "j E Y")),
        (_("From"), row.sender.name),
        (_("To"), f"{row.place.name}, {row.receiver.name}"),
        (_("Answer by"), date_format(row.due_on, "j E Y") if row.due_on else "–"),
        (_("Basis"), basis_in_words(row)),
    ]
    return Document(
        title=_("Referral"),
        subtitle=f"{row.first_name} {row.last_name}",
        issuer=row.sender.name,
        lang=(get_language() or "pl")[:2],
        blocks=(
            Facts(tuple((str(name), value) for name, value in facts)),
            Heading(_("What for")),
            Paragraph(packet.get(REASON, "") or "–"),
            Heading(_("What the receiver needs to know")),
            Facts(tuple(packet_lines(packet)) or ((_("Nothing beside the name"), "–"),)),
            Signatures((_("On behalf of the sender"), _("The person referred"))),
        ),
    )


def basis_in_words(row: Referral) -> str:
    """On what ground the packet travels."""
    if row.consent_on is not None:
        return _("the person's written consent of %(day)s") % {"day": date_format(row.consent_on, "j E Y")}
    if row.is_imported:
        return _("brought in from former records")
    return _("agreement %(number)s, basis %(basis)s") % {"number": row.agreement, "basis": row.legal_basis}


def event_lines(row: Referral) -> list[dict[str, Any]]:
    """The course of a referral, newest first."""
    return [
        {
            "at": one.at,
            "what": messages.STEP_DONE[one.step],
            "outcome": messages.OUTCOME_NAMES.get(one.outcome, ""),
            "note": one.note,
            "who": _who(one, row),
        }
        for one in reversed(row.events.all())
    ]


def _who(event: Any, row: Referral) -> str:
    if event.side == Side.CLOCK:
        return _("by itself")
    office = row.sender.short_name if event.side == Side.SENDER else row.receiver.short_name
    name = event.by.full_name if event.by else (_("by link") if event.by_link else "")
    return ", ".join(part for part in (name, office) if part)


def _turn(turn: Side | None, side: Side | None) -> str:
    if turn is None:
        return _("closed")
    if turn is side:
        return _("your turn")
    return _("waits for the sender") if turn is Side.SENDER else _("waits for the receiver")


def _due(due: date, today: date) -> str:
    late = (today - due).days
    if late > 0:
        return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    return _("by %(day)s") % {"day": date_format(due, "j E Y")}
