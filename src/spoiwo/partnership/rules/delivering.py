"""When the outbox tries again, and what counts as reached."""

import re
from datetime import timedelta

from spoiwo.kernel.text import search_key
from spoiwo.partnership.types import Channel, DeliveryState

TRIES = 6
_REACHED = frozenset({DeliveryState.ACKNOWLEDGED, DeliveryState.PROVEN})
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)


def is_reached(state: DeliveryState) -> bool:
    """Acknowledged, or proven by a page or a file. Sent is not reached."""
    return state in _REACHED


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many tries: 1, 5, 25 minutes and so on, None to give up."""
    return None if attempts >= TRIES else timedelta(minutes=5 ** (attempts - 1))


def is_passing(code: int) -> bool:
    """Whether an SMTP answer is a passing trouble: 4xx."""
    return 400 <= code < 500


def needs_address(channel: Channel) -> bool:
    """Whether a channel goes by e-mail."""
    return channel is Channel.EMAIL


def title_of_page(html: str) -> str:
    """What a page calls itself, in one line; empty when it does not say."""
    found = _TITLE.search(html)
    return " ".join(found[1].split())[:250] if found else ""


def tells_of(html: str, title: str) -> bool:
    """Whether a page names the communiqué by its title, whatever the case, marks and spaces."""
    return search_key(title) in search_key(re.sub(r"<[^>]+>", " ", html))
