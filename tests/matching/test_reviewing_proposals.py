"""Proposals on screen: decided by both sides, taken back, and telling nothing of the other record."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import SharingAgreement
from spoiwo.audit.models import AuditRecord
from spoiwo.clients.errors import NoSuchDecision, NoSuchRecord
from spoiwo.clients.models import CommonClient, IdentityDecision
from spoiwo.clients.services import identity
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.matching import messages
from spoiwo.matching.errors import NoSuchProposal
from spoiwo.matching.models import MatchRun, Proposal
from spoiwo.matching.queries import waiting
from spoiwo.matching.services import deciding, runs
from tests.makers.access import agreement
from tests.makers.institutions import institution
from tests.makers.registers import bring_in, pesels, records, row, worker
from tests.makers.reviewing import THEIRS, are_linked, one_waiting, says, signed_in
from tests.pages import seen, without_random_signs

pytestmark = pytest.mark.django_db
(NUMBER,) = pesels(1)


def test_the_list_names_the_own_record_and_nothing_of_the_other_side() -> None:
    labour, _welfare, _proposal = one_waiting()

    page = signed_in(labour).get(reverse("matching:list")).content.decode()

    assert "Nowak Anna" in page
    assert "1 propozycja" in page
    assert "OPS Prawy" not in page


def test_the_page_shows_the_own_record_its_household_and_how_fields_compare() -> None:
    labour, _welfare, proposal = one_waiting()

    page = signed_in(labour).get(reverse("matching:proposal", args=[proposal.uuid])).content.decode()

    assert "601000111" in page
    assert "Jan Nowak" in page
    assert "zgadza się" in page
    assert "jest sprzeczne" in page
    assert "brakuje po co najmniej jednej stronie" in page


def test_a_comparison_is_on_record_at_both_sides_and_names_nobody_at_the_other() -> None:
    labour, welfare, proposal = one_waiting()

    signed_in(labour).get(reverse("matching:proposal", args=[proposal.uuid]))

    looks = {look.institution_id: look for look in AuditRecord.objects.filter(action="view_client")}
    assert set(looks) == {labour.pk, welfare.pk}
    assert looks[labour.pk].person is not None
    assert looks[welfare.pk].person is None


@pytest.mark.parametrize(
    "address", ["list", "proposal", "take_back", "answer", "decisions", "import_summary"]
)
def test_nothing_of_the_other_record_is_ever_in_an_answer(address: str) -> None:
    labour, welfare, proposal = one_waiting()
    browser = signed_in(labour)
    (theirs,) = records(welfare, "W1")
    secrets = [*THEIRS.values(), NUMBER, "W1", str(theirs.uuid), str(theirs.person_id)]

    if address == "answer":
        page = says(browser, proposal, "same")
    else:
        arguments: dict[str, list[object]] = {
            "proposal": [proposal.uuid],
            "take_back": [proposal.uuid],
            "import_summary": [1],
        }
        page = browser.get(reverse(f"matching:{address}", args=arguments.get(address, []))).content.decode()

    told = without_random_signs(page, keep=(theirs.uuid, theirs.person_id))
    assert [secret for secret in secrets if secret in told] == []


def test_a_link_stands_when_both_sides_say_the_same() -> None:
    labour, welfare, proposal = one_waiting()

    first = says(signed_in(labour), proposal, "same")
    after_one = are_linked()
    second = says(signed_in(welfare), proposal, "same")

    assert (after_one, are_linked()) == (False, True)
    assert "gdy druga instytucja powie to samo" in first
    assert "Połączenie obowiązuje" in second
    assert CommonClient.objects.count() == 2
    decision = IdentityDecision.objects.get()
    assert decision.rule == "names_birth_date"
    assert decision.agreement == SharingAgreement.objects.get().number


def test_different_by_one_side_closes_it_for_good() -> None:
    labour, welfare, proposal = one_waiting()

    says(signed_in(labour), proposal, "different")
    bring_in(welfare, row("W1", phone="609870124"))
    runs.match_now(welfare.pk)

    proposal.refresh_from_db()
    assert (proposal.state, are_linked()) == ("different", False)


def test_the_side_that_said_different_can_take_it_back() -> None:
    labour, welfare, proposal = one_waiting()
    says(signed_in(labour), proposal, "different")
    address = reverse("matching:take_back", args=[proposal.uuid])

    by_the_other = signed_in(welfare).post(address, follow=True).content.decode()
    proposal.refresh_from_db()
    in_between = proposal.state
    signed_in(labour).post(address)

    proposal.refresh_from_db()
    assert "nie dała tu odpowiedzi" in by_the_other
    assert (in_between, proposal.state) == ("different", "open")


@pytest.mark.parametrize("own", ["same", "later"])
def test_whoever_was_told_they_are_different_people_cannot_take_that_back(own: str) -> None:
    labour, welfare, proposal = one_waiting()
    browser = signed_in(labour)
    says(browser, proposal, own)
    says(signed_in(welfare), proposal, "different")

    page = browser.post(reverse("matching:take_back", args=[proposal.uuid]), follow=True).content.decode()

    proposal.refresh_from_db()
    assert "nie dała tu odpowiedzi" in page
    assert proposal.state == "different"


@pytest.mark.parametrize("who", [0, 1])
def test_either_side_can_take_a_link_back(who: int) -> None:
    labour, welfare, proposal = one_waiting()
    browsers = [signed_in(labour), signed_in(welfare)]
    for browser in browsers:
        says(browser, proposal, "same")

    browsers[who].post(reverse("matching:take_back", args=[proposal.uuid]))

    proposal.refresh_from_db()
    assert (proposal.state, are_linked(), CommonClient.objects.count()) == ("open", False, 0)
    assert sorted([proposal.left_answer, proposal.right_answer]) == ["", "same"]


def test_later_puts_it_at_the_end_and_the_next_one_opens() -> None:
    labour, _welfare, proposal = one_waiting()
    bring_in(labour, row("L1", phone="601000111"), row("L3", last_name="Zając"))
    welfare = Institution.objects.get(short_name="OPS Prawy")
    bring_in(welfare, row("W1", pesel=NUMBER, **THEIRS), row("W3", last_name="Zając"))
    runs.match_now(labour.pk)
    runs.match_now(welfare.pk)
    browser = signed_in(labour)

    page = says(browser, proposal, "later")

    assert "Zając" in page
    later = browser.get(reverse("matching:list"), {"pile": "later"}).content.decode()
    assert "Nowak Anna" in later
    assert "Zając" not in later


def test_deciding_on_the_last_one_leads_back_to_the_list() -> None:
    labour, _welfare, proposal = one_waiting()

    answer = signed_in(labour).post(reverse("matching:answer", args=[proposal.uuid]), {"answer": "same"})

    assert answer.headers["Location"] == reverse("matching:list")


def test_an_answer_that_is_none_changes_nothing() -> None:
    labour, _welfare, proposal = one_waiting()

    says(signed_in(labour), proposal, "perhaps")

    proposal.refresh_from_db()
    assert (proposal.state, proposal.left_answer, proposal.right_answer) == ("open", "", "")


def test_an_answer_after_the_other_side_said_different_is_refused_in_words() -> None:
    labour, welfare, proposal = one_waiting()
    says(signed_in(labour), proposal, "different")

    page = says(signed_in(welfare), proposal, "same")

    assert "rozstrzygnięto w międzyczasie" in page
    assert not are_linked()


def test_nobody_can_answer_once_the_agreement_has_ended() -> None:
    labour, _welfare, proposal = one_waiting()
    SharingAgreement.objects.update(state="ended")

    page = says(signed_in(labour), proposal, "same")

    assert "porozumienie z drugą instytucją wygasło" in page


def test_a_link_that_would_bring_people_kept_apart_together_is_refused_in_words() -> None:
    labour, welfare, proposal = one_waiting()
    bring_in(labour, row("L1", phone="601000111"), row("L9", phone="601000222"))
    runs.match_now(labour.pk)
    (first, second) = records(labour, "L1", "L9")
    identity.keep_apart(left_record_id=first.pk, right_record_id=second.pk, by=worker(labour))
    browsers = [signed_in(labour), signed_in(welfare)]
    for browser in browsers:
        says(browser, proposal, "same")
    other = Proposal.objects.exclude(pk=proposal.pk).get()

    says(browsers[0], other, "same")
    page = says(browsers[1], other, "same")

    other.refresh_from_db()
    assert "Wcześniejsza decyzja mówi, że to różne osoby" in page
    assert other.state == "open"


def test_what_became_one_person_by_way_of_others_is_not_taken_back_here() -> None:
    labour, _welfare, proposal = one_waiting()
    browser = signed_in(labour)
    says(browser, proposal, "same")
    Proposal.objects.filter(pk=proposal.pk).update(state="linked")

    page = browser.post(reverse("matching:take_back", args=[proposal.uuid]), follow=True).content.decode()

    assert "nie dała tu odpowiedzi" in page


def test_services_know_no_proposal_or_decision_of_others() -> None:
    _labour, _welfare, proposal = one_waiting()
    stranger = worker(institution())

    with pytest.raises(NoSuchProposal):
        deciding.give_opinion(proposal=proposal.uuid, answer="same", by=stranger)
    with pytest.raises(NoSuchProposal):
        deciding.take_back(proposal=proposal.uuid, by=stranger)
    with pytest.raises(NoSuchDecision):
        deciding.undo(decision=proposal.uuid, by=stranger)
    with pytest.raises(NoSuchRecord):
        deciding.split_client(record=proposal.uuid, by=stranger)


def test_without_the_role_there_is_nothing_to_see() -> None:
    labour, _welfare, _proposal = one_waiting()
    clerk = worker(labour, "case_worker")

    assert not Proposal.objects.visible_to(clerk).exists()
    assert not MatchRun.objects.visible_to(clerk).exists()


@pytest.mark.parametrize(
    ("pile", "answers", "shown"),
    [
        ("waiting", [], True),
        ("waiting", ["same"], False),
        ("elsewhere", ["same"], True),
        ("later", ["later"], True),
        ("different", ["different"], True),
        ("linked", ["same"], False),
        ("nonsense", [], True),
    ],
)
def test_piles(pile: str, answers: list[str], shown: bool) -> None:
    labour, _welfare, proposal = one_waiting()
    browser = signed_in(labour)
    for said in answers:
        says(browser, proposal, said)

    page = browser.get(reverse("matching:list"), {"pile": pile}).content.decode()

    assert ("Nowak Anna" in page) is shown


def test_the_number_that_waits_counts_unanswered_ones_only() -> None:
    labour, welfare, proposal = one_waiting()
    says(signed_in(labour), proposal, "same")

    assert (waiting.count_waiting(worker(labour)), waiting.count_waiting(worker(welfare))) == (0, 1)


@pytest.mark.parametrize("address", ["proposal", "take_back"])
def test_a_stranger_and_nobody_at_all_look_the_same(address: str) -> None:
    _labour, _welfare, proposal = one_waiting()
    browser = signed_in(institution())

    forbidden = browser.get(reverse(f"matching:{address}", args=[proposal.uuid]))
    absent = browser.get(reverse(f"matching:{address}", args=["018f0000-0000-7000-8000-000000000000"]))

    assert (forbidden.status_code, absent.status_code) == (404, 404)
    assert seen(forbidden) == seen(absent)


@pytest.mark.parametrize("address", ["list", "decisions"])
def test_only_reviewers_come_in(address: str) -> None:
    labour, _welfare, _proposal = one_waiting()

    assert signed_in(labour, Role.CASE_WORKER).get(reverse(f"matching:{address}")).status_code == 403


def test_every_look_and_every_answer_is_in_the_own_chain() -> None:
    labour, _welfare, proposal = one_waiting()
    browser = signed_in(labour)

    browser.get(reverse("matching:proposal", args=[proposal.uuid]))
    browser.post(reverse("matching:answer", args=[proposal.uuid]), {"answer": "later"})

    own = AuditRecord.objects.filter(object_ref=f"proposal:{proposal.uuid}", institution_id=labour.pk)
    assert list(own.order_by("seq").values_list("action", "outcome")) == [
        ("view_client", "ok"),
        ("decide_proposal", "later"),
    ]


def test_filters_by_rule_and_age() -> None:
    labour, _welfare, proposal = one_waiting()
    browser = signed_in(labour)
    Proposal.objects.filter(pk=proposal.pk).update(created_at=timezone.now() - timedelta(days=10))

    def names(**query: str) -> bool:
        return "Nowak Anna" in browser.get(reverse("matching:list"), query).content.decode()

    assert names(rule="names_birth_date", age="7")
    assert not names(rule="pesel_alone")
    assert not names(age="30")


def test_a_changed_birth_date_makes_an_earlier_answer_void() -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare, link_rules=())
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(labour.pk)
    proposal = Proposal.objects.get()
    says(signed_in(labour), proposal, "same")
    bring_in(welfare, row("W1", pesel=NUMBER, birth_date=date(1980, 5, 13)))

    runs.match_now(welfare.pk)

    proposal.refresh_from_db()
    assert (proposal.left_answer, proposal.right_answer, proposal.state) == ("", "", "open")
    assert not proposal.opinions.filter(withdrawn_at__isnull=True).exists()


def test_another_phone_number_leaves_an_answer_as_it_is() -> None:
    labour, welfare, proposal = one_waiting()
    says(signed_in(labour), proposal, "same")
    bring_in(welfare, row("W1", pesel=NUMBER, **{**THEIRS, "phone": "601000111"}))

    runs.match_now(welfare.pk)

    proposal.refresh_from_db()
    assert "same" in {proposal.left_answer, proposal.right_answer}
    assert proposal.marks["phone"] == "agrees"


def test_an_answer_is_taken_back_before_the_other_side_has_answered() -> None:
    labour, _welfare, proposal = one_waiting()
    browser = signed_in(labour)
    says(browser, proposal, "same")

    browser.post(reverse("matching:take_back", args=[proposal.uuid]))

    proposal.refresh_from_db()
    assert (proposal.state, proposal.left_answer, proposal.right_answer) == ("open", "", "")


def test_an_own_record_that_left_the_register_has_no_page() -> None:
    labour, _welfare, proposal = one_waiting()
    browser = signed_in(labour)
    bring_in(labour, row("L2", first_name="Jan", sex="M"))

    listed = browser.get(reverse("matching:list")).content.decode()

    assert "już nie ma w rejestrze" in listed
    assert browser.get(reverse("matching:proposal", args=[proposal.uuid])).status_code == 404


def test_a_refusal_without_words_is_a_bug() -> None:
    with pytest.raises(NoSuchProposal):
        messages.message_for(NoSuchProposal("x"))
