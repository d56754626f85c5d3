"""An enquiry from draft to answer: who sees it when, what may leave, what is refused, what is on record."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from spoiwo.access.types import Category
from spoiwo.audit.models import AuditRecord
from spoiwo.audit.queries import verify as check_chains
from spoiwo.clients.types import FactKind
from spoiwo.enquiries import errors
from spoiwo.enquiries.models import Confirmation, Enquiry
from spoiwo.enquiries.queries import listing, opened, waiting_for
from spoiwo.enquiries.rules import asking as rules
from spoiwo.enquiries.rules.bulk import read
from spoiwo.enquiries.services import answering, asking
from spoiwo.enquiries.types import EnquiryState, Filing, Refusal
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.context import acting_for
from tests.makers import enquiries as made
from tests.makers import institutions
from tests.makers.access import legal_basis
from tests.makers.clients import bring_in_facts, fact
from tests.makers.registers import bring_in, records, row

DAY = date(2026, 3, 2)


def today():
    return timezone.localdate()


def settle(there, step, *args, **fields):
    with acting_for(there.labour.pk, user_id=there.asked.user_id):
        return step(*args, now=timezone.now(), by=there.asked, **fields)


def test_terms_follow_the_legal_basis():
    days = {"": 14, "social-assistance-105": 7}

    assert rules.due_on(sent_on=DAY, basis_code="social-assistance-105", days=days) == date(2026, 3, 9)
    assert rules.due_on(sent_on=DAY, basis_code="other", days=days) == date(2026, 3, 16)


@pytest.mark.parametrize(
    ("due", "state", "overdue"),
    [
        (DAY, EnquiryState.SENT, False),
        (DAY - timedelta(days=1), EnquiryState.SENT, True),
        (DAY - timedelta(days=1), EnquiryState.ANSWERED, False),
        (None, EnquiryState.DRAFT, False),
    ],
)
def test_only_what_waits_is_overdue(due, state, overdue):
    assert rules.is_overdue(due, state, day=DAY) is overdue


@pytest.mark.django_db
def test_a_draft_is_seen_by_its_authors_alone_and_sending_makes_it_due():
    there = made.offices(agreed=False)
    draft = made.drafted(there)
    assert listing.enquiry(there.asked, draft.uuid) is None

    with acting_for(there.welfare.pk):
        sent = asking.send_enquiry(draft.uuid, now=timezone.now(), day=today(), by=there.asking)

    assert listing.enquiry(there.asked, draft.uuid) == sent
    assert sent.due_on == today() + timedelta(days=14)
    assert sent.number == f"ZAP/1/{today().year}" == str(sent)
    assert opened.sought_of(sent).pesel == made.PESEL
    assert opened.grounds_of(sent) == "wniosek o zasiłek okresowy"
    assert waiting_for(there.asked).to_answer == 1
    assert waiting_for(there.asked, day=today() + timedelta(days=15)).overdue == 1
    assert waiting_for(there.asking).total == 0


@pytest.mark.django_db
def test_an_answer_is_a_confirmation_that_both_sides_have():
    there = made.offices(agreed=False)
    enquiry = made.sent(there)

    paper = made.answered(there, enquiry)

    assert paper.number == f"POT/1/{today().year}" == str(paper)
    assert {line.field for line in opened.lines_of(paper)} == {"name", "birth_date", "pesel", "status"}
    content = opened.content_of(paper)
    assert content["head"]["enquiry"] == enquiry.number
    assert opened.person_of(paper) == made.sought()
    assert listing.confirmation(there.asking, paper.uuid) == paper
    assert listing.confirmation(there.asked, paper.uuid) == paper
    assert waiting_for(there.asking).answers == 1
    with acting_for(there.welfare.pk):
        asking.note_seen(enquiry.uuid, now=timezone.now(), by=there.asking)
        asking.note_seen(enquiry.uuid, now=timezone.now(), by=there.asking)
    assert waiting_for(there.asking).answers == 0
    answered = Enquiry.objects.get()
    assert (answered.state, answered.asked_case_ref, answered.asked_jrwa) == (
        EnquiryState.ANSWERED,
        "PUP.7.2026",
        "6110",
    )
    kept = AuditRecord.objects.filter(action="enquiry", outcome="answered")
    assert {one.institution_id for one in kept} == {there.welfare.pk, there.labour.pk}
    assert check_chains().holds


@pytest.mark.django_db
def test_nothing_in_the_tables_or_chains_names_the_person():
    there = made.offices()
    made.answered(there)

    rows = [str(list(model.objects.values())) for model in (Enquiry, Confirmation, AuditRecord)]

    for canary in (made.PESEL, "Nowak", "zasiłek okresowy"):
        assert all(canary not in text for text in rows)


@pytest.mark.django_db
def test_sensitive_facts_leave_one_by_one_and_only_when_asked_for():
    there = made.offices()
    bring_in_facts(
        there.labour,
        fact("L1", FactKind.DISABILITY, "stopień umiarkowany"),
        fact("L1", FactKind.ADDICTION, "terapia"),
        fact("L1", FactKind.EDUCATION, "średnie"),
    )
    enquiry = made.sent(
        there,
        categories=frozenset({Category.WORK_HISTORY}),
        items=frozenset({FactKind.DISABILITY}),
        items_basis_id=legal_basis("act-art-9").pk,
    )

    given = made.offer(there, enquiry)
    paper = made.answered(there, enquiry)

    assert {line.field for line in opened.lines_of(paper)} == {"fact:disability", "fact:education"}
    assert len(given.keys) == 2
    assert AuditRecord.objects.filter(outcome="answered").first().categories == "sensitive,work_history"


def test_what_was_not_asked_for_is_never_given():
    rules.check_given(["disability"], ["disability", "health"])
    with pytest.raises(errors.ItemsNeedBasis):
        rules.check_given(["addiction"], ["disability"])


@pytest.mark.django_db
def test_an_officer_may_give_less_but_not_nothing():
    there = made.offices()
    enquiry = made.sent(there)
    given = made.offer(there, enquiry)

    def chosen(*keys):
        return answering.Given(
            record=given.record, keys=frozenset(keys), digest=given.digest, filing=given.filing
        )

    with pytest.raises(errors.NothingToGive):
        settle(there, answering.answer_enquiry, enquiry.uuid, chosen(), day=today())
    paper = settle(there, answering.answer_enquiry, enquiry.uuid, chosen("status"), day=today())

    assert [line.field for line in opened.lines_of(paper)] == ["status"]


@pytest.mark.django_db
def test_nothing_leaves_that_the_officer_has_not_seen():
    there = made.offices()
    enquiry = made.sent(there)
    given = made.offer(there, enquiry)
    bring_in(there.labour, made.person(status="jobseeker"))

    with pytest.raises(errors.DataChanged):
        settle(there, answering.answer_enquiry, enquiry.uuid, given, day=today())
    other = answering.Given(record=uuid4(), keys=given.keys, digest=given.digest, filing=given.filing)
    with pytest.raises(errors.NoSuchThing):
        settle(there, answering.answer_enquiry, enquiry.uuid, other, day=today())
    assert not Confirmation.objects.exists()


@pytest.mark.django_db
def test_refusing_says_why_and_ends_it():
    there = made.offices()
    enquiry = made.sent(there)
    refuse = {"filing": Filing(), "reason": Refusal.OTHER}

    with pytest.raises(errors.ReasonMissing):
        settle(there, answering.refuse_enquiry, enquiry.uuid, note=" ", **refuse)
    settle(there, answering.refuse_enquiry, enquiry.uuid, note="Sprawa w sądzie", **refuse)

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.refusal) == (EnquiryState.REFUSED, Refusal.OTHER)
    assert opened.note_of(enquiry) == "Sprawa w sądzie"
    with pytest.raises(errors.AlreadySettled) as caught:
        settle(there, answering.say_no_data, enquiry.uuid, filing=Filing())
    assert caught.value.state == EnquiryState.REFUSED


@pytest.mark.django_db
def test_having_no_such_data_ends_it_too():
    there = made.offices()
    enquiry = made.sent(there, sought=made.sought(last_name="Obca"))

    settle(there, answering.say_no_data, enquiry.uuid, filing=Filing(case_ref="PUP.8.2026"))

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.asked_case_ref) == (EnquiryState.NO_DATA, "PUP.8.2026")
    assert opened.note_of(enquiry) == ""


@pytest.mark.django_db
def test_two_people_correcting_a_draft_see_both_values():
    there = made.offices()
    draft = made.drafted(there)
    fresh = made.terms(there, sought=made.sought(first_name="Hanna"), filing=Filing(jrwa="5120"))

    def change(version, **more):
        with acting_for(there.welfare.pk):
            return asking.change_enquiry(
                draft.uuid, fresh, version=version, now=timezone.now(), by=there.asking, **more
            )

    with pytest.raises(Conflict) as caught:
        change(7)
    assert {one.field for one in caught.value.differences} == {"first_name", "case_ref"}
    saved = change(7, overwrite=True)
    saved = change(saved.version)

    assert (saved.version, opened.sought_of(saved).first_name, saved.case_ref) == (3, "Hanna", "")


@pytest.mark.django_db
def test_a_draft_can_be_thrown_away_but_nothing_that_was_sent():
    there = made.offices()
    draft, enquiry = made.drafted(there), made.sent(there)

    with acting_for(there.welfare.pk):
        asking.discard_enquiry(draft.uuid, by=there.asking)
        with pytest.raises(errors.AlreadySettled):
            asking.discard_enquiry(enquiry.uuid, by=there.asking)
        with pytest.raises(errors.NoSuchThing):
            asking.discard_enquiry(draft.uuid, by=there.asking)

    assert list(Enquiry.objects.all()) == [enquiry]


@pytest.mark.django_db
def test_an_enquiry_rests_on_a_basis_in_force():
    there = made.offices()
    over = legal_basis("act-over", valid_to=date(2021, 1, 1))
    draft = made.drafted(there, legal_basis_id=over.pk)

    with acting_for(there.welfare.pk), pytest.raises(errors.BasisNotInForce):
        asking.send_enquiry(draft.uuid, now=timezone.now(), day=today(), by=there.asking)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"categories": frozenset()}, errors.NothingAsked),
        ({"categories": frozenset({Category.SENSITIVE})}, errors.ItemsNeedBasis),
        ({"items": frozenset({FactKind.HEALTH})}, errors.ItemsNeedBasis),
        ({"items": frozenset({FactKind.EDUCATION}), "items_basis_id": 1}, errors.ItemsNeedBasis),
        ({"sought": made.sought(pesel="12345678901")}, errors.NotPeselNumber),
        ({"record": uuid4()}, errors.NoSuchThing),
    ],
)
def test_what_cannot_be_asked(fields, error):
    there = made.offices()

    with pytest.raises(error):
        made.drafted(there, **fields)
    assert not Enquiry.objects.exists()


@pytest.mark.django_db
def test_an_institution_does_not_ask_itself():
    there = made.offices()

    with pytest.raises(errors.AsksItself):
        made.drafted(there, asked_id=there.welfare.pk)


@pytest.mark.django_db
def test_strangers_reach_nothing():
    there = made.offices()
    enquiry = made.sent(there)
    paper = made.answered(there, enquiry)
    stranger = institutions.acting(institutions.member(institutions.institution()), Role.CASE_WORKER)
    clerk = Actor(user_id=1, institution_id=there.labour.pk, roles=frozenset({"registrar"}))

    for actor in (stranger, clerk):
        assert listing.enquiry(actor, enquiry.uuid) is None
        assert listing.confirmation(actor, paper.uuid) is None
        assert not listing.enquiries(actor, box=listing.RECEIVED, day=today()).exists()
        assert not listing.enquiries(actor, box=listing.SENT, day=today()).exists()
        assert not listing.conversations(actor).exists()
        assert waiting_for(actor).total == 0
        with acting_for(actor.institution_id):
            with pytest.raises(errors.NoSuchThing):
                asking.note_seen(enquiry.uuid, now=timezone.now(), by=actor)
            with pytest.raises(errors.NoSuchThing):
                answering.say_no_data(enquiry.uuid, filing=Filing(), now=timezone.now(), by=actor)


@pytest.mark.django_db
def test_the_own_client_is_remembered_with_the_enquiry():
    there = made.offices()
    bring_in(there.welfare, row("W1", pesel=made.PESEL))
    (own,) = records(there.welfare, "W1")

    enquiry = made.sent(there, record=own.uuid)

    assert listing.enquiries_about(there.asking, own.uuid) == [enquiry]
    kept = AuditRecord.objects.filter(action="enquiry", outcome="sent")
    assert [bool(one.person) for one in kept.order_by("institution_id")] == [True, False]


@pytest.mark.django_db
def test_a_list_is_sent_in_one_go_and_in_one_piece():
    there = made.offices()
    people = read(f"{made.PESEL};Nowak;Anna;;OPS.2\n;Wymyślona;Ewa;3.05.1980;").good

    with acting_for(there.welfare.pk):
        sent = asking.send_list(made.terms(there), people, now=timezone.now(), day=today(), by=there.asking)

    assert [one.case_ref for one in sent] == ["OPS.2", "OPS.1.2026"]
    assert len({one.batch for one in sent}) == 1
    assert [one.number for one in sent] == [f"ZAP/{n}/{today().year}" for n in (1, 2)]


@pytest.mark.django_db
def test_lists_put_what_is_late_first():
    there = made.offices()
    late = made.sent(there, day=today() - timedelta(days=20))
    fresh = made.sent(there)
    draft = made.drafted(there)
    done = made.sent(there)
    made.answered(there, done)

    def numbers(box, actor, **more):
        return [one.number for one in listing.enquiries(actor, box=box, day=today(), **more)]

    assert numbers(listing.SENT, there.asking) == [one.number for one in (late, fresh, draft, done)]
    assert numbers(listing.RECEIVED, there.asked) == [one.number for one in (late, fresh, done)]
    assert numbers(listing.RECEIVED, there.asked, state="overdue") == [late.number]
    assert numbers(listing.RECEIVED, there.asked, state="answered") == [done.number]
    assert numbers(listing.SENT, there.asking, text="PUP.7") == [done.number]


@pytest.mark.django_db
def test_an_enquiry_finds_its_own_client_and_lets_go_when_somebody_else_is_meant():
    there = made.offices()
    bring_in(there.welfare, row("W1", pesel=made.PESEL), row("W2", last_name="Inna"))
    own, other = records(there.welfare, "W1", "W2")
    draft = made.drafted(there)
    assert draft.record_id == own.pk

    for sought, meant in (
        (made.sought(pesel="", last_name="Inna", birth_date=date(1980, 5, 3)), other.pk),
        (made.sought(last_name="Obca"), None),
    ):
        with acting_for(there.welfare.pk):
            draft = asking.change_enquiry(
                draft.uuid,
                made.terms(there, sought=sought),
                version=draft.version,
                now=timezone.now(),
                by=there.asking,
            )
        assert draft.record_id == meant
