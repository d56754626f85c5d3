"""Cards of the demonstration: the ready ones, over two editions of a survey and answers of invented units."""

from collections.abc import Iterator
from datetime import date
from random import Random

from django.contrib.auth import get_user_model
from django.utils import timezone

from spoiwo.cli.demo import monitoring_plan
from spoiwo.cli.demo import region_data as paper
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring import queries, services
from spoiwo.monitoring.services import editions
from spoiwo.monitoring.types import Answered
from spoiwo.surveys import queries as surveys
from spoiwo.toolkit.context import acting_for

SEED = 2026
YEARS = 4
FIRST_EDITION = 2024
COUNTIES = ("0861", "0862", "0801", "0803", "0805", "0806")
UNITS = 4  # in each county
SILENT = 0.08
LARGEST = {"person": 40, "post": 20, "entity": 3, "event": 12, "hour": 300, "pln": 400_000}
CITY = "0861"
PARTNERSHIP = {  # year by year
    "meetings": (26, 31, 35, 33),
    "council_meetings": (4, 4, 5, 4),
    "information_meetings": (18, 21, 24, 24),
    "communiques": (3, 4, 4, 4),
    "partnership_signatories": (61, 64, 67, 69),
    "recommendations": (3, 2, 4, 2),
    "recommendations_implemented": (2, 1, 3, 1),
}
COUNTIES_IN_FIGURES = {  # people, and how many of a hundred economically active ones have no work
    "0861": (114_000, 4.1),
    "0862": (139_000, 3.9),
    "0801": (71_000, 6.2),
    "0803": (57_000, 7.4),
    "0805": (34_000, 6.8),
    "0806": (47_000, 8.3),
}
DIVIDED = {  # as the forms of public statistics divide it, with the parts of a hundred
    "kis_finishing": (
        "activity",
        (
            ("zatrudnienie", 35),
            ("działalność gospodarcza", 10),
            ("CIS, ZAZ lub WTZ", 25),
            ("bez działań", 30),
        ),
    ),
    "cis_independent": (
        "way",
        (("zatrudnienie", 60), ("działalność gospodarcza", 15), ("spółdzielnia socjalna", 25)),
    ),
}
PARTS = {  # what is a part of what: never larger than it
    "kis_finishing": "kis_attending",
    "kis_active_after": "kis_finishing",
    "kis_vocational_reintegration": "kis_attending",
    "kis_social_reintegration": "kis_attending",
    "cis_finishing": "cis_attending",
    "cis_independent": "cis_finishing",
    "cis_grant_used": "cis_grant_received",
    "pes_jobs_at_risk": "pes_jobs",
    "joint_plans_closed": "joint_plans",
    "joint_plans_completed": "joint_plans_closed",
    "jst_orders_social_clause": "jst_orders",
}


def load_monitoring(today: date) -> int:
    """Measures, answers and the ready cards; answers how many cards were new."""
    office = institutions.by_code(paper.ROPS)
    drafting, approving = _writer(Role.ANALYST), _writer(Role.DIRECTOR)
    if office is None or drafting is None or approving is None:
        return 0
    at = timezone.now()
    with acting_for(office.pk):
        services.load_measures()
        services.record_observations(list(answers(today.year)), institution_id=office.pk, at=at)
        monitoring_plan.feed(drafting)
        for edition in surveys.known_editions(office.pk):
            if edition.questionnaire == monitoring_plan.QUESTIONNAIRE:
                editions.take_edition(edition=edition.uuid, at=at, by=drafting)
        is_new = not queries.has_cards()
        loaded = services.load_shipped(
            at=at, drafting=drafting, approving=approving, aims=monitoring_plan.AIMS
        )
        if is_new:
            monitoring_plan.plan(drafting, today)
        return loaded


def is_monitoring_loaded() -> bool:
    """Whether the cards are there."""
    return queries.has_cards()


def answers(this_year: int) -> Iterator[Answered]:
    """What the invented units report, the same every time."""
    yield from _of_region(this_year)
    chance = Random(SEED)
    for measure in sorted(queries.measures(), key=lambda one: one.code):
        if measure.is_open:
            continue
        largest = LARGEST[measure.unit]
        cells = [{"sex": "K"}, {"sex": "M"}] if "sex" in measure.dimensions else [{}]
        for county in COUNTIES:
            for number in range(UNITS):
                for year in range(this_year - YEARS, this_year):
                    if measure.code in monitoring_plan.FED and year >= FIRST_EDITION:
                        continue  # the editions tell it
                    for cell in cells:
                        share = 0.45 + 0.5 * chance.random()
                        is_silent = chance.random() < SILENT
                        value = _value(measure.code, largest, share)
                        for part, some in _divided(measure.code, value):
                            yield Answered(
                                measure=measure.code,
                                unit=f"{county}-{number + 1}",
                                territory=county,
                                period=str(year),
                                value=None if is_silent else some,
                                status="missing" if is_silent else "ok",
                                cell=cell | part,
                            )


def _of_region(this_year: int) -> Iterator[Answered]:
    """What the partnership and public statistics tell."""
    for at, year in enumerate(range(this_year - YEARS, this_year)):
        for code, values in PARTNERSHIP.items():
            yield Answered(
                measure=code, unit=paper.ROPS, territory=CITY, period=str(year), value=float(values[at])
            )
        for county, (people, rate) in COUNTIES_IN_FIGURES.items():
            active = round(people * 0.47)
            told = {
                "active": active,
                "unemployed": round(active * (rate - 0.4 * at) / 100),
                "population": people - 150 * at,
            }
            for code, value in told.items():
                yield Answered(
                    measure=code, unit=f"GUS-{county}", territory=county, period=str(year), value=float(value)
                )


def _value(code: str, largest: int, share: float) -> float:
    """A whole number; parts of parts are smaller."""
    size = float(largest)
    while code in PARTS:
        code, size = PARTS[code], size * 0.45
    return float(max(1, round(size * share)))


def _divided(code: str, value: float) -> Iterator[tuple[dict[str, str], float]]:
    """The parts of a value, which add up to it; the whole where the forms do not divide it."""
    if code not in DIVIDED:
        yield {}, value
        return
    dimension, shares = DIVIDED[code]
    left = value
    for name, share in shares[1:]:
        part = float(round(value * share / 100))
        left -= part
        yield {dimension: name}, part
    yield {dimension: shares[0][0]}, left


def _writer(role: Role) -> Actor | None:
    worker = next((one for one in paper.staff() if one.institution == paper.ROPS and one.role == role), None)
    office = institutions.by_code(paper.ROPS)
    user = get_user_model().objects.filter(email=worker.email).first() if worker else None
    if user is None or office is None:
        return None
    return Actor(user_id=user.pk, institution_id=office.pk, roles=frozenset({str(role)}))
