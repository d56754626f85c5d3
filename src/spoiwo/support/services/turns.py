"""Whose turn it is: work of one centre that must not be done twice at the same moment waits for its row."""

from spoiwo.support.models import Turn


def wait_for_turn(institution_id: int) -> None:
    """Wait until nobody else of the centre gives out numbers or brings in a sheet; until the transaction ends."""
    Turn.objects.bulk_create([Turn(institution_id=institution_id)], ignore_conflicts=True)
    Turn.objects.select_for_update().get(institution_id=institution_id)
