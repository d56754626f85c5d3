"""The cases that are measured: a world of people and the rates of two offices each."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path
from random import Random

from benchmarks.linkage_registers.errors import COLUMNS, Office, Rates, Row
from benchmarks.linkage_registers.people import Person, Town, World

_REALISTIC = Rates(
    no_pesel=0.04, dummy=0.004, relative=0.006, digit=0.012, transposed=0.004, no_born=0.004, born_digit=0.006,
    born_swap=0.004, born_first=0.003, born_year=0.003, typo_first=0.008, typo_last=0.015, sound=0.01,
    diminutive=0.003, swapped=0.004, second_first=0.004, both_names=0.02, no_second=0.6, no_diacritics=0.06,
    capitals=0.2, maiden=0.06, double=0.02, scheme=0.35, moved=0.25, no_address=0.02, no_phone=0.35,
    other_phone=0.15, wrong_sex=0.002,
)  # fmt: skip
_WORST = Rates(
    no_pesel=0.33, dummy=0.03, relative=0.02, digit=0.05, transposed=0.02, no_born=0.03, born_digit=0.03,
    born_swap=0.02, born_first=0.02, born_year=0.015, typo_first=0.04, typo_last=0.07, sound=0.05, diminutive=0.02,
    swapped=0.02, second_first=0.01, both_names=0.04, no_second=0.7, no_diacritics=0.2, broken=0.02, lost=0.01,
    capitals=0.3, maiden=0.15, double=0.05, scheme=0.6, moved=0.35, no_address=0.08, no_phone=0.45, other_phone=0.2,
    wrong_sex=0.005, no_flat=0.1,
)  # fmt: skip
_HOSTILE = replace(
    _WORST, no_born=0.01, born_digit=0.02, born_swap=0.012, born_first=0.01, born_year=0.01, typo_first=0.03,
    typo_last=0.05, sound=0.03, maiden=0.07, double=0.03, moved=0.15, no_address=0.02, no_phone=0.3, broken=0.01,
)  # fmt: skip
_OFFICE = replace(
    _REALISTIC, no_pesel=0.12, no_born=0.02, born_first=0.01, typo_last=0.025, sound=0.03, diminutive=0.01,
    maiden=0.12, moved=0.4, no_teryt=0.2, no_flat=0.1, second_first=0.01, no_sex=0.1, relative=0.01,
)  # fmt: skip
_VILLAGE = replace(
    _REALISTIC, no_pesel=0.25, born_first=0.02, born_year=0.01, no_phone=0.2, moved=0.1, no_born=0.02
)
_FOREIGN = replace(
    _REALISTIC, swapped=0.06, scheme=0.7, late_pesel=0.45, born_swap=0.02, moved=0.45, born_first=0.02
)
_EXPORT = replace(
    _REALISTIC, no_pesel=0.08, broken=0.35, lost=0.25, misread=0.25, no_diacritics=0.0, capitals=1.0, cut=15,
    cut_zeros=True, one_line=True, no_second=0.9,
)  # fmt: skip
_TRAPS = replace(_OFFICE, mother=0.03, relative=0.02)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One case: who lives there and how both offices err; `duplicates` is the share of repeated rows."""

    world: World
    left: Rates
    right: Rates
    duplicates: float = 0.02


PROFILES: Mapping[str, Profile] = {
    "clean": Profile(
        world=World(without_pesel=0.0, foreigners_without_pesel=0.0),
        left=Rates(),
        right=Rates(),
        duplicates=0.0,
    ),
    "realistic": Profile(world=World(), left=_REALISTIC, right=_REALISTIC),
    "hostile": Profile(
        world=World(foreigners=0.08, juniors=0.02), left=_HOSTILE, right=_HOSTILE, duplicates=0.04
    ),
    "worst": Profile(world=World(foreigners=0.08, juniors=0.02), left=_WORST, right=_WORST, duplicates=0.04),
    "office": Profile(world=World(), left=_OFFICE, right=_OFFICE),
    "villages": Profile(
        world=World(surnames=25, juniors=0.05, cousins=0.04, shared_phone=0.6, twins=0.015, alone=0.3),
        left=_VILLAGE,
        right=_VILLAGE,
    ),
    "foreigners": Profile(world=World(foreigners=0.4), left=_FOREIGN, right=_FOREIGN),
    "export": Profile(world=World(), left=_EXPORT, right=_REALISTIC),
    "traps": Profile(
        world=World(surnames=60, juniors=0.06, cousins=0.05, shelter=0.08, twins=0.02, shared_phone=0.5),
        left=_TRAPS,
        right=_TRAPS,
        duplicates=0.03,
    ),
}


def write(
    name: str, seed: int, folder: Path, *, left: int = 60_000, right: int = 40_000, common: int = 15_000
) -> None:
    """Write left.csv, right.csv and truth.csv (kind, left_id, right_id) of a profile."""
    profile, rng = PROFILES[name], Random(f"{name} {seed}")
    town = Town(rng, profile.world)
    people = list(town.fill(int((left + right - common) * 1.02)))
    shared, only_left, only_right = _split(rng, people, left, right, common, profile.duplicates)
    folder.mkdir(parents=True, exist_ok=True)
    first = _register(
        rng, "L", shared + only_left, left, Office(rng, town, profile.left), folder / "left.csv"
    )
    second = _register(
        rng, "R", shared + only_right, right, Office(rng, town, profile.right), folder / "right.csv"
    )
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("kind", "left_id", "right_id"))
        for person, ids in first.items():
            writer.writerows(("cross", *pair) for pair in product(ids, second.get(person, [])))
        for kind, register in (("left", first), ("right", second)):
            writer.writerows((kind, *pair) for ids in register.values() for pair in combinations(ids, 2))


def _split(
    rng: Random, people: list[Person], left: int, right: int, common: int, duplicates: float
) -> tuple[list[Person], list[Person], list[Person]]:
    """People of both, of the left and of the right register; households tend to stay together."""
    people_left, people_right = int(left / (1 + duplicates)), int(right / (1 + duplicates))
    households: dict[int, list[Person]] = {}
    for person in people:
        households.setdefault(person.household, []).append(person)
    groups = list(households.values())
    rng.shuffle(groups)
    ordered = [person for group in groups for person in group]
    shared = ordered[:common]
    rest = ordered[common:]
    cut = people_left - common
    # A fifth of the households is torn: members of one family are clients of different offices.
    for at in range(0, min(cut, len(rest) - cut), 5):
        rest[at], rest[-at - 1] = rest[-at - 1], rest[at]
    return shared, rest[:cut], rest[cut : cut + people_right - common]


def _register(
    rng: Random, prefix: str, people: list[Person], rows: int, office: Office, path: Path
) -> dict[int, list[str]]:
    repeated = [rng.choice(people) for _ in range(max(0, rows - len(people)))]
    everybody = people + repeated
    rng.shuffle(everybody)
    ids: dict[int, list[str]] = {}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for number, person in enumerate(everybody):
            row: Row = office.row(person, f"{prefix}{number:07}")
            writer.writerow(row)
            ids.setdefault(person.number, []).append(row["local_id"])
    return ids
