"""Verification tells yes or no, nothing more, to nobody who may not ask, and never from stale data."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from spoiwo.access.types import Category
from spoiwo.audit.models import AuditRecord
from spoiwo.audit.queries import verify as check_chains
from spoiwo.clients.types import Status
from spoiwo.enquiries import errors
from spoiwo.enquiries.models import Verification
from spoiwo.enquiries.rules import verifying as rules
from spoiwo.enquiries.rules.verifying import Known, verdicts
from spoiwo.enquiries.services import answering
from spoiwo.enquiries.services.verifying import Asked, verify
from spoiwo.enquiries.types import Address, Question, Verdict
from spoiwo.toolkit.context import acting_for
from tests.makers import enquiries as made
from tests.makers.clients import register_as_of
from tests.makers.guarding import hidden
from tests.makers.registers import pesels

DAY = date(2026, 3, 2)
HOME = Address(place="Lubiszyn", street="Leśna", house="4", flat="2")


def told(question, *known, address=HOME, stale=False):
    return verdicts([question], known, address=address, stale=stale, day=DAY)[question]


@pytest.mark.parametrize(
    ("question", "status", "verdict"),
    [
        (Question.SERVED, Status.INACTIVE, Verdict.YES),
        (Question.SERVED, Status.NO_LONGER_SERVED, Verdict.NO),
        (Question.UNEMPLOYED, Status.UNEMPLOYED_WITHOUT_BENEFIT, Verdict.YES),
        (Question.UNEMPLOYED, Status.JOBSEEKER, Verdict.NO),
        (Question.BENEFIT_RIGHT, Status.UNEMPLOYED_WITHOUT_BENEFIT, Verdict.NO),
        (Question.BENEFIT_RIGHT, Status.UNEMPLOYED_WITH_BENEFIT, Verdict.YES),
        (Question.JOBSEEKER, Status.JOBSEEKER, Verdict.YES),
        (Question.SOCIAL_BENEFIT, Status.TEMPORARY_BENEFIT, Verdict.YES),
        (Question.SOCIAL_BENEFIT, Status.SOCIAL_WORK, Verdict.NO),
    ],
)
def test_a_status_answers_a_question(question, status, verdict):
    assert told(question, Known(status=status)) is verdict


@pytest.mark.parametrize(
    ("since", "until", "verdict"),
    [
        (None, None, Verdict.YES),
        (DAY, DAY, Verdict.YES),
        (DAY + timedelta(days=1), None, Verdict.NO),
        (None, DAY - timedelta(days=1), Verdict.NO),
    ],
)
def test_a_status_holds_within_its_days(since, until, verdict):
    known = Known(status=Status.JOBSEEKER, since=since, until=until)

    assert told(Question.JOBSEEKER, known) is verdict


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (HOME, Verdict.YES),
        (Address(place="LUBISZYN", street="lesna", house="4"), Verdict.YES),
        (Address(place="Lubiszyn", street="Leśna", house="4", flat="3"), Verdict.NO),
        (Address(place="Lubiszyn", street="Polna", house="4"), Verdict.NO),
    ],
)
def test_addresses_agree_whatever_the_spelling(given, verdict):
    assert told(Question.ADDRESS, Known(address=HOME), address=given) is verdict


def test_one_of_several_records_is_enough():
    assert (
        told(Question.JOBSEEKER, Known(status=Status.INACTIVE), Known(status=Status.JOBSEEKER)) is Verdict.YES
    )


def test_nobody_found_is_said_so_unless_the_data_are_stale():
    assert told(Question.SERVED) is Verdict.NOBODY
    assert told(Question.SERVED, stale=True) is Verdict.UNKNOWN
    assert told(Question.SERVED, Known(status=Status.JOBSEEKER), stale=True) is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("as_of", "stale"),
    [(DAY - timedelta(days=30), False), (DAY - timedelta(days=31), True), (None, True)],
)
def test_data_are_stale_after_the_limit(as_of, stale):
    assert rules.is_stale(as_of, day=DAY, limit=30) is stale


def test_limits_stop_the_next_question():
    assert rules.within_limits(by_user=rules.BY_USER_AN_HOUR - 1, by_institution=0)
    assert not rules.within_limits(by_user=rules.BY_USER_AN_HOUR, by_institution=0)
    assert not rules.within_limits(by_user=0, by_institution=rules.BY_INSTITUTION_A_DAY)


def test_people_are_never_printed():
    assert "Leśna" not in repr(HOME)
    assert "Nowak" not in repr(made.sought())


def ask(there, *questions, **fields):
    values = {
        "asked_id": there.labour.pk,
        "questions": questions or (Question.UNEMPLOYED, Question.ADDRESS),
        "sought": made.sought(),
        "purpose": "joint-support",
        "legal_basis": "act-art-1:1",
        "address": HOME,
        **fields,
    }
    with acting_for(there.welfare.pk, user_id=there.asking.user_id):
        return verify(
            Asked(**values), now=timezone.now(), day=timezone.localdate(), request_id="r1", by=there.asking
        )


@pytest.mark.django_db
def test_both_chains_know_of_a_verification_and_no_row_says_about_whom():
    there = made.offices()

    verified = ask(there)

    assert verified.answers == {Question.UNEMPLOYED: Verdict.YES, Question.ADDRESS: Verdict.YES}
    chains = AuditRecord.objects.filter(action="verify").order_by("institution_id")
    assert [one.institution_id for one in chains] == sorted([there.welfare.pk, there.labour.pk])
    assert {one.categories for one in chains} == {"contact,status"}
    assert all(one.person for one in chains)
    assert check_chains().holds
    row = Verification.objects.get()
    assert made.PESEL not in str(vars(row))
    assert str(row) == f"{there.welfare.pk} > {there.labour.pk}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who",
    [
        made.sought(pesel=pesels(2)[1]),
        made.sought(last_name="Kowalska"),
        made.sought(pesel="", birth_date=date(1980, 5, 4)),
    ],
)
def test_somebody_else_is_not_known(who):
    assert ask(made.offices(), Question.UNEMPLOYED, sought=who).answers[Question.UNEMPLOYED] is Verdict.NOBODY


@pytest.mark.django_db
def test_names_and_birth_date_are_enough():
    who = made.sought(pesel="", birth_date=date(1980, 5, 3))

    assert ask(made.offices(), Question.SERVED, sought=who).answers[Question.SERVED] is Verdict.YES


@pytest.mark.django_db
def test_stale_data_answer_unknown_and_name_nobody_in_the_log():
    there = made.offices(stale_after_days=10)
    register_as_of(there.labour, timezone.localdate() - timedelta(days=11))

    assert set(ask(there).answers.values()) == {Verdict.UNKNOWN}
    assert not AuditRecord.objects.filter(action="verify", person__isnull=False).exists()


@pytest.mark.django_db
def test_known_and_unknown_people_cost_the_same_statements():
    there = made.offices(stale_after_days=10)
    register_as_of(there.labour, timezone.localdate() - timedelta(days=11))
    unknown = made.sought(last_name="Kowalska")
    ask(there, sought=unknown)

    with CaptureQueriesContext(connection) as first:
        ask(there, sought=unknown)
    with CaptureQueriesContext(connection) as second:
        ask(there)

    assert len(first) == len(second)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"questions": ()}, errors.NothingAsked),
        ({"address": Address()}, errors.AddressMissing),
        ({"sought": made.sought(last_name="")}, errors.NobodyNamed),
        ({"sought": made.sought(pesel="", birth_date=None)}, errors.NobodyNamed),
        ({"sought": made.sought(pesel="123")}, errors.NotPeselNumber),
        ({"sought": made.sought(pesel="44051401358")}, errors.NotPeselNumber),
        ({"purpose": "social-contract"}, errors.NotCovered),
    ],
)
def test_what_is_refused(fields, error):
    there = made.offices()
    fields = {"questions": (Question.ADDRESS,), **fields}

    with pytest.raises(error):
        ask(there, **fields)
    assert not Verification.objects.exists()


@pytest.mark.django_db
def test_no_agreement_no_answer():
    with pytest.raises(errors.NotCovered):
        ask(made.offices(agreed=False))


@pytest.mark.django_db
def test_a_question_beyond_the_agreement_is_refused():
    there = made.offices(gives=(Category.IDENTITY,))

    assert ask(there, Question.SERVED).answers[Question.SERVED] is Verdict.YES
    with pytest.raises(errors.NotCovered):
        ask(there, Question.UNEMPLOYED)


@pytest.mark.django_db
def test_nobody_asks_through_a_whole_list(monkeypatch):
    there = made.offices()
    monkeypatch.setattr(rules, "BY_USER_AN_HOUR", 2)
    ask(there)
    ask(there)

    with pytest.raises(errors.TooManyVerifications):
        ask(there)


@pytest.mark.django_db
def test_who_is_hidden_there_is_nobody_here():
    there = made.offices()
    hidden(there.record)

    assert ask(there).answers == dict.fromkeys((Question.UNEMPLOYED, Question.ADDRESS), Verdict.NOBODY)
    enquiry = made.sent(there)
    with acting_for(there.labour.pk, user_id=there.asked.user_id):
        assert answering.candidates(enquiry, by=there.asked) == []
