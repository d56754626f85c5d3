"""What a reviewer does not see and cannot do, though the proposal is there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import SharingAgreement
from spoiwo.audit.models import AuditRecord
from spoiwo.institutions.types import Role
from spoiwo.matching.models import Opinion
from tests.makers.institutions import member
from tests.makers.reviewing import one_waiting, signed_in

pytestmark = pytest.mark.django_db


def test_once_the_agreement_has_run_out_nothing_of_the_comparison_is_shown() -> None:
    labour, _welfare, proposal = one_waiting()
    SharingAgreement.objects.update(valid_to=timezone.localdate() - timedelta(days=1))

    page = signed_in(labour).get(reverse("matching:proposal", args=[proposal.uuid])).content.decode()

    assert "601000111" in page
    assert [word for word in ("zgadza się", "jest sprzeczne", "brakuje po co najmniej") if word in page] == []
    assert reverse("matching:answer", args=[proposal.uuid]) not in page


def test_a_reviewer_of_one_commune_answers_no_proposal_about_somebody_of_another() -> None:
    labour, _welfare, proposal = one_waiting()
    elsewhere = member(labour, Role.REVIEWER, territories=["0899999"])
    browser = Client()
    browser.force_login(elsewhere.user)

    answers = {
        browser.post(reverse("matching:answer", args=[proposal.uuid]), {"answer": "different"}).status_code,
        browser.post(reverse("matching:take_back", args=[proposal.uuid])).status_code,
    }

    proposal.refresh_from_db()
    assert answers == {404}
    assert (proposal.state, Opinion.objects.count()) == ("open", 0)


def test_who_is_named_as_the_other_side_has_it_in_its_chain() -> None:
    labour, welfare, proposal = one_waiting()
    browser = signed_in(labour)
    address = reverse("matching:proposal", args=[proposal.uuid])

    named = browser.get(address).content.decode()
    told = AuditRecord.objects.filter(institution_id=welfare.pk, action="view_client").count()
    SharingAgreement.objects.update(valid_to=timezone.localdate() - timedelta(days=1))
    unnamed = browser.get(address).content.decode()

    assert ("OPS Prawy" in named, told) == (True, 1)
    assert "OPS Prawy" not in unnamed
    assert AuditRecord.objects.filter(institution_id=welfare.pk, action="view_client").count() == 1
