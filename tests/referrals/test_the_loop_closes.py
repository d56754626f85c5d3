"""Referrals from sending to acknowledgement: both sides, places, lines, deadlines."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.access.models import Relation
from spoiwo.audit.models import AuditRecord
from spoiwo.catalogue.errors import NoFreePlace
from spoiwo.catalogue.models import Place, UnmetNeed
from spoiwo.catalogue.services import needs
from spoiwo.catalogue.types import PlaceKind
from spoiwo.institutions.types import Kind, Role
from spoiwo.partnership.models import OutgoingMail, Topic
from spoiwo.referrals import messages
from spoiwo.referrals.errors import (
    ChangedMeanwhile,
    MoreThanAllowed,
    NoSuchClient,
    NoSuchReferral,
    NotEligible,
    NotFirstInLine,
    NothingAllows,
    NothingToOffer,
    NotToOneself,
    ReferralError,
    ReferredAlready,
    WordsNeeded,
    WrongStep,
)
from spoiwo.referrals.models import Referral, ReferralEvent
from spoiwo.referrals.queries import listing
from spoiwo.referrals.rules.steps import OPEN, OUTCOMES
from spoiwo.referrals.services import council, deadlines, packets, sending
from spoiwo.referrals.types import (
    Basis,
    ListFilter,
    Outcome,
    PacketField,
    Side,
    State,
    Step,
)
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.jobs import perform
from tests.makers import catalogue, institutions
from tests.makers import partnership as council_made
from tests.makers import referrals as made

pytestmark = pytest.mark.django_db
LATER = timedelta(days=1)


def read(row):
    return Referral.objects.select_related("place").get(pk=row.pk)


def taken(parties: made.Pair) -> int:
    return Place.objects.get(pk=parties.place.pk).taken_by_referrals


def test_from_sent_to_acknowledged():
    parties = made.pair()
    row = made.sent(parties)
    assert (row.number, row.state, row.due_on) == ("SK/1/2026", "sent", made.TODAY + timedelta(days=14))

    made.step(row, parties.centre, Step.WAITLIST)
    made.step(row, parties.centre, Step.ACCEPT)
    assert taken(parties) == 1
    made.step(row, parties.centre, Step.START, by_day=made.TODAY + timedelta(days=300))
    made.step(row, parties.centre, Step.COMPLETE, outcome=Outcome.EMPLOYED, note="umowa od maja")
    assert taken(parties) == 0
    assert read(row).acknowledged_at is None
    made.step(row, parties.worker, Step.ACKNOWLEDGE)

    closed = read(row)
    assert (closed.state, closed.outcome, closed.due_on) == ("completed", "employed", None)
    assert [one.step for one in closed.events.order_by("pk")] == [
        *("send", "receive", "waitlist", "accept", "start", "complete", "acknowledge")
    ]
    with pytest.raises(WrongStep):
        made.step(row, parties.worker, Step.ACKNOWLEDGE)


def test_the_packet_holds_what_was_chosen_and_nothing_else():
    parties = made.pair()

    row = made.sent(parties, chosen=frozenset({PacketField.PHONE, PacketField.EMAIL}))

    assert packets.opened(row) == {"reason": "Powrót do pracy", "phone": "600 100 200"}
    assert b"600 100 200" not in bytes(row.packet_sealed)


def test_an_agreement_allows_only_what_it_covers():
    parties, strangers = made.pair(), made.pair(agreed=False)

    with pytest.raises(MoreThanAllowed):
        made.sent(parties, written={PacketField.SITUATION: "mieszka sama"})
    with pytest.raises(NothingAllows):
        made.sent(strangers)
    row = made.sent(
        strangers, basis=Basis.CONSENT, consent_on=made.TODAY, written={PacketField.SPECIAL_NEEDS: "winda"}
    )
    assert (row.agreement, row.consent_on) == ("", made.TODAY)
    assert packets.opened(row)["special_needs"] == "winda"


def test_a_person_with_unemployment_benefit_cannot_enter_a_centre():
    parties = made.pair()

    with pytest.raises(NotEligible) as caught:
        made.sent(parties, answers={**made.FINE, "benefit": "yes"})
    assert caught.value.codes == ("benefit",)
    row = made.sent(parties, answers={"benefit": "no", "ops-opinion": "unknown"})
    assert {one.item.code: one.answer for one in row.answers.all()} == {
        "benefit": "no",
        "ops-opinion": "unknown",
    }
    made.step(row, parties.centre, Step.ACCEPT)
    with pytest.raises(NotEligible):
        made.step(row, parties.centre, Step.START, answers={"ipzs": "no"})
    made.step(row, parties.centre, Step.START)
    assert row.answers.filter(item__code="ipzs", answer="yes").exists()


def test_what_cannot_be_sent_is_refused():
    parties = made.pair()
    made.sent(parties)
    own_place = catalogue.place(catalogue.keeper(parties.office))

    with pytest.raises(ReferredAlready):
        made.sent(parties)
    for wrong, error in (
        ({"place": uuid4()}, NoSuchReferral),
        ({"place": own_place.uuid}, NotToOneself),
        ({"reason": " "}, WordsNeeded),
        ({"previous": uuid4()}, NoSuchReferral),
    ):
        with pytest.raises(error):
            made.sent(parties, 1, **wrong)
    unknown = replace(made.new(parties), client=uuid4())
    with pytest.raises(NoSuchClient), acting_for(parties.office.pk):
        sending.send_referral(unknown, at=made.NOON, by=parties.worker)
    with pytest.raises(NoSuchClient), acting_for(parties.provider.pk):
        sending.send_referral(made.new(parties), at=made.NOON, by=parties.centre)


def test_a_rejected_referral_is_sent_again_as_a_new_one():
    parties = made.pair()
    row = made.sent(parties)
    made.step(row, parties.centre, Step.REJECT, outcome=Outcome.NO_PLACES)

    again = made.sent(parties, previous=row.uuid, at=made.NOON + LATER)

    assert (again.previous, again.number) == (row, "SK/2/2026")
    made.step(row, parties.worker, Step.ACKNOWLEDGE)


def test_a_question_goes_back_and_forth():
    parties = made.pair()
    row = made.sent(parties)

    made.step(row, parties.centre, Step.ASK, note="Jakie ma kwalifikacje?")
    assert listing.waiting_counts(parties.worker)[Side.SENDER] == 1
    made.step(row, parties.worker, Step.ANSWER, note="Kucharka")

    assert read(row).state == State.RECEIVED


def test_a_step_is_the_sides_own_and_of_what_was_seen():
    parties, stranger = made.pair(), made.pair()
    row = made.sent(parties)

    with pytest.raises(WrongStep):
        made.step(row, parties.worker, Step.ACCEPT)
    with pytest.raises(NoSuchReferral):
        made.step(row, stranger.worker, Step.WITHDRAW, outcome=Outcome.MISTAKE)
    made.step(row, parties.centre, Step.WAITLIST, seen_version=1)
    with pytest.raises(ChangedMeanwhile):
        made.step(row, parties.centre, Step.ACCEPT, seen_version=1)


def test_whoever_waits_longest_comes_first_unless_there_is_a_reason():
    parties = made.pair(places_total=1)
    rows = [made.sent(parties, n) for n in range(3)]
    made.step(rows[0], parties.centre, Step.ACCEPT)
    for late, row in enumerate(rows[1:]):
        made.step(row, parties.centre, Step.WAITLIST, at=made.NOON + late * LATER)

    assert [listing.waiting_at(read(row)) for row in rows] == [0, 1, 2]
    with pytest.raises(NoFreePlace):
        made.step(rows[1], parties.centre, Step.ACCEPT)
    assert listing.first_waiting(parties.centre) == []
    made.step(rows[0], parties.centre, Step.NO_SHOW, outcome=Outcome.DID_NOT_COME)
    assert listing.first_waiting(parties.centre) == [rows[1]]
    with pytest.raises(NotFirstInLine):
        made.step(rows[2], parties.centre, Step.ACCEPT)
    made.step(rows[2], parties.centre, Step.ACCEPT, note="bezdomność")
    assert taken(parties) == 1


STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from([*OUTCOMES, Step.ACCEPT, Step.WAITLIST, Step.START])),
    max_size=10,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_places_are_never_taken_twice_whatever_is_tried(tried):
    with transaction.atomic():
        parties = made.pair(places_total=2)
        rows = [made.sent(parties, n) for n in range(3)]
        for which, step in tried:
            side = parties.worker if step is Step.WITHDRAW else parties.centre
            codes = OUTCOMES.get(step)
            outcome = codes[0] if codes else None
            try:
                with transaction.atomic():
                    made.step(rows[which], side, step, outcome=outcome, note="powód")
            except (ReferralError, NoFreePlace):
                continue
            holding = sum(read(row).state in {"accepted", "started"} for row in rows)
            assert taken(parties) == holding <= 2
        for row in map(read, rows):
            assert (row.outcome != "") is (row.state not in OPEN)
            (last, *_) = row.events.order_by("-at", "-pk")
            assert (last.state, last.outcome) == (row.state, row.outcome)
            assert row.state in OPEN or (last.by_id is not None and last.at is not None)
        late = made.NOON + timedelta(days=15)
        deadlines.watch(today=late.date(), at=late)
        called = Referral.objects.filter(events__step="escalate")
        assert (
            not Referral.objects.filter(state__in=OPEN).overdue(late.date()).exclude(pk__in=called).exists()
        )
        transaction.set_rollback(True)


def test_the_database_too_refuses_an_end_without_an_outcome():
    row = made.sent(made.pair())

    for values in ({"state": "completed"}, {"acknowledged_at": made.NOON}, {"holds_place": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=row.pk).update(**values)


def test_the_receiver_knows_the_person_while_a_referral_is_open():
    parties = made.pair()
    row = made.sent(parties)
    relation = Relation.objects.filter(institution=parties.provider, kind="referral")
    assert relation.get().valid_to is None

    other = catalogue.place(parties.centre, kind=PlaceKind.OTHER)
    second = made.sent(parties, place=other.uuid)
    made.step(row, parties.worker, Step.WITHDRAW, outcome=Outcome.MISTAKE)
    assert relation.get().valid_to is None
    made.step(second, parties.worker, Step.WITHDRAW, outcome=Outcome.OTHER, note="zmiana planu")

    assert relation.get().valid_to == made.TODAY
    assert read(row).acknowledged_at is not None


def test_both_chains_know_what_was_done_and_letters_only_that_something_waits():
    parties = made.pair()
    row = made.sent(parties)

    said = AuditRecord.objects.filter(object_ref=f"referral:{row.uuid}")
    assert {one.institution_id for one in said} == {parties.office.pk, parties.provider.pk}
    assert {one.relation for one in said} == {"referral"}
    letter = OutgoingMail.objects.get()
    assert letter.to == "cis@example.pl"
    assert "Nowak" not in letter.text + letter.subject
    assert row.number not in letter.text


def test_whoever_is_late_is_called_and_what_nobody_answers_expires():
    parties = made.pair()
    row = made.sent(parties)
    late = made.NOON + timedelta(days=15)

    assert deadlines.watch(today=made.TODAY, at=made.NOON).called == 0
    assert deadlines.watch(today=late.date(), at=late).called == 1
    assert deadlines.watch(today=late.date(), at=late).called == 0
    week = late + timedelta(days=7)
    assert deadlines.watch(today=week.date(), at=week).called == 1
    overdue = Referral.objects.overdue(week.date())
    assert [one.calls for one in overdue] == [2]
    assert ReferralEvent.objects.filter(referral=row, step="escalate").count() == 2
    month = late + timedelta(days=30)
    assert deadlines.watch(today=month.date(), at=month).expired == 1
    assert (read(row).state, read(row).outcome) == ("expired", "no_answer")
    assert deadlines.watch(today=month.date() + timedelta(days=20), at=month).called == 1
    made.step(row, parties.worker, Step.ACKNOWLEDGE, at=month)


def test_a_referral_settled_while_the_clock_looked_is_left_alone():
    row = made.sent(made.pair())

    deadlines._look_at(row.pk, deadlines.Watched(), today=made.TODAY, at=made.NOON)
    perform("referrals.watch_deadlines")

    assert ReferralEvent.objects.filter(referral=row, step="escalate").count() <= 1


def test_counted_needs_become_a_topic_of_the_council_once():
    partnership = council_made.agreement()
    body, secretary = council_made.body(partnership), council_made.secretary(partnership)
    worker = catalogue.keeper(catalogue.office(Kind.PUP))
    needs.note_need(kind=PlaceKind.ZAZ, area="0801", today=made.TODAY, by=worker)

    assert council.offer_needs(body_id=body.pk, today=made.TODAY, by=secretary) == 1

    topic = Topic.objects.get(body=body)
    assert "gorzowski" in topic.note
    assert UnmetNeed.objects.get().topic == topic.pk
    with pytest.raises(NothingToOffer):
        council.offer_needs(body_id=body.pk, today=made.TODAY, by=secretary)


def test_lists_show_overdue_ones_first_and_narrow_down():
    parties = made.pair()
    rows = [made.sent(parties, n) for n in range(3)]
    Referral.objects.filter(pk=rows[2].pk).update(due_on=made.TODAY - LATER)
    made.step(rows[0], parties.worker, Step.WITHDRAW, outcome=Outcome.MISTAKE)

    def shown(side=Side.SENDER, **wanted):
        found = listing.referrals(parties.worker, ListFilter(side=side, **wanted), made.TODAY)
        return [one.pk for one in found]

    assert shown() == [rows[2].pk, rows[1].pk]
    assert shown(state="closed") == [rows[0].pk]
    assert shown(state="all", sort="-name") == [rows[2].pk, rows[1].pk, rows[0].pk]
    assert shown(state="withdrawn") == [rows[0].pk]
    assert shown(overdue=True) == [rows[2].pk]
    assert shown(text="nowak2 sk") == [rows[1].pk]
    assert shown(side=Side.RECEIVER) == []
    assert [one.pk for one in listing.of_client(parties.worker, parties.clients[1].uuid)] == [rows[1].pk]


def test_nobody_but_the_parties_sees_a_referral():
    parties = made.pair()
    row = made.sent(parties)
    watcher = institutions.acting(institutions.member(parties.office, Role.SUPERVISOR))
    stranger = made.pair().worker

    for actor in (watcher, stranger):
        with acting_for(actor.institution_id):
            assert listing.referral(actor, row.uuid) is None
            assert not ReferralEvent.objects.visible_to(actor).exists()
            assert not listing.files(watcher).exists()
    assert mail.outbox == []


def test_every_refusal_has_a_sentence():
    assert all(str(text) for text in messages._SENTENCES.values())
    assert "PESEL" in messages.words_for(MoreThanAllowed(["pesel"]))
    assert messages.words_for(NotEligible(["a", "b"]))
    assert messages.words_for(NoFreePlace())
    assert messages.words_for(WrongStep())
    for code in ("missing:numer", "too_long:numer", "day:data_zakonczenia"):
        assert messages.problem_in_words(code).endswith(code.partition(":")[2])
    with pytest.raises(ReferralError):
        messages.message_for(ReferralError())
