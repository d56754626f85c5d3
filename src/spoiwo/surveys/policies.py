"""Who may build, ask, enter, read, hand on."""

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.querysets import BUILDERS, ENTERING, KEEPERS, READERS


def may_build(actor: Actor | None) -> bool:
    """Analysts build questionnaires and run surveys."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*BUILDERS)


def may_read(actor: Actor | None) -> bool:
    """Who reads questionnaires and results."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*READERS)


def may_enter(actor: Actor | None) -> bool:
    """Who writes answers down from telephone or paper."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*ENTERING)


def may_see_surveys(actor: Actor | None) -> bool:
    """Who has the list of surveys."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*KEEPERS)


def may_answer(actor: Actor | None) -> bool:
    """Anybody with a task at an institution may answer for it."""
    return actor is not None and bool(actor.institution_id) and bool(actor.roles)


def may_ask_by_link(actor: Actor | None) -> bool:
    """Analysts, and advisers who ask what people thought of an event."""
    return actor is not None and bool(actor.institution_id) and actor.has_any(*BUILDERS, "support_adviser")
