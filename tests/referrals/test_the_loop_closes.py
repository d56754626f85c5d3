"""Referrals from sending to acknowledgement: both sides, places, lines, links, deadlines, files, the council."""

import csv
import io
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
    LinkSpent,
    MoreThanAllowed,
    NoAddress,
    NoSuchClient,
    NoSuchReferral,
    NotEligible,
    NotFirstInLine,
    NothingAllows,
    NothingToOffer,
    NotToOneself,
    ReferralError,
    ReferredAlready,
    UnusableFile,
    WordsNeeded,
    WrongCode,
    WrongStep,
)
from spoiwo.referrals.models import AccessLink, Referral, ReferralEvent
from spoiwo.referrals.queries import listing
from spoiwo.referrals.rules.files import COLUMNS
from spoiwo.referrals.rules.steps import OPEN, OUTCOMES
from spoiwo.referrals.services import council, deadlines, importing, links, packets, sending, stepping
from spoiwo.referrals.types import (
    Basis,
    ListFilter,
    Outcome,
    PacketField,
    Side,
    State,
    Step,
    StepDetails,
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


def test_somebody_without_any_address_is_not_told():
    parties = made.pair()
    parties.provider.email = ""
    parties.provider.save()

    row = made.sent(parties)

    assert not OutgoingMail.objects.exists()
    with pytest.raises(NoAddress), acting_for(parties.office.pk):
        links.make_link(row.uuid, at=made.NOON, by=parties.worker)


def linked(parties: made.Pair, row: Referral) -> tuple[str, str]:
    with acting_for(parties.office.pk):
        path, code = links.make_link(row.uuid, at=made.NOON, by=parties.worker)
    return path.split("/")[-2], code


def test_a_link_and_a_code_let_a_receiver_without_an_account_act_on_one_referral():
    parties = made.pair()
    row, other = made.sent(parties), made.sent(parties, 1)
    token, code = linked(parties, row)

    actor = links.enter_code(token, f" {code[:4]}-{code[4:]}", at=made.NOON)

    with acting_for(actor.institution_id):
        assert [one.pk for one in Referral.objects.visible_to(actor)] == [row.pk]
        assert listing.referral(actor, other.uuid) is None
        assert ReferralEvent.objects.visible_to(actor).count() == 1
        stepping.take_step(row.uuid, StepDetails(step=Step.ACCEPT), at=made.NOON, by=actor)
    event = ReferralEvent.objects.get(referral=row, step="accept")
    assert (event.by, event.by_link) == (None, True)
    with pytest.raises(WrongCode):
        links.enter_code(token, code, at=made.NOON)


def test_a_code_is_short_lived_and_guessed_five_times_at_most():
    parties = made.pair()
    token, code = linked(parties, made.sent(parties))

    with pytest.raises(WrongCode):
        links.enter_code(token, code, at=made.NOON + timedelta(hours=25))
    for _ in range(5):
        with pytest.raises(WrongCode):
            links.enter_code(token, "00000000", at=made.NOON)
    with pytest.raises(WrongCode):
        links.enter_code(token, code, at=made.NOON)
    links.send_code(token, at=made.NOON)
    fresh = OutgoingMail.objects.order_by("-pk")[0]
    assert fresh.to == "cis@example.pl"
    sent_code = next(word for word in fresh.text.split() if word.isdigit() and len(word) == 8)
    assert links.enter_code(token, sent_code, at=made.NOON).institution_id == parties.provider.pk


def test_links_end_by_being_replaced_taken_back_or_too_old():
    parties = made.pair()
    row = made.sent(parties)
    first, _ = linked(parties, row)
    second, _ = linked(parties, row)

    for token in (first, "nie-ma"):
        with pytest.raises(LinkSpent):
            links.send_code(token, at=made.NOON)
    with pytest.raises(LinkSpent):
        links.actor_of(second, at=made.NOON + timedelta(days=61))
    with acting_for(parties.office.pk):
        assert links.revoke_links(row.uuid, at=made.NOON, by=parties.worker) == 1
    with pytest.raises(LinkSpent):
        links.actor_of(second, at=made.NOON)
    assert AccessLink.objects.count() == 2


def test_a_code_goes_nowhere_when_there_is_no_address_any_more():
    parties = made.pair()
    token, _ = linked(parties, made.sent(parties))
    parties.provider.email = ""
    parties.provider.save()
    before = OutgoingMail.objects.count()

    links.send_code(token, at=made.NOON)

    assert OutgoingMail.objects.count() == before


def test_only_the_sender_gives_a_link_and_only_while_the_loop_is_open():
    parties = made.pair()
    row = made.sent(parties)

    with pytest.raises(NoSuchReferral), acting_for(parties.provider.pk):
        links.make_link(row.uuid, at=made.NOON, by=parties.centre)
    made.step(row, parties.worker, Step.WITHDRAW, outcome=Outcome.MISTAKE)
    with pytest.raises(WrongStep):
        linked(parties, row)


def file_of(*rows, header=COLUMNS, delimiter=";") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue().encode()


def file_row(parties: made.Pair, number: str, client: str = "1", **changed: str) -> dict[str, str]:
    return {
        "numer": number,
        "numer_klienta": client,
        "odbiorca": parties.provider.code,
        "miejsce": parties.place.name,
        "data_skierowania": "2025-01-10",
        "stan": "zakonczone",
        "data_zakonczenia": "2025-06-10",
        "wynik": "employed",
        "powod": "staż",
        **changed,
    }


OPEN_ROW = {"wynik": "", "data_zakonczenia": ""}


def brought_in(parties: made.Pair, content: bytes):
    with acting_for(parties.office.pk):
        return importing.import_referrals(
            "stare.csv", content, today=made.TODAY, at=made.NOON, by=parties.worker
        )


def test_good_rows_are_taken_and_bad_ones_kept_with_their_reasons():
    parties = made.pair(places_total=1)
    own = catalogue.place(catalogue.keeper(parties.office), name="Własne")
    running = {**OPEN_ROW, "stan": "w_trakcie"}
    content = file_of(
        file_row(parties, "S/1"),
        file_row(parties, "S/2", "2", **running),
        file_row(parties, "S/3", "3", **running),
        file_row(parties, "S/4", "2", **OPEN_ROW, stan="wyslane"),
        file_row(parties, "S/5", "99"),
        file_row(parties, "S/6", miejsce="Nie ma"),
        file_row(parties, "S/7", odbiorca=parties.office.code, miejsce=own.name),
        file_row(parties, "S/1"),
        file_row(parties, "S/8", stan="?"),
        {},
    )

    file = brought_in(parties, content)

    assert (file.rows, file.taken, file.refused) == (9, 2, 7)
    assert taken(parties) == 1
    with acting_for(parties.office.pk):
        reasons = {one.number: one.problems for one in listing.refused_rows(parties.worker, file.uuid)}
    assert reasons == {
        4: ["no_free_place"],
        5: ["open_already"],
        6: ["client"],
        7: ["place"],
        8: ["own_place"],
        9: ["number_twice"],
        10: ["state"],
    }
    assert all(messages.problem_in_words(code) for codes in reasons.values() for code in codes)
    closed = Referral.objects.get(number="S/1")
    assert (closed.state, closed.acknowledged_at) == ("completed", made.NOON)
    assert packets.opened(closed)["reason"] == "staż"


def test_the_same_file_changes_nothing_the_second_time():
    parties = made.pair()
    content = file_of(file_row(parties, "S/1"), delimiter=",")
    brought_in(parties, content)

    again = brought_in(parties, content)

    assert (again.taken, again.known, again.refused) == (0, 1, 0)
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"a\x81b", "encoding"),
        (b"numer;inne\n1;2\n", "columns:"),
        (b'"numer;inne', "broken"),
        (";".join(COLUMNS).encode() + b"\n" + b"1\n" * 20_001, "too_many"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, problem):
    parties = made.pair()

    with pytest.raises(UnusableFile) as caught:
        brought_in(parties, content)
    assert caught.value.problem.startswith(problem)
    assert messages.message_for(caught.value)


def test_only_those_who_send_bring_files_in():
    parties = made.pair()

    with pytest.raises(NoSuchReferral):
        importing.import_referrals(
            "x.csv",
            b"",
            today=made.TODAY,
            at=made.NOON,
            by=institutions.acting(institutions.member(parties.office, Role.IOD)),
        )


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
