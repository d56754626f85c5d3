"""A population of invented people, household by household."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from spoiwo.cli.demo import families
from spoiwo.cli.demo.chances import whole
from spoiwo.cli.demo.situations import Assessor
from spoiwo.cli.demo.town import Town
from spoiwo.cli.demo.types import Commune, Household

_MOVED_IN_100 = 14
_MOVED_WITHIN_DAYS = 2200


def households(seed: int, *, communes: Sequence[Commune], day: date) -> Iterator[Household]:
    """Households without end, always the same for the same arguments.

    communes: where they live, drawn by weight; must not be empty.
    day: the day on which ages and standings hold.
    """
    town = Town(Random(f"people {seed}"), communes, day)
    assessor = Assessor(Random(f"situations {seed}"), day)
    number = 0
    while True:
        number += 1
        kind = families.KINDS.pick(town.rng)
        members = kind(town)
        without_home = kind is families.homeless
        assessor.assess(members, homeless=without_home)
        moved = not without_home and town.rng.random() * 100 < _MOVED_IN_100
        yield Household(
            number=number,
            address=town.no_address() if without_home else town.address(),
            former=town.address() if moved else None,
            moved_on=day - timedelta(days=whole(town.rng, 30, _MOVED_WITHIN_DAYS)) if moved else None,
            members=tuple(members),
        )


def population(seed: int, size: int, *, communes: Sequence[Commune], day: date) -> list[Household]:
    """Households that together have at least `size` people; the last one is kept whole."""
    stream = households(seed, communes=communes, day=day)
    found: list[Household] = []
    people = 0
    while people < size:
        found.append(next(stream))
        people += len(found[-1].members)
    return found
