"""Ideas are judged without those who have a stake, tested where a meeting decided; good practices hold for a year."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as some

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.errors import (
    EndsBeforeStart,
    FileRefused,
    LooksLikeClientData,
    NotFound,
    NotHeldYet,
    NotYours,
    OwnIdea,
    ReasonMissing,
    TooFewReviews,
    WrongState,
)
from spoiwo.partnership.models import Idea, IdeaReview, Practice, Presentation
from spoiwo.partnership.rules import ideas as idea_rules
from spoiwo.partnership.rules import practices as practice_rules
from spoiwo.partnership.rules.ideas import IdeaState, Marks
from spoiwo.partnership.rules.practices import PracticeState
from spoiwo.partnership.services import cancel_meeting, ideas, practices
from spoiwo.partnership.services.ideas import TestPlan
from spoiwo.partnership.services.keeping_files import LARGEST
from spoiwo.partnership.services.practices import PracticeDetails
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions as people
from tests.makers import partnership as make

GOOD = Marks(need=5, feasibility=4, cost=3, effect=4)
PLAN = TestPlan(
    hypothesis="Więcej osób przyjdzie", place="Lubiszyn", measures="liczba osób", until=date(2026, 9, 30)
)
DETAILS = PracticeDetails(
    title="Wspólny dyżur", problem="Dwa urzędy", solution="Jeden dzień", result="Mniej dojazdów"
)
TODAY = date(2026, 3, 11)


@given(moves=some.lists(some.sampled_from(list(IdeaState)), max_size=12))
def test_no_way_of_an_idea_tests_it_unjudged_or_scales_it_untested(moves):
    state, passed = IdeaState.SUBMITTED, [IdeaState.SUBMITTED]
    for wanted in moves:
        try:
            idea_rules.check_move(state, wanted)
        except WrongState:
            continue
        state = wanted
        passed.append(state)

    if IdeaState.TESTED in passed:
        assert IdeaState.EVALUATED in passed
    if IdeaState.SCALED in passed:
        assert IdeaState.CLOSED in passed


@given(given_marks=some.lists(some.builds(Marks, *[some.integers(0, 5)] * 4), min_size=1, max_size=5))
def test_the_mean_lies_between_the_marks(given_marks):
    mean = idea_rules.mean_mark(given_marks)
    flat = [mark for one in given_marks for mark in (one.need, one.feasibility, one.cost, one.effect)]

    assert mean is not None
    assert min(flat) <= mean <= max(flat)


def test_no_marks_have_no_mean():
    assert idea_rules.mean_mark([]) is None


@given(days=some.integers(0, 900))
def test_a_practice_holds_for_a_year(days):
    stale = practice_rules.is_stale(TODAY - timedelta(days=days), today=TODAY)

    assert stale == (days > 365)
    assert practice_rules.is_stale(None, today=TODAY)


@given(moves=some.lists(some.sampled_from(list(PracticeState)), max_size=8))
def test_nothing_is_published_unread(moves):
    state, passed = PracticeState.SUBMITTED, []
    for wanted in moves:
        try:
            practice_rules.check_move(state, wanted)
        except WrongState:
            continue
        state = wanted
        passed.append(state)

    if PracticeState.PUBLISHED in passed:
        assert PracticeState.REVIEWED in passed


def submitted(kept, by, title="Wspólny dyżur"):
    return ideas.submit_idea(
        agreement_id=kept.pk, title=title, problem="Dwa urzędy", proposal="Jeden dzień", at=make.NOON, by=by
    )


def judged(idea, by, marks=GOOD, *, has_conflict=False):
    return ideas.judge_idea(
        uuid=idea.uuid, marks=marks, has_conflict=has_conflict, comment="", at=make.NOON, by=by
    )


@pytest.mark.django_db
def test_an_idea_is_judged_by_two_who_have_no_stake_in_it():
    author, first, second = (people.institution() for _ in range(3))
    kept = make.agreement(author, first, second)
    keeper, writer = make.secretary(kept), make.worker(author)
    council = make.body(kept)
    idea = submitted(kept, writer)

    with pytest.raises(WrongState):
        judged(idea, make.worker(first))
    with pytest.raises(NotYours):
        ideas.screen_idea(uuid=idea.uuid, by=writer)
    ideas.screen_idea(uuid=idea.uuid, by=keeper)
    with pytest.raises(OwnIdea):
        judged(idea, writer)
    judged(idea, writer, has_conflict=True)
    judged(idea, make.worker(first))
    with pytest.raises(TooFewReviews):
        ideas.close_evaluation(uuid=idea.uuid, by=keeper)
    with pytest.raises(ReasonMissing):
        judged(idea, make.worker(second), None)
    judged(idea, make.worker(second))
    ideas.put_on_agenda(uuid=idea.uuid, meeting_id=make.meeting(council).pk, by=keeper)
    ideas.close_evaluation(uuid=idea.uuid, by=keeper)
    assert idea_rules.mean_mark(ideas.marks_of(idea)) == Decimal("4.0")


@pytest.mark.django_db
def test_an_idea_is_tested_after_a_meeting_decided_and_taken_over_when_it_works():
    author, first = people.institution(), people.institution()
    kept = make.agreement(author, first, people.institution())
    keeper, writer = make.secretary(kept), make.worker(author)
    council = make.body(kept)
    held = make.meeting(council, held=True)
    idea = submitted(kept, writer)
    Idea.objects.filter(pk=idea.pk).update(state=IdeaState.EVALUATED)

    coming = make.meeting(council, announced=True)
    with pytest.raises(NotHeldYet):
        ideas.decide_to_test(uuid=idea.uuid, meeting_id=coming.pk, plan=PLAN, by=keeper)
    early = TestPlan(hypothesis="a", place="b", measures="c", until=make.DAY - timedelta(days=1))
    with pytest.raises(EndsBeforeStart):
        ideas.decide_to_test(uuid=idea.uuid, meeting_id=held.pk, plan=early, by=keeper)
    ideas.decide_to_test(uuid=idea.uuid, meeting_id=held.pk, plan=PLAN, by=keeper)
    with pytest.raises(NotYours):
        ideas.write_result(uuid=idea.uuid, result="?", works=True, by=make.worker(first))
    with pytest.raises(WrongState):
        ideas.adopt_idea(uuid=idea.uuid, since=TODAY, by=make.worker(first))
    ideas.write_result(uuid=idea.uuid, result="Przyszło dwa razy więcej osób.", works=True, by=writer)
    for _ in range(2):
        ideas.adopt_idea(uuid=idea.uuid, since=TODAY, by=make.worker(first))

    idea.refresh_from_db()
    assert idea.state == IdeaState.SCALED
    assert [one.institution_id for one in idea.adopters.all()] == [first.pk]


@pytest.mark.django_db
def test_what_does_not_work_is_put_away_with_a_reason_and_nobody_takes_it_over():
    author, other = people.institution(), people.institution()
    kept = make.agreement(author, other)
    keeper = make.secretary(kept)
    idea = submitted(kept, make.worker(author))
    Idea.objects.filter(pk=idea.pk).update(state=IdeaState.CLOSED, works=False)

    with pytest.raises(WrongState):
        ideas.adopt_idea(uuid=idea.uuid, since=TODAY, by=make.worker(other))
    with pytest.raises(ReasonMissing):
        ideas.archive_idea(uuid=idea.uuid, reason=" ", by=keeper)
    ideas.archive_idea(uuid=idea.uuid, reason="Nikt nie przyszedł.", by=keeper)

    idea.refresh_from_db()
    assert (idea.state, idea.reason) == (IdeaState.ARCHIVED, "Nikt nie przyszedł.")


@pytest.mark.django_db
def test_merging_keeps_the_authors_of_both():
    one_office, other_office = people.institution(), people.institution()
    kept = make.agreement(one_office, other_office)
    keeper = make.secretary(kept)
    one, other = submitted(kept, make.worker(one_office)), submitted(kept, make.worker(other_office))

    with pytest.raises(WrongState):
        ideas.merge_ideas(uuid=one.uuid, into=one.uuid, by=keeper)
    ideas.merge_ideas(uuid=one.uuid, into=other.uuid, by=keeper)

    assert {author.institution_id for author in other.authors.all()} == {one_office.pk, other_office.pk}
    one.refresh_from_db()
    assert (one.state, one.merged_into_id) == (IdeaState.MERGED, other.pk)
    third = submitted(kept, make.worker(one_office))
    with pytest.raises(WrongState):
        ideas.merge_ideas(uuid=third.uuid, into=one.uuid, by=keeper)


@pytest.mark.django_db
def test_strangers_submit_and_judge_nothing_and_clients_stay_out():
    office = people.institution()
    kept = make.agreement(office)
    idea = submitted(kept, make.worker(office))
    operator = Actor(user_id=1, institution_id=0, is_operator=True)
    ideas.screen_idea(uuid=idea.uuid, by=make.secretary(kept))

    with pytest.raises(NotFound):
        submitted(kept, make.worker(people.institution()))
    with pytest.raises(NotYours):
        submitted(kept, operator)
    with pytest.raises(NotYours):
        judged(idea, operator)
    with pytest.raises(NotYours):
        ideas.adopt_idea(uuid=idea.uuid, since=TODAY, by=operator)
    with pytest.raises(NotFound):
        ideas.screen_idea(uuid=uuid4(), by=make.secretary(kept))
    with pytest.raises(LooksLikeClientData):
        submitted(kept, make.worker(office), title="Dla 44051401458")
    with pytest.raises(IntegrityError), transaction.atomic():
        IdeaReview.objects.create(
            idea=idea, institution=office, has_conflict=True, need=5, given_at=make.NOON
        )


@pytest.mark.django_db
def test_a_practice_is_reviewed_published_used_and_confirmed():
    author, other = people.institution(), people.institution()
    kept = make.agreement(author, other)
    keeper, writer, reader = make.secretary(kept), make.worker(author), make.worker(other)
    row = practices.submit_practice(agreement_id=kept.pk, details=DETAILS, at=make.NOON, by=writer)

    assert not Practice.objects.visible_to(reader).exists()
    with pytest.raises(WrongState):
        practices.move_practice(uuid=row.uuid, state=PracticeState.PUBLISHED, today=TODAY, by=keeper)
    with pytest.raises(NotYours):
        practices.move_practice(uuid=row.uuid, state=PracticeState.REVIEWED, today=TODAY, by=writer)
    with pytest.raises(WrongState):
        practices.confirm_practice(uuid=row.uuid, today=TODAY, by=writer)
    with pytest.raises(WrongState):
        practices.use_practice(uuid=row.uuid, since=TODAY, by=keeper)
    for state in (PracticeState.REVIEWED, PracticeState.PUBLISHED):
        practices.move_practice(uuid=row.uuid, state=state, today=TODAY, by=keeper)
    practices.use_practice(uuid=row.uuid, since=TODAY, by=reader)
    with pytest.raises(NotYours):
        practices.use_practice(uuid=row.uuid, since=TODAY, by=writer)
    with pytest.raises(NotYours):
        practices.confirm_practice(uuid=row.uuid, today=TODAY, by=reader)
    practices.confirm_practice(uuid=row.uuid, today=TODAY + timedelta(days=300), by=writer)

    row.refresh_from_db()
    assert row.confirmed_on == TODAY + timedelta(days=300)


@pytest.mark.django_db
def test_a_practice_is_changed_without_overwriting_and_put_away_with_a_reason():
    author, other = people.institution(), people.institution()
    kept = make.agreement(author, other)
    keeper, writer, reader = make.secretary(kept), make.worker(author), make.worker(other)
    row = practices.submit_practice(agreement_id=kept.pk, details=DETAILS, at=make.NOON, by=writer)
    for state in (PracticeState.REVIEWED, PracticeState.PUBLISHED):
        practices.move_practice(uuid=row.uuid, state=state, today=TODAY, by=keeper)

    changed = practices.change_practice(uuid=row.uuid, details=DETAILS, version=1, by=keeper)
    assert changed.version == 2
    with pytest.raises(Conflict):
        practices.change_practice(uuid=row.uuid, details=DETAILS, version=1, by=writer)
    with pytest.raises(NotYours):
        practices.change_practice(uuid=row.uuid, details=DETAILS, version=2, by=reader)
    with pytest.raises(ReasonMissing):
        practices.move_practice(uuid=row.uuid, state=PracticeState.ARCHIVED, today=TODAY, by=keeper)
    practices.move_practice(
        uuid=row.uuid, state=PracticeState.ARCHIVED, today=TODAY, reason="Zmiana prawa", by=keeper
    )
    with pytest.raises(WrongState):
        practices.change_practice(uuid=row.uuid, details=DETAILS, version=2, by=writer)

    with pytest.raises(NotFound):
        practices.use_practice(uuid=row.uuid, since=TODAY, by=reader)


@pytest.mark.django_db
def test_whoever_is_no_signatory_shares_nothing():
    office = people.institution()
    kept = make.agreement(office)
    operator = Actor(user_id=1, institution_id=0, is_operator=True)

    with pytest.raises(NotYours):
        practices.submit_practice(agreement_id=kept.pk, details=DETAILS, at=make.NOON, by=operator)


@pytest.mark.django_db
def test_who_shows_what_is_planned_at_meetings_of_the_forum():
    office = people.institution()
    kept = make.agreement(office)
    keeper = make.secretary(kept)
    forum, council = make.body(kept), make.body(kept)
    shown = practices.offer_presentation(
        body_id=forum.pk, title="Nasz dyżur", practice=None, at=make.NOON, by=make.worker(office)
    )
    coming = make.meeting(forum, announced=True)

    practices.plan_presentation(presentation_id=shown.pk, meeting_id=coming.pk, by=keeper)
    assert Presentation.objects.get().meeting == coming
    with pytest.raises(NotFound):
        practices.plan_presentation(presentation_id=shown.pk, meeting_id=make.meeting(council).pk, by=keeper)
    practices.plan_presentation(presentation_id=shown.pk, meeting_id=None, by=keeper)
    assert Presentation.objects.get().meeting is None
    cancel_meeting(meeting_id=coming.pk, at=make.NOON, by=keeper)
    with pytest.raises(WrongState):
        practices.plan_presentation(presentation_id=shown.pk, meeting_id=coming.pk, by=keeper)
    with pytest.raises(NotYours):
        practices.plan_presentation(presentation_id=shown.pk, meeting_id=None, by=make.worker(office))


@pytest.mark.django_db
def test_one_version_of_a_template_is_in_force_and_it_is_known_who_works_with_which():
    first, second = people.institution(), people.institution()
    kept = make.agreement(first, second)
    keeper = make.secretary(kept)
    row = practices.add_template(
        agreement_id=kept.pk, title="Umowa CIS", entity_kind="CIS", about="", by=keeper
    )

    def version(name="umowa.docx", content=b"PK"):
        return practices.add_template_version(
            uuid=row.uuid, name=name, content=content, change="", valid_from=TODAY, by=keeper
        )

    with pytest.raises(WrongState):
        practices.adopt_template(uuid=row.uuid, since=TODAY, deviations="", by=make.worker(first))
    old = version()
    practices.adopt_template(uuid=row.uuid, since=TODAY, deviations="bez par. 4", by=make.worker(first))
    new = version()
    practices.adopt_template(uuid=row.uuid, since=TODAY, deviations="", by=make.worker(second))

    assert [one.number for one in row.versions.filter(is_current=True)] == [new.number] == [2]
    assert {one.institution_id: one.version_id for one in row.adoptions.all()} == {
        first.pk: old.pk,
        second.pk: new.pk,
    }
    for name, content in (
        ("a.docx", b""),
        ("a.exe", b"MZ"),
        ("a.pdf", b"x" * (LARGEST + 1)),
    ):
        with pytest.raises(FileRefused):
            version(name, content)
    with pytest.raises(NotFound):
        practices.adopt_template(
            uuid=row.uuid, since=TODAY, deviations="", by=make.worker(people.institution())
        )
