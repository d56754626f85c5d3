from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import override

from spoiwo.engines.indicators.cards import card_of
from spoiwo.institutions.models import Institution
from spoiwo.monitoring import services, tasks
from spoiwo.monitoring.errors import EditionNotFound, NothingFed
from spoiwo.monitoring.models import (
    Expected,
    Indicator,
    IndicatorVersion,
    Measure,
    Observation,
    QuestionSource,
    SeriesBreak,
)
from spoiwo.monitoring.services import computing, editions, facts
from spoiwo.monitoring.tables.aims import aims_with_breaks
from spoiwo.support.models import Participant
from spoiwo.support.types import DeliveryKind
from spoiwo.surveys.models import FrameUnit
from spoiwo.surveys.services import building, rounds
from spoiwo.surveys.types import Outcome, Unit, Words
from spoiwo.toolkit.jobs import perform
from tests.makers import institutions, partnership, plans, support, surveys
from tests.makers.clients import town
from tests.makers.monitoring import NOON, analyst, measure, office, reported

pytestmark = pytest.mark.django_db
UNITS = (
    Unit(name="CIS A", kind="cis", territory="0801011", key="a"),
    Unit(name="PS B", kind="ps", territory="0861011", key="b"),
    Unit(name="PS C", kind="ps", territory="0861011", key="c"),
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def closed_edition(at, *, period: str = "2025"):
    """A and B answered, C did not."""
    asked = surveys.version(at, surveys.sector(), code="sector")
    made = surveys.survey(at, *UNITS, asked=asked, period=period)
    surveys.hand_in(
        surveys.token(made, "a"),
        {
            "kind": "cis",
            "jobs": "4,5",
            "participants.started.women": "6",
            "participants.started.men": "0",
            "participants.ended.women": "3",
            "participants.ended.men": "0",
            "closed": "no",
        },
    )
    surveys.hand_in(surveys.token(made, "b"), {"kind": "ps", "jobs": "10"})
    rounds.close_survey(survey_id=made.pk, by=surveys.analyst(at))
    return made


def fed(at, question: str, measure_code: str, **given) -> QuestionSource:
    kept = {"choice": "", "kinds": (), "cell": {}} | given
    return editions.feed_question(
        questionnaire="sector",
        question=question,
        measure_id=Measure.objects.get(code=measure_code).pk,
        by=analyst(at),
        **kept,
    )


def told() -> set[tuple[str, str, float | None, str]]:
    rows = Observation.objects.select_related("measure")
    return {(row.measure.code, row.unit, row.value, row.status) for row in rows}


def test_answers_of_an_edition_feed_measures_with_those_who_kept_silent():
    ropo = office()
    made = closed_edition(ropo)
    measure("posts", unit="post")
    fed(ropo, "jobs", "posts")

    taken = editions.take_edition(edition=made.uuid, at=NOON, by=analyst(ropo))

    assert (taken.units, taken.observations, taken.fresh) == (3, 3, 3)
    assert told() == {("posts", "a", 4.5, "ok"), ("posts", "b", 10.0, "ok"), ("posts", "c", None, "missing")}
    again = editions.take_edition(edition=made.uuid, at=NOON, by=analyst(ropo))
    assert (again.observations, again.fresh) == (3, 0)


def test_a_question_may_count_one_choice_one_kind_and_one_cell():
    ropo = office()
    made = closed_edition(ropo)
    for code in ("centres", "started"):
        measure(code)
    fed(ropo, "kind", "centres", choice="cis")
    fed(ropo, "participants.started.women", "started", kinds=["cis"], cell={"sex": "K"})

    editions.take_edition(edition=made.uuid, at=NOON, by=analyst(ropo))

    assert told() == {("centres", "a", 1.0, "ok"), ("started", "a", 6.0, "ok")}
    assert Observation.objects.get(measure__code="started").cell == {"sex": "K"}


def test_saying_it_again_replaces_it_and_what_is_stopped_feeds_no_more():
    ropo = office()
    measure("posts", unit="post")
    first = fed(ropo, "jobs", "posts")
    second = fed(ropo, "jobs", "posts", kinds=["cis"])

    assert (first.pk, second.kinds) == (second.pk, ["cis"])
    editions.stop_feeding(source_id=second.pk, by=analyst(office()))
    assert QuestionSource.objects.count() == 1
    editions.stop_feeding(source_id=second.pk, by=analyst(ropo))
    assert QuestionSource.objects.count() == 0


def test_an_edition_of_others_or_without_sources_is_refused():
    ropo = office()
    made = closed_edition(ropo)

    with pytest.raises(NothingFed):
        editions.take_edition(edition=made.uuid, at=NOON, by=analyst(ropo))
    for edition, by in ((uuid4(), analyst(ropo)), (made.uuid, analyst(office()))):
        with pytest.raises(EditionNotFound):
            editions.take_edition(edition=edition, at=NOON, by=by)


def test_advice_is_told_by_county_and_people_are_counted_at_one_centre_only():
    first, second = (
        support.adviser_of(institutions.institution(code, short_name=code, teryt="0861011"))
        for code in ("owes-a", "owes-b")
    )
    for by in (first, second):
        ewa = support.person(by, "Ewa", pesel="44051401359")
        support.delivered(by, ewa, kind=DeliveryKind.GENERAL, minutes=90)
        support.delivered(by, support.person(by, "Jan"), minutes=30)

    ewas = Participant.objects.filter(first_name="Ewa")
    ewas.update(person=ewas.first().person)  # an identity decision has joined the two

    recorded = facts.gather_facts(2024, day=date(2026, 5, 4), at=NOON)

    assert recorded == 8
    rows = Observation.objects.order_by("measure__code", "unit").values_list("measure__code", "unit", "value")
    hours = [(unit, value) for code, unit, value in rows if code == "owes_advice_hours"]
    people = [value for code, _unit, value in rows if code == "people_supported"]
    assert hours == [("owes-a", 2.0), ("owes-b", 2.0)]
    advised = [value for code, _unit, value in rows if code == "owes_advised"]
    assert sum(value or 0.0 for value in people) == sum(value or 0.0 for value in advised) == 3.0
    assert facts.gather_facts(2024, day=date(2026, 5, 4), at=NOON) == 0


def test_a_common_client_is_counted_at_one_institution_and_told_of_the_running_year_only():
    place = town()
    Institution.objects.filter(pk__in=[place.labour.pk, place.welfare.pk]).update(teryt="0861011")
    today = timezone.localdate()

    facts.gather_facts(today.year - 1, day=today, at=NOON)
    before = Observation.objects.count()
    facts.gather_facts(today.year, day=today, at=NOON)

    rows = Observation.objects.filter(measure__code="common_clients")
    assert before == 0
    assert sorted(rows.values_list("value", "status")) == [(0.0, "zero_reported"), (1.0, "ok")]


def test_a_partnership_kept_where_no_place_is_known_tells_nothing():
    made = partnership.agreement(institutions.institution("pup", teryt="0861011"))
    Institution.objects.filter(pk=made.secretariat_id).update(teryt="")

    assert facts.gather_facts(2026, day=date(2026, 5, 4), at=NOON) == 0


def test_meetings_of_a_partnership_are_told_by_its_secretariat():
    secretariat = institutions.institution("rops", teryt="0862011")
    made = partnership.agreement(institutions.institution("pup", teryt="0861011"), secretariat=secretariat)
    council = partnership.body(made)
    meeting = partnership.meeting(council, held=True)
    year = meeting.starts_on.year

    facts.gather_facts(year, day=date(year + 1, 1, 2), at=NOON)

    rows = dict(Observation.objects.values_list("measure__code", "value"))
    assert rows["meetings"] == 1.0
    assert rows["partnership_signatories"] == 1.0


def test_a_series_breaks_where_the_question_of_an_edition_is_another_one():
    ropo = office()
    first = closed_edition(ropo, period="2024")
    asked = first.questionnaire
    by = analyst(ropo)
    second = building.new_version(questionnaire_id=asked.pk, at=NOON, by=by)
    building.change_draft(
        version_id=second.pk,
        edit_version=second.edit_version,
        deed=lambda content: reworded(content, "jobs"),
        at=NOON,
        by=by,
    )
    building.publish_version(version_id=second.pk, at=NOON, by=by)
    made = surveys.survey(ropo, *UNITS, asked=second, period="2025")
    rounds.note_break(survey_id=made.pk, question="kind", note="Inna lista", by=by)
    rounds.close_survey(survey_id=made.pk, by=by)
    for code, question in (("posts", "jobs"), ("centres", "kind"), ("started", "participants.started.women")):
        measure(code)
        fed(ropo, question, code, choice="cis" if question == "kind" else "")

    editions.take_edition(edition=made.uuid, at=NOON, by=by)
    editions.take_edition(edition=made.uuid, at=NOON, by=by)

    rows = SeriesBreak.objects.order_by("measure__code").values_list(
        "measure__code", "period", "kind", "note"
    )
    assert list(rows) == [("centres", "2025", "", "Inna lista"), ("posts", "2025", "wording", "")]


@pytest.mark.parametrize(
    ("breaks", "grain", "told"),
    [
        pytest.param(
            [("2025", "wording", "")], "year", {"2025": "jobs: Pytanie ma inne brzmienie."}, id="found"
        ),
        pytest.param([("2025", "wording", "Inaczej")], "year", {"2025": "Inaczej"}, id="noted"),
        pytest.param([("2025-Q2", "", "Inaczej")], "quarter", {"2025-Q2": "Inaczej"}, id="in a quarter"),
        pytest.param([("2025-Q2", "", "Inaczej")], "year", {"2025": "Inaczej"}, id="within a year"),
        pytest.param([("2024", "", "Inaczej")], "year", {"2024": "karta mówi"}, id="people go first"),
    ],
)
def test_a_card_says_where_its_measures_break(breaks, grain, told):
    kept = measure()
    for period, kind, note in breaks:
        SeriesBreak.objects.create(measure=kept, period=period, question="jobs", kind=kind, note=note)
    entry = {"kind": "count", "numerator": "finished", "grain": grain}
    aims = {"breaks": {"2024": "karta mówi"}} if "2024" in told else {}
    version = IndicatorVersion(indicator=Indicator(code="c"), entry=entry, aims=aims)

    with override("pl"):
        assert aims_with_breaks(version).breaks == told


def test_cards_count_who_was_asked_and_who_answered():
    ropo = office()
    made = closed_edition(ropo)
    measure("posts", unit="post")
    fed(ropo, "jobs", "posts")
    editions.take_edition(edition=made.uuid, at=NOON, by=analyst(ropo))

    found = {}
    for code, formula in (("asked", "institutions()"), ("cis", 'institutions(kind="cis")')):
        card = card_of({"code": code, "kind": "count", "numerator": formula, "levels": [2]})
        found[code] = [(one.period, one.value) for one in computing.figures_of(card).found]
    rate = card_of({"code": "rate", "kind": "count", "numerator": "response_rate()", "levels": [2]})
    figures = computing.figures_of(rate).found

    assert found["asked"] == [("2025", 3.0)]
    assert [one.value for one in figures] == [pytest.approx(2 / 3)]
    FrameUnit.objects.filter(key="c").update(outcome=Outcome.OUT_OF_BUSINESS)
    editions.take_edition(edition=made.uuid, at=NOON, by=analyst(ropo))
    assert set(Expected.objects.values_list("unit", "kind")) == {("a", "cis"), ("b", "ps")}


def reworded(content, code: str):
    pages = tuple(
        replace(
            page,
            questions=tuple(
                replace(one, label=Words("Ile etatów?")) if one.code == code else one
                for one in page.questions
            ),
        )
        for page in content.pages
    )
    return replace(content, pages=pages)


def test_joint_plans_are_told_by_the_institution_that_began_them():
    pair = plans.completed(day=date(2026, 12, 31))
    Institution.objects.filter(pk__in=[pair.town.labour.pk, pair.town.welfare.pk]).update(teryt="0861011")

    facts.gather_facts(2026, day=date(2027, 1, 2), at=NOON)

    rows = Observation.objects.filter(measure__code__startswith="joint_plans").order_by("measure__code")
    assert list(rows.values_list("measure__code", "value")) == [
        ("joint_plans", 1.0),
        ("joint_plans_closed", 1.0),
        ("joint_plans_completed", 1.0),
    ]


def test_jobs_take_snapshots_and_gather_facts(folder: Path):
    ropo = office()
    measure()
    reported(ropo, 1.0)

    perform(tasks.SNAPSHOT)
    perform(tasks.FACTS)

    assert [path.name[:5] for path in (folder / "monitoring").glob("*.parquet")] == ["2025-"]
    assert Measure.objects.filter(code="people_supported").exists()
    assert services.load_measures() == 0
