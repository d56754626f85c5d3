"""Taking a place and giving it back: the row is locked, so that the last place is taken once."""

from django.db import transaction

from spoiwo.catalogue.errors import NoFreePlace
from spoiwo.catalogue.models import Place
from spoiwo.catalogue.rules.places import free_places


@transaction.atomic
def take_place(place_id: int) -> int | None:
    """Take one place; how many stay free, None without a limit. Raises NoFreePlace."""
    row = Place.objects.select_for_update().get(pk=place_id)
    if _free(row) == 0:
        raise NoFreePlace(str(place_id))
    row.taken_by_referrals += 1
    row.save(update_fields=["taken_by_referrals"])
    return _free(row)


@transaction.atomic
def release_place(place_id: int) -> int | None:
    """Give one place back; how many are free then, None without a limit."""
    row = Place.objects.select_for_update().get(pk=place_id)
    row.taken_by_referrals = max(row.taken_by_referrals - 1, 0)
    row.save(update_fields=["taken_by_referrals"])
    return _free(row)


def _free(row: Place) -> int | None:
    return free_places(total=row.places_total, elsewhere=row.taken_elsewhere, referred=row.taken_by_referrals)
