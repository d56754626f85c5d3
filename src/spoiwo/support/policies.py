"""May this actor do that in the support register?"""

from spoiwo.kernel.actor import Actor
from spoiwo.support.rules.roles import keeps_register, reads_figures

__all__ = ["keeps_register", "may_close_periods", "reads_figures"]


def may_close_periods(actor: Actor) -> bool:
    """Figures are frozen by those who answer for them."""
    return actor.has_any("support_adviser", "director")
