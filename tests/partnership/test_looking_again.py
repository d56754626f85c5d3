"""Conclusions are looked at again on their day, one letter a day tells of everything, and files prove what was done."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from spoiwo.institutions.types import Role
from spoiwo.partnership import services
from spoiwo.partnership.errors import FileRefused, NotYours, WrongState
from spoiwo.partnership.models import OutgoingMail, Reminder
from spoiwo.partnership.types import Attached, Seat, Step
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON

pytestmark = pytest.mark.django_db
AGAIN = date(2026, 9, 1)


class Owned:
    """A conclusion that one office owns and another one helps with."""

    def __init__(self, **values):
        self.owner, self.helper = (
            people.institution(email="w@example.pl"), people.institution(email="p@example.pl"),
        )  # fmt: skip
        self.partnership = make.agreement(self.owner, self.helper)
        self.by = make.secretary(self.partnership)
        self.council = make.body(self.partnership)
        self.held = make.meeting(self.council, held=True)
        self.row = make.outcome(self.held, adopted=True, **values)

    def give(self, **whom):
        services.assign(outcome_id=self.row.pk, at=NOON, today=DAY, by=self.by, **whom)

    def due(self, day):
        self.row.refresh_from_db()
        self.row.due_to = day
        self.row.save(update_fields=["due_to"])

    def look_again(self, day, by=None):
        return services.set_review(outcome_id=self.row.pk, on=day, at=NOON, by=by or self.by)


def told(day):
    """Who gets a letter that day, however often the job runs, and what it says."""
    OutgoingMail.objects.all().delete()
    for _twice in range(2):
        services.queue_digests(today=day, at=NOON)
    return {one.to: one.text for one in OutgoingMail.objects.all()}


def test_owners_and_the_secretariat_are_told_once_when_it_is_to_be_looked_at_again():
    owned = Owned()
    owned.give(owner_id=owned.owner.pk, co_owner_ids=[owned.helper.pk])
    owned.look_again(AGAIN)

    before, then, after = told(AGAIN - timedelta(days=1)), told(AGAIN), told(AGAIN + timedelta(days=1))
    owned.look_again(AGAIN + timedelta(days=30))
    moved = told(AGAIN + timedelta(days=40))

    assert (before, after) == ({}, {})
    assert set(then) == set(moved) == {"w@example.pl", "p@example.pl", "sekretariat@example.pl"}
    assert "wrócić do sprawy (od 1 września 2026)" in then["w@example.pl"]


def test_a_review_on_the_day_of_the_deadline_silences_no_deadline():
    owned = Owned()
    owned.give(owner_id=owned.owner.pk)
    owned.due(AGAIN)
    owned.look_again(AGAIN)

    days = [told(AGAIN + timedelta(days=days)) for days in (-14, -3, 0, 1, 14)]

    assert ["w@example.pl" in one for one in days] == [True] * 5
    assert sorted(Reminder.objects.values_list("step", flat=True)) == [-14, -3, 0, 1, 14]


def test_what_is_done_is_looked_at_again_and_what_was_given_up_is_not():
    done, given_up = Owned(), Owned()
    done.give(owner_id=done.owner.pk)
    worker = make.worker(done.owner)
    for step, by in ((Step.ACCEPT, worker), (Step.CLAIM, worker), (Step.VERIFY, done.by)):
        services.add_evidence(outcome_id=done.row.pk, label="lista", at=NOON, by=done.by)
        services.take_step(outcome_id=done.row.pk, step=step, effect="Jest", at=NOON, today=DAY, by=by)
    done.due(AGAIN)  # what is done is not overdue
    done.look_again(AGAIN)
    given_up.look_again(AGAIN)
    services.take_step(
        outcome_id=given_up.row.pk, step=Step.EXPIRE, reason="nieaktualne", at=NOON, today=DAY, by=given_up.by
    )

    letters = told(AGAIN + timedelta(days=1))

    assert done.row.code in letters["w@example.pl"]
    assert "po terminie" not in letters["w@example.pl"]
    assert given_up.row.code not in letters["sekretariat@example.pl"]
    with pytest.raises(WrongState):
        given_up.look_again(AGAIN)


def test_only_the_secretariat_says_when_it_is_looked_at_again_and_may_take_it_back():
    owned = Owned()
    owned.give(owner_id=owned.owner.pk)

    with pytest.raises(NotYours):
        owned.look_again(AGAIN, by=make.worker(owned.owner))
    owned.look_again(AGAIN)
    assert owned.look_again(None).review_on is None
    assert told(AGAIN) == {}
    changes = owned.row.events.filter(what="review").order_by("pk").values_list("was", "became")
    assert list(changes) == [("", "2026-09-01"), ("2026-09-01", "")]


def test_the_chair_of_the_body_that_owns_it_is_told():
    owned = Owned()
    make.seat(owned.council, owned.helper, Seat.CHAIR)
    owned.give(owner_body_id=owned.council.pk)
    owned.due(AGAIN)

    assert set(told(AGAIN - timedelta(days=14))) == {"p@example.pl", "sekretariat@example.pl"}


def test_what_becomes_due_after_the_letter_of_the_day_is_told_the_next_day():
    owned = Owned()
    owned.give(owner_id=owned.owner.pk)
    owned.due(AGAIN)
    second = make.outcome(owned.held, owner=owned.owner)
    OutgoingMail.objects.all().delete()
    day = AGAIN - timedelta(days=14)

    services.queue_digests(today=day, at=NOON)
    second.due_to = day + timedelta(days=2)
    second.save(update_fields=["due_to"])
    services.queue_digests(today=day, at=NOON)
    first_day = OutgoingMail.objects.filter(to="w@example.pl").count()
    services.queue_digests(today=day + timedelta(days=1), at=NOON)

    letters = list(OutgoingMail.objects.filter(to="w@example.pl").order_by("pk"))
    assert (first_day, len(letters)) == (1, 2)
    assert second.code in letters[1].text
    assert owned.row.code not in letters[1].text


def test_on_screen_a_file_proves_it_and_a_day_to_look_again_is_set():
    owned = Owned()
    owned.give(owner_id=owned.owner.pk)
    worker, secretary, stranger = Client(), Client(), Client()
    worker.force_login(people.member(owned.owner, Role.CASE_WORKER).user)
    secretary.force_login(people.member(owned.partnership.secretariat, Role.SECRETARY).user)
    stranger.force_login(people.member(people.institution(), Role.CASE_WORKER).user)

    def address(name, *more):
        return reverse(f"partnership:{name}", args=[owned.row.uuid, *more])

    file = SimpleUploadedFile("lista.pdf", b"%PDF lista")
    worker.post(address("evidence"), {"label": "lista obecności", "file": file})
    proof = owned.row.evidence.get()
    page = worker.get(address("outcome")).content.decode()
    saved = worker.get(address("outcome_evidence", proof.pk))
    without = services.add_evidence(outcome_id=owned.row.pk, label="słowa", at=NOON, by=owned.by)
    secretary.post(address("review_outcome"), {"on": "1.09.2026"})
    shown = secretary.get(address("outcome")).content.decode()

    assert "lista.pdf" in page
    assert "kiedy wrócić" not in page
    assert b"".join(saved) == b"%PDF lista"
    assert worker.get(address("outcome_evidence", without.pk)).status_code == 404
    assert stranger.get(address("outcome_evidence", proof.pk)).status_code == 404
    assert "1 września 2026" in shown
    assert "Zmień, kiedy wrócić do sprawy" in shown
    assert worker.get(address("review_outcome")).status_code == 403


def test_what_is_no_document_proves_nothing():
    owned = Owned()

    with pytest.raises(FileRefused):
        services.add_evidence(
            outcome_id=owned.row.pk, label="x", file=Attached("a.exe", b"MZ"), at=NOON, by=owned.by
        )
