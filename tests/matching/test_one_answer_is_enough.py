"""Where the agreement says so, the answer of one institution makes a link; the other one can take it back."""

import pytest
from django.urls import reverse

from spoiwo.access.models import SharingAgreement
from spoiwo.audit.models import AuditRecord
from spoiwo.clients.models import IdentityDecision
from spoiwo.matching.models import Proposal
from tests.makers.reviewing import are_linked, one_waiting, says, signed_in

pytestmark = pytest.mark.django_db


def agree_that_one_is_enough() -> None:
    SharingAgreement.objects.update(one_side_links=True)


def test_the_page_says_that_the_own_answer_makes_the_link_and_it_does() -> None:
    labour, welfare, proposal = one_waiting()
    browser = signed_in(labour)
    address = reverse("matching:proposal", args=[proposal.uuid])
    before = browser.get(address).content.decode()
    agree_that_one_is_enough()

    page = browser.get(address).content.decode()
    after = says(browser, proposal, "same")

    proposal.refresh_from_db()
    assert "wystarcza odpowiedź jednej instytucji" not in before
    assert "wystarcza odpowiedź jednej instytucji" in page
    assert "odpowiedź Twojej instytucji wystarcza" in after
    assert (proposal.state, are_linked()) == ("linked", True)
    decision = IdentityDecision.objects.get()
    assert decision.agreement == SharingAgreement.objects.get().number
    chains = AuditRecord.objects.filter(action="link").values_list("institution_id", flat=True)
    assert set(chains) == {labour.pk, welfare.pk}


def test_the_institution_that_was_not_asked_can_take_the_link_back() -> None:
    labour, welfare, proposal = one_waiting()
    agree_that_one_is_enough()
    says(signed_in(labour), proposal, "same")

    signed_in(welfare).post(reverse("matching:undo", args=[IdentityDecision.objects.get().pk]))

    proposal.refresh_from_db()
    assert (proposal.state, are_linked()) == ("open", False)


@pytest.mark.parametrize(
    ("answer", "state"), [("later", Proposal.State.OPEN), ("different", Proposal.State.DIFFERENT)]
)
def test_any_other_answer_makes_no_link_though_the_other_side_said_the_same_before(
    answer: str, state: str
) -> None:
    labour, welfare, proposal = one_waiting()
    says(signed_in(labour), proposal, "same")
    agree_that_one_is_enough()

    says(signed_in(welfare), proposal, answer)

    proposal.refresh_from_db()
    assert (proposal.state, are_linked()) == (state, False)


def test_where_both_have_said_the_same_the_notice_says_both() -> None:
    labour, welfare, proposal = one_waiting()
    says(signed_in(labour), proposal, "same")
    agree_that_one_is_enough()

    notice = says(signed_in(welfare), proposal, "same")

    assert "Obie instytucje" in notice
