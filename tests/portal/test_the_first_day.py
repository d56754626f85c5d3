"""The guide for the first day ticks steps off from what is there."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.calendars.models import Feed
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.partnership.services import talks
from spoiwo.partnership.services.talks import Written
from spoiwo.portal.queries.first_day import first_steps
from tests.makers import institutions as people
from tests.makers import partnership as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 11)


def done(actor):
    return [one.is_done for one in first_steps(actor, TODAY)]


def test_steps_are_ticked_off_as_things_come_into_being():
    office, other = people.institution(), people.institution()
    joined = people.member(office, Role.LOCAL_ADMIN, Role.REGISTRAR)
    actor = people.acting(joined)
    assert done(actor) == [False] * 7

    Institution.objects.filter(pk=office.pk).update(confirmed_on=TODAY)
    people.member(office, Role.CASE_WORKER)
    kept = make.agreement(office, other)
    Feed.objects.create(
        user_id=actor.user_id, institution=office, key_sha256="0" * 64, made_at=timezone.now()
    )
    talks.open_talk(
        agreement_id=kept.pk,
        subject="Dzień dobry",
        to_ids=[other.pk],
        written=Written(text="Jesteśmy."),
        at=make.NOON,
        by=actor,
    )

    assert done(actor) == [True] * 5 + [False] * 2


def test_whoever_cannot_do_a_step_is_told_who_does():
    actor = people.acting(people.member(people.institution(), Role.CASE_WORKER))

    steps = first_steps(actor, TODAY)

    assert [bool(one.url) for one in steps] == [False, False, True, True, True, True]
    assert first_steps(Actor(user_id=1, institution_id=0, is_operator=True), TODAY) == []


def test_the_page_says_how_much_is_left():
    browser = Client()
    browser.force_login(people.member(people.institution(), Role.CASE_WORKER).user)

    page = browser.get(reverse("portal:first_day")).content.decode()

    assert "Zostało 6 kroków, około 14 min." in page
    assert reverse("portal:first_day") in browser.get(reverse("portal:help")).content.decode()
