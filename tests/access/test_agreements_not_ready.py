"""Agreements that cannot be signed yet say what is missing; one that ends today says so."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access import rules
from spoiwo.access.models import AgreementClause, AgreementPurpose, SharingAgreement
from spoiwo.access.types import Standing
from spoiwo.institutions.types import Role
from tests.access.test_agreement_screens import draft, entered, operator, page_of, signed_in, two_offices
from tests.makers import access as make

pytestmark = pytest.mark.django_db
OPTIONAL = "nieobowiązkowe"


def test_neither_parties_nor_purposes_are_called_optional():
    left, _right = two_offices()
    make.purpose()

    page = signed_in(left, Role.DIRECTOR).get(reverse("access:new")).content.decode()

    parties = page.split('id="id_parties')[0].rsplit("<legend", 1)[1]
    purposes = page.split("Cele i podstawy prawne</h2>")[1].split('for="id_suggested"')[0]
    assert OPTIONAL not in parties
    assert OPTIONAL not in purposes
    assert OPTIONAL in page  # the last day is


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        pytest.param({"parties": []}, "Wybierz co najmniej dwie strony.", id="nobody"),
        pytest.param({"parties": ["own"]}, "Wybierz co najmniej dwie strony.", id="one party"),
        pytest.param({"basis": ""}, "Wybierz podstawę prawną co najmniej jednego celu.", id="no purpose"),
    ],
)
def test_a_draft_names_its_parties_and_a_purpose(changed, words):
    left, right = two_offices()
    form = entered(left, right)
    if "basis" in changed:
        form[f"basis_{make.purpose().pk}"] = ""
    else:
        form["parties"] = [str(left.pk) for _one in changed["parties"]]

    answer = signed_in(left, Role.DIRECTOR).post(reverse("access:new"), form)

    assert words in answer.content.decode()
    assert not SharingAgreement.objects.exists()


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        (AgreementClause, "zaznacz, kto komu jakie dane przekazuje"),
        (AgreementPurpose, "wybierz co najmniej jeden cel"),
    ],
)
def test_an_incomplete_draft_offers_no_signature_and_says_what_is_missing(lacking, words):
    left, right = two_offices()
    waiting = draft(left, right)
    lacking.objects.all().delete()
    director = signed_in(left, Role.DIRECTOR)

    page, listed = page_of(director, waiting), director.get(reverse("access:agreements")).content.decode()
    entered_by_operator = page_of(operator(), waiting)

    assert reverse("access:sign", args=[waiting.pk]) not in page
    assert "Nie da się go jeszcze podpisać." in page
    assert words in page
    assert "czeka na Twój podpis" not in listed
    assert reverse("access:put_into_force", args=[waiting.pk]) not in entered_by_operator
    assert words in entered_by_operator


def test_a_complete_draft_is_offered_for_signature():
    left, right = two_offices()
    waiting = draft(left, right)

    page = page_of(signed_in(left, Role.DIRECTOR), waiting)

    assert reverse("access:sign", args=[waiting.pk]) in page
    assert "Nie da się go jeszcze podpisać." not in page


def test_who_only_reads_is_not_told_what_is_missing():
    left, right = two_offices()
    waiting = draft(left, right)
    AgreementClause.objects.all().delete()

    assert "Nie da się go jeszcze podpisać." not in page_of(signed_in(left, Role.CASE_WORKER), waiting)


def test_on_its_last_day_an_agreement_is_in_force_until_today():
    left, right = two_offices()
    today = timezone.localdate()
    ending = make.agreement(left, right, valid_to=today)

    page = page_of(signed_in(left, Role.DIRECTOR), ending)

    assert "Obowiązuje do dziś" in page


@pytest.mark.parametrize(
    ("last", "standing"),
    [(-1, Standing.OVER), (0, Standing.LAST_DAY), (1, Standing.IN_FORCE), (None, Standing.IN_FORCE)],
)
def test_an_agreement_is_over_the_day_after_its_last(last, standing):
    day = date(2026, 3, 10)
    valid_to = None if last is None else day + timedelta(days=last)

    found = rules.standing(
        signed=True, ended=False, valid_from=day - timedelta(days=9), valid_to=valid_to, day=day
    )

    assert found is standing
