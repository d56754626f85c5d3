"""Places of support of the three offices, for the access matrix."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from spoiwo.catalogue.services import corrections
from tests.makers import catalogue as made


def add(world: Any) -> None:
    """For each office a place, which everybody may read, and a correction that waits."""
    everybody = " ".join(world.offices)
    made.region()
    for name, office in world.offices.items():
        by = made.keeper(office)
        place = made.place(by, name=f"Miejsce {name}", today=timezone.localdate())
        said = corrections.suggest_correction(
            place.uuid, field="phone", proposal="1", reason="", at=timezone.now(), by=by
        )
        world.add("place of support", name, place.uuid, of=everybody)
        world.add("own place of support", name, place.uuid, of=name)
        world.add("correction", name, said.uuid, of=name)
    for kind in ("place of support", "own place of support", "correction"):
        world.absent(kind, uuid4())
