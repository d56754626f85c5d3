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
        monitoring.reported(office, 10.0, 20.0, 30.0, territory="0801011")
        for thing in ("card", "own_card"):
            code = f"{thing.replace('_', '-')}-{name}"
            version = monitoring.approved(office, code=code)
            everybody = " ".join(world.offices)
            world.add(thing, name, code, of=everybody if thing == "card" else name)
            if thing == "card":
                publication = version.publications.get()
                figure = publication.figures.first()
                assert figure is not None
                world.add("card_file", name, code, "docx", of=everybody)
                world.add("publication", name, code, publication.pk, of=everybody)
                world.add("figure", name, code, publication.pk, figure.pk, of=everybody)
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
    world.absent("card_file", "none", "docx")
    world.absent("publication", "none", 1)
    world.absent("figure", "none", 1, 1)
