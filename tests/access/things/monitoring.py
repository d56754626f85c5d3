"""Indicator cards of the three offices, for the access matrix."""

from datetime import date
from typing import Any

from spoiwo.monitoring import services
from spoiwo.monitoring.services import boards, measures, programmes
from spoiwo.monitoring.types import MeasureDraft, Side, Step
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
        _plan_and_board(world, name, office)
        _measure(world, name, office)
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
    for thing in ("measure", "own_measure"):
        world.absent(thing, "none")
    for thing in ("plan", "own_plan", "board"):
        world.absent(thing, 999_999)
    world.absent("collection", 999_999, 999_999)
    world.absent("plan_year", 999_999, 2025)
    world.absent("plan_paper", 999_999, 2025, "docx")


def _measure(world: Any, name: str, office: Any) -> None:
    described = MeasureDraft(
        code=f"measure_{name}",
        name_pl=f"Miara {name}",
        name_en=f"Measure {name}",
        unit="person",
        time_rule="sum",
        space_rule="sum",
        dimensions=(),
        source="ankieta",
        side=Side.RISK,
    )
    measures.add_measure(described, at=monitoring.NOON, by=monitoring.analyst(office))
    world.add("measure", name, described.code, of=" ".join(world.offices))
    world.add("own_measure", name, described.code, of=name)


def _plan_and_board(world: Any, name: str, office: Any) -> None:
    by = monitoring.analyst(office)
    plan = programmes.begin_programme(name=f"Program {name}", first_year=2024, last_year=2027, by=by)
    delivery = programmes.plan_collection(
        programme_id=plan.pk,
        what="Dane",
        period="2025",
        owner_id=office.pk,
        due_on=date(2026, 3, 1),
        indicator_id=None,
        by=by,
    )
    board = boards.begin_board(title=f"Tablica {name}", place="", shared=True, by=by)
    world.add("plan", name, plan.pk, of=" ".join(world.offices))
    world.add("plan_year", name, plan.pk, 2025, of=" ".join(world.offices))
    world.add("plan_paper", name, plan.pk, 2025, "docx", of=" ".join(world.offices))
    world.add("own_plan", name, plan.pk, of=name)
    world.add("collection", name, plan.pk, delivery.pk, of=name)
    world.add("board", name, board.pk, of=name)
