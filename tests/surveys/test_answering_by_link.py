"""Answering: saved as one goes, gone on later, filled in beforehand, handed in once."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.errors import (
    AlreadyAnswered,
    AnswersRefused,
    LinkSpent,
    NoSuchQuestion,
    NotCollecting,
    NotFound,
    NotYours,
    WrongStep,
)
from spoiwo.surveys.models import Answer, FrameUnit, Survey
from spoiwo.surveys.services import answering, deciding, frames, links, reading, rounds
from spoiwo.surveys.types import Fault, Outcome, QuestionKind, Source, Step, Unit
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions as people
from tests.makers import surveys
from tests.makers.surveys import AT, analyst, content, page, question

pytestmark = pytest.mark.django_db
ONE = Unit(name="Fundacja Próbna", key="one", kind="FOUNDATION", territory="0861011")


def save(token, values, *, version=None, **more):
    opening = answering.open_answer(token)
    raw = {code: [text] for code, text in values.items()}
    given: dict[str, Any] = {"page_code": opening.pages[0].code, "at": AT, **more}
    return answering.save_page(
        token=token, raw=raw, version=opening.version if version is None else version, **given
    )


def test_what_is_right_is_kept_when_something_else_is_not():
    made = surveys.survey(
        office := people.institution(), ONE, asked=surveys.version(office, surveys.sector())
    )
    token = surveys.token(made, "one")

    with pytest.raises(AnswersRefused) as refusal:
        save(token, {"kind": "cis", "jobs": "wiele"})

    assert [(one.place, one.fault) for one in refusal.value.problems] == [("jobs", Fault.NOT_A_NUMBER)]
    assert answering.open_answer(token).kept.values == {"kind": "cis"}
    assert surveys.unit_of(made, "one").outcome == Outcome.PARTIAL


def test_two_people_at_one_answer_see_both_values():
    made = surveys.survey(people.institution(), ONE)
    token = surveys.token(made, "one")
    save(token, {"jobs": "3"})

    with pytest.raises(Conflict) as conflict:
        save(token, {"jobs": "5"}, version=0)
    same = save(token, {"jobs": "3"}, version=0)
    save(token, {"jobs": "5"}, version=0, overwrite=True)

    assert [(one.field, one.yours, one.saved) for one in conflict.value.differences] == [("jobs", 5, 3)]
    assert same.version == 2
    assert answering.open_answer(token).kept.values == {"jobs": 5}


def test_an_answer_is_handed_in_once_and_its_receipt_follows_from_it():
    made = surveys.survey(people.institution(), ONE, Unit(name="Inny", key="two"))
    number = surveys.hand_in(surveys.token(made, "one"), {"jobs": "3"})

    assert number == surveys.hand_in(surveys.token(made, "two"), {"jobs": "3"})
    assert surveys.answer_of(made, "one").state == "submitted"
    assert surveys.unit_of(made, "one").outcome == Outcome.COMPLETED
    with pytest.raises(AlreadyAnswered):
        save(surveys.token(made, "one"), {"jobs": "4"})
    with pytest.raises(AlreadyAnswered):
        answering.hand_in(token=surveys.token(made, "one"), version=1, at=AT)


def test_nothing_is_handed_in_while_something_required_is_missing():
    made = surveys.survey(
        office := people.institution(), ONE, asked=surveys.version(office, surveys.sector())
    )
    token = surveys.token(made, "one")
    with pytest.raises(AnswersRefused):
        surveys.fill_in(token, {"kind": "ps"})

    with pytest.raises(AnswersRefused) as refusal:
        answering.hand_in(token=token, version=answering.open_answer(token).version, at=AT)
    with pytest.raises(Conflict):
        answering.hand_in(token=token, version=0, at=AT)

    assert [one.place for one in refusal.value.problems] == ["jobs"]


def test_an_empty_answer_can_be_handed_in_when_nothing_is_required():
    made = surveys.survey(people.institution(), ONE)

    answering.hand_in(token=surveys.token(made, "one"), version=0, at=AT)

    assert surveys.answer_of(made, "one").state == "submitted"


def edition_after(office, before_values, **second):
    asked = surveys.version(office, surveys.sector())
    first = surveys.survey(office, ONE, asked=asked, period="2024")
    surveys.hand_in(surveys.token(first, "one"), before_values)
    return surveys.survey(office, ONE, asked=asked, period="2025", **second)


def test_the_last_edition_is_filled_in_and_has_to_be_confirmed():
    made = edition_after(people.institution(), {"kind": "ps", "jobs": "4,5"})
    token = surveys.token(made, "one")
    opening = answering.open_answer(token)

    with pytest.raises(AnswersRefused) as refusal:
        save(token, {"kind": "ps", "jobs": "4,5"})
    with pytest.raises(AnswersRefused) as at_the_end:
        answering.hand_in(token=token, version=1, at=AT)
    save(token, {"kind": "ps", "jobs": "6"}, confirm=True)

    assert opening.kept.prefilled == {"kind": "2024", "jobs": "2024"}
    assert [one.place for one in refusal.value.problems] == ["confirm"]
    assert {one.place for one in at_the_end.value.problems} == {"kind", "jobs"}
    assert answering.open_answer(token).kept.prefilled == {}
    answering.hand_in(token=token, version=2, at=AT)


def test_a_changed_value_is_the_respondents_own():
    made = edition_after(people.institution(), {"kind": "ps", "jobs": "4,5"})
    token = surveys.token(made, "one")

    with pytest.raises(AnswersRefused):
        save(token, {"kind": "ps", "jobs": "7"})

    assert answering.open_answer(token).kept.prefilled == {"kind": "2024"}


def test_official_forms_win_over_the_last_edition():
    office = people.institution()
    made = edition_after(office, {"kind": "ps", "jobs": "4,5"})
    text = "key;jobs;kind;nonsense;closed\none;8,5;spółka;x;\ntwo;1;;;\n"

    taken, refused = frames.take_known_values(
        survey_id=made.pk, text=text, known_from="CAS-01", day=AT.date(), by=analyst(office)
    )

    kept = answering.open_answer(surveys.token(made, "one")).kept
    assert taken == 1
    assert refused == [(2, "kind", "spółka"), (2, "nonsense", "x"), (3, "key", "two")]
    assert kept.values["jobs"] == "8.5"
    assert kept.prefilled == {"kind": "2024", "jobs": "CAS-01, 2026"}


def test_known_values_of_several_answers_and_without_a_source():
    office = people.institution()
    asked = surveys.version(office, content(page("p", question("sources", QuestionKind.MULTIPLE))))
    made = surveys.survey(office, ONE, asked=asked)

    taken, refused = frames.take_known_values(
        survey_id=made.pk, text="key;sources\none;a,c\n", known_from="", day=AT.date(), by=analyst(office)
    )

    assert (taken, refused) == (1, [])
    assert answering.open_answer(surveys.token(made, "one")).kept.prefilled == {"sources": "2026"}


def test_a_silent_or_anonymous_edition_before_fills_nothing_in():
    office = people.institution()
    asked = surveys.version(office)
    surveys.survey(office, ONE, asked=asked, period="2023", anonymous=True)
    second = surveys.survey(office, ONE, asked=asked, period="2024")
    third = surveys.survey(office, ONE, asked=asked, period="2025")

    assert answering.open_answer(surveys.token(second, "one")).kept.values == {}
    assert answering.open_answer(surveys.token(third, "one")).kept.values == {}


def test_links_that_lead_nowhere_say_so():
    made = surveys.survey(people.institution(), ONE)
    token = surveys.token(made, "one")
    closed_one = surveys.survey(people.institution(), ONE, is_open=False)
    FrameUnit.objects.filter(survey=made).update(link_number=2)

    wrong = ["", "x", token[:-1] + "x", token, signing.dumps([1], salt="spoiwo.surveys.answer"),
             signing.dumps([0, 0, "", 0, "l", 0], salt="spoiwo.surveys.answer"),
             signing.dumps([made.pk, 999_999, "", 1, "l", 0], salt="spoiwo.surveys.answer"),
             links.link_for_anybody(made)]  # fmt: skip
    for one in wrong:
        with pytest.raises(LinkSpent):
            answering.open_answer(one)
    with pytest.raises(NotCollecting):
        save(surveys.token(closed_one, "one"), {"jobs": "1"})
    with pytest.raises(LinkSpent):
        links.survey_open_to_anybody(made.uuid)


def test_links_of_staff_last_a_working_day(monkeypatch):
    made = surveys.survey(people.institution(), ONE)
    token = surveys.token(made, "one", source=Source.PHONE)
    assert answering.open_answer(token).link.source == Source.PHONE

    monkeypatch.setattr(links, "STAFF_SECONDS", -1)

    with pytest.raises(LinkSpent):
        answering.open_answer(token)
    assert answering.open_answer(surveys.token(made, "one")).link.source == Source.LINK


def test_staff_write_down_what_came_on_paper_after_closing():
    office = people.institution()
    made = surveys.survey(office, ONE)
    rounds.close_survey(survey_id=made.pk, by=analyst(office))

    surveys.hand_in(surveys.token(made, "one", source=Source.PAPER), {"jobs": "2"})

    answer = surveys.answer_of(made, "one")
    assert (answer.source, answer.entered_by_user_id) == ("paper", 7)


def test_anybody_with_an_open_link_answers_for_themselves():
    made = surveys.survey(people.institution())

    surveys.hand_in(surveys.token(made), {"jobs": "1"})
    surveys.hand_in(surveys.token(made), {"jobs": "2"})

    assert Answer.objects.filter(survey=made, unit__isnull=True, state="submitted").count() == 2
    assert links.survey_open_to_anybody(made.uuid) == made


def test_a_page_that_is_not_there_is_refused():
    made = surveys.survey(people.institution(), ONE)

    with pytest.raises(NoSuchQuestion):
        save(surveys.token(made, "one"), {}, page_code="p9")


def test_opening_is_noted_once():
    made = surveys.survey(people.institution(), ONE)
    token = surveys.token(made, "one")

    answering.note_opening(token, at=AT)
    answering.note_opening(token, at=AT + timedelta(days=1))

    assert surveys.unit_of(made, "one").opened_at == AT


def test_a_question_about_an_answer_opens_it_until_the_reply():
    office = people.institution()
    made = surveys.survey(office, ONE)
    token = surveys.token(made, "one")
    surveys.hand_in(token, {"jobs": "300"})
    answer = surveys.answer_of(made, "one")
    first = deciding.ask_about(answer_id=answer.pk, field="jobs", text="Na pewno?", at=AT, by=analyst(office))
    second = deciding.ask_about(answer_id=answer.pk, field="jobs", text="A etaty?", at=AT, by=analyst(office))
    rounds.close_survey(survey_id=made.pk, by=analyst(office))

    save(token, {"jobs": "30"})
    deciding.reply(token=token, query_id=first.pk, text="Pomyłka", at=AT)
    assert Answer.objects.get().state == "queried"
    deciding.reply(token=token, query_id=second.pk, text="Tak", at=AT)

    assert Answer.objects.get().state == "submitted"
    assert answering.open_answer(token).kept.values == {"jobs": 30}
    with pytest.raises(WrongStep):
        deciding.reply(token=token, query_id=second.pk, text="Jeszcze", at=AT)


def test_replies_go_to_open_questions_only():
    office = people.institution()
    made = surveys.survey(office, ONE, Unit(name="Inny", key="two"))
    with pytest.raises(NotFound):
        deciding.reply(token=surveys.token(made, "one"), query_id=1, text="?", at=AT)
    surveys.hand_in(surveys.token(made, "one"), {"jobs": "3"})
    deciding.ask_about(
        answer_id=surveys.answer_of(made, "one").pk, field="jobs", text="?", at=AT, by=analyst(office)
    )

    with pytest.raises(NotFound):
        deciding.reply(token=surveys.token(made, "one"), query_id=999_999, text="?", at=AT)


def test_one_answer_about_a_person_per_survey_and_subject():
    office = people.institution()
    made = surveys.about_persons(office)
    worker = Actor(user_id=3, institution_id=office.pk, roles=frozenset({"case_worker"}))
    begin: dict[str, Any] = {"survey_id": made.pk, "subject_key": "client:7", "at": AT}

    answer = answering.begin_answer_about(by=worker, **begin)
    surveys.fill_in(links.link_for_answer(answer, source=Source.ACCOUNT, user_id=3), {"jobs": "2"})

    assert answering.begin_answer_about(by=worker, **begin).pk == answer.pk
    assert links.path_for_answer(answer, by=worker).startswith("/ankieta/")
    found = reading.read_answers_about("client:7", by=worker)
    assert [line.value for line in found[0].lines] == [2]
    assert reading.read_answers_about("client:8", by=worker) == []
    stranger = Actor(user_id=3, institution_id=people.institution().pk, roles=frozenset({"case_worker"}))
    with pytest.raises(NotFound):
        answering.begin_answer_about(by=stranger, **begin)
    assert reading.read_answers_about("client:7", by=stranger) == []


def test_answers_about_persons_need_a_survey_about_persons_that_is_open():
    office = people.institution()
    worker = Actor(user_id=3, institution_id=office.pk, roles=frozenset({"case_worker"}))
    entities, persons = surveys.survey(office), surveys.about_persons(office)
    Survey.objects.filter(pk=persons.pk).update(step=Step.CLOSED)

    with pytest.raises(NotYours):
        answering.begin_answer_about(survey_id=entities.pk, subject_key="x", at=AT, by=worker)
    with pytest.raises(NotCollecting):
        answering.begin_answer_about(survey_id=persons.pk, subject_key="x", at=AT, by=worker)
