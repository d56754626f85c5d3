"""The cases of the second model: who lives in the county, and what its two offices do to their records."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.linkage_registers.clerks import CHANGES, County, Human, People, Row

COLUMNS = (
    "local_id pesel first_name second_name last_name birth_date sex citizenship teryt place postal_code street house "
    "flat phone"
).split()
Rates = Mapping[str, float]
_POLISH = "ąćęłńśźżĄĆĘŁŃŚŹŻ"
_LOSSES: Mapping[str, Mapping[int, Any]] = {
    "marks": str.maketrans(dict.fromkeys(_POLISH + "óÓ", "?")),
    "page": str.maketrans("ąęśźżłńćĄĘŚŹŻŁŃĆ", "±ê¶¼¿³ñæ¡Ê¦¬¯£ÑÆ"),
    "dropped": str.maketrans(dict.fromkeys(_POLISH, "")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One office: shares of records with a slip, by the names in clerks.CHANGES; what its export does to all.

    moved: share at another address than the other office knows. losses: what may happen to Polish letters, by share.
    export: capitals, names cut at 15 characters, numbers without leading zeros, one field for street and house.
    """

    rates: Rates
    moved: float = 0.2
    losses: Rates | None = None
    export: bool = False


def _and(base: Rates, **other: float) -> Rates:
    return {**base, **other}


_USUAL: Rates = {
    "spelling": 0.3,
    "other_surname": 0.05, "double_surname": 0.02, "first_typo": 0.01, "last_typo": 0.015, "heard": 0.01,
    "misread": 0.003, "short": 0.004, "second_first": 0.004, "glued": 0.02, "swapped": 0.004, "no_second": 0.5,
    "date": 0.008, "january": 0.003, "no_date": 0.003, "digit": 0.01, "no_pesel": 0.04, "dummy": 0.005,
    "kin_pesel": 0.005, "kin_phone": 0.03, "no_phone": 0.3, "phone_typo": 0.01, "phone_form": 0.1, "street_typo": 0.01,
    "no_flat": 0.05, "wrong_sex": 0.003, "plain": 0.08, "capitals": 0.15,
}  # fmt: skip
_WORST = _and(
    _USUAL, spelling=0.6,
    other_surname=0.12, double_surname=0.05, first_typo=0.05, last_typo=0.08, last_typo_again=0.02,
    heard=0.05, misread=0.02, short=0.02, initial=0.01, second_first=0.015, glued=0.04, swapped=0.02, date=0.05,
    january=0.015, no_date=0.02, digit=0.06, no_pesel=0.3, dummy=0.03, kin_pesel=0.02, kin_phone=0.05, no_phone=0.45,
    phone_typo=0.03, street_typo=0.05, no_flat=0.1, no_sex=0.05, wrong_sex=0.008, plain=0.25, capitals=0.3,
)  # fmt: skip
_HOSTILE = _and(
    _WORST, other_surname=0.06, double_surname=0.03, first_typo=0.03, last_typo=0.05, last_typo_again=0.01, heard=0.03,
    date=0.025, january=0.01, no_date=0.01, digit=0.04, no_pesel=0.25, no_phone=0.35, no_sex=0.02,
)  # fmt: skip
_OFFICE = _and(
    _USUAL, other_surname=0.1, first_typo=0.015, last_typo=0.025, heard=0.02, date=0.015, no_pesel=0.12, no_sex=0.05,
    kin_pesel=0.01, no_date=0.01,
)  # fmt: skip
_VILLAGE = _and(_USUAL, no_pesel=0.25, kin_phone=0.15, date=0.015, january=0.015, no_date=0.01)
_ABROAD = _and(
    _USUAL, spelling=0.8, swapped=0.06, no_pesel=0.25, january=0.02, glued=0.05, date=0.02, other_surname=0.02
)
_SHELTER = _and(_OFFICE, mothers_pesel=0.04, kin_pesel=0.02, kin_phone=0.1, no_pesel=0.2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case; repeated: share of rows that are a second record of somebody."""

    people: People
    left: Desk
    right: Desk
    repeated: float = 0.02


CASES: Mapping[str, Case] = {
    "second realistic": Case(people=People(), left=Desk(rates=_USUAL), right=Desk(rates=_USUAL)),
    "second hostile": Case(
        people=People(foreign=0.08),
        left=Desk(rates=_HOSTILE, moved=0.12, losses={"marks": 0.01, "dropped": 0.005}),
        right=Desk(rates=_and(_HOSTILE, no_pesel=0.4), moved=0.12),
        repeated=0.04,
    ),
    "second worst": Case(
        people=People(foreign=0.1, namesakes=0.01),
        left=Desk(rates=_WORST, moved=0.3, losses={"marks": 0.02, "dropped": 0.01}),
        right=Desk(rates=_and(_WORST, no_pesel=0.4), moved=0.3),
        repeated=0.04,
    ),
    "second office": Case(
        people=People(), left=Desk(rates=_OFFICE, moved=0.35), right=Desk(rates=_OFFICE, moved=0.35)
    ),
    "second villages": Case(
        people=People(surnames=20, namesakes=0.06, junior=0.06, one_phone=0.7),
        left=Desk(rates=_VILLAGE, moved=0.08),
        right=Desk(rates=_VILLAGE, moved=0.08),
    ),
    "second foreigners": Case(
        people=People(foreign=0.4), left=Desk(rates=_ABROAD, moved=0.4), right=Desk(rates=_ABROAD, moved=0.4)
    ),
    "second export": Case(
        people=People(),
        left=Desk(
            rates=_and(_USUAL, no_pesel=0.1), losses={"marks": 0.3, "page": 0.3, "dropped": 0.3}, export=True
        ),
        right=Desk(rates=_USUAL),
    ),
    "second shelter": Case(
        people=People(surnames=60, namesakes=0.05, junior=0.06, twins=0.02, shelter=0.08, one_phone=0.6),
        left=Desk(rates=_SHELTER),
        right=Desk(rates=_SHELTER),
        repeated=0.04,
    ),
}


def write(
    name: str, seed: int, folder: Path, *, left: int = 60_000, right: int = 40_000, common: int = 15_000
) -> None:
    """Write left.csv, right.csv and truth.csv (kind, left_id, right_id) of a case."""
    case, rng = CASES[name], Random(f"{name}/{seed}")
    county = County(rng, case.people)
    many, few = int(left * (1 - case.repeated)), int(right * (1 - case.repeated))
    humans = county.settle(many + few - common)
    rng.shuffle(humans)
    # Families split between the offices as chance has it: everybody goes where they go alone.
    both, ours, theirs = humans[:common], humans[common:many], humans[many:]
    folder.mkdir(parents=True, exist_ok=True)
    first = _register(rng, county, case.left, both + ours, left, folder / "left.csv", "A")
    second = _register(rng, county, case.right, both + theirs, right, folder / "right.csv", "B")
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("kind", "left_id", "right_id"))
        for number, ids in first.items():
            writer.writerows(("cross", *pair) for pair in product(ids, second.get(number, ())))
        for kind, register in (("left", first), ("right", second)):
            writer.writerows((kind, *pair) for ids in register.values() for pair in combinations(ids, 2))


def _register(
    rng: Random, county: County, desk: Desk, humans: list[Human], rows: int, path: Path, prefix: str
) -> dict[int, list[str]]:
    listed = humans + [rng.choice(humans) for _ in range(rows - len(humans))]
    rng.shuffle(listed)
    ids: dict[int, list[str]] = {}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        for at, human in enumerate(listed):
            local_id = f"{prefix}{at:06}"
            ids.setdefault(human.number, []).append(local_id)
            writer.writerow({"local_id": local_id, **_row(rng, county, desk, human)})
    return ids


def _row(rng: Random, county: County, desk: Desk, human: Human) -> Row:
    home = county.home() if rng.random() < desk.moved else None
    row = {
        "pesel": human.pesel, "first_name": human.first[0], "second_name": human.second, "last_name": human.last[0],
        "birth_date": human.born.isoformat(), "sex": human.sex, "citizenship": human.citizenship, "teryt": "",
        "place": home["town"] if home else human.town, "postal_code": "66-400",
        "street": home["road"] if home else human.road, "house": home["house"] if home else human.house,
        "flat": home["flat"] if home else human.flat, "phone": human.phone,
    }  # fmt: skip
    for name, change in CHANGES.items():
        if rng.random() < desk.rates.get(name, 0.0):
            change(rng, row, human)
    for name, share in (desk.losses or {}).items():
        if rng.random() < share:
            for column in ("first_name", "second_name", "last_name", "place", "street"):
                row[column] = row[column].translate(_LOSSES[name])
            break
    return _exported(row) if desk.export else row


def _exported(row: Row) -> Row:
    """As an old system gives it out."""
    for column in ("first_name", "second_name", "last_name"):
        row[column] = row[column].upper()[:15]
    flat = f" m. {row['flat']}" if row["flat"] else ""
    street = f"{row['street'] or row['place']} {row['house']}{flat}".upper()
    return {**row, "pesel": row["pesel"].lstrip("0"), "street": street, "house": "", "flat": "", "sex": ""}
