"""An attack on anonymity: somebody with the whole database tries to tell who gave which answer."""

import itertools
from random import Random

import pytest
from django.db import IntegrityError, connection, transaction

from spoiwo.audit.models import AuditRecord
from spoiwo.institutions.types import Kind
from spoiwo.kernel.sealing import CannotUnseal
from spoiwo.surveys.errors import AlreadyAnswered, WrongStep
from spoiwo.surveys.models import Answer, FrameUnit
from spoiwo.surveys.models.keys import key_of
from spoiwo.surveys.queries import catalogue, results
from spoiwo.surveys.rules.anonymity import HANDFUL
from spoiwo.surveys.rules.sealing import opened
from spoiwo.surveys.services import answering, deciding, exporting, rounds
from spoiwo.surveys.types import Source, Unit
from tests.makers import institutions as people
from tests.makers import surveys
from tests.makers.surveys import AT, analyst

pytestmark = pytest.mark.django_db
PEOPLE = 30


def asked_anonymously(office, people_=PEOPLE):
    units = [Unit(name=f"Osoba {n}", key=f"u{n:02}", email=f"u{n}@example.pl") for n in range(people_)]
    return surveys.survey(office, *units, anonymous=True)


def answered_in_order(made, order):
    """Unit u07 answers 7, and so on: the value gives the truth away to the test only."""
    for n in order:
        surveys.hand_in(surveys.token(made, f"u{n:02}"), {"jobs": str(n)})


def values_in_rows_as_stored(made):
    """Answers in the order in which the database holds them."""
    hidden = {"postgresql": "ctid", "sqlite": "rowid"}[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM surveys_answer WHERE survey_id = %s ORDER BY {hidden}", [made.pk])
        numbers = [row[0] for row in cursor.fetchall()]
    by_id = {str(answer.pk).replace("-", ""): answer for answer in Answer.objects.filter(survey=made)}
    key = key_of(made)
    found = [by_id[str(number).replace("-", "")] for number in numbers]
    return [opened(bytes(one.sealed), key, one.pk).values["jobs"] for one in found]


def longest_run_in(order, stored):
    """How many neighbours of the order stand side by side in the rows."""
    after = dict(itertools.pairwise(order))
    return sum(1 for one, other in itertools.pairwise(stored) if after.get(one) == other)


def test_rows_ids_and_times_do_not_tell_who_answered_what():
    made = asked_anonymously(people.institution())
    order = Random(1).sample(range(PEOPLE), PEOPLE)
    answered_in_order(made, order)

    rows = Answer.objects.filter(survey=made).values()
    for row in rows:
        known = {name for name, value in row.items() if value not in {None, "", 0}}
        assert known == {
            "id",
            "survey_id",
            "holder_id",
            "is_anonymous",
            "state",
            "source",
            "sealed",
            "version",
        } | ({"in_urn"} & known)
        assert row["id"].version == 4
    by_id = [
        opened(bytes(one.sealed), key_of(made), one.pk).values["jobs"]
        for one in Answer.objects.filter(survey=made).order_by("pk")
    ]
    assert longest_run_in(order, values_in_rows_as_stored(made)) < PEOPLE / 3
    assert longest_run_in(order, by_id) < PEOPLE / 3
    assert set(FrameUnit.objects.filter(survey=made).values_list("opened_at", "answered")) == {(None, True)}


@pytest.mark.postgres
def test_numbers_of_transactions_do_not_tell_either():
    made = asked_anonymously(people.institution(), 12)
    answered_in_order(made, range(12))

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT xmin::text) FROM surveys_frameunit WHERE survey_id = %s", [made.pk]
        )
        assert cursor.fetchone() == (1,)


def test_nothing_goes_on_record_when_somebody_answers():
    made = asked_anonymously(people.institution(), 6)
    before = AuditRecord.objects.count()

    answered_in_order(made, range(6))

    assert AuditRecord.objects.count() == before


def test_answers_come_out_in_handfuls_so_that_looking_twice_tells_nothing():
    office = people.institution()
    made = asked_anonymously(office, 13)
    seen = []
    for n in range(13):
        answered_in_order(made, [n])
        seen.append(results.counted_answers(made))
    rounds.close_survey(survey_id=made.pk, by=analyst(office))
    seen.append(results.counted_answers(made))

    steps = [after - before for before, after in itertools.pairwise(seen) if after != before]
    assert seen[: 2 * HANDFUL - 1] == [0] * (2 * HANDFUL - 1)
    assert seen[-1] == 13
    assert min(steps) >= HANDFUL


def test_too_few_answers_are_never_shown():
    office = people.institution()
    made = asked_anonymously(office, 6)
    answered_in_order(made, range(HANDFUL - 1))

    rounds.close_survey(survey_id=made.pk, by=analyst(office))

    assert results.counted_answers(made) == 0
    assert list(results.values_of(made)) == []
    assert list(exporting.rows_of(made)) == [[*exporting.FIRST_COLUMNS, "jobs"]]


def test_what_is_being_written_opens_with_the_link_only():
    made = asked_anonymously(people.institution(), 2)
    surveys.fill_in(surveys.token(made, "u01"), {"jobs": "5"})
    draft = Answer.objects.get()

    with pytest.raises(CannotUnseal):
        opened(bytes(draft.sealed), key_of(made), draft.pk)
    assert answering.open_answer(surveys.token(made, "u01")).kept.values == {"jobs": 5}
    assert answering.open_answer(surveys.token(made, "u00")).kept.values == {}
    assert draft.unit_id is None


def test_drafts_that_nobody_handed_in_go_when_the_survey_closes():
    office = people.institution()
    made = asked_anonymously(office, 2)
    surveys.fill_in(surveys.token(made, "u01"), {"jobs": "5"})

    rounds.close_survey(survey_id=made.pk, by=analyst(office))

    assert Answer.objects.count() == 0


def test_an_empty_anonymous_answer_goes_into_the_urn_too():
    made = asked_anonymously(people.institution(), 2)

    answering.hand_in(token=surveys.token(made, "u00"), version=0, at=AT)

    assert Answer.objects.get().in_urn


def test_nobody_answers_twice():
    made = asked_anonymously(people.institution(), 2)
    answered_in_order(made, [1])

    with pytest.raises(AlreadyAnswered):
        answered_in_order(made, [1])


def test_an_open_anonymous_link_needs_no_frame():
    office = people.institution()
    made = surveys.survey(office, anonymous=True, open_link=True)
    for n in range(10):
        surveys.hand_in(surveys.token(made), {"jobs": str(n)})

    assert results.counted_answers(made) == 5


def test_the_database_itself_refuses_an_anonymous_answer_that_knows_somebody():
    made = asked_anonymously(people.institution(), 2)
    for known in (
        {"unit": surveys.unit_of(made, "u00")},
        {"submitted_at": AT},
        {"entered_by_user_id": 7},
        {"subject_key": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(
                survey=made, holder=made.institution, is_anonymous=True, sealed=b"", **known
            )


def test_staff_are_not_told_who_answered_and_cannot_ask_about_it():
    office = people.institution("x", Kind.ROPS)
    made = asked_anonymously(office, 12)
    answered_in_order(made, range(12))
    shown = Answer.objects.filter(in_urn=False).first()

    assert catalogue.answer(analyst(office), shown.pk) is None
    assert len(catalogue.units(analyst(office), made, outcome="completed")) == 12
    for act in (deciding.accept_answer, deciding.ask_about):
        more = {"field": "jobs", "text": "?"} if act is deciding.ask_about else {}
        with pytest.raises(WrongStep):
            act(answer_id=shown.pk, at=AT, by=analyst(office), **more)
    assert surveys.token(made, "u00", source=Source.PHONE)
