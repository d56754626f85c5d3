"""An institution chooses what it uses; what it does without leaves its menus and answers nobody of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.calendars import services as calendars
from spoiwo.institutions import queries, services
from spoiwo.institutions.errors import OutOfReach
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Module, Role
from spoiwo.partnership.urls import urlpatterns
from spoiwo.portal import modules
from spoiwo.portal.queries.first_day import first_steps
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions as make

pytestmark = pytest.mark.django_db
WITHOUT = {
    Module.CALENDAR: ("calendars:calendar", "calendars:feeds"),
    Module.SURVEYS: ("surveys:waiting", "surveys:list"),
    Module.DOCUMENTS: ("partnership:practices", "partnership:templates"),
}


def without(*off):
    """An institution that does without these, with its administrator."""
    switched: dict[str, Any] = {f"with_{one}": False for one in off}
    office = make.institution(**switched)
    return office, make.member(office, Role.LOCAL_ADMIN, Role.CASE_WORKER)


def browser_of(member):
    browser = Client()
    browser.force_login(member.user)
    return browser


@pytest.mark.parametrize("off", WITHOUT)
def test_what_is_switched_off_leaves_the_menu_and_its_addresses_answer_nobody(off):
    _office, member = without(off)
    browser = browser_of(member)

    home = browser.get("/").content.decode()
    tabs = browser.get(reverse("partnership:home")).content.decode()
    answers = {name: browser.get(reverse(name)).status_code for names in WITHOUT.values() for name in names}

    gone = WITHOUT[off]
    assert {name for name, code in answers.items() if code == 404} == set(gone)
    assert {code for name, code in answers.items() if name not in gone} == {200}
    assert all(f'href="{reverse(name)}"' not in home + tabs for name in gone)


def test_only_people_who_are_signed_in_find_an_institution_without_a_public_page():
    office, member = without(Module.PUBLIC_PAGE)
    page = reverse("institutions:institution", args=[office.code])
    stranger, colleague = Client(), browser_of(member)

    assert stranger.get(page).status_code == 404
    assert colleague.get(page).status_code == 200
    for name in ("institutions:directory", "institutions:export_csv"):
        assert office.name not in stranger.get(reverse(name)).content.decode()
        assert office.name in colleague.get(reverse(name)).content.decode()


def test_a_calendar_switched_off_leaves_programs_and_the_first_day_too():
    office, member = without()
    key = calendars.make_feed(name="telefon", at=timezone.now(), by=make.acting(member))
    address = reverse("calendars:feed", args=[key])
    before = Client().get(address).status_code, _titles(member)
    Institution.objects.filter(pk=office.pk).update(with_calendar=False)

    after = Client().get(address).status_code, _titles(member)

    assert (before[0], after[0]) == (200, 404)
    assert len(before[1]) == len(after[1]) + 1
    assert Client().get(reverse("calendars:public_feed")).status_code == 200


def _titles(member):
    day = timezone.localdate()
    actor = queries.actor_for(member.user, institution_id=None, day=day)
    assert actor is not None
    return [str(one.title) for one in first_steps(actor, day)]


def test_its_administrator_switches_on_screen_and_nothing_is_lost():
    office, member = without()
    browser, page = browser_of(member), reverse("institutions:modules", args=[office.code])
    version = Institution.objects.get(pk=office.pk).version

    shown = browser.get(page)
    saved = browser.post(page, {"modules": ["surveys", "documents"], "version": version}, follow=True)
    late = browser.post(page, {"modules": ["calendar"], "version": version})
    decided = browser.post(page, {"modules": ["calendar"], "version": version + 1})
    wrong = browser.post(page, {"modules": ["kawa"], "version": version})

    office.refresh_from_db()
    assert shown.content.decode().count(" checked") == len(Module)
    assert "Zapisano" in saved.content.decode()
    assert (late.status_code, decided.status_code, wrong.status_code) == (409, 302, 422)
    assert "nie używa" in late.content.decode()
    assert office.modules_off == {"surveys", "documents", "public_page"}
    assert browser.get(reverse("calendars:calendar")).status_code == 200


def test_only_the_own_administrators_and_the_operator_switch():
    office, other = make.institution(), make.institution()
    own = make.acting(make.member(office, Role.LOCAL_ADMIN))
    strangers = [
        make.acting(make.member(other, Role.LOCAL_ADMIN)),
        make.acting(make.member(office, Role.DIRECTOR)),
    ]

    def switch(by, seen=0):
        return services.switch_modules(institution_id=office.pk, on=list(Module), seen_version=seen, by=by)

    for stranger in strangers:
        with pytest.raises(OutOfReach):
            switch(stranger)
    assert switch(own, seen=99).version == office.version  # the same again is nobody's conflict
    Institution.objects.filter(pk=office.pk).update(with_surveys=False)
    with pytest.raises(Conflict):
        switch(own, seen=99)
    assert switch(own).modules_off == frozenset()


def test_every_address_of_the_documents_exists():
    assert {f"partnership:{pattern.name}" for pattern in urlpatterns} >= modules.DOCUMENTS
