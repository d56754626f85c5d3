"""Indicator cards of the three offices, for the access matrix."""

from typing import Any

from spoiwo.monitoring import services
from spoiwo.monitoring.types import Step
from tests.makers import monitoring


def add(world: Any) -> None:
    """For each office an approved card, one for revising, a draft and a version that waits."""
    monitoring.measure()
    for name, office in world.offices.items():
        writer = monitoring.analyst(office)
        for thing in ("card", "own_card"):
            code = f"{thing.replace('_', '-')}-{name}"
            monitoring.approved(office, code=code)
            everybody = " ".join(world.offices)
            world.add(thing, name, code, of=everybody if thing == "card" else name)
        for thing in ("card_draft", "card_waiting"):
            code = f"{thing.replace('_', '-')}-{name}"
            version = services.draft_card(monitoring.draft(code=code), at=monitoring.NOON, by=writer)
            if thing == "card_waiting":
                step = Step.SEND
                services.take_step(version_id=version.pk, step=step, at=monitoring.NOON, by=writer)
            world.add(thing, name, code, 1, of=name)
    for thing, args in (("card", ("none",)), ("own_card", ("none",)), ("card_draft", ("none", 1))):
        world.absent(thing, *args)
    world.absent("card_waiting", "none", 1)
