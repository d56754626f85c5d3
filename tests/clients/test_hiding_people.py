"""A person under restriction is seen by named people only, wherever people are seen."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.clients.errors import (
    NobodyNamed,
    NoSuchRecord,
    NoSuchRestriction,
    NotOfOurStaff,
    ReasonMissing,
    RestrictedAlready,
    UntilIsPast,
)
from spoiwo.clients.models import CommonClient, HiddenRecord, IdentityDecision, Restriction
from spoiwo.clients.queries import holding, listing, overseeing, searching, takeout
from spoiwo.clients.services import identity, restricting
from spoiwo.clients.types import DecisionKind
from spoiwo.institutions.types import Role
from spoiwo.matching.models import Proposal
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions
from tests.makers.clients import link, signed_in, town, with_purpose
from tests.makers.guarding import REASON, hidden, overseer
from tests.makers.institutions import acting, member
from tests.makers.registers import bring_in, records, row

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def place():
    """The town with somebody whose name is found nowhere else."""
    return town(own=row("L1", last_name="Kanarek"), theirs=row("W1", last_name="Kanarek"))


def text(answer):
    return answer.content.decode()


def listed(actor):
    scope = listing.list_scope(actor, day=TODAY())
    return [one.last_name for one in listing.export_rows(scope, listing.ListFilter())]


def test_everybody_else_of_the_institution_finds_nobody():
    there = place()
    hidden(there.own)
    worker = acting(there.worker)
    browser = signed_in(there.worker)

    assert browser.get(f"/klienci/{there.own.uuid}/").status_code == 404
    assert browser.post(f"/klienci/{there.own.uuid}/pesel/").status_code == 404
    assert listed(worker) == []
    assert searching.find_own_clients(worker, "Kanarek", limit=9) == []
    assert searching.find_own_clients(worker, "L1", limit=9) == []
    assert "Kanarek" not in text(browser.get("/klienci/"))
    assert "Kanarek" not in text(browser.get("/klienci/wykaz.csv"))


def test_those_named_work_as_before():
    there = place()
    hidden(there.own, named=[there.worker])
    worker = acting(there.worker)
    browser = with_purpose(signed_in(there.worker), there.own)

    page = text(browser.get(f"/klienci/{there.own.uuid}/"))

    assert "Kanarek" in page
    assert "/klienci/ukryte/" in page
    assert listed(worker) == ["Kanarek"]
    assert [one.local_id for one in searching.find_own_clients(worker, "Kanarek", limit=9)] == ["L1"]


def test_partners_learn_neither_the_data_nor_that_the_person_is_served():
    there = place()
    partner = member(there.welfare, Role.CASE_WORKER)
    assert listed(acting(partner)) == ["Kanarek"]

    hidden(there.own, named=[there.worker])

    assert listed(acting(partner)) == []
    assert not CommonClient.objects.filter(institution=there.welfare).exists()
    page = signed_in(partner).get(f"/klienci/{there.theirs.uuid}/")
    assert page.status_code == 200  # what the partner holds itself stays its own
    assert "PUP Próbny" not in text(page)


def test_those_who_watch_over_the_register_see_a_code_until_they_are_named():
    there = place()
    setter = overseer(there.labour)
    other = acting(overseer(there.labour, Role.IOD))
    made = hidden(there.own, by=setter)

    assert holding.clients_like(other, "Kanarek") == []
    assert holding.held_about(other, there.own.uuid) is None
    assert overseeing.clients_of(other, [there.own.person_id]) == {}
    assert overseeing.people_like(other, "Kanarek") == set()
    seen = text(signed_in(member(there.labour, Role.IOD)).get("/klienci/ukryte/"))
    assert "Kanarek" not in seen
    assert REASON not in seen

    restricting.change_readers(
        restriction_id=made.pk, readers=[setter.user_id, other.user_id], until=None, version=1, by=other
    )

    assert [one.name for one in holding.clients_like(other, "Kanarek")] == ["Kanarek Anna"]


def test_open_exports_leave_hidden_people_out():
    there = place()
    bring_in(there.labour, row("L1", last_name="Kanarek"), row("L2", last_name="Wróbel"))
    hidden(there.own)

    with acting_for(there.labour.pk, job="export"):
        names = [one.last_name for one in takeout.rows_in_force(there.labour.pk)]
        facts = list(takeout.facts_in_force(there.labour.pk))

    assert names == ["Wróbel"]
    assert facts == []


def test_proposals_about_hidden_people_wait_for_those_named():
    there = place()
    bring_in(there.labour, row("L1", last_name="Kanarek"), row("L2", last_name="Kanarek"))
    (other,) = records(there.labour, "L2")
    reviewer = member(there.welfare, Role.REVIEWER)
    proposal = Proposal.objects.create(
        left_record=there.theirs,
        right_record=other,
        left_institution=there.welfare,
        right_institution=there.labour,
        rule="name",
        strategy="exact-1",
        marks={},
        created_at=timezone.now(),
    )
    assert Proposal.objects.visible_to(acting(reviewer)).get() == proposal

    hidden(other)

    assert not Proposal.objects.visible_to(acting(reviewer)).exists()
    assert not Proposal.objects.overseen_by(acting(overseer(there.welfare))).exists()


def test_it_covers_records_that_are_linked_later_and_ends_with_an_undone_link():
    there = place()
    hidden(there.own)
    bring_in(there.labour, row("L1", last_name="Kanarek"), row("L2", last_name="Kanarek"))
    (twice,) = records(there.labour, "L2")
    worker = acting(there.worker)
    assert [one.local_id for one in searching.find_own_clients(worker, "Kanarek", limit=9)] == ["L2"]

    link(there.own, twice)

    assert searching.find_own_clients(worker, "Kanarek", limit=9) == []

    decision = IdentityDecision.objects.latest("decided_at")
    named = acting(member(there.labour, Role.REVIEWER, Role.SUPERVISOR))
    restricting.change_readers(
        restriction_id=Restriction.objects.get().pk, readers=[named.user_id], until=None, version=1, by=named
    )
    identity.undo_decision(decision_id=decision.pk, by=named)

    assert [one.local_id for one in searching.find_own_clients(worker, "Kanarek", limit=9)] == ["L2"]


def test_it_survives_a_split_on_either_side():
    there = place()
    bring_in(there.labour, row("L1", last_name="Kanarek"), row("L2", last_name="Kanarek"))
    (twice,) = records(there.labour, "L2")
    link(there.own, twice)
    splitter = member(there.labour, Role.REVIEWER)
    hidden(there.own, named=[splitter])

    identity.split_record(record_id=twice.pk, by=acting(splitter))

    assert set(HiddenRecord.objects.values_list("record_id", flat=True)) == {there.own.pk, twice.pk}
    assert searching.find_own_clients(acting(there.worker), "Kanarek", limit=9) == []
    carried = Restriction.objects.get(record=twice)
    assert carried.carried_from.record_id == there.own.pk
    assert not HiddenRecord.objects.filter(record=there.theirs).exists()
    assert IdentityDecision.objects.filter(kind=DecisionKind.SPLIT).exists()


def test_lifting_it_shows_the_person_to_all_again():
    there = place()
    setter = overseer(there.labour)
    made = hidden(there.own, by=setter)

    with pytest.raises(ReasonMissing):
        restricting.lift_restriction(restriction_id=made.pk, reason="już", by=acting(setter))
    restricting.lift_restriction(restriction_id=made.pk, reason="Sprawa się zakończyła.", by=acting(setter))

    assert listed(acting(there.worker)) == ["Kanarek"]
    assert CommonClient.objects.filter(institution=there.welfare).exists()
    outcomes = AuditRecord.objects.filter(action="restriction_changed").order_by("seq")
    assert list(outcomes.values_list("outcome", flat=True)) == ["set", "lifted"]
    with pytest.raises(NoSuchRestriction):
        restricting.lift_restriction(restriction_id=made.pk, reason="Jeszcze raz to samo.", by=acting(setter))


def test_one_with_a_last_day_ends_by_itself():
    there = place()
    made = hidden(there.own, until=TODAY())

    assert restricting.settle_lapsed(TODAY()) == 0
    assert HiddenRecord.objects.exists()
    assert restricting.settle_lapsed(TODAY() + timedelta(days=1)) == 1
    assert not HiddenRecord.objects.exists()

    Restriction.objects.filter(pk=made.pk).update(until=TODAY() - timedelta(days=1))
    again = hidden(there.own)  # a lapsed one makes room for another
    assert again.pk != made.pk


def test_what_cannot_be_hidden_or_named_is_refused():
    there = place()
    stranger = member(there.welfare, Role.CASE_WORKER)
    setter = overseer(there.labour)

    refusals: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
        ({"reason": "bo tak"}, ReasonMissing),
        ({"readers": []}, NobodyNamed),
        ({"readers": [stranger.user_id]}, NotOfOurStaff),
        ({"until": TODAY() - timedelta(days=1)}, UntilIsPast),
    )
    for values, error in refusals:
        with pytest.raises(error):
            hidden(there.own, by=setter, **values)
    with pytest.raises(NoSuchRecord):
        hidden(there.theirs, by=setter)
    hidden(there.own, by=setter)
    with pytest.raises(RestrictedAlready):
        hidden(there.own, by=setter)
    with pytest.raises(NoSuchRestriction):
        restricting.change_readers(
            restriction_id=Restriction.objects.get().pk,
            readers=[there.worker.user_id],
            until=None,
            version=1,
            by=acting(there.worker),
        )


def test_a_client_is_hidden_and_shown_again_on_screen():
    there = place()
    setter = member(there.labour, Role.CASE_WORKER, Role.SUPERVISOR)
    browser = signed_in(setter)
    form = f"/klienci/{there.own.uuid}/ukryj/"
    assert browser.get(form).status_code == 200

    bad = browser.post(form, {"kind": "violence", "reason": "bo", "readers": [setter.user_id]})
    assert bad.status_code == 422
    assert browser.post(form, {}).status_code == 422
    values = {"kind": "violence", "reason": REASON, "readers": [setter.user_id], "until": ""}
    assert browser.post(form, values).headers["Location"] == "/klienci/ukryte/"
    assert browser.get(form).headers["Location"] == "/klienci/ukryte/"
    assert "Kanarek" in text(browser.get("/klienci/ukryte/"))

    made = Restriction.objects.get()
    change = f"/klienci/ukryte/{made.pk}/"
    assert REASON in text(browser.get(change))
    both = {"readers": [setter.user_id, there.worker.user_id], "until": "", "version": 1}
    assert browser.post(change, both).status_code == 302
    late = browser.post(change, {"readers": [setter.user_id], "until": "1.02.2090", "version": 1})
    assert late.status_code == 409
    assert "2090" in text(late)
    past = browser.post(change, {"readers": [setter.user_id], "until": "1.02.2020", "version": 2})
    assert past.status_code == 422
    assert browser.get(f"/klienci/ukryte/{made.pk + 9}/").status_code == 404

    lift = f"{change}koniec/"
    assert browser.get(lift).status_code == 200
    assert browser.post(lift, {"reason": "bo"}).status_code == 422
    assert browser.post(lift, {"reason": "Sprawa się zakończyła."}).status_code == 302
    assert "Kanarek" not in text(browser.get("/klienci/ukryte/"))
    assert io.BytesIO(browser.get("/klienci/wykaz.csv").content).read().decode("utf-8-sig").count("Kanarek")


def test_case_workers_hide_clients_of_their_own_office():
    there = place()
    browser = signed_in(member(there.labour, Role.CASE_WORKER))

    assert browser.get(f"/klienci/{there.own.uuid}/ukryj/").status_code == 200
    assert browser.get(f"/klienci/{there.theirs.uuid}/ukryj/").status_code == 404


def test_only_those_named_or_watching_over_know_of_a_restriction():
    there = place()
    hidden(there.own)
    outsider = member(there.labour, Role.CASE_WORKER)

    assert "violence" not in text(signed_in(outsider).get("/klienci/ukryte/"))
    assert Restriction.objects.visible_to(acting(outsider)).count() == 0
    assert Restriction.objects.visible_to(acting(member(there.labour, Role.DIRECTOR))).count() == 0
    assert institutions.acting(outsider).user_id
