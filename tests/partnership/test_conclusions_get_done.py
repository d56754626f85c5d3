"""Conclusions: owned by signatories, done with evidence, verified by somebody else, never silently late."""

from datetime import date, timedelta
from typing import Any

import pytest

from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.errors import (
    EndsBeforeStart,
    EvidenceMissing,
    LetterMissing,
    NoQuorum,
    NotASignatory,
    NotFound,
    NotHeldYet,
    NotYours,
    OwnWork,
    ReasonMissing,
    WrongState,
)
from spoiwo.partnership.models import OutcomeEvent
from spoiwo.partnership.types import (
    AccessionState,
    ActionKind,
    Deadline,
    LetterDetails,
    OutcomeKind,
    OutcomeState,
    Presence,
    Seat,
    Step,
)
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON

pytestmark = pytest.mark.django_db


def council_with(*offices):
    partnership = make.agreement(*offices)
    return partnership, make.body(partnership)


def step(outcome, which, by, **more):
    return services.take_step(outcome_id=outcome.pk, step=which, at=NOON, today=DAY, by=by, **more)


def test_a_conclusion_goes_from_proposal_to_verified_by_somebody_else():
    office = people.institution()
    partnership, council = council_with(office)
    secretary, owner = make.secretary(partnership), make.worker(office)
    made = make.outcome(make.meeting(council, held=True))

    step(made, Step.ADOPT, secretary)
    services.assign(outcome_id=made.pk, owner_id=office.pk, at=NOON, today=DAY, by=secretary)
    step(made, Step.ACCEPT, owner)
    step(made, Step.START, owner)
    step(made, Step.CLAIM, owner, effect="Spotkanie odbyło się")
    services.add_evidence(outcome_id=made.pk, label="lista obecności", at=NOON, by=owner)
    done = step(made, Step.VERIFY, secretary)

    assert done.state == OutcomeState.VERIFIED
    assert done.closed_on == DAY
    assert done.effect == "Spotkanie odbyło się"
    assert [event.what for event in queries.history_of_outcome(done)] == [
        "verify", "evidence", "claim", "start", "accept", "assign", "adopt", "propose",
    ]  # fmt: skip


def test_only_a_meeting_that_took_place_adopts():
    _, council = council_with()
    made = make.outcome(make.meeting(council, announced=True))

    with pytest.raises(NotHeldYet):
        step(made, Step.ADOPT, make.secretary(council.agreement))


def test_too_few_members_adopt_nothing():
    offices = [people.institution() for _ in range(4)]
    partnership, council = council_with(*offices)
    for office in offices:
        make.seat(council, office)
    meeting = make.meeting(council, held=True)
    for guest in queries.attendance_of(meeting)[:2]:
        services.set_presence(
            attendance_id=guest.pk, presence=Presence.ABSENT, by=make.secretary(partnership)
        )
    made = make.outcome(meeting)

    with pytest.raises(NoQuorum) as refusal:
        step(made, Step.ADOPT, make.secretary(partnership))

    assert (refusal.value.present, refusal.value.needed) == (2, 3)


def test_nobody_but_a_signatory_or_a_body_can_own_it():
    office, stranger, gone = (people.institution() for _ in range(3))
    partnership, council = council_with(office, gone)
    secretary = make.secretary(partnership)
    services.set_accession(
        agreement_id=partnership.pk,
        institution_id=gone.pk,
        state=AccessionState.WITHDRAWN,
        on=DAY,
        by=secretary,
    )
    made = make.outcome(make.meeting(council, held=True), adopted=True)

    for outsider in (stranger, gone):
        with pytest.raises(NotASignatory):
            services.assign(outcome_id=made.pk, owner_id=outsider.pk, at=NOON, today=DAY, by=secretary)
    with pytest.raises(NotASignatory):
        services.assign(
            outcome_id=made.pk,
            owner_id=office.pk,
            co_owner_ids=[stranger.pk],
            at=NOON,
            today=DAY,
            by=secretary,
        )
    with pytest.raises(ReasonMissing):
        services.assign(outcome_id=made.pk, at=NOON, today=DAY, by=secretary)
    foreign = make.body(make.agreement())
    with pytest.raises(NotFound):
        services.assign(outcome_id=made.pk, owner_body_id=foreign.pk, at=NOON, today=DAY, by=secretary)
    owned = services.assign(outcome_id=made.pk, owner_body_id=council.pk, at=NOON, today=DAY, by=secretary)

    assert owned.owner_body == council
    with pytest.raises(NotYours):
        step(owned, Step.ACCEPT, make.worker(office))


def test_the_secretariat_itself_may_own_and_then_the_chair_verifies():
    chair = people.institution()
    partnership, council = council_with(chair)
    make.seat(council, chair, Seat.CHAIR)
    secretary = make.secretary(partnership)
    made = make.outcome(make.meeting(council, held=True), owner=partnership.secretariat)
    step(made, Step.ACCEPT, secretary)
    step(made, Step.CLAIM, secretary)
    services.add_evidence(outcome_id=made.pk, label="protokół", at=NOON, by=secretary)

    with pytest.raises(OwnWork):
        step(made, Step.VERIFY, secretary)
    done = step(made, Step.VERIFY, make.worker(chair, Role.DIRECTOR))

    assert done.state == OutcomeState.VERIFIED


def test_nothing_is_verified_without_evidence_and_a_letter_not_without_a_letter():
    office = people.institution()
    partnership, council = council_with(office)
    secretary, owner = make.secretary(partnership), make.worker(office)
    made = make.outcome(make.meeting(council, held=True), owner=office, action_kind=ActionKind.LETTER)
    step(made, Step.ACCEPT, owner)
    step(made, Step.CLAIM, owner)

    with pytest.raises(EvidenceMissing):
        step(made, Step.VERIFY, secretary)
    services.implement(outcome_id=made.pk, kind=ActionKind.MEETING, title="spotkanie", at=NOON, by=owner)
    with pytest.raises(LetterMissing):
        step(made, Step.VERIFY, secretary)
    letter = services.draft_letter(
        body_id=council.pk,
        details=LetterDetails(to_id=office.pk, subject="Zapytanie", text="…", outcome_id=made.pk),
        by=secretary,
    )
    with pytest.raises(LetterMissing):
        step(made, Step.VERIFY, secretary)
    services.send_letter(letter_id=letter.pk, number="1/2026", on=DAY, by=secretary)

    assert step(made, Step.VERIFY, secretary).state == OutcomeState.VERIFIED


def test_what_is_sent_back_rejected_or_expired_has_a_reason():
    office = people.institution()
    partnership, council = council_with(office)
    secretary, owner = make.secretary(partnership), make.worker(office)
    meeting = make.meeting(council, held=True)
    claimed = make.outcome(meeting, owner=office)
    step(claimed, Step.ACCEPT, owner)
    step(claimed, Step.CLAIM, owner)

    with pytest.raises(ReasonMissing):
        step(claimed, Step.SEND_BACK, secretary)
    with pytest.raises(ReasonMissing):
        step(make.outcome(meeting), Step.REJECT, secretary, reason="  ")
    back = step(claimed, Step.SEND_BACK, secretary, reason="Brak listy obecności")
    gone = step(back, Step.EXPIRE, secretary, reason="Projekt się skończył")

    assert back.closed_on is None
    assert (gone.state, gone.reason) == (OutcomeState.EXPIRED, "Projekt się skończył")


def test_moving_a_deadline_needs_a_reason_and_is_kept():
    office = people.institution()
    partnership, council = council_with(office)
    made = make.outcome(
        make.meeting(council, held=True, starts_on=date(2015, 2, 6)),
        owner=office,
        deadline=Deadline(wording="marzec/kwiecień br."),
    )
    assert (made.due_from, made.due_to) == (date(2015, 3, 1), date(2015, 4, 30))

    def move(deadline, reason, by):
        return services.move_deadline(
            outcome_id=made.pk, deadline=deadline, reason=reason, at=NOON, today=DAY, by=by
        )

    with pytest.raises(ReasonMissing):
        move(Deadline(latest=date(2015, 6, 30)), "", make.worker(office))
    with pytest.raises(NotYours):
        move(Deadline(latest=date(2015, 6, 30)), "Bo tak", make.worker(people_of(partnership)))
    with pytest.raises(EndsBeforeStart):
        move(Deadline(earliest=date(2015, 7, 1), latest=date(2015, 6, 30)), "Bo tak", make.worker(office))
    moved = move(Deadline(latest=date(2015, 6, 30)), "Czekamy na OWES", make.worker(office))

    event = OutcomeEvent.objects.get(outcome=moved, what="deadline")
    assert (event.was, event.became, event.reason) == (
        "marzec/kwiecień br. (2015-03-01–2015-04-30)",
        "2015-06-30",
        "Czekamy na OWES",
    )


def people_of(partnership):
    """A signatory that owns nothing."""
    office = people.institution()
    make.sign(partnership, office)
    return office


def test_a_closed_conclusion_keeps_its_deadline():
    office = people.institution()
    partnership, council = council_with(office)
    made = make.outcome(make.meeting(council, held=True), owner=office)
    step(made, Step.EXPIRE, make.secretary(partnership), reason="Nieaktualne")

    with pytest.raises(NotYours):
        services.move_deadline(
            outcome_id=made.pk, deadline=Deadline(), reason="x", at=NOON, today=DAY, by=make.worker(office)
        )


def test_a_later_conclusion_of_the_same_body_replaces_an_earlier_one():
    partnership, council = council_with()
    secretary = make.secretary(partnership)
    meeting = make.meeting(council, held=True)
    old, new = make.outcome(meeting, adopted=True), make.outcome(meeting, adopted=True)
    elsewhere = make.outcome(make.meeting(make.body(partnership), held=True), adopted=True)

    def supersede(successor, by=secretary):
        return services.supersede(outcome_id=old.pk, by_outcome_id=successor.pk, at=NOON, today=DAY, by=by)

    for wrong in (old, elsewhere):
        with pytest.raises(NotFound):
            supersede(wrong)
    with pytest.raises(NotYours):
        supersede(new, by=make.worker(people_of(partnership)))
    replaced = supersede(new)

    assert (replaced.state, replaced.superseded_by) == (OutcomeState.SUPERSEDED, new)


def test_every_unfinished_conclusion_comes_onto_the_next_agenda_by_itself():
    office = people.institution()
    partnership, council = council_with(office)
    first = make.meeting(council, held=True)
    unowned, running = make.outcome(first, adopted=True), make.outcome(first, owner=office)
    gone = make.outcome(first, adopted=True)
    step(gone, Step.EXPIRE, make.secretary(partnership), reason="Nieaktualne")
    topic = services.open_topic(
        body_id=council.pk, title="Finansowanie ES", on=DAY, by=make.secretary(partnership)
    )

    second = make.meeting(council, starts_on=DAY + timedelta(days=30))

    items = queries.agenda_of(second, make.secretary(partnership))
    assert [item.title for item in items] == ["Realizacja wniosków", "Finansowanie ES"]
    assert items[1].topic == topic
    assert queries.unfinished_before(second) == [unowned, running]
    carried = OutcomeEvent.objects.filter(what="carried", meeting=second)
    assert {event.outcome_id for event in carried} == {unowned.pk, running.pk}


def test_strangers_and_owners_do_not_decide():
    office = people.institution()
    _partnership, council = council_with(office)
    made = make.outcome(make.meeting(council, held=True), adopted=True)

    with pytest.raises(NotYours):
        services.assign(outcome_id=made.pk, owner_id=office.pk, at=NOON, today=DAY, by=make.worker(office))
    with pytest.raises(NotFound):
        step(made, Step.EXPIRE, make.worker(people.institution(), Role.SECRETARY), reason="x")
    for service in (services.add_evidence, services.implement):
        more: dict[str, Any] = (
            {"label": "x"} if service is services.add_evidence else {"kind": ActionKind.FORUM, "title": "x"}
        )
        with pytest.raises(NotYours):
            service(outcome_id=made.pk, at=NOON, by=make.worker(office), **more)
    owned = make.outcome(made.meeting, owner=office)
    assert policies.owns(make.worker(office), owned)
    assert not policies.owns(Actor(user_id=1, institution_id=office.pk), owned)


def test_a_cancelled_meeting_leads_to_nothing():
    partnership, council = council_with()
    meeting = make.meeting(council)
    services.cancel_meeting(meeting_id=meeting.pk, at=NOON, by=make.secretary(partnership))

    with pytest.raises(WrongState):
        make.outcome(meeting)


def test_codes_name_body_year_meeting_kind_and_number():
    _partnership, council = council_with()
    make.meeting(council, starts_on=date(2015, 2, 6))
    second = make.meeting(council, starts_on=date(2015, 9, 28), held=True)

    codes = [
        make.outcome(second).code,
        make.outcome(second).code,
        make.outcome(second, kind=OutcomeKind.RECOMMENDATION).code,
    ]

    assert codes == [f"{council.prefix}/2015/02/{end}" for end in ("W1", "W2", "R1")]


def test_an_action_belongs_to_its_conclusion():
    partnership, council = council_with()
    meeting = make.meeting(council, held=True)
    parent = make.outcome(meeting, adopted=True)
    child = make.outcome(meeting, adopted=True, kind=OutcomeKind.ACTION, parent_id=parent.pk)
    other = make.outcome(meeting, adopted=True)

    secretary = make.secretary(partnership)

    assert queries.outcomes_of(meeting, secretary) == [parent, child, other]
    assert queries.children_of(parent, secretary) == [child]
