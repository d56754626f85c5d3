"""Which addresses belong to which module; an institution that switched one off has no doors there."""

from spoiwo.institutions.types import Module
from spoiwo.kernel.actor import Actor

CONTEXTS = {"calendars": Module.CALENDAR, "surveys": Module.SURVEYS}
DOCUMENTS = frozenset(
    f"partnership:{name}"
    for name in (
        "templates", "new_template", "template", "template_version", "adopt_template", "template_file",
        "practices", "new_practice", "practice", "edit_practice", "practice_step", "archive_practice",
    )
)  # fmt: skip


def module_of(address: str) -> Module | None:
    """The module that an address name ("calendars:calendar") belongs to, None for what everybody has."""
    if address in DOCUMENTS:
        return Module.DOCUMENTS
    return CONTEXTS.get(address.partition(":")[0])


def is_switched_off(actor: Actor | None, address: str) -> bool:
    """Whether the actor's institution has done without what lies at the address."""
    module = module_of(address)
    return actor is not None and module is not None and not actor.uses(module)
