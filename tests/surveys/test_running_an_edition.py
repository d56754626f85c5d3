"""An edition from the frame to the publication, and what those who count read of it."""

from decimal import Decimal
from typing import Any

import pytest
from django.core import mail

from spoiwo.institutions.types import Kind
from spoiwo.kernel.actor import Actor
from spoiwo.surveys import queries
from spoiwo.surveys.errors import (
    AlreadyAnswered,
    FrameEmpty,
    FrameFrozen,
    NoSuchQuestion,
    NotFound,
    NotYours,
    OpenQueries,
    PeriodTaken,
    ReasonMissing,
    WrongStep,
)
from spoiwo.surveys.models import Answer, FrameUnit, Letter, Survey
from spoiwo.surveys.queries import observing, results
from spoiwo.surveys.services import deciding, frames, mailing, rounds, shared_results, taking_in
from spoiwo.surveys.types import Outcome, Reason, Round, Source, Status, Step, Subject, Unit
from tests.makers import institutions as people
from tests.makers import surveys
from tests.makers.surveys import AT, analyst

pytestmark = pytest.mark.django_db
ONE = Unit(name="CIS Jeden", key="one", kind="CIS", territory="0861011", email="one@example.pl")
TWO = Unit(name="PS Dwa", key="two", kind="PS", territory="0801022", email="two@example.pl")
THREE = Unit(name="PS Trzy", key="three", kind="PS")


@pytest.fixture
def office():
    return people.institution("rops", Kind.ROPS)


def closed(office, **round_):
    """Two of three answered: a CIS with 4 posts and a PS without any."""
    made = surveys.survey(office, ONE, TWO, THREE, asked=surveys.version(office, surveys.sector()), **round_)
    surveys.hand_in(
        surveys.token(made, "one"),
        {"kind": "cis", "jobs": "4", "participants.started.women": "7", "closed": "no"},
    )
    surveys.hand_in(surveys.token(made, "two"), {"kind": "ps", "jobs": "0"})
    return rounds.close_survey(survey_id=made.pk, by=analyst(office))


def published(office, **round_):
    made = closed(office, **round_)
    deciding.accept_all(survey_id=made.pk, at=AT, by=analyst(office))
    rounds.verify_survey(survey_id=made.pk, by=analyst(office))
    return rounds.publish_survey(survey_id=made.pk, at=AT, by=analyst(office))


def test_the_frame_is_taken_from_the_register_and_frozen_by_opening(office):
    inside = people.institution("cis-1", Kind.CIS, teryt="0861011", email="cis@example.pl")
    people.institution("cis-2", Kind.CIS, teryt="1001011")
    people.institution("pup-1", Kind.PUP, teryt="0861011")
    made = surveys.survey(office, asked=surveys.version(office), is_open=False, open_link=False)
    take: dict[str, Any] = {"survey_id": made.pk, "by": analyst(office)}
    register: dict[str, Any] = {**take, "day": AT.date()}

    added = [
        frames.take_from_register(kinds=[Kind.CIS, Kind.KIS], area="08", **register) for _time in range(2)
    ]
    everywhere = frames.take_from_register(kinds=[Kind.CIS], area="", **register)
    none = frames.take_from_register(kinds=[], area="", **register)
    rounds.open_survey(survey_id=made.pk, at=AT, by=analyst(office))

    unit = FrameUnit.objects.get(key="cis-1")
    assert (added, everywhere, none) == ([1, 0], 1, 0)
    assert (unit.name, unit.kind, unit.territory, unit.respondent) == (inside.name, "CIS", "0861011", inside)
    for act in (
        lambda: frames.take_from_register(kinds=[Kind.CIS], area="", **register),
        lambda: frames.add_units(units=[ONE], **take),
        lambda: frames.remove_unit(unit_id=unit.pk, **take),
    ):
        with pytest.raises(FrameFrozen):
            act()


def test_units_are_taken_once_and_taken_off(office):
    made = surveys.survey(office, is_open=False, open_link=False)
    given: dict[str, Any] = {"survey_id": made.pk, "by": analyst(office)}

    added = frames.add_units(
        units=[Unit(name="A", email="A@x.pl"), Unit(name="B", email="a@x.pl"), Unit(name="C")], **given
    )
    frames.remove_unit(unit_id=FrameUnit.objects.get(key="C").pk, **given)

    assert added == 2
    assert [unit.key for unit in FrameUnit.objects.all()] == ["a@x.pl"]
    with pytest.raises(NotFound):
        frames.remove_unit(unit_id=0, **given)


def test_nobody_to_ask_is_nothing_to_open(office):
    made = surveys.survey(office, is_open=False, open_link=False)

    with pytest.raises(FrameEmpty):
        rounds.open_survey(survey_id=made.pk, at=AT, by=analyst(office))


def test_steps_follow_each_other_only(office):
    made = surveys.survey(office, ONE)
    by = analyst(office)

    for act in (
        lambda: rounds.open_survey(survey_id=made.pk, at=AT, by=by),
        lambda: rounds.verify_survey(survey_id=made.pk, by=by),
        lambda: rounds.publish_survey(survey_id=made.pk, at=AT, by=by),
        lambda: deciding.accept_all(survey_id=made.pk, at=AT, by=by),
    ):
        with pytest.raises(WrongStep):
            act()
    rounds.close_survey(survey_id=made.pk, by=by)
    with pytest.raises(WrongStep):
        rounds.close_survey(survey_id=made.pk, by=by)
    with pytest.raises(WrongStep):
        mailing.remind(survey_id=made.pk, by=by)


def test_planning_needs_an_own_published_version(office):
    version = surveys.version(office)
    draft = surveys.draft_of(office)
    director = Actor(user_id=1, institution_id=office.pk, roles=frozenset({"director"}))
    plan: dict[str, Any] = {"round_": Round(title="x", period="2025", weight_question="jobs")}

    first = rounds.plan_survey(version_id=version.pk, by=analyst(office), **plan)

    assert first.previous is None
    with pytest.raises(PeriodTaken):
        rounds.plan_survey(version_id=version.pk, by=analyst(office), **plan)
    with pytest.raises(NotFound):
        rounds.plan_survey(version_id=draft.pk, by=analyst(office), **plan)
    with pytest.raises(NotFound):
        rounds.plan_survey(version_id=version.pk, by=analyst(people.institution()), **plan)
    with pytest.raises(NotYours):
        rounds.plan_survey(version_id=version.pk, by=director, **plan)
    with pytest.raises(NoSuchQuestion):
        rounds.plan_survey(
            version_id=version.pk, by=analyst(office), round_=Round(title="x", weight_question="kind")
        )
    with pytest.raises(NotFound):
        rounds.close_survey(survey_id=first.pk, by=director)


@pytest.mark.parametrize(
    ("outcome", "reason", "refusal"),
    [
        (Outcome.REFUSED, Reason.NO_TIME, None),
        (Outcome.WAITING, Reason.NONE, None),
        (Outcome.REFUSED, Reason.CLOSED, ReasonMissing),
        (Outcome.REFUSED, Reason.NONE, ReasonMissing),
        (Outcome.COMPLETED, Reason.NONE, ReasonMissing),
    ],
)
def test_an_outcome_needs_a_reason_that_belongs_to_it(office, outcome, reason, refusal):
    made = surveys.survey(office, ONE)
    unit = surveys.unit_of(made, "one")
    given: dict[str, Any] = {
        "survey_id": made.pk,
        "unit_id": unit.pk,
        "outcome": outcome,
        "reason": reason,
        "by": analyst(office),
    }

    if refusal:
        with pytest.raises(refusal):
            deciding.settle_unit(**given)
    else:
        deciding.settle_unit(**given)
        assert surveys.unit_of(made, "one").outcome == outcome


def test_outcomes_are_for_those_who_have_not_answered_while_the_survey_runs(office):
    made = closed(office)
    given: dict[str, Any] = {
        "survey_id": made.pk,
        "outcome": Outcome.REFUSED,
        "reason": Reason.NO_TIME,
        "by": analyst(office),
    }

    with pytest.raises(AlreadyAnswered):
        deciding.settle_unit(unit_id=surveys.unit_of(made, "one").pk, **given)
    with pytest.raises(NotFound):
        deciding.settle_unit(unit_id=0, **given)
    rounds.verify_survey(survey_id=made.pk, by=analyst(office))
    with pytest.raises(WrongStep):
        deciding.settle_unit(unit_id=surveys.unit_of(made, "three").pk, **given)


def test_open_questions_keep_an_edition_from_being_verified(office, django_capture_on_commit_callbacks):
    made = closed(office)
    answer = surveys.answer_of(made, "one")
    given: dict[str, Any] = {"answer_id": answer.pk, "text": "?", "at": AT, "by": analyst(office)}
    with django_capture_on_commit_callbacks(execute=True):
        deciding.ask_about(field="jobs", **given)

    with pytest.raises(OpenQueries):
        rounds.verify_survey(survey_id=made.pk, by=analyst(office))
    with pytest.raises(WrongStep):
        deciding.accept_answer(answer_id=answer.pk, at=AT, by=analyst(office))
    with pytest.raises(NoSuchQuestion):
        deciding.ask_about(field="nothing", **given)
    with pytest.raises(NotFound):
        deciding.ask_about(field="jobs", **{**given, "by": analyst(people.institution())})
    assert mail.outbox[0].to == ["one@example.pl"]


def test_only_what_was_handed_in_is_accepted_or_asked_about(office):
    made = surveys.survey(office, ONE, THREE)
    surveys.fill_in(surveys.token(made, "one"), {"jobs": "1"})
    started = surveys.answer_of(made, "one")
    with pytest.raises(WrongStep):
        deciding.ask_about(answer_id=started.pk, field="jobs", text="?", at=AT, by=analyst(office))
    surveys.hand_in(surveys.token(made, "three"), {"jobs": "1"})
    handed_in = surveys.answer_of(made, "three")

    deciding.ask_about(answer_id=handed_in.pk, field="jobs", text="?", at=AT, by=analyst(office))
    Answer.objects.filter(pk=handed_in.pk).update(state="submitted")
    deciding.accept_answer(answer_id=handed_in.pk, at=AT, by=analyst(office))

    assert Answer.objects.get(pk=handed_in.pk).accepted_by_user_id == 7
    Answer.objects.filter(pk=handed_in.pk).update(state="submitted")
    Survey.objects.update(step=Step.VERIFIED)
    with pytest.raises(WrongStep):
        deciding.accept_answer(answer_id=handed_in.pk, at=AT, by=analyst(office))


def test_an_answer_without_a_unit_is_asked_about_without_a_letter(office):
    made = surveys.survey(office)
    surveys.hand_in(surveys.token(made), {"jobs": "1"})

    deciding.ask_about(answer_id=Answer.objects.get().pk, field="jobs", text="?", at=AT, by=analyst(office))

    assert Letter.objects.count() == 0


def test_weights_and_known_values_that_are_missing_are_left_out(office):
    version = surveys.version(office)
    first = surveys.survey(office, ONE, asked=version, period="2024")
    surveys.hand_in(surveys.token(first, "one"), {})
    second = surveys.survey(office, ONE, asked=version, period="2025", weight_question="jobs")

    taken, refused = frames.take_known_values(
        survey_id=second.pk, text="key;jobs\none;\n", known_from="", day=AT.date(), by=analyst(office)
    )

    assert surveys.unit_of(second, "one").weight is None
    assert (taken, refused) == (0, [])


def test_the_fingerprint_of_published_results_notices_a_change(office):
    made = published(office)

    assert made.published_sha256 == rounds.fingerprint(made)
    FrameUnit.objects.filter(survey=made, key="three").update(outcome=Outcome.REFUSED)
    assert made.published_sha256 != rounds.fingerprint(made)


def test_breaks_are_noted_and_taken_back_until_publication(office):
    made = closed(office)
    note: dict[str, Any] = {"survey_id": made.pk, "question": "jobs", "by": analyst(office)}

    rounds.note_break(note="Inna definicja etatu", **note)
    noted = Survey.objects.get(pk=made.pk).break_notes
    rounds.note_break(note="", **note)

    assert noted == {"jobs": "Inna definicja etatu"}
    assert Survey.objects.get(pk=made.pk).break_notes == {}
    with pytest.raises(NoSuchQuestion):
        rounds.note_break(**{**note, "question": "x"}, note="y")
    Survey.objects.update(step=Step.PUBLISHED)
    with pytest.raises(WrongStep):
        rounds.note_break(note="y", **note)


def test_observations_tell_missing_zero_and_not_applicable_apart(office):
    made = closed(office, period="2025")

    found = list(queries.observations(made.uuid, institution_id=office.pk))
    by = {(one.unit, one.question, one.choice): one for one in found}

    assert (by["one", "jobs", ""].value, by["one", "jobs", ""].status) == (Decimal(4), Status.OK)
    assert by["two", "jobs", ""].status == Status.ZERO_REPORTED
    assert by["three", "jobs", ""].status == Status.MISSING
    assert by["one", "participants.started.women", ""].value == 7
    assert by["one", "participants.started.men", ""].status == Status.MISSING
    assert by["two", "participants.started.women", ""].status == Status.NA
    assert by["one", "kind", "cis"].value == 1
    one = by["one", "jobs", ""]
    assert (one.kind, one.territory, one.period, one.unit_of_measure) == ("CIS", "0861011", "2025", "etat")
    assert queries.response_rate(made.uuid, institution_id=office.pk) == (3, 2)
    assert [one.period for one in queries.known_editions(office.pk)] == ["2025"]


def test_an_edition_still_open_or_of_others_gives_no_observations(office):
    made = surveys.survey(office, ONE, period="2025")

    assert list(queries.observations(made.uuid, institution_id=office.pk)) == []
    assert queries.known_editions(office.pk) == []
    assert queries.editions_of(made) == [made]


def test_change_is_told_of_those_who_answered_both_editions(office):
    version = surveys.version(office)
    first = surveys.survey(office, ONE, TWO, asked=version, period="2024")
    surveys.hand_in(surveys.token(first, "one"), {"jobs": "10"})
    surveys.hand_in(surveys.token(first, "two"), {"jobs": "90"})
    second = surveys.survey(office, ONE, TWO, THREE, asked=version, period="2025", weight_question="jobs")
    surveys.hand_in(surveys.token(second, "one"), {"jobs": "11"}, confirm=True)

    panel = observing.panels(Survey.objects.get(pk=second.pk), ["jobs"])[0]

    assert (panel.units, panel.matched_change, panel.gross_before, panel.gross_now) == (
        1,
        Decimal("0.1"),
        Decimal(100),
        Decimal(11),
    )
    assert observing.panels(Survey.objects.get(pk=first.pk), ["jobs"]) == []
    weights = {unit.key: unit.weight for unit in FrameUnit.objects.filter(survey=second)}
    assert weights == {"one": 10, "two": 90, "three": None}


def test_results_are_filtered_by_who_answered_and_what(office):
    made = closed(office)
    count = {
        name: results.summed_up(made, part)[0]
        for name, part in {
            "all": results.Part(),
            "kind": results.Part(kind="CIS"),
            "territory": results.Part(territory="0801"),
            "answer": results.Part(field="kind", value="ps"),
        }.items()
    }

    assert count == {"all": 2, "kind": 1, "territory": 1, "answer": 1}
    assert shared_results.summed_up_for_others(made)[0] == 2
    assert results.kinds_asked(made) == ["CIS", "PS"]
    funnel = results.response_of(made)
    assert (funnel.frame, funnel.invited, funnel.submitted, funnel.accepted) == (3, 2, 2, 0)


def test_answers_collected_elsewhere_pass_the_same_checks(office):
    made = surveys.survey(office, ONE, TWO, asked=surveys.version(office, surveys.sector()))
    answers = {
        "one": {"kind": ["cis"], "jobs": ["3"], "why": [""], "unknown": ["x"]},
        "two": {"kind": ["spółka"], "jobs": ["3"]},
        "nobody": {},
    }
    give: dict[str, Any] = {"survey_id": made.pk, "source": Source.PAPER, "at": AT, "by": analyst(office)}

    taken, refused = taking_in.take_answers(answers=answers, **give)

    assert taken == 1
    assert [one.place for one in refused["two"]] == ["kind", "kind"]
    assert surveys.answer_of(made, "one").source == "paper"
    Survey.objects.update(step=Step.PLANNED)
    with pytest.raises(WrongStep):
        taking_in.take_answers(answers=answers, **give)


def test_people_are_asked_without_a_frame(office):
    made = surveys.about_persons(office)

    assert made.step == Step.OPEN
    assert [one.pk for one in queries.surveys_about_persons(analyst(office))] == [made.pk]
    assert surveys.version(office, subject=Subject.PERSON).questionnaire.subject == "person"
