"""A referral that was sent for an action of a plan: its outcome proves the action."""

import pytest
from django.urls import reverse

from spoiwo.institutions.types import Kind, Role
from spoiwo.plans.models import Action, Evidence
from spoiwo.plans.types import ActionState
from spoiwo.plans.types import Step as PlanStep
from spoiwo.referrals.errors import NoSuchReferral
from spoiwo.referrals.models import Referral
from spoiwo.referrals.services import sending
from spoiwo.referrals.types import Basis, NewReferral, Outcome, Step
from spoiwo.toolkit.context import acting_for
from tests.makers import catalogue, institutions, plans
from tests.makers import referrals as made
from tests.makers.plan_pages import address, browser, text

pytestmark = pytest.mark.django_db


def centre():
    office = catalogue.office(Kind.CIS, short_name="CIS Przyjmujące", email="cis@example.pl")
    by = institutions.acting(institutions.member(office, Role.CASE_WORKER))
    return by, catalogue.place(by, name="Warsztat stolarski", today=plans.today())


def sent(couple, place, action, **values):
    given = {
        "place": place.uuid,
        "client": couple.town.own.uuid,
        "reason": "Powrót do pracy",
        "basis": Basis.CONSENT,
        "consent_on": plans.today(),
        "answers": made.FINE,
        "action": action,
        **values,
    }
    with acting_for(couple.labour.institution_id):
        return sending.send_referral(NewReferral(**given), at=plans.now(), by=couple.labour)


def carried_out(couple, by, row, *steps, **last):
    for one in steps[:-1]:
        made.step(row, by, one, at=plans.now())
    made.step(row, by, steps[-1], at=plans.now(), **last)
    made.step(row, couple.labour, Step.ACKNOWLEDGE, at=plans.now())


def test_support_that_was_completed_proves_the_action_and_ends_it():
    couple = plans.active()
    action = plans.own_action(couple)
    by, place = centre()

    row = sent(couple, place, action.uuid)
    action.refresh_from_db()
    assert action.state == ActionState.IN_PROGRESS
    carried_out(couple, by, row, Step.ACCEPT, Step.START, Step.COMPLETE, outcome=Outcome.TRAINED)

    action.refresh_from_db()
    proof = Evidence.objects.get(action=action)
    assert action.state == ActionState.DONE
    assert proof.ref == f"referral:{row.uuid}"
    assert proof.text == f"{row.number}, Warsztat stolarski: Zakończone, Ukończone szkolenie"


def test_an_adviser_who_works_with_no_plans_closes_the_loop_with_evidence_all_the_same():
    couple = plans.active()
    action = plans.own_action(couple)
    by, place = centre()
    row = sent(couple, place, action.uuid)
    adviser = institutions.acting(institutions.member(couple.town.labour, Role.SUPPORT_ADVISER))
    for one in (Step.ACCEPT, Step.START):
        made.step(row, by, one, at=plans.now())
    made.step(row, by, Step.COMPLETE, at=plans.now(), outcome=Outcome.TRAINED)

    made.step(row, adviser, Step.ACKNOWLEDGE, at=plans.now())

    action.refresh_from_db()
    assert action.state == ActionState.DONE
    assert Evidence.objects.get(action=action).by_id == adviser.user_id
    assert browser(adviser).get(address(couple)).status_code == 403


def test_a_refused_referral_is_told_and_leaves_the_action_open():
    couple = plans.active()
    action = plans.persons_task(couple)
    by, place = centre()
    row = sent(couple, place, action.uuid)

    carried_out(couple, by, row, Step.REJECT, outcome=Outcome.NO_PLACES)

    action.refresh_from_db()
    assert action.state == ActionState.IN_PROGRESS
    assert Evidence.objects.get(action=action).text.endswith("Odrzucone, Brak miejsc")


def test_the_loop_closes_when_the_plan_was_suspended_meanwhile():
    couple = plans.active()
    by, place = centre()
    row = sent(couple, place, plans.own_action(couple).uuid)
    plans.step(couple, PlanStep.SUSPEND, reason="choroba")

    carried_out(couple, by, row, Step.REJECT, outcome=Outcome.NO_PLACES)

    row.refresh_from_db()
    assert row.acknowledged_at is not None
    assert not Evidence.objects.exists()


def test_an_action_that_ended_before_stays_as_it_was():
    couple = plans.active()
    action = plans.own_action(couple)
    by, place = centre()
    row = sent(couple, place, action.uuid)
    plans.finish(couple, action, ActionState.NOT_DONE, result="nie przyszedł")

    carried_out(couple, by, row, Step.ACCEPT, Step.START, Step.COMPLETE, outcome=Outcome.TRAINED)

    action.refresh_from_db()
    assert action.state == ActionState.NOT_DONE
    assert Evidence.objects.filter(action=action).count() == 1


def test_nobody_is_referred_for_an_action_of_the_other_party():
    couple = plans.active()
    theirs = Action.objects.filter(owner_id=couple.welfare.institution_id)[0]
    _by, place = centre()

    with pytest.raises(NoSuchReferral):
        sent(couple, place, theirs.uuid)


def test_from_the_plan_to_a_place_and_back():
    couple = plans.active()
    action = plans.own_action(couple)
    by, place = centre()
    client = browser(couple.labour)
    search = f"{reverse('catalogue:list')}?klient={couple.town.own.uuid}&amp;dzialanie={action.uuid}"
    kept = f"?klient={couple.town.own.uuid}&amp;dzialanie={action.uuid}"

    assert search in text(client.get(address(couple)))
    found = text(client.get(search.replace("&amp;", "&")))
    new = reverse("referrals:new", args=[place.uuid])
    assert f"{new}{kept}" in found
    assert kept in text(
        client.get(reverse("catalogue:place", args=[place.uuid]) + kept.replace("&amp;", "&"))
    )
    checks = {f"check_{code}": answer for code, answer in made.FINE.items()}
    day = f"{plans.today():%d.%m.%Y}"
    given = {"reason": "Praca", "basis": "consent", "consent_on": day, **checks}
    answer = client.post(f"{new}{kept}".replace("&amp;", "&"), given)
    row = Referral.objects.get()
    assert answer.headers["Location"] == reverse("referrals:referral", args=[row.uuid])

    assert action.text in text(client.get(reverse("referrals:referral", args=[row.uuid])))
    assert row.number in text(client.get(reverse("referrals:of_plan", args=[couple.uuid])))
    carried_out(couple, by, row, Step.REJECT, outcome=Outcome.NO_PLACES)
    assert reverse("referrals:referral", args=[row.uuid]) in text(client.get(address(couple)))


def test_the_receiver_and_strangers_learn_nothing_of_the_plan():
    couple = plans.active()
    action = plans.own_action(couple)
    by, place = centre()
    row = sent(couple, place, action.uuid)

    seen = text(browser(by).get(reverse("referrals:referral", args=[row.uuid])))

    assert action.text not in seen
    assert str(action.uuid) not in seen
    assert browser(by).get(reverse("referrals:of_plan", args=[couple.uuid])).status_code in {403, 404}
