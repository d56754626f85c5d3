"""Who stands in for whom."""

from datetime import date

from spoiwo.districts.models import Substitution
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor


def stood_in_for(actor: Actor, day: date) -> dict[int, str]:
    """Absent colleagues whose work the actor does on the day: account -> name."""
    rows = Substitution.objects.visible_to(actor).on(day).filter(substitute_id=actor.user_id)
    return {pk: institutions.full_name(pk) for pk in rows.order_by("pk").values_list("absent_id", flat=True)}


def own_substitutions(actor: Actor, day: date) -> list[Substitution]:
    """Whom the actor has named for days that are not over."""
    rows = Substitution.objects.visible_to(actor).filter(absent_id=actor.user_id, ends_on__gte=day)
    return list(rows.select_related("substitute").order_by("starts_on", "pk"))


def colleagues(actor: Actor) -> list[tuple[int, str]]:
    """Those at the own institution who could stand in: everybody but the actor."""
    return [
        (pk, name) for pk, name in institutions.staff_of(actor.institution_id).items() if pk != actor.user_id
    ]
