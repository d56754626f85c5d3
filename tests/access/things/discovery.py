"""Private comparisons between the three offices, for the access matrix."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from spoiwo.discovery.models import CommonPerson, Round
from spoiwo.discovery.types import Level
from tests.makers import access as agreements


def add(world: Any) -> None:
    """A comparison of two offices that was joined, with a pair; another of the stranger and one of them, waiting."""
    left, right, stranger = world.offices.values()
    _round(world, "joined", left, right, of="left right", state=Round.State.JOINED)
    _round(world, "waiting", left, stranger, of="left stranger", state=Round.State.WAITING)
    world.absent("discovery round", uuid4())
    world.absent("discovery pair", uuid4(), uuid4())


def _round(world: Any, name: str, one: Any, other: Any, *, of: str, state: str) -> None:
    left, right = sorted((one, other), key=lambda office: office.pk)
    signed = agreements.agreement(one, other, number=f"D/{name}", state="ended")
    found = Round.objects.create(
        agreement=signed,
        agreement_number=signed.number,
        epoch=1,
        left_institution=left,
        right_institution=right,
        state=state,
        opened_at=timezone.now(),
    )
    pair = CommonPerson.objects.create(
        round=found,
        level=Level.SURE,
        left_alias=b"1" * 8,
        right_alias=b"2" * 8,
        left_gave=b"",
        right_gave=b"",
    )
    world.add("discovery round", name, found.uuid, of=of)
    world.add("discovery pair", name, found.uuid, pair.uuid, of=of)
