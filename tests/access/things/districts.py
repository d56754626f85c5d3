"""Districts, a hand-over and a file of each of the three offices, for the access matrix."""

from datetime import date
from typing import Any
from uuid import uuid4

from spoiwo.districts.models import HandOver, RangeImport
from tests.makers import districts as made
from tests.makers import institutions, registers


def add(world: Any) -> None:
    """For each office a district with ground, somebody to hand over, a file; offices to compare with."""
    for name, office in world.offices.items():
        by = made.keeper(office)
        one = made.district(by, "1")
        ground = made.ground(by, one, street="Polna")
        (record,) = registers.records(office, f"{name}-1")
        hand_over = HandOver.objects.create(
            institution=office,
            record=record,
            from_district=one,
            to_district=one,
            reason="moved",
            noticed_on=date(2026, 1, 1),
        )
        file = RangeImport.objects.create(
            institution=office, file_name="rejony.csv", made_by=institutions.user()
        )
        world.add("district", name, one.uuid, of=name)
        world.add("district range", name, ground.pk, of=name)
        world.add("hand over", name, hand_over.uuid, of=name)
        world.add("district file", name, file.uuid, of=name)
        others = " ".join(other for other in world.offices if other != name)
        world.add("office with districts", name, office.pk, of=others)
        world.add("substitution", name, 999_998, of=name)
    for kind in ("district", "hand over", "district file"):
        world.absent(kind, uuid4())
    for kind in ("district range", "office with districts", "substitution"):
        world.absent(kind, 999_999)
