"""Surveys of the demonstration: two editions among 300 invented entities and 3 invented OWES, with non-response."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.contrib.auth import get_user_model
from django.utils import timezone

from spoiwo.cli.demo import region_data as paper
from spoiwo.cli.demo import survey_papers as papers
from spoiwo.cli.demo.chances import Weighted, one_of, whole
from spoiwo.cli.demo.communes import communes_of
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.actor import Actor
from spoiwo.surveys.queries import catalogue
from spoiwo.surveys.services import building, deciding, frames, mailing, rounds, taking_in
from spoiwo.surveys.types import Content, Draft, Outcome, Reason, Round, Source, Subject, Unit, Words
from spoiwo.toolkit.context import acting_for

ENTITIES, CENTRES = 300, 3
COUNTIES = ("0861", "0801", "0803", "0805", "0806", "0807")
SEED = 2025
# What the register calls an entity, what the questionnaire calls it, how many of each hundred.
SORTS = (
    (Kind.SOCIAL_COOPERATIVE, "social_cooperative", "Spółdzielnia socjalna", 18),
    (Kind.FOUNDATION, "foundation", "Fundacja", 24),
    (Kind.ASSOCIATION, "association", "Stowarzyszenie", 34),
    (Kind.SOCIAL_COMPANY, "social_company", "Spółka non profit", 8),
    (Kind.CIS, "cis", "CIS", 5),
    (Kind.KIS, "kis", "KIS", 4),
    (Kind.ZAZ, "zaz", "ZAZ", 3),
    (Kind.WTZ, "wtz", "WTZ", 4),
)
SILENT = Weighted(
    (
        (Outcome.WAITING, Reason.NONE),
        (Outcome.REFUSED, Reason.NO_TIME),
        (Outcome.REFUSED, Reason.TOO_LONG),
        (Outcome.UNREACHABLE, Reason.NO_CONTACT),
        (Outcome.OUT_OF_BUSINESS, Reason.CLOSED),
        (Outcome.NOT_ELIGIBLE, Reason.LOST_STATUS),
    ),
    (8, 6, 3, 6, 3, 2),
)
LACKS = ("ludzi do pracy", "lokalu", "stałych zleceń", "pieniędzy na wkład własny", "")
Texts = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Entity:
    """An invented entity that stays the same over the editions."""

    unit: Unit
    sort: str
    jobs: float


def load_surveys(today: date) -> int:
    """Load what is missing; gives the number of surveys added."""
    by = _analyst()
    if by is None:
        return 0
    with acting_for(by.institution_id):
        there = {survey.title for survey in catalogue.surveys(by)}
        added = 0
        if "Monitoring sektora 2025" not in there:
            added += _editions(by, today)
        if "Potrzeby szkoleniowe 2027" not in there:
            added += _needs(by)
        if "Współpraca w partnerstwie" not in there:
            added += _satisfaction(by)
            _publish(
                by, "diagnoza", "Diagnoza sytuacji osoby", papers.diagnosis(), Subject.PERSON, shared=True
            )
    return added


def _editions(by: Actor, today: date) -> int:
    """2024, published; 2025, closed and being verified, with a second version of the questionnaire."""
    rng = Random(SEED)
    entities = [_entity(rng, number) for number in range(1, ENTITIES + CENTRES + 1)]
    first = _publish(by, "sektor_es", "Sektor ekonomii społecznej", papers.entities(2024), Subject.ENTITY)
    _edition(by, first, 2024, entities, rng)
    now = timezone.now()
    second = building.new_version(questionnaire_id=_questionnaire_of(by, "sektor_es"), at=now, by=by)
    second = building.change_draft(
        version_id=second.pk,
        edit_version=second.edit_version,
        deed=lambda _content: papers.entities(2025),
        at=now,
        by=by,
    )
    building.publish_version(version_id=second.pk, at=now, by=by)
    _edition(by, second.pk, 2025, entities, rng)
    return 2


def _edition(by: Actor, version_id: int, year: int, entities: list[Entity], rng: Random) -> None:
    now = timezone.now()
    round_ = Round(title=f"Monitoring sektora {year}", period=str(year), weight_question="jobs")
    survey = rounds.plan_survey(version_id=version_id, round_=round_, by=by)
    frames.add_units(survey_id=survey.pk, units=[one.unit for one in entities], by=by)
    rounds.open_survey(survey_id=survey.pk, at=now, by=by)
    mailing.invite(survey_id=survey.pk, at=now, by=by)
    answered = [one for one in entities if rng.random() < _willingness(one)]
    for source, share in ((Source.LINK, 0.7), (Source.PHONE, 0.2), (Source.PAPER, 0.1)):
        count = int(len(entities) * share)
        part = {one.unit.key: _answers(one, year, rng) for one in answered[:count]}
        answered = answered[count:]
        taken, _refused = taking_in.take_answers(
            survey_id=survey.pk, answers=part, source=source, at=now, by=by
        )
        assert taken == len(part), "the demonstration answers its own questionnaire"
    for unit in catalogue.units(by, survey).filter(answered=False):
        outcome, reason = SILENT.pick(rng)
        if outcome != Outcome.WAITING:
            deciding.settle_unit(survey_id=survey.pk, unit_id=unit.pk, outcome=outcome, reason=reason, by=by)
    rounds.close_survey(survey_id=survey.pk, by=by)
    if year < SEED:
        deciding.accept_all(survey_id=survey.pk, at=now, by=by)
        rounds.verify_survey(survey_id=survey.pk, by=by)
        rounds.publish_survey(survey_id=survey.pk, at=now, by=by)
    else:
        _ask_about_some(by, survey.pk, now, rng)


def _ask_about_some(by: Actor, survey_id: int, now: datetime, rng: Random) -> None:
    """Somebody went through the answers and asks about three of them."""
    survey = catalogue.surveys(by).get(pk=survey_id)
    answered = list(catalogue.units(by, survey).filter(answered=True).order_by("key")[:40])
    for _time in range(3):
        unit = answered.pop(whole(rng, 0, len(answered) - 1))
        text = "Liczba etatów bardzo się zmieniła. Czy wliczono umowy zlecenia?"
        deciding.ask_about(answer_id=unit.answer.pk, field="jobs", text=text, at=now, by=by)


def _needs(by: Actor) -> int:
    """An open survey among real institutions, so that they find something that waits for them."""
    version = _publish(by, "szkolenia", "Potrzeby szkoleniowe", papers.needs(), Subject.ENTITY)
    closes_on = timezone.localdate() + timedelta(days=30)
    round_ = Round(title="Potrzeby szkoleniowe 2027", closes_on=closes_on)
    survey = rounds.plan_survey(version_id=version, round_=round_, by=by)
    frames.take_from_register(
        survey_id=survey.pk, kinds=[Kind.PUP, Kind.OPS], area="08", day=timezone.localdate(), by=by
    )
    rounds.open_survey(survey_id=survey.pk, at=timezone.now(), by=by)
    return 1


def _satisfaction(by: Actor) -> int:
    """An anonymous survey with an open link."""
    version = _publish(by, "wspolpraca", "Współpraca w partnerstwie", papers.satisfaction(), Subject.ENTITY)
    round_ = Round(title="Współpraca w partnerstwie", anonymous=True, open_link=True)
    survey = rounds.plan_survey(version_id=version, round_=round_, by=by)
    rounds.open_survey(survey_id=survey.pk, at=timezone.now(), by=by)
    return 1


def _publish(
    by: Actor, code: str, title: str, content: Content, subject: Subject, *, shared: bool = False
) -> int:
    draft = Draft(code=code, title=Words(title), subject=subject, minutes_budget=15)
    now = timezone.now()
    version = building.create_questionnaire(draft=draft, content=content, at=now, by=by)
    building.publish_version(version_id=version.pk, at=now, by=by)
    if shared:
        building.describe_questionnaire(
            questionnaire_id=version.questionnaire_id, draft=draft, is_shared=True, by=by
        )
    return version.pk


def _questionnaire_of(by: Actor, code: str) -> int:
    return catalogue.questionnaires(by).get(code=code, institution_id=by.institution_id).pk


def _entity(rng: Random, number: int) -> Entity:
    """Plainly invented: a number instead of a name."""
    commune = one_of(rng, communes_of(COUNTIES))
    if number > ENTITIES:
        name = f"OWES pokazowy nr {number - ENTITIES} (dane fikcyjne)"
        return Entity(
            Unit(name=name, kind=Kind.OWES, territory=commune.teryt, key=f"owes-{number}"), "foundation", 9.0
        )
    kind, sort, word, _share = Weighted(SORTS, [row[3] for row in SORTS]).pick(rng)
    name = (
        f"{word} pokazowa nr {number} (dane fikcyjne)"
        if word[-1] in "aF"
        else f"{word} nr {number} (dane fikcyjne)"
    )
    jobs = round(whole(rng, 0, 60) / 4 * (1 + (rng.random() < 0.1) * 4), 1)
    return Entity(Unit(name=name, kind=kind, territory=commune.teryt, key=f"pes-{number:03}"), sort, jobs)


def _willingness(one: Entity) -> float:
    """Those who employ many answer more often, which is what weights are for."""
    return 0.55 + min(one.jobs, 20) / 60


def _answers(one: Entity, year: int, rng: Random) -> Mapping[str, list[str]]:
    growth = 1 + (year - 2024) * (rng.random() - 0.35) * 0.4
    jobs = round(one.jobs * growth * 4) / 4
    people = whole(rng, 0, max(1, int(jobs)))
    values: Texts = {
        "kind": [one.sort],
        "active": ["yes" if rng.random() < 0.96 else "no"],
        "jobs": ["?" if rng.random() < 0.04 else str(jobs)],
        "jobs_risk": ["?" if rng.random() < 0.1 else str(min(people, int(jobs)))],
        "volunteers": [str(whole(rng, 0, 30))] if rng.random() < 0.85 else [],
        "income": ["?" if rng.random() < 0.2 else str(whole(rng, 5, 900) * 1000)],
        "sources": [
            code for code, _pl, _en in papers.INCOME[: 4 if year >= SEED else 3] if rng.random() < 0.5
        ],
        "owes": ["none"] if rng.random() < 0.4 else ["advice", "training"],
        "outlook.now": [Weighted(("good", "fair", "bad"), (4, 4, 2)).pick(rng)],
        "outlook.next": [Weighted(("good", "fair", "bad"), (3, 5, 2)).pick(rng)]
        if rng.random() < 0.9
        else [],
        "needs": [one_of(rng, LACKS)],
    }
    for sex in ("women", "men"):
        started = whole(rng, 4, 30)
        ended = whole(rng, 2, started)
        values[f"participants.started.{sex}"] = [str(started)]
        values[f"participants.ended.{sex}"] = [str(ended)]
        values[f"participants.independent.{sex}"] = [str(whole(rng, 0, ended))]
    return values


def _analyst() -> Actor | None:
    email = paper.worker_of(paper.ROPS, Role.ANALYST).email
    user = get_user_model().objects.filter(email=email).first()
    office = institutions.by_code(paper.ROPS)
    if user is None or office is None:
        return None
    return Actor(user_id=user.pk, institution_id=office.pk, roles=frozenset({str(Role.ANALYST)}))
