"""Two directors see how many clients they share, and nothing else, before they sign."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import SharingAgreement
from spoiwo.audit.models import AuditRecord
from spoiwo.clients.models import CommonClient
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.matching.models import FoundPair, Proposal, SharedCount
from spoiwo.matching.rules.counting import may_be_counted_again, may_be_told
from spoiwo.matching.services import counting, runs
from tests.makers.access import agreement
from tests.makers.institutions import institution
from tests.makers.registers import bring_in, pesels, row
from tests.makers.reviewing import signed_in

NUMBERS = pesels(9)
GIVEN = ["Anna", "Ewa", "Zofia", "Maria", "Barbara", "Irena", "Helena", "Wanda", "Janina"]
LAST = ["Lis", "Kos", "Gil", "Sroka", "Wilk", "Dzik", "Bocian", "Kruk", "Wrona"]


def draft(common: int) -> tuple[Institution, Institution, SharingAgreement]:
    labour, welfare = institution(short_name="PUP Lewy"), institution(short_name="OPS Prawy")
    people = [
        {"pesel": number, "first_name": first, "last_name": last}
        for number, first, last in zip(NUMBERS, GIVEN, LAST, strict=True)
    ]
    bring_in(labour, *(row(f"L{at}", **one) for at, one in enumerate(people)))
    bring_in(
        welfare,
        *(row(f"W{at}", **one) for at, one in enumerate(people[:common])),
        row("W99", first_name="Bożena", last_name="Zającowa", birth_date=date(1951, 2, 2)),
    )
    drafted = agreement(labour, welfare, state=SharingAgreement.State.DRAFT, signed_on=None)
    return labour, welfare, drafted


def asks(browser: Client, drafted: SharingAgreement) -> int:
    return browser.post(reverse("matching:shared_counts", args=[drafted.pk])).status_code


def told(browser: Client, drafted: SharingAgreement) -> str:
    return browser.get(reverse("matching:shared_counts", args=[drafted.pk])).content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_number_is_told_to_both_once_both_have_asked() -> None:
    labour, welfare, drafted = draft(common=7)
    mine, theirs = signed_in(labour, Role.DIRECTOR), signed_in(welfare, Role.DIRECTOR)

    before = told(mine, drafted)
    asks(mine, drafted)
    after_one = told(mine, drafted)
    asks(theirs, drafted)

    assert "Nikt u Was jeszcze nie zapytał" in before
    assert "Musi je zadać też" in after_one
    assert "na pewno <b>7</b> osób" in told(mine, drafted)
    assert "na pewno <b>7</b> osób" in told(theirs, drafted)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nothing_but_the_number_is_kept_or_shown() -> None:
    labour, welfare, drafted = draft(common=7)
    browsers = [signed_in(labour, Role.DIRECTOR), signed_in(welfare, Role.DIRECTOR)]
    for browser in browsers:
        asks(browser, drafted)

    pages = [told(browser, drafted) for browser in browsers]

    assert not any(name in page for page in pages for name in (*LAST, *NUMBERS, "W99", "Zającowa"))
    assert (FoundPair.objects.count(), Proposal.objects.count(), CommonClient.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("common", [0, 4])
def test_a_small_number_is_not_told(common: int) -> None:
    labour, welfare, drafted = draft(common=common)
    for holder in (labour, welfare):
        asks(signed_in(holder, Role.DIRECTOR), drafted)

    page = told(signed_in(labour, Role.DIRECTOR), drafted)

    assert "na pewno mniej niż 5 osób" in page
    assert SharedCount.objects.get().sure == common


@pytest.mark.django_db
def test_asking_is_on_record_and_asking_twice_counts_nothing_alone() -> None:
    labour, _welfare, drafted = draft(common=7)
    browser = signed_in(labour, Role.DIRECTOR)

    for _time in range(2):
        asks(browser, drafted)

    assert SharedCount.objects.get().counted_at is None
    assert AuditRecord.objects.filter(outcome="count_asked", institution_id=labour.pk).count() == 2


@pytest.mark.django_db
def test_a_count_stands_for_a_month_and_then_both_ask_anew() -> None:
    labour, welfare, drafted = draft(common=7)
    browser = signed_in(labour, Role.DIRECTOR)
    counting.count_shared(labour.pk, welfare.pk)
    assert not SharedCount.objects.exists()
    asks(browser, drafted)
    now = timezone.now()
    SharedCount.objects.update(counted_at=now, left_asked_at=now, right_asked_at=now)

    asks(browser, drafted)
    assert SharedCount.objects.get().counted_at == now

    SharedCount.objects.update(counted_at=now - timedelta(days=31))
    asks(browser, drafted)
    again = SharedCount.objects.get()
    assert again.counted_at is None
    assert (again.left_asked_at is None) != (again.right_asked_at is None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "is_party", "status"), [(Role.REVIEWER, True, 403), (Role.DIRECTOR, False, 404)]
)
def test_nobody_else_is_told(role: Role, is_party: bool, status: int) -> None:
    labour, _welfare, drafted = draft(common=7)
    holder = labour if is_party else institution(short_name="Obca")
    browser = signed_in(holder, role)

    statuses = (
        browser.get(reverse("matching:shared_counts", args=[drafted.pk])).status_code,
        asks(browser, drafted),
    )

    assert statuses == (status, status)


@pytest.mark.django_db
def test_the_list_opens_when_the_agreement_is_signed() -> None:
    labour, welfare, drafted = draft(common=7)
    runs.match_now(labour.pk)
    before = CommonClient.objects.count()
    SharingAgreement.objects.filter(pk=drafted.pk).update(state="active", signed_on=date(2024, 1, 1))

    runs.rematch(labour.pk, welfare.pk)

    assert (before, CommonClient.objects.filter(institution=labour).count()) == (0, 7)


def test_figures_below_five_stay_secret_and_counts_are_a_month_apart() -> None:
    now = timezone.now()

    assert [may_be_told(figure) for figure in (0, 4, 5, 412)] == [None, None, 5, 412]
    assert may_be_counted_again(None, now)
    assert not may_be_counted_again(now - timedelta(days=29), now)
    assert may_be_counted_again(now - timedelta(days=30), now)
