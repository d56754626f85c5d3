"""The page of the day: what each context lets wait for a worker, in one place, and for a substitute too."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.calendars.services import entries
from spoiwo.calendars.types import EntryDetails
from spoiwo.clients.models import CommonClient
from spoiwo.districts.models import HandOver
from spoiwo.districts.services import assigning, substitutes
from spoiwo.institutions.models import Membership, User
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.plans.models import Action
from spoiwo.plans.queries import acting
from spoiwo.portal.types import AT_ONCE
from spoiwo.referrals.types import Step
from spoiwo.toolkit.context import acting_for
from tests.makers import access as agreements
from tests.makers import districts as made
from tests.makers import enquiries, institutions, plans, referrals, registers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def browser_of(member: Membership) -> Client:
    browser = Client()
    browser.force_login(member.user)
    return browser


def seen(browser: Client, *of: int) -> str:
    """The page of the reader's day, or of somebody else's work."""
    address = reverse("portal:work_of", args=of) if of else reverse("portal:home")
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class Office:
    """An office with Anna in Polna and Jan in Leśna."""

    def __init__(self) -> None:
        self.office = made.office()
        by = made.keeper(self.office)
        self.anna, self.jan = made.worker(self.office, "Anna Klon"), made.worker(self.office, "Jan Buk")
        for member, street in ((self.anna, "Polna"), (self.jan, "Leśna")):
            made.ground(by, made.district(by, street[:1], member), street=street)

    def live(self, **streets: str) -> None:
        registers.bring_in(self.office, *(made.lives(who, street) for who, street in streets.items()))
        assigning.sweep(self.office.pk, timezone.localdate())


def test_an_empty_day_says_what_will_come():
    office = Office()
    office.live()

    page = seen(browser_of(office.anna))

    assert "Nic na Ciebie nie czeka." in page
    assert "pojawią się tu same" in page
    assert "rejon P: Rejon P" in page


def test_hand_overs_wait_for_both_and_are_taken_with_one_click():
    office = Office()
    office.live(a="Polna")
    office.live(a="Leśna")
    jan = browser_of(office.jan)
    with acting_for(office.office.pk):
        row = HandOver.objects.get()
    gives, takes = (reverse(f"districts:{name}", args=[row.uuid]) for name in ("hand", "take"))

    assert gives in seen(browser_of(office.anna))
    assert takes in seen(jan)
    assert gives not in seen(jan)
    after = jan.post(takes, {"next": reverse("portal:home")})

    assert after.headers["Location"] == reverse("portal:home")
    assert takes not in seen(jan)
    elsewhere = jan.post(takes, {"next": "//example.com/"})
    assert elsewhere.headers["Location"] == reverse("districts:hand_overs")


def test_appointments_of_the_day_are_shown_with_their_hour():
    office = Office()
    zone = timezone.get_current_timezone()
    for title, days in (("Dyżur w gminie", 0), ("Za tydzień", 7)):
        at = datetime.combine(timezone.localdate() + timedelta(days=days), time(11), tzinfo=zone)
        details = EntryDetails(source="", title=title, starts_at=at, ends_at=at + timedelta(hours=1))
        entries.plan_entry(details, at=timezone.now(), by=institutions.acting(office.anna))
    at = datetime.combine(timezone.localdate(), time(9), tzinfo=zone)
    for who, title in ((office.anna, "Spotkanie Anny"), (office.jan, "Spotkanie Jana")):
        own = EntryDetails(source="", title=title, starts_at=at, ends_at=at, owner_id=who.user_id)
        entries.plan_entry(own, at=timezone.now(), by=institutions.acting(who))

    page = seen(browser_of(office.anna))

    assert "Dyżur w gminie" in page
    assert "11:00" in page
    assert "Spotkanie Anny" in page
    assert "Spotkanie Jana" not in page
    assert "Za tydzień" not in page


def test_new_common_clients_of_the_own_districts_are_named_and_put_on_record():
    office = Office()
    office.live(a="Polna", b="Leśna")
    other = made.office(short_name="OPS Sąsiedni")
    agreements.agreement(office.office, other)
    with acting_for(office.office.pk, job="matching"):
        for record in registers.records(office.office, "a", "b"):
            CommonClient.objects.create(
                institution=office.office,
                other=other,
                record=record,
                person_id=record.person_id,
                since=timezone.now(),
                since_generation=1,
                rule="person",
                sort_key="nowak",
                last_key="nowak",
                first_key="anna",
                teryt=made.GORZOW,
            )
    before = AuditRecord.objects.filter(action="list_clients").count()

    page = seen(browser_of(office.anna))

    assert page.count("obsługuje też: OPS Sąsiedni") == 1
    assert AuditRecord.objects.filter(action="list_clients").count() == before + 2


def test_a_substitute_opens_the_work_of_the_absent_on_these_days_only_and_on_record():
    office = Office()
    office.live(a="Polna")
    office.live(a="Leśna")
    today = timezone.localdate()
    third = made.worker(office.office, "Ola Wrzos")
    with acting_for(office.office.pk):
        substitutes.name_substitute(
            substitute_id=third.user_id, starts_on=today, ends_on=today, by=institutions.acting(office.jan)
        )
        substitutes.name_substitute(
            substitute_id=third.user_id,
            starts_on=today + timedelta(days=1),
            ends_on=date(2999, 1, 1),
            by=institutions.acting(office.anna),
        )
    ola = browser_of(third)

    assert "Dziś zastępujesz: Jan Buk." in seen(ola)
    page = seen(ola, office.jan.user_id)

    assert "Praca: Jan Buk" in page
    assert "Nowak" in page
    assert AuditRecord.objects.filter(object_ref=f"work-of:{office.jan.user_id}").count() == 1
    assert ola.get(reverse("portal:work_of", args=[office.anna.user_id])).status_code == 404
    assert (
        browser_of(office.anna).get(reverse("portal:work_of", args=[office.jan.user_id])).status_code == 404
    )


def values_of(row: Action) -> dict[str, Any]:
    """What an action says, without what makes it this one."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name != "id"}


def of(actor: Actor) -> Client:
    """A browser in which somebody is signed in."""
    browser = Client()
    browser.force_login(User.objects.get(pk=actor.user_id))
    return browser


def test_plans_to_sign_and_actions_due_have_their_next_step():
    unsigned = plans.proposed()
    carried_out = plans.active(since=timezone.localdate() - timedelta(days=150))

    assert "Plany do podpisu" in seen(of(unsigned.labour))
    page = seen(of(carried_out.labour))

    assert "Działania z planów" in page
    assert "/zrobione/" in page
    assert "Inny wynik" in page
    assert "po terminie" in page


def test_plans_of_the_day_are_put_on_record_with_every_party():
    pair = plans.active(since=timezone.localdate() - timedelta(days=150))
    records = AuditRecord.objects.filter(action="list_clients", object_ref="list:plans")

    seen(of(pair.labour))

    assert dict(records.values_list("institution_id", "count")) == {
        pair.town.labour.pk: 1,
        pair.town.welfare.pk: 1,
    }


def test_a_long_list_is_folded_after_twenty_and_says_what_it_leaves_out(monkeypatch):
    pair = plans.active(since=timezone.localdate() - timedelta(days=150))
    row = plans.own_action(pair)
    more = [Action(**{**values_of(row), "uuid": new_uuid(), "text": f"Rozmowa {n}"}) for n in range(40)]
    Action.objects.bulk_create(more)
    Action.objects.filter(owner=row.owner).update(responsible_id=pair.labour.user_id)
    monkeypatch.setattr(acting, "OF_A_DAY", 30)

    page = seen(of(pair.labour))

    part = page.split("Działania z planów", 1)[1].split("</section>", 1)[0]
    assert part.split("<details", 1)[0].count("<li>") == AT_ONCE
    assert part.count("<li>") == 30
    assert "Pokaż jeszcze 10" in part
    assert "gdy te będą załatwione" in page


@pytest.mark.parametrize("former", ["portal:work", "plans:today"])
def test_the_pages_that_came_together_lead_to_the_day(former):
    answer = browser_of(Office().anna).get(reverse(former))

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_enquiries_and_answers_are_counted():
    there = enquiries.offices()
    enquiries.sent(there)
    answered = enquiries.offices()
    enquiries.answered(answered)

    assert "1 wniosek do odpowiedzi" in seen(of(there.asked))
    assert "1 odpowiedź do przeczytania" in seen(of(answered.asking))


def test_referrals_wait_on_either_side():
    parties = referrals.pair()
    row = referrals.sent(parties)

    assert "1 skierowanie do nas czeka na odpowiedź" in seen(of(parties.centre))
    referrals.step(row, parties.centre, Step.RECEIVE)
    referrals.step(row, parties.centre, Step.ASK, note="Jaki adres?")
    assert "1 nasze skierowanie czeka na nasz krok" in seen(of(parties.worker))
