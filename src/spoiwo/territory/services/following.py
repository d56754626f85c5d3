"""Saying where the area of a commune lies that is gone."""

from datetime import datetime

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.territory.errors import NoSuchCommune, SuccessorChanged
from spoiwo.territory.models import CommuneSuccessor
from spoiwo.territory.queries import communes_to_choose, gone_communes


@transaction.atomic
def name_successor(*, code: str, successor: str, before: str, at: datetime, by: Actor) -> None:
    """Figures of a commune that is gone belong to another one from now on; an empty successor takes that back.

    before: the successor that the page showed. Raises NoSuchCommune, SuccessorChanged.
    """
    kept = CommuneSuccessor.objects.select_for_update().filter(code=code).first()
    gone = next((one for one in gone_communes() if one.code == code), None)
    if gone is None:
        raise NoSuchCommune(code)
    if gone.successor != before:
        raise SuccessorChanged(code)
    if successor and successor not in dict(communes_to_choose(code[:2])):
        raise NoSuchCommune(successor)
    if not successor:
        if kept is not None:
            kept.delete()
        return
    CommuneSuccessor.objects.update_or_create(
        code=code, defaults={"successor": successor, "saved_by_user_id": by.user_id, "saved_at": at}
    )
