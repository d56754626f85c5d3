"""Places of support of the three offices, for the access matrix."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from spoiwo.catalogue.services import corrections, missing
from spoiwo.catalogue.types import MissingPlace, PlaceKind
from tests.makers import catalogue as made


def add(world: Any) -> None:
    """For each office a place, which everybody may read, a correction and a missing place that wait."""
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
        lacks = MissingPlace(
            kind=PlaceKind.KIS, name=f"Klub {name}", teryt=made.GORZOW, institution_id=office.pk
        )
        idea = missing.suggest_place(lacks, at=timezone.now(), by=by)
        world.add("correction", name, said.uuid, of=name)
        world.add("missing place", name, idea.uuid, of=name)
    for kind in ("place of support", "own place of support", "correction", "missing place"):
        world.absent(kind, uuid4())
