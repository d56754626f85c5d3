"""The matrix of deliveries in words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from spoiwo.partnership.models import Communique
from spoiwo.partnership.models.choices import CHANNELS, COMMUNIQUE_STATES, DELIVERY_STATES, LANGUAGES
from spoiwo.partnership.queries.communiques import MatrixRow, Told
from spoiwo.partnership.types import Channel, CommuniqueState, DeliveryState

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


def missing_languages(told: Told) -> list[tuple[str, Any]]:
    """Languages with their names in which a communiqué is not told yet."""
    known = {language for language, _title, _text in told.translations}
    return [(str(code), name) for code, name in LANGUAGES if code not in known]


def newest_tag(communique: Communique, *, prepares: bool) -> dict[str, Any]:
    """The state of a communiqué as a tag; to those who do not prepare a correction, what was sent stays sent."""
    is_told = not prepares and communique.sent_on is not None
    state = CommuniqueState.SENT if is_told else communique.state
    tone = {"approved": "new", "sent": "ok"}.get(state, "soon")
    return {"text": _OF_COMMUNIQUES[state], "tone": tone}
