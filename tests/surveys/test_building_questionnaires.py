"""Building: every deed gives a questionnaire, every removal can be taken back, codes are for good."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.errors import (
    CodeTaken,
    DraftAlreadyOpen,
    NoSuchQuestion,
    NotADraft,
    NotFound,
    NothingToPutBack,
    NotYours,
    QuestionnaireIncomplete,
)
from spoiwo.surveys.models import Questionnaire, QuestionnaireVersion
from spoiwo.surveys.rules import building as deeds
from spoiwo.surveys.rules.budget import minutes_of, seconds_of
from spoiwo.surveys.rules.checking import problems_of, question_problems
from spoiwo.surveys.rules.documents import all_fields, from_document, label_of, to_document
from spoiwo.surveys.services import building
from spoiwo.surveys.types import Choice, Content, Draft, Fault, Page, Problem, QuestionKind, Subject, Words
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions as people
from tests.makers import surveys
from tests.makers.surveys import AT, analyst, content, page, question

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine


TWO_PAGES = content(page("p1", question("a"), question("b")), page("p2", question("c")))


def codes(given: Content) -> list[list[str]]:
    return [[one.code for one in part.questions] for part in given.pages]


@pytest.mark.parametrize(
    ("code", "by", "expected"),
    [
        ("b", -1, [["b", "a"], ["c"]]),
        ("a", 1, [["b", "a"], ["c"]]),
        ("b", 1, [["a"], ["b", "c"]]),
        ("c", -1, [["a", "b", "c"], []]),
        ("a", -1, [["a", "b"], ["c"]]),
        ("c", 1, [["a", "b"], ["c"]]),
    ],
)
def test_a_question_moves_within_its_page_and_over_its_edge(code, by, expected):
    assert codes(deeds.move_question(TWO_PAGES, code, by)) == expected


def test_pages_move_and_stay_at_the_edge():
    assert [one.code for one in deeds.move_page(TWO_PAGES, "p2", -1).pages] == ["p2", "p1"]
    assert deeds.move_page(TWO_PAGES, "p1", -1) == TWO_PAGES
    assert deeds.move_page(TWO_PAGES, "p2", 1) == TWO_PAGES


def test_a_copy_has_a_code_that_was_never_used():
    removed = deeds.remove_page(deeds.remove_question(TWO_PAGES, "b"), "p2")
    first, one = deeds.duplicate_question(removed, "a")
    taken = deeds.remove_question(first, "a_2")

    _again, other = deeds.duplicate_question(taken, "a")

    assert (one, other) == ("a_2", "a_3")
    assert deeds.free_code(removed, "c") == "c_2"


@PATIENT
@given(st.lists(st.sampled_from(["a", "b", "c", "p1", "p2"]), max_size=5, unique=True))
def test_whatever_is_removed_comes_back_in_the_order_it_went(gone):
    made = TWO_PAGES
    states = []
    for code in gone:
        before = made
        try:
            made = (
                deeds.remove_page(made, code) if code.startswith("p") else deeds.remove_question(made, code)
            )
        except NoSuchQuestion:
            continue
        states.append(before)

    for former in reversed(states):
        made = deeds.put_back(made)
        assert made == former


def test_nothing_removed_is_nothing_to_put_back():
    with pytest.raises(NothingToPutBack):
        deeds.put_back(TWO_PAGES)
    orphan = deeds.remove_question(content(page("p1", question("a"), question("b"))), "a")
    with pytest.raises(NothingToPutBack):
        deeds.put_back(Content((), orphan.removed))


def test_changes_keep_what_they_are_not_about():
    renamed = deeds.change_page(TWO_PAGES, "p1", Page(code="x", title=Words("Inna")))
    changed = deeds.change_question(TWO_PAGES, "b", question("b2"))
    added = deeds.add_question(deeds.add_page(TWO_PAGES, page("p3")), "p3", question("z"))

    assert codes(renamed) == codes(TWO_PAGES)
    assert codes(changed) == [["a", "b2"], ["c"]]
    assert codes(added) == [["a", "b"], ["c"], ["jobs", "z"]]
    with pytest.raises(NoSuchQuestion):
        deeds.find_page(TWO_PAGES, "p9")
    with pytest.raises(NoSuchQuestion):
        deeds.page_of(TWO_PAGES, "z")


def test_a_document_gives_back_what_was_written():
    asked = deeds.remove_page(deeds.remove_question(surveys.sector(), "closed"), "about")

    assert from_document(to_document(asked)) == asked
    assert from_document({}) == Content()


def test_every_cell_of_a_table_is_a_field_with_a_name():
    fields = {one.code: label_of(one) for one in all_fields(surveys.sector())}

    assert list(fields)[2:4] == ["participants.started.women", "participants.started.men"]
    assert fields["participants.started.women"].pl == "Pytanie participants – STARTED – WOMEN"
    assert label_of(all_fields(content(page("p", question("x", label=Words("X")))))[0]) == Words("X")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Content(), ("", Fault.NO_PAGES)),
        (content(page("p1", question("a"), question("a"))), ("a", Fault.CODE_TWICE)),
        (content(page("p1", question("a")), page("p1", question("b"))), ("p1", Fault.CODE_TWICE)),
        (content(page("P 1", question("a"))), ("P 1", Fault.CODE_SHAPE)),
        (content(Page(code="p1", title=Words(), questions=(question(),))), ("p1", Fault.NO_LABEL)),
        (content(Page(code="p1", title=Words("x"))), ("p1", Fault.EMPTY_PAGE)),
        (content(page("p1", question("in"))), ("in", Fault.CODE_SHAPE)),
        (content(page("p1", question("a", label=Words()))), ("a", Fault.NO_LABEL)),
        (content(page("p1", question("a", QuestionKind.SINGLE, choices=()))), ("a", Fault.NO_CHOICES)),
        (content(page("p1", question("a", QuestionKind.MATRIX, rows=()))), ("a", Fault.NO_ROWS)),
        (
            content(page("p1", question("a", QuestionKind.SINGLE, choices=("x", "x")))),
            ("a", Fault.CODE_TWICE),
        ),
        (content(page("p1", question("a", QuestionKind.SINGLE, choices=("ź",)))), ("a", Fault.CODE_SHAPE)),
        (content(page("p1", question("a", minimum=Decimal(2), maximum=Decimal(1)))), ("a", Fault.RANGE)),
        (content(page("p1", question("a", condition="x y"))), ("a", Fault.CONDITION)),
        (content(page("p1", question("a", condition="zz > 1"))), ("a", Fault.CONDITION_UNKNOWN)),
        (content(page("p1", question("a", condition="b > 1"), question("b"))), ("a", Fault.CONDITION_LATER)),
        (
            content(page("p1", question("a", QuestionKind.SINGLE), question("b", condition='a == "z"'))),
            ("b", Fault.CONDITION_CHOICE),
        ),
        (
            content(page("p1", question("a", QuestionKind.YES_NO)), page("p2", condition='a == "maybe"')),
            ("p2", Fault.CONDITION_CHOICE),
        ),
    ],
)
def test_what_is_missing_is_said_with_its_place(asked, expected):
    assert expected in [(problem.place, problem.fault) for problem in problems_of(asked)]


def test_a_choice_without_a_text_is_noticed():
    asked = question("a", QuestionKind.SINGLE)
    bare = type(asked)(code="a", kind=asked.kind, label=asked.label, choices=(Choice("x", Words()),))

    assert question_problems(bare) == [Problem("a", Fault.NO_LABEL, "x")]


def test_a_complete_questionnaire_has_no_problems():
    assert problems_of(surveys.sector()) == []


def test_the_estimate_grows_with_rows_and_stays_apart_for_conditions():
    matrix = question("m", QuestionKind.MATRIX, rows=("a", "b", "c"), label=Words(""))
    numbers = question("n", QuestionKind.NUMBERS, rows=("a", "b"), choices=("x", "y"), label=Words(""))

    least, most = minutes_of(surveys.sector())

    assert seconds_of(matrix) == 14  # three rows of four seconds, six words
    assert seconds_of(numbers) == 49  # four cells of twelve seconds, four words
    assert (least, most) == (1, 3)


@pytest.mark.django_db
class TestKeeping:
    """What the services keep and refuse."""

    def test_a_draft_becomes_a_version_that_never_changes(self):
        office = people.institution()
        draft = surveys.draft_of(office, deeds.remove_question(TWO_PAGES, "b"))

        published = building.publish_version(version_id=draft.pk, at=AT, by=analyst(office))

        assert published.questions.removed == ()
        with pytest.raises(NotADraft):
            building.change_draft(
                version_id=draft.pk, edit_version=1, deed=lambda one: one, at=AT, by=analyst(office)
            )
        with pytest.raises(NotADraft):
            building.publish_version(version_id=draft.pk, at=AT, by=analyst(office))
        with pytest.raises(NotADraft):
            building.discard_draft(version_id=draft.pk, by=analyst(office))

    def test_an_incomplete_draft_is_not_published(self):
        office = people.institution()
        draft = surveys.draft_of(office, content(page("p1", question("a", label=Words()))))

        with pytest.raises(QuestionnaireIncomplete) as refusal:
            building.publish_version(version_id=draft.pk, at=AT, by=analyst(office))

        assert refusal.value.problems == (Problem("a", Fault.NO_LABEL),)

    def test_a_code_keeps_its_kind_over_versions(self):
        office = people.institution()
        first = surveys.version(office)
        second = building.new_version(questionnaire_id=first.questionnaire_id, at=AT, by=analyst(office))
        building.change_draft(
            version_id=second.pk,
            edit_version=1,
            deed=lambda one: deeds.change_question(one, "jobs", question("jobs", QuestionKind.TEXT)),
            at=AT,
            by=analyst(office),
        )

        with pytest.raises(QuestionnaireIncomplete) as refusal:
            building.publish_version(version_id=second.pk, at=AT, by=analyst(office))

        assert refusal.value.problems[0].fault == Fault.CODE_CHANGED_KIND

    def test_the_former_version_closes_when_the_next_is_published(self):
        office = people.institution()
        first = surveys.version(office)
        second = building.new_version(questionnaire_id=first.questionnaire_id, at=AT, by=analyst(office))
        with pytest.raises(DraftAlreadyOpen):
            building.new_version(questionnaire_id=first.questionnaire_id, at=AT, by=analyst(office))

        building.publish_version(version_id=second.pk, at=AT, by=analyst(office))

        first.refresh_from_db()
        assert first.state == "closed"
        assert building.kinds_before(first.questionnaire_id) == {"jobs": QuestionKind.INTEGER}

    def test_two_people_who_build_notice_each_other(self):
        office = people.institution()
        draft = surveys.draft_of(office)
        change: dict[str, Any] = {"deed": lambda one: one, "at": AT, "version_id": draft.pk}
        building.change_draft(edit_version=1, by=analyst(office), **change)

        with pytest.raises(Conflict) as conflict:
            building.change_draft(edit_version=1, by=analyst(office, 8), **change)

        assert conflict.value.version == 2
        assert conflict.value.saved_by_user_id == 7

    def test_strangers_find_nothing(self):
        office, stranger = people.institution(), people.institution()
        draft = surveys.draft_of(office)
        director = Actor(user_id=1, institution_id=office.pk, roles=frozenset({"director"}))

        for by in (analyst(stranger), director):
            with pytest.raises(NotFound):
                building.publish_version(version_id=draft.pk, at=AT, by=by)
            with pytest.raises(NotFound):
                building.new_version(questionnaire_id=draft.questionnaire_id, at=AT, by=by)
            with pytest.raises(NotFound):
                building.describe_questionnaire(
                    questionnaire_id=draft.questionnaire_id, draft=Draft(code="x", title=Words("x")),
                    is_shared=True, by=by,
                )  # fmt: skip
        with pytest.raises(NotFound):
            building.copy_shared(version_id=draft.pk, code="copy", at=AT, by=analyst(stranger))
        with pytest.raises(NotYours):
            building.create_questionnaire(
                draft=Draft(code="x", title=Words("x")), content=Content(), at=AT, by=director
            )

    def test_codes_of_questionnaires_are_codes_and_taken_once(self):
        office = people.institution()
        surveys.draft_of(office, code="sektor")

        for code in ("sektor", "Zły kod"):
            with pytest.raises(CodeTaken):
                surveys.draft_of(office, code=code)

    def test_what_is_shared_can_be_read_and_copied(self):
        office, neighbour = people.institution(), people.institution()
        made = surveys.version(office, subject=Subject.ENTITY)
        described = Draft(code="ignored", title=Words("Nowy tytuł"), minutes_budget=7)

        building.describe_questionnaire(
            questionnaire_id=made.questionnaire_id, draft=described, is_shared=True, by=analyst(office)
        )
        copy = building.copy_shared(version_id=made.pk, code="kopia", at=AT, by=analyst(neighbour))

        assert copy.questionnaire.title_pl == "Nowy tytuł"
        assert copy.questionnaire.institution == neighbour
        assert copy.questions == made.questions
        assert Questionnaire.objects.visible_to(analyst(neighbour)).count() == 2

    def test_a_thrown_away_first_draft_takes_its_questionnaire_along(self):
        office = people.institution()
        draft = surveys.draft_of(office)
        kept = surveys.version(office)
        second = building.new_version(questionnaire_id=kept.questionnaire_id, at=AT, by=analyst(office))

        building.discard_draft(version_id=draft.pk, by=analyst(office))
        building.discard_draft(version_id=second.pk, by=analyst(office))

        assert list(Questionnaire.objects.values_list("pk", flat=True)) == [kept.questionnaire_id]
        assert QuestionnaireVersion.objects.count() == 1
