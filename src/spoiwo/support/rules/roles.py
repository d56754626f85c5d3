"""Which roles work in the support register."""

from spoiwo.kernel.actor import Actor

KEEPERS = ("support_adviser",)  # who write down and see single people
READERS = ("support_adviser", "supervisor", "director", "analyst")  # who see figures


def keeps_register(actor: Actor | None) -> bool:
    """Those who work in the register of their support centre."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*KEEPERS)


def reads_figures(actor: Actor | None) -> bool:
    """Those who see the figures of their own institution, without names."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*READERS)
