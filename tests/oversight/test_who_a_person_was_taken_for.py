"""The answer to a person says who they were taken for, what guards their data and in whose district they live."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.clients.models import IdentityDecision, SourceRecord
from spoiwo.clients.queries.recognised import Recognised, recognised
from spoiwo.clients.services import identity, restricting, retaining
from spoiwo.districts.models import HandOver
from spoiwo.districts.queries.holding import Served, served
from spoiwo.institutions.models import Institution, Membership
from spoiwo.institutions.types import Role
from spoiwo.matching.models import Opinion, Proposal
from spoiwo.matching.queries.holding import compared
from spoiwo.plans.queries.holding import listed
from tests.makers import guarding
from tests.makers import institutions as people
from tests.makers.clients import signed_in, town
from tests.makers.decisions import link, two_offices
from tests.makers.everything import everything
from tests.makers.registers import records, worker
from tests.pages import seen

pytestmark = pytest.mark.django_db


def answer_about(record: SourceRecord, role: Role = Role.SUPERVISOR) -> str:
    """What the record's institution answers the person that it keeps beside the register."""
    office = Institution.objects.get(pk=record.institution_id)
    return answer_to(people.member(office, role), record)


def answer_to(member: Membership, record: SourceRecord) -> str:
    """The same, as somebody sees it who is signed in."""
    page = seen(signed_in(member).get(reverse("oversight:person", args=(record.uuid,))))
    return page.partition("Co przechowujemy poza rejestrem")[2].partition("Kto może je otrzymać")[0]


def proposal(one: SourceRecord, other: SourceRecord, **fields: object) -> Proposal:
    """That two records may be one person; the first answers on the left."""
    return Proposal.objects.create(
        left_record=one,
        right_record=other,
        left_institution=one.institution,
        right_institution=other.institution,
        rule="birth_date_slip",
        strategy="exact-1",
        marks={},
        created_at=timezone.now(),
        **fields,
    )


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.IOD])
def test_who_serves_the_same_person_is_named_with_the_decision_behind_it(role):
    there = town()

    page = answer_about(there.own, role)

    assert f"Uznano, że jesteś też klientem instytucji: {there.welfare.name}" in page
    assert "Twój wpis i inny wpis dotyczą jednej osoby" in page
    assert "według reguły z porozumienia: " in page


def test_what_people_decided_and_took_back_stands_there_without_names():
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    ours = worker(labour, Role.REVIEWER)
    link(mine, theirs, by=ours)
    identity.undo_decision(decision_id=IdentityDecision.objects.get().pk, by=ours)

    own, other = answer_about(mine), answer_about(theirs)

    back = f"cofnięto {timezone.localdate().day} "
    assert "zdecydował nasz pracownik, porozumienie P/1" in own
    assert "zdecydował pracownik innej instytucji" in other
    for page in (own, other):
        assert back in page
    assert welfare.name not in own  # taken back: nobody says any more that the client is theirs


def test_splits_and_records_kept_apart_stand_there():
    labour, welfare = two_offices()
    (one, two), (theirs, fourth) = records(labour, "L1", "L2"), records(welfare, "W1", "W2")
    ours = worker(labour, Role.REVIEWER)
    link(one, theirs, by=ours)
    identity.split_record(record_id=one.pk, by=ours)
    identity.keep_apart(left_record_id=two.pk, right_record_id=fourth.pk, by=ours)

    assert "połączone wpisy dotyczą różnych osób" in answer_about(one)
    page = answer_about(two)
    assert "Twój wpis i podobny do niego dotyczą różnych osób" in page
    assert welfare.name not in page


def test_a_proposal_says_what_the_own_office_answered_and_not_whose_the_other_record_is():
    labour, welfare = two_offices()
    (mine, second), (theirs,) = records(labour, "L1", "L2"), records(welfare, "W1")
    proposal(mine, theirs, left_answer=Opinion.Answer.SAME)
    proposal(second, theirs, left_answer=Opinion.Answer.DIFFERENT, state=Proposal.State.DIFFERENT)

    page, decided, right = answer_about(mine), answer_about(second), answer_about(theirs)

    assert "Propozycja, że inny wpis też dotyczy Ciebie" in page
    assert "nasza odpowiedź: Ta sama osoba" in page
    assert "nasza odpowiedź: Różne osoby" in decided
    assert welfare.name not in page + decided
    assert "Propozycja, że inny wpis też dotyczy Ciebie" in right
    assert "nasza odpowiedź" not in right


def test_what_is_hidden_from_the_reader_elsewhere_is_not_told_here_either():
    labour, welfare = two_offices()
    (mine,), (theirs,) = records(labour, "L1"), records(welfare, "W1")
    link(mine, theirs, by=worker(labour, Role.REVIEWER))
    proposal(mine, theirs)
    guarding.hidden(theirs)

    page = answer_about(mine)

    assert "Rozstrzygnięcie" not in page
    assert "Propozycja" not in page
    assert welfare.name not in page


def test_restrictions_and_legal_holds_stand_there_with_their_ends():
    there = town()
    supervisor = guarding.overseer(there.labour)
    by = people.acting(supervisor)
    first = guarding.hidden(there.own, by=supervisor)
    restricting.lift_restriction(restriction_id=first.pk, reason="Sprawca wyjechał.", by=by)
    until = timezone.localdate() + timedelta(days=90)
    guarding.hidden(there.own, by=supervisor, until=until)
    ended = retaining.hold(record_uuid=there.own.uuid, case_ref="skarga 6/2026", by=by)
    retaining.release(hold_id=ended.pk, by=by)
    retaining.hold(record_uuid=there.own.uuid, case_ref="skarga 7/2026", by=by)

    page = answer_to(supervisor, there.own)

    assert page.count("Twoje dane są ukryte") == 2
    assert f"do {until.day} " in page
    assert "skarga 6/2026, zakończone" in page
    assert "skarga 7/2026" in page
    assert "skarga 7/2026, zakończone" not in page
    assert guarding.REASON not in page


def test_districts_hand_overs_and_lists_stand_there():
    there = everything()
    HandOver.objects.update(note="zna drogę do klubu")

    page = answer_about(there.record)

    assert "Rejon według Twojego adresu: 1 Rejon 1" in page
    assert "Rejon według Twojego adresu: 2 Rejon 2" in page
    assert "z rejonu 1 Rejon 1 do rejonu 2 Rejon 2" in page
    assert "z notatką" in page
    assert "zna drogę do klubu" not in page  # a note may name workers; a copy is asked for
    assert "Lista klientów do wspólnej pracy: Do planów" in page


def test_a_hand_over_without_a_note_promises_none():
    there = everything()

    assert "z notatką" not in answer_about(there.record)


def test_whoever_does_not_watch_over_the_register_is_told_nothing():
    there = town()
    by = people.acting(there.worker)

    assert recognised(by, there.own.pk) == Recognised()
    assert served(by, there.own.pk) == Served()
    assert compared(by, there.own.pk) == []
    assert listed(by, there.own.pk) == []
    assert not IdentityDecision.objects.overseen_by(by).exists()
