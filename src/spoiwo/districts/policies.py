"""May this actor do that with districts?"""

from spoiwo.districts.models import District, HandOver
from spoiwo.districts.rules.roles import keeps_districts, sees_districts, serves_clients, works_off
from spoiwo.kernel.actor import Actor

__all__ = [
    "keeps_districts",
    "may_draw",
    "may_name_worker",
    "may_work_off",
    "sees_districts",
    "serves_clients",
    "works_off",
]


def may_draw(actor: Actor, district: District) -> bool:
    """Ranges are drawn by the institution the district belongs to."""
    return keeps_districts(actor) and district.institution_id == actor.institution_id


def may_name_worker(actor: Actor, district: District) -> bool:
    """Each institution that works by the district names its own worker."""
    shares = district.partner_id == actor.institution_id and district.partner_accepted_on is not None
    return keeps_districts(actor) and (district.institution_id == actor.institution_id or shares)


def may_work_off(actor: Actor, row: HandOver) -> bool:
    """Whoever serves clients of the institution, since a colleague may be ill, and those who keep districts."""
    return row.institution_id == actor.institution_id and works_off(actor)
