"""Hidden people and emergency access of the three offices, for the access matrix."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from spoiwo.institutions.types import Role
from tests.makers import guarding, institutions, registers


def add(world: Any) -> None:
    """For each office a third client whom nobody of the matrix may see, and an emergency access of somebody else."""
    for name, office in world.offices.items():
        (record,) = registers.records(office, f"{name}-3")
        setter = institutions.member(office, Role.SUPERVISOR)
        made = guarding.hidden(record, by=setter)
        world.add("restriction", name, made.pk, of=name)
        world.add("client", f"hidden of {name}", record.uuid, of="")
        asking = institutions.member(office, Role.CASE_WORKER)
        opened = guarding.emergency(asking, record.person_id, now=timezone.now())
        world.add("emergency", name, opened.uuid, of=name)
    world.absent("restriction", 999_999)
    world.absent("emergency", uuid4())
