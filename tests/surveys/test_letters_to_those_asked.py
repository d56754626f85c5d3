"""Invitations and reminders: what they say, and what happens when the post office is away."""

from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail

from spoiwo.institutions.types import Kind
from spoiwo.surveys.models import Letter
from spoiwo.surveys.services import mailing
from spoiwo.surveys.types import Unit
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


def test_letters_say_only_that_something_waits_and_are_sent_once(office, django_capture_on_commit_callbacks):
    made = surveys.survey(office, ONE, TWO, THREE, title="Badanie o długach")
    surveys.hand_in(surveys.token(made, "two"), {"jobs": "1"})
    with django_capture_on_commit_callbacks(execute=True):
        invited = mailing.invite(survey_id=made.pk, at=AT, by=analyst(office))
        again = mailing.invite(survey_id=made.pk, at=AT, by=analyst(office))
        reminded = mailing.remind(survey_id=made.pk, by=analyst(office))

    assert (invited, again, reminded) == (2, 0, 2)  # one of them has no address and is told by account only
    assert [letter.to for letter in mail.outbox] == [["one@example.pl"]] * 2
    assert all("długach" not in f"{letter.subject}{letter.body}" for letter in mail.outbox)
    assert list(Letter.objects.values_list("state", flat=True)) == ["sent", "sent"]
    assert mailing.send_letters(made.pk) == 0
    assert surveys.unit_of(made, "one").reminders == 1


def test_a_post_office_that_is_away_leaves_letters_to_try_again(
    office, monkeypatch, django_capture_on_commit_callbacks
):
    made = surveys.survey(office, ONE)

    def away(_letter):
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken, django_capture_on_commit_callbacks(execute=True):
        broken.setattr(mailing, "_mail", away)
        mailing.invite(survey_id=made.pk, at=AT, by=analyst(office))
    failed = Letter.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        mailing.resend_failed(survey_id=made.pk, by=analyst(office))

    assert (failed.state, failed.problem, failed.attempts) == (
        "failed",
        "SMTPServerDisconnected",
        mailing.MOST_ATTEMPTS,
    )
    assert Letter.objects.get().state == "sent"


def test_a_letter_taken_by_another_worker_is_left_alone(office):
    made = surveys.survey(office, ONE)
    letter = Letter.objects.create(
        survey=made, unit=surveys.unit_of(made, "one"), holder=office, kind="invitation"
    )
    Letter.objects.update(attempts=1)

    assert mailing._send(letter) == 0
    assert mail.outbox == []
