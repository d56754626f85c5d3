"""The state machine, deadlines, packets, checks and rows of files, as they would hold on paper."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.access.types import Category, Grant, PurposeOption, RelationKind
from spoiwo.catalogue.types import CheckPoint, Stage, Weight
from spoiwo.kernel.actor import Actor
from spoiwo.referrals.errors import (
    ConsentNeeded,
    MoreThanAllowed,
    NothingAllows,
    OutcomeNeeded,
    WordsNeeded,
    WrongStep,
)
from spoiwo.referrals.rules import checks, deadlines, files, packets, roles, steps
from spoiwo.referrals.rules.steps import HOLDS_PLACE, MOVES, OPEN, OUTCOMES, TERMINAL
from spoiwo.referrals.types import CATEGORY_OF, Basis, Ground, Outcome, PacketField, Side, State, Step

TODAY = date(2026, 3, 10)
CODES = st.sampled_from([None, *Outcome])


@given(st.lists(st.tuples(st.sampled_from(Step), st.sampled_from(Side), CODES, st.booleans()), max_size=12))
def test_whatever_is_tried_a_referral_ends_with_an_outcome_and_is_closed_by_its_sender(tried):
    state, outcome, acknowledged, places = State.SENT, None, False, 0

    for step, side, code, words in tried:
        before = state
        try:
            state = steps.check_step(
                step,
                state=before,
                side=side,
                outcome=code,
                note="x" if words else "",
                acknowledged=acknowledged,
            )
        except (WrongStep, OutcomeNeeded, WordsNeeded):
            continue
        assert MOVES[step].side is side
        places += steps.place_change(before, state)
        assert places == int(state in HOLDS_PLACE)
        if state in TERMINAL and before in OPEN:
            outcome = code
        acknowledged = acknowledged or step in {Step.ACKNOWLEDGE, Step.WITHDRAW}
        assert (outcome is not None) is (state in TERMINAL)
        assert not acknowledged or state in TERMINAL
        assert before in OPEN or state is before


def test_every_open_state_can_be_left_by_withdrawing_and_by_expiry():
    for state in OPEN:
        assert Step.WITHDRAW in steps.steps_for(state, Side.SENDER, acknowledged=False)
        assert Step.EXPIRE in steps.steps_for(state, Side.CLOCK, acknowledged=False)


@pytest.mark.parametrize("state", sorted(TERMINAL))
def test_an_ended_referral_waits_for_one_acknowledgement_only(state):
    assert steps.steps_for(state, Side.SENDER, acknowledged=False) == (Step.ACKNOWLEDGE,)
    assert steps.steps_for(state, Side.SENDER, acknowledged=True) == ()
    assert steps.steps_for(state, Side.RECEIVER, acknowledged=False) == ()


@pytest.mark.parametrize(
    ("step", "state", "outcome", "note", "error"),
    [
        (Step.START, State.SENT, None, "", WrongStep),
        (Step.COMPLETE, State.STARTED, None, "", OutcomeNeeded),
        (Step.COMPLETE, State.STARTED, Outcome.NO_PLACES, "", OutcomeNeeded),
        (Step.ACCEPT, State.RECEIVED, Outcome.EMPLOYED, "", OutcomeNeeded),
        (Step.ASK, State.RECEIVED, None, "  ", WordsNeeded),
        (Step.REJECT, State.RECEIVED, Outcome.OTHER, "", WordsNeeded),
    ],
)
def test_a_step_needs_its_state_its_code_and_its_words(step, state, outcome, note, error):
    with pytest.raises(error):
        steps.check_step(
            step, state=state, side=MOVES[step].side, outcome=outcome, note=note, acknowledged=False
        )


def test_codes_belong_to_steps_that_end_something():
    assert {step for step in MOVES if MOVES[step].end in TERMINAL} == set(OUTCOMES)


@pytest.mark.parametrize(
    ("state", "acknowledged", "side"),
    [
        (State.SENT, False, Side.RECEIVER),
        (State.NEEDS_INFO, False, Side.SENDER),
        (State.REJECTED, False, Side.SENDER),
        (State.COMPLETED, True, None),
    ],
)
def test_it_is_always_clear_whose_turn_it_is(state, acknowledged, side):
    assert steps.acts_next(state, acknowledged=acknowledged) is side


def test_deadlines_follow_the_state_and_what_the_parties_agreed():
    agreed = date(2026, 9, 1)

    assert deadlines.due_on(State.SENT, TODAY, respond_days=10) == date(2026, 3, 20)
    assert deadlines.due_on(State.NEEDS_INFO, TODAY, respond_days=10) == date(2026, 3, 17)
    assert deadlines.due_on(State.REJECTED, TODAY, respond_days=10) == date(2026, 3, 24)
    assert deadlines.due_on(State.STARTED, TODAY, respond_days=10, by_day=agreed) == agreed


@pytest.mark.parametrize(("late", "calls"), [(-1, 0), (0, 0), (1, 1), (6, 1), (7, 2), (40, 2)])
def test_whoever_is_late_is_called_at_once_and_again_after_a_week(late, calls):
    assert deadlines.calls_due(TODAY, TODAY + timedelta(days=late)) == calls


def test_only_what_nobody_answers_expires():
    after = TODAY + timedelta(days=30)

    assert deadlines.is_given_up(State.SENT, TODAY, after)
    assert not deadlines.is_given_up(State.SENT, TODAY, after - timedelta(days=1))
    assert not deadlines.is_given_up(State.STARTED, TODAY, after)
    assert not deadlines.is_given_up(State.WAITLISTED, TODAY, after)


def test_a_closed_referral_is_never_overdue():
    yesterday = TODAY - timedelta(days=1)

    assert deadlines.is_overdue(State.COMPLETED, yesterday, TODAY, acknowledged=False)
    assert not deadlines.is_overdue(State.COMPLETED, yesterday, TODAY, acknowledged=True)
    assert not deadlines.is_overdue(State.SENT, None, TODAY, acknowledged=False)


def grant(*categories: Category, number: str = "P/1", purposes: bool = True) -> Grant:
    option = PurposeOption(
        code="x",
        name="x",
        legal_basis_code="basis:1",
        legal_basis_name="x",
        preselected_for=frozenset({RelationKind.REFERRAL}),
    )
    return Grant(
        giver_id=1,
        receiver_id=2,
        agreement_id=len(categories),
        agreement_number=number,
        categories=frozenset(categories),
        purposes=(option,) if purposes else (),
        stale_after_days=30,
        link_rules=frozenset(),
    )


def test_the_widest_agreement_with_identity_and_a_purpose_counts():
    narrow, wide = grant(Category.IDENTITY), grant(Category.IDENTITY, Category.CONTACT, number="P/2")

    assert packets.ground_of([narrow, wide]) == Ground(
        "P/2", "basis:1", frozenset({Category.IDENTITY, Category.CONTACT})
    )
    assert packets.ground_of([grant(Category.CONTACT), grant(Category.IDENTITY, purposes=False)]) is None


@given(st.sets(st.sampled_from(Category)), st.sets(st.sampled_from(PacketField)))
def test_nothing_travels_that_neither_agreement_nor_consent_covers(categories, fields):
    ground = packets.ground_of([grant(*categories)])
    allowed = packets.allowed_fields(ground, Basis.AGREEMENT)

    def check():
        packets.check_packet(fields, basis=Basis.AGREEMENT, ground=ground, consent_on=None, today=TODAY)

    if Category.IDENTITY not in categories:
        assert allowed == frozenset()
        with pytest.raises(NothingAllows):
            check()
    elif fields <= allowed:
        check()
    else:
        with pytest.raises(MoreThanAllowed) as caught:
            check()
        assert set(caught.value.fields) == fields - allowed
    assert {CATEGORY_OF[one] for one in allowed} <= categories


def test_a_consent_has_a_day_that_is_not_to_come_and_covers_everything():
    assert packets.allowed_fields(None, Basis.CONSENT) == frozenset(PacketField)
    for day in (None, TODAY + timedelta(days=1)):
        with pytest.raises(ConsentNeeded):
            packets.check_packet([], basis=Basis.CONSENT, ground=None, consent_on=day, today=TODAY)
    packets.check_packet(
        [PacketField.SPECIAL_NEEDS], basis=Basis.CONSENT, ground=None, consent_on=TODAY, today=TODAY
    )


def test_the_log_knows_categories_and_not_texts():
    assert packets.categories_in({"phone": "1", "reason": "x"}) == ("contact", "identity")


def point(code: str, weight: Weight = Weight.EXCLUDES, wanted: str = "yes") -> CheckPoint:
    return CheckPoint(
        id=1,
        code=code,
        question=code,
        wanted=wanted,
        weight=weight,
        stage=Stage.SENDING,
        source="",
        given_by={"unemployed_with_benefit": "yes"} if code == "benefit" else {},
    )


def test_a_wrong_answer_shuts_the_way_only_where_the_list_says_so():
    points = [point("benefit", wanted="no"), point("opinion"), point("contract", Weight.WARNS)]

    assert checks.shut_by(points, {"benefit": "yes", "contract": "no"}, must_know=False) == ["benefit"]
    assert checks.shut_by(points, {"benefit": "no"}, must_know=True) == ["opinion"]
    assert checks.to_clear_up(points, {"benefit": "no", "opinion": "yes"}) == ["contract"]
    assert checks.known_answers(points, "unemployed_with_benefit") == {"benefit": "yes"}


def test_a_link_opens_one_referral_and_no_role():
    uuid = uuid4()
    actor = roles.link_actor(7, uuid)

    assert roles.linked_referral(actor) == str(uuid)
    assert not any(rule(actor) for rule in (roles.works_with_referrals, roles.sends, roles.imports))
    assert not any(rule(None) for rule in (roles.works_with_referrals, roles.sends, roles.imports))
    assert roles.side_of(actor, sender_id=1, receiver_id=7) is Side.RECEIVER
    assert roles.side_of(actor, sender_id=7, receiver_id=1) is Side.SENDER
    assert roles.side_of(Actor(user_id=1, institution_id=9), sender_id=7, receiver_id=1) is None


ROW = {
    "numer": "S/1",
    "numer_klienta": "1",
    "odbiorca": "cis",
    "miejsce": "Centrum",
    "data_skierowania": "2025-01-10",
    "stan": "zakonczone",
    "data_zakonczenia": "10.06.2025",
    "wynik": "employed",
    "znak_sprawy": "",
    "powod": "",
}


def test_a_good_row_is_read():
    row = files.read_row(2, ROW, today=TODAY)

    assert isinstance(row, files.FileRow)
    assert (row.state, row.sent_on, row.ended_on, row.outcome) == (
        State.COMPLETED,
        date(2025, 1, 10),
        date(2025, 6, 10),
        "employed",
    )


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"numer": ""}, "missing:numer"),
        ({"numer": "x" * 41}, "too_long:numer"),
        ({"stan": "nieznany"}, "state"),
        ({"data_skierowania": "wczoraj"}, "day:data_skierowania"),
        ({"data_zakonczenia": "2030-01-01"}, "day:data_zakonczenia"),
        ({"data_zakonczenia": "2024-01-01"}, "ended_before_sent"),
        ({"wynik": "no_places"}, "outcome"),
        ({"data_zakonczenia": ""}, "missing:data_zakonczenia"),
        ({"stan": "w_trakcie"}, "outcome_without_end"),
    ],
)
def test_a_bad_row_says_why(changed, problem):
    found = files.read_row(2, ROW | changed, today=TODAY)

    assert isinstance(found, tuple)
    assert problem in found


def test_an_open_row_has_no_end():
    row = files.read_row(2, ROW | {"stan": "przyjete", "wynik": "", "data_zakonczenia": ""}, today=TODAY)

    assert isinstance(row, files.FileRow)
    assert (row.state, row.ended_on, row.outcome) == (State.ACCEPTED, None, "")
