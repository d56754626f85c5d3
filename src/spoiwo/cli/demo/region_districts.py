"""Districts of the demonstration: the labour office and the welfare centres divide their area each in its own way.

One village has been left out and two districts claim a part of one street, so that gaps and overlaps are to be seen;
one district has changed hands, so that clients wait to be taken over. All workers are invented.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model

from spoiwo.cli.demo import region_data as paper
from spoiwo.cli.demo.communes import STREETS
from spoiwo.districts.queries import listing
from spoiwo.districts.services import assigning, drawing, importing, substitutes
from spoiwo.districts.types import FileRow
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import polish_sort_key
from spoiwo.toolkit.context import acting_for

SINCE = date(2024, 1, 1)
AWAY_DAYS = 5
CITY, CITY_NAME = "0861011", "Gorzów Wielkopolski"
FILE = "rejony-dane-fikcyjne.csv"
NAMES = {
    paper.PUP_GORZOW: {
        "1": "Śródmieście",
        "2": "Zawarcie i Zakanale",
        "3": "Lubiszyn i Bogdaniec",
        "4": "Deszczno i Santok",
        "5": "Kłodawa",
        "6": "Kostrzyn i Witnica",
        "7": "Santocko",
    },
    paper.OPS_LUBISZYN: {"L1": "Lubiszyn i Baczyna", "L2": "Pozostałe wsie gminy Lubiszyn"},
    paper.OPS_DESZCZNO: {"D1": "Deszczno", "D2": "Karnin, Ciecierzyce i Ulim"},
}
WORKERS: Mapping[str, Role | str] = {
    "1": "Teresa Bodziszek",
    "2": "Marcin Rozmaryn",
    "3": Role.CASE_WORKER,
    "4": Role.REVIEWER,
    "5": "Teresa Bodziszek",
    "6": "Marcin Rozmaryn",
    "7": "Teresa Bodziszek",
    "L1": Role.CASE_WORKER,
    "L2": "Kamil Szafran",
    "D1": Role.CASE_WORKER,
    "D2": Role.REVIEWER,
}
CHANGED_HANDS = "7"


def is_loaded() -> bool:
    """Whether the labour office works by districts."""
    by = _keeper(paper.PUP_GORZOW)
    with acting_for(by.institution_id):
        return bool(listing.districts(by, SINCE))


def load_districts(today: date) -> int:
    """Draw the districts, name the workers, find whose client everybody is; how many districts."""
    if is_loaded():
        return 0
    for code in NAMES:
        by = _keeper(code)
        with acting_for(by.institution_id):
            rows = [
                FileRow(number, {**row, "name": NAMES[code][row["code"]], "valid_from": SINCE.isoformat()})
                for number, row in enumerate(_ground(code), start=2)
            ]
            importing.import_districts(rows, file_name=FILE, today=today, by=by)
            for one in listing.districts(by, today):
                _name(one.district.uuid, WORKERS[one.district.code], code, SINCE, by)
        assigning.sweep(by.institution_id, today)
    _change_hands(today)
    _go_away(today)
    return sum(len(names) for names in NAMES.values())


def _ground(code: str) -> Iterator[dict[str, str]]:
    """Rows of an office's file."""
    if code == paper.OPS_LUBISZYN:
        for place in ("Lubiszyn", "Baczyna"):
            yield {"code": "L1", "teryt": "0801052", "place": place}
        yield {"code": "L2", "teryt": "0801052"}
    elif code == paper.OPS_DESZCZNO:  # nobody has thought of Glinik
        yield {"code": "D1", "teryt": "0801032", "place": "Deszczno"}
        for place in ("Karnin", "Ciecierzyce", "Ulim"):
            yield {"code": "D2", "teryt": "0801032", "place": place}
    else:
        yield from _ground_of_labour_office()


def _ground_of_labour_office() -> Iterator[dict[str, str]]:
    city = {"teryt": CITY, "place": CITY_NAME}
    streets = sorted(STREETS, key=polish_sort_key)
    for street in streets[: len(streets) // 2]:
        yield {"code": "1", **city, "street": street}
    yield {"code": "1", **city, "street": "Warszawska", "parity": "nieparzyste"}
    yield {"code": "1", **city, "street": "Szkolna", "first_house": "1", "last_house": "20"}
    yield {"code": "2", **city, "street": "Szkolna", "first_house": "15", "last_house": "40"}
    yield {"code": "2", **city}
    for code, commune in (
        ("3", "0801052"),
        ("3", "0801022"),
        ("4", "0801032"),
        ("4", "0801062"),
        ("5", "0801042"),
        ("6", "0801011"),
        ("6", "0801073"),
    ):
        yield {"code": code, "teryt": commune}
    yield {"code": "7", "teryt": "0801042", "place": "Santocko"}


def _name(uuid: UUID, who: Role | str, office: str, since: date, by: Actor) -> None:
    if isinstance(who, Role):
        drawing.name_worker(uuid, user_id=_user(office, who), since=since, by=by)
    else:
        drawing.name_worker(uuid, name=who, since=since, by=by)


def _change_hands(today: date) -> None:
    """From today the village of Santocko is served by the worker who has an account."""
    by = _keeper(paper.PUP_GORZOW)
    with acting_for(by.institution_id):
        (uuid,) = (
            one.district.uuid for one in listing.districts(by, today) if one.district.code == CHANGED_HANDS
        )
        _name(uuid, Role.CASE_WORKER, paper.PUP_GORZOW, today, by)
    assigning.sweep(by.institution_id, today)


def _go_away(today: date) -> None:
    """A colleague is away for some days, and the case worker stands in."""
    absent = _actor(paper.PUP_GORZOW, Role.REVIEWER)
    with acting_for(absent.institution_id):
        substitutes.name_substitute(
            substitute_id=_user(paper.PUP_GORZOW, Role.CASE_WORKER),
            starts_on=today,
            ends_on=today + timedelta(days=AWAY_DAYS),
            by=absent,
        )


def _keeper(code: str) -> Actor:
    return _actor(code, Role.REGISTRAR)


def _actor(code: str, role: Role) -> Actor:
    office = institutions.by_code(code)
    assert office is not None, code
    return Actor(user_id=_user(code, role), institution_id=office.pk, roles=frozenset({str(role)}))


def _user(code: str, role: Role) -> int:
    found: int = get_user_model().objects.get(email=paper.worker_of(code, role).email).pk
    return found
