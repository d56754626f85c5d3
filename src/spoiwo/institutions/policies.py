"""May this actor do that to an institution, its staff and its posts?"""

from collections.abc import Iterable

from spoiwo.institutions.types import COMMAND_LINE, Role
from spoiwo.kernel.actor import Actor


def may_run_directory(actor: Actor | None) -> bool:
    """Create, close and bring in institutions: those who run the platform."""
    return actor is not None and actor.is_operator


def may_edit_institution(actor: Actor | None, institution_id: int) -> bool:
    """Change an entry of the directory: the institution's own administrators, and those who run the platform."""
    return may_run_directory(actor) or _administers(actor, institution_id)


def may_manage_staff(actor: Actor | None, institution_id: int) -> bool:
    """Invite, suspend and re-role: the institution's own administrators only."""
    return _administers(actor, institution_id)


def may_authorise(actor: Actor, institution_id: int, roles: Iterable[str]) -> bool:
    """Grant roles at an institution.

    Its administrators grant all of them. Those who run the platform appoint local administrators and nobody
    else, so that running the platform opens no personal data; the command line of the server may do both.
    """
    if _administers(actor, institution_id) or actor == COMMAND_LINE:
        return True
    return actor.is_operator and set(roles) == {Role.LOCAL_ADMIN}


def may_read_authorisations(actor: Actor | None, institution_id: int) -> bool:
    """Read the register of authorisations: administrators, supervisors, the data protection officer."""
    return (
        actor is not None
        and actor.institution_id == institution_id
        and actor.has_any(Role.LOCAL_ADMIN, Role.SUPERVISOR, Role.IOD)
    )


def _administers(actor: Actor | None, institution_id: int) -> bool:
    return actor is not None and actor.institution_id == institution_id and actor.has_any(Role.LOCAL_ADMIN)
