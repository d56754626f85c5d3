"""The matrix of deliveries in words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from spoiwo.partnership.models import Communique
from spoiwo.partnership.models.choices import CHANNELS, COMMUNIQUE_STATES, DELIVERY_STATES
from spoiwo.partnership.queries.communiques import MatrixRow
from spoiwo.partnership.types import Channel, DeliveryState

_TONES = {
    DeliveryState.FAILED: "late",
    DeliveryState.UNSURE: "soon",
    DeliveryState.ACKNOWLEDGED: "ok",
    DeliveryState.PROVEN: "ok",
}
PROBLEMS = {
    "page_silent": gettext_lazy("the page does not name the communiqué"),
    "page_absent": gettext_lazy("the page was not shown"),
    "interrupted": gettext_lazy("sending was interrupted"),
}
_STATES: dict[str, Any] = dict(DELIVERY_STATES)
_CHANNELS: dict[str, Any] = dict(CHANNELS)
_OF_COMMUNIQUES: dict[str, Any] = dict(COMMUNIQUE_STATES)
BY_FILE = (Channel.E_DELIVERY, Channel.PAPER)
AGAIN = (DeliveryState.FAILED, DeliveryState.UNSURE)


def matrix_rows(rows: Sequence[MatrixRow]) -> list[dict[str, Any]]:
    """An institution a row, with what each way to it has come to."""
    return [
        {
            "institution": row.institution,
            "is_reached": row.is_reached,
            "deliveries": [
                {
                    "row": one,
                    "channel": _CHANNELS[one.channel],
                    "tag": {"text": _STATES[one.state], "tone": _TONES.get(DeliveryState(one.state), "")},
                    "problem": PROBLEMS.get(one.problem, one.problem),
                    "by_file": one.channel in BY_FILE,
                    "by_page": one.channel == Channel.PARTNER_WEB,
                    "may_send_again": one.mail_id is not None and one.state in AGAIN,
                }
                for one in row.deliveries
            ],
        }
        for row in rows
    ]


def newest_tag(communique: Communique) -> dict[str, Any]:
    """The state of a communiqué as a tag."""
    tone = {"approved": "new", "sent": "ok"}.get(communique.state, "soon")
    return {"text": _OF_COMMUNIQUES[communique.state], "tone": tone}
