"""Splitting a client, the list of decisions, taking them back; what an import came to."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.clients.errors import NoSuchDecision
from spoiwo.clients.models import IdentityDecision
from spoiwo.institutions.types import Role
from spoiwo.matching.models import MatchRun, Proposal
from spoiwo.matching.services import deciding, runs
from tests.makers.access import agreement
from tests.makers.institutions import institution, member
from tests.makers.registers import bring_in, pesels, records, row, worker
from tests.makers.reviewing import are_linked, one_waiting, says, signed_in

pytestmark = pytest.mark.django_db
(NUMBER,) = pesels(1)


def test_undoing_different_from_the_list_of_decisions_opens_the_proposal_again() -> None:
    labour, _welfare, proposal = one_waiting()
    browser = signed_in(labour)
    says(browser, proposal, "different")

    browser.post(reverse("matching:undo", args=[IdentityDecision.objects.get().pk]))

    proposal.refresh_from_db()
    assert (proposal.state, proposal.left_answer, proposal.right_answer) == ("open", "", "")


def test_undoing_the_link_of_a_record_that_has_vanished_proposes_nothing() -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(labour.pk)
    bring_in(labour, row("L5", last_name="Kos"))
    runs.match_now(labour.pk)

    signed_in(labour).post(reverse("matching:undo", args=[IdentityDecision.objects.get().pk]))

    assert not are_linked()
    assert not Proposal.objects.exists()


def test_a_wrong_link_is_split_from_the_client_and_the_split_taken_back() -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(labour.pk)
    (mine,) = records(labour, "L1")
    browser = signed_in(labour)

    question = browser.get(reverse("matching:split", args=[mine.uuid])).content.decode()
    browser.post(reverse("matching:split", args=[mine.uuid]))
    parted = are_linked(), Proposal.objects.get().state
    split = IdentityDecision.objects.get(kind="split")
    browser.get(reverse("matching:undo", args=[split.pk]))
    browser.post(reverse("matching:undo", args=[split.pk]))

    assert "To nie jest ta sama osoba?" in question
    assert parted == (False, "different")
    assert (are_linked(), Proposal.objects.get().state) == (True, "linked")


def test_a_case_worker_splits_a_client_and_takes_that_back_but_nothing_else() -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(labour.pk)
    (mine,) = records(labour, "L1")
    link = IdentityDecision.objects.get()
    browser, colleague = signed_in(labour, Role.CASE_WORKER), signed_in(labour, Role.CASE_WORKER)
    client_page = reverse("clients:client", args=[mine.uuid])
    split_page = reverse("matching:split", args=[mine.uuid])

    asked = browser.get(split_page).content.decode()
    other_decision = browser.post(reverse("matching:undo", args=[link.pk])).status_code
    browser.post(split_page)
    parted = are_linked()
    split = reverse("matching:undo", args=[IdentityDecision.objects.get(kind="split").pk])
    by_a_colleague = colleague.post(split).status_code
    question = browser.get(split).content.decode()
    back = browser.post(split)

    assert "To nie jest ta sama osoba?" in asked
    assert (other_decision, by_a_colleague) == (404, 404)
    assert not parted
    assert client_page in question
    assert back.headers["Location"] == client_page
    assert are_linked()


def test_the_deed_itself_asks_whose_decision_it_is() -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(labour.pk)

    with pytest.raises(NoSuchDecision):
        deciding.undo(
            decision=IdentityDecision.objects.get().pk, by=worker(labour, Role.CASE_WORKER, user_id=7)
        )


@pytest.mark.parametrize("address", ["split", "undo"])
def test_a_reviewer_of_one_commune_decides_nothing_about_somebody_of_another(address: str) -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(labour.pk)
    (mine,) = records(labour, "L1")
    browser = Client()
    browser.force_login(member(labour, Role.REVIEWER, territories=["0899999"]).user)
    what = mine.uuid if address == "split" else IdentityDecision.objects.get().pk

    answer = browser.post(reverse(f"matching:{address}", args=[what]))

    assert answer.status_code == 404
    assert are_linked()


def test_splitting_a_client_who_is_alone_is_refused_in_words() -> None:
    labour, _welfare, _proposal = one_waiting()
    (mine,) = records(labour, "L1")
    browser = signed_in(labour)

    answer = browser.post(reverse("matching:split", args=[mine.uuid]))

    assert answer.status_code == 302
    assert not IdentityDecision.objects.exists()


def test_a_link_made_by_a_rule_comes_back_as_a_proposal_when_it_is_undone() -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(labour.pk)
    browser = signed_in(labour)
    link = IdentityDecision.objects.get()

    listed = browser.get(reverse("matching:decisions")).content.decode()
    browser.post(reverse("matching:undo", args=[link.pk]))
    again = browser.post(reverse("matching:undo", args=[link.pk]), follow=True).content.decode()

    assert "automatycznie" in listed
    assert "już cofnięto" in again
    assert not are_linked()
    assert (Proposal.objects.get().rule, Proposal.objects.get().state) == ("pesel_one_field", "open")


def test_a_decision_that_others_rest_on_is_kept_and_says_how_many() -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(labour.pk)
    link = IdentityDecision.objects.get()
    (mine,) = records(labour, "L1")
    browser = signed_in(labour)
    browser.post(reverse("matching:split", args=[mine.uuid]))

    page = browser.post(reverse("matching:undo", args=[link.pk]), follow=True).content.decode()

    assert "opiera się 1 późniejsza" in page


def test_the_other_side_cannot_undo_a_split() -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    bring_in(labour, row("L1", pesel=NUMBER))
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(labour.pk)
    (mine,) = records(labour, "L1")
    signed_in(labour).post(reverse("matching:split", args=[mine.uuid]))
    split = IdentityDecision.objects.get(kind="split")

    assert signed_in(welfare).post(reverse("matching:undo", args=[split.pk])).status_code == 404


@pytest.mark.parametrize("address", ["split", "undo"])
def test_what_is_not_the_own_institutions_is_not_there(address: str) -> None:
    _labour, welfare, _proposal = one_waiting()
    (theirs,) = records(welfare, "W1")

    assert (
        signed_in(institution()).post(reverse(f"matching:{address}", args=[theirs.uuid])).status_code == 404
    )


def test_the_result_of_an_import_is_told_in_numbers_and_asked_for_until_it_is_there() -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    bring_in(labour, row("L1", pesel=NUMBER), row("L2", last_name="Kos"))
    generation = bring_in(welfare, row("W1", pesel=NUMBER), row("W2", last_name="Kos"))
    browser = signed_in(welfare, Role.REGISTRAR)
    address = reverse("matching:import_summary", args=[generation])

    before = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    runs.match_now(welfare.pk)
    after = browser.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "every 2s" in before
    assert "every 2s" not in after
    assert "1 rekord połączony automatycznie" in after
    assert "1 para czeka na decyzję ludzi" in after


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 rekord połączony"),
        (2, "2 rekordy połączone"),
        (5, "5 rekordów połączonych"),
        (12, "12 rekordów połączonych"),
        (22, "22 rekordy połączone"),
        (112, "112 rekordów połączonych"),
    ],
)
def test_numbers_agree_with_their_nouns(number: int, words: str) -> None:
    labour = institution()
    now = timezone.now()
    MatchRun.objects.create(institution=labour, generation=1, linked=number, started_at=now, finished_at=now)

    page = (
        signed_in(labour, Role.REGISTRAR).get(reverse("matching:import_summary", args=[1])).content.decode()
    )

    assert words in page


def test_the_list_of_decisions_tells_who_decided() -> None:
    labour, welfare, proposal = one_waiting()
    browser = Client()
    reviewer = member(labour, Role.REVIEWER)
    browser.force_login(reviewer.user)
    says(browser, proposal, "different")

    own = browser.get(reverse("matching:decisions")).content.decode()
    other = signed_in(welfare).get(reverse("matching:decisions")).content.decode()

    assert reviewer.user.full_name in own
    assert "druga instytucja" in other
    assert reviewer.user.full_name not in other.split("<main")[1].split("</main")[0]
    assert "Cofnij" not in other.split("<tbody>")[1]


def test_putting_off_can_be_undone_from_the_notice() -> None:
    labour, _welfare, proposal = one_waiting()
    browser = signed_in(labour)
    undo = reverse("matching:take_back", args=[proposal.uuid])

    notice = (
        says(browser, proposal, "later").split("govuk-notification-banner__content")[1].split("</div>")[0]
    )
    browser.post(undo)

    proposal.refresh_from_db()
    assert f'href="{undo}"' in notice
    assert (proposal.state, proposal.left_answer, proposal.right_answer) == ("open", "", "")
