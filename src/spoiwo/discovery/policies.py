"""May this actor take part in discovery?"""

from spoiwo.discovery.querysets import WATCHERS
from spoiwo.kernel.actor import Actor

SENDERS = ("registrar",)


def may_see_rounds(actor: Actor | None) -> bool:
    """Those who bring the register in, and those who watch over it."""
    return actor is not None and actor.has_any(*WATCHERS)


def may_send(actor: Actor | None) -> bool:
    """Registrars begin rounds, hand files in and fetch answers."""
    return actor is not None and actor.has_any(*SENDERS)
