"""Those who were at an event say what they thought of it, anonymously; the adviser reads it beside the event."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as some

from spoiwo.institutions.models import User
from spoiwo.institutions.types import Role
from spoiwo.support.errors import NoSuchRow, WrongStep
from spoiwo.support.models import Evaluation
from spoiwo.support.services import evaluations
from spoiwo.surveys.errors import NotFound, NotYours
from spoiwo.surveys.errors import WrongStep as SurveyWrongStep
from spoiwo.surveys.models import Questionnaire, Survey
from spoiwo.surveys.rules.checking import problems_of
from spoiwo.surveys.services import building, by_link
from spoiwo.surveys.types import Draft, Step, Words
from spoiwo.toolkit.context import acting_for
from tests.makers import support as made
from tests.makers import surveys

NOW = timezone.now()
GOOD = {"useful": "5", "content": "5", "leader": "4", "organised": "4", "better": "więcej przykładów"}


def test_the_questions_are_complete():
    assert problems_of(evaluations.questions(), former={}) == []


@given(some.lists(some.integers(0, 9), min_size=5, max_size=5))
def test_the_mean_of_marks_lies_between_the_marks_given(counts):
    found = evaluations.mean_mark(list(zip(evaluations.MARKS, counts, strict=True)))

    given_marks = [int(mark) for mark, n in zip(evaluations.MARKS, counts, strict=True) if n]
    if not given_marks:
        assert found is None
    else:
        assert found is not None
        assert min(given_marks) <= found <= max(given_marks)


def test_other_choices_have_no_mean():
    assert evaluations.mean_mark([("a", 1)]) is None
    assert evaluations.mean_mark([]) is None


@pytest.mark.django_db
def test_opinions_are_asked_once_answered_by_link_and_shown_in_handfuls():
    owes = made.centre()
    training = made.event(owes, 240)
    adviser = Client()
    adviser.force_login(User.objects.get(pk=owes.user_id))
    page = reverse("support:evaluation", args=[training.uuid])

    adviser.post(reverse("support:evaluation_step", args=[training.uuid]), {"step": "ask"})
    survey = Evaluation.objects.get().survey
    for _ in range(4):
        surveys.hand_in(surveys.token(survey), GOOD)
    shown = adviser.get(page).content.decode()
    assert "więcej przykładów" not in shown
    assert str(survey.uuid) in shown
    surveys.hand_in(surveys.token(survey), GOOD | {"useful": "1"})
    adviser.post(reverse("support:evaluation_step", args=[training.uuid]), {"step": "close"})

    shown = adviser.get(page).content.decode()
    assert "5 odpowiedzi" in shown
    assert "więcej przykładów" in shown
    assert "<b>4,2</b>" in shown  # (4 x 5 + 1) / 5
    answer_after = Client().get(reverse("surveys:open_link", args=[survey.uuid]))
    assert answer_after.status_code != 302
    again = adviser.post(
        reverse("support:evaluation_step", args=[training.uuid]), {"step": "ask"}, follow=True
    )
    assert "To nie może teraz nastąpić" in again.content.decode() or again.status_code == 200
    assert Evaluation.objects.count() == 1


@pytest.mark.django_db
def test_a_second_event_uses_the_questionnaire_as_analysts_have_changed_it():
    owes = made.centre("OWES Próbny", Role.SUPPORT_ADVISER, Role.ANALYST)
    with acting_for(owes.institution_id):
        first = evaluations.ask_for_opinions(made.event(owes).uuid, at=NOW, by=owes)
        questionnaire = Questionnaire.objects.get()
        draft = building.new_version(questionnaire_id=questionnaire.pk, at=NOW, by=owes)
        second = evaluations.ask_for_opinions(made.event(owes).uuid, at=NOW, by=owes)
        building.publish_version(version_id=draft.pk, at=NOW, by=owes)
        third = evaluations.ask_for_opinions(made.event(owes).uuid, at=NOW, by=owes)

    assert first.survey.version == second.survey.version
    assert third.survey.version.number == 2
    assert third.survey.version.questionnaire == questionnaire


@pytest.mark.django_db
def test_a_discarded_questionnaire_is_begun_anew():
    owes = made.centre("OWES Próbny", Role.SUPPORT_ADVISER, Role.ANALYST)
    with acting_for(owes.institution_id):
        building.create_questionnaire(
            draft=Draft(code=evaluations.CODE, title=Words("Szkic")),
            content=evaluations.questions(),
            at=NOW,
            by=owes,
        )

        asked = evaluations.ask_for_opinions(made.event(owes).uuid, at=NOW, by=owes)

    assert asked.survey.version.number == 2


@pytest.mark.django_db
def test_strangers_drafts_and_closed_surveys_are_refused():
    owes, other = made.centre(), made.centre()
    training = made.event(owes)
    reader = made.centre("OWES Inny", Role.DIRECTOR)
    with acting_for(other.institution_id), pytest.raises(NoSuchRow):
        evaluations.ask_for_opinions(training.uuid, at=NOW, by=other)
    with acting_for(reader.institution_id), pytest.raises(NotYours):
        by_link.ask_by_link(
            draft=Draft(code="x", title=Words("X")),
            content=evaluations.questions(),
            title="X",
            at=NOW,
            by=reader,
        )
    with acting_for(owes.institution_id):
        with pytest.raises(WrongStep):
            evaluations.close_opinions(training.uuid, by=owes)
        asked = evaluations.ask_for_opinions(training.uuid, at=NOW, by=owes)
        with pytest.raises(WrongStep):
            evaluations.ask_for_opinions(training.uuid, at=NOW, by=owes)
        with pytest.raises(NotFound):
            by_link.close_link(uuid=asked.survey.uuid, by=other)
        evaluations.close_opinions(training.uuid, by=owes)
        with pytest.raises(WrongStep):
            evaluations.close_opinions(training.uuid, by=owes)
        with pytest.raises(SurveyWrongStep):
            by_link.close_link(uuid=asked.survey.uuid, by=owes)
        assert Survey.objects.get().step == Step.CLOSED


@pytest.mark.django_db
def test_a_round_by_link_with_names_closes_without_an_urn():
    owes = made.centre()
    with acting_for(owes.institution_id):
        asked = evaluations.ask_for_opinions(made.event(owes).uuid, at=NOW, by=owes)
        Survey.objects.update(anonymous=False)

        assert by_link.close_link(uuid=asked.survey.uuid, by=owes).step == Step.CLOSED
