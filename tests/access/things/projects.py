"""A project with somebody in it at each of the three offices, for the access matrix."""

from typing import Any
from uuid import uuid4

from tests.makers import projects as made

NAMES = {"left": "Lewicka", "right": "Prawicka", "stranger": "Obcowska"}  # that may not leak


def add(world: Any) -> None:
    """For each office a project, a participant of a name that must not leak, and support."""
    for name, office in world.offices.items():
        by = made.keeper(office)
        project = made.project(by)
        one = made.participant(by, project, last_name=NAMES[name])
        given = made.support(by, one)
        world.add("project", name, project.uuid, of=name)
        world.add("people of a project", name, project.uuid, "csv", of=name)
        world.add("participant", name, one.uuid, of=name)
        world.add("paid support", name, given.uuid, of=name)
    for kind in ("project", "participant", "paid support"):
        world.absent(kind, uuid4())
    world.absent("people of a project", uuid4(), "csv")
