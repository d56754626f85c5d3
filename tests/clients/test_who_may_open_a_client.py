"""Who may open a client, and how what may not be seen looks the same as what does not exist."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone

from spoiwo.access import services as access
from spoiwo.access.models import SharingAgreement
from spoiwo.access.types import RelationKind
from spoiwo.audit.models import AuditRecord
from spoiwo.institutions.types import Kind, Role
from tests.makers import institutions
from tests.makers.access import agreement
from tests.makers.clients import link, signed_in, town, with_purpose
from tests.makers.registers import bring_in, records, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def address(record):
    return f"/klienci/{record.uuid}/"


def opened(place):
    """The page after a purpose was stated."""
    return with_purpose(signed_in(place.worker), place.own).get(address(place.own))


def text(answer):
    return answer.content.decode()


def test_an_own_client_whom_nobody_shares_is_shown_from_the_own_register_alone():
    place = town()
    bring_in(place.labour, row("L1"), row("L2", first_name="Samotna"))
    (own,) = records(place.labour, "L2")

    answer = signed_in(place.worker).get(address(own))

    assert answer.status_code == 200
    assert "Samotna" in text(answer)
    (look,) = AuditRecord.objects.filter(action="view_client")
    assert (look.institution_id, look.purpose, look.agreement) == (place.labour.pk, "own_register", "")


def test_an_agreement_that_ended_closes_the_others_data_on_the_next_request():
    place = town(theirs=row("W1", place="Deszczno"))
    browser = with_purpose(signed_in(place.worker), place.own)
    assert "Deszczno" in text(browser.get(address(place.own)))

    SharingAgreement.objects.update(valid_to=timezone.localdate() - timedelta(days=1))
    answer = browser.get(address(place.own))

    assert answer.status_code == 200
    assert "Deszczno" not in text(answer)
    assert "OPS Próbny" not in text(answer)


def test_without_a_relation_the_others_data_stay_closed():
    place = town(theirs=row("W1", place="Deszczno"))
    access.close_relations(
        [(place.own.person_id, place.labour.pk)],
        kind=RelationKind.INVOLVEMENT,
        until=timezone.localdate() - timedelta(days=1),
    )

    answer = signed_in(place.worker).get(address(place.own))

    assert answer.status_code == 200
    assert "Deszczno" not in text(answer)


def test_who_shares_for_another_purpose_is_named_but_not_shown():
    place = town()
    centre = institutions.institution("", Kind.PCPR, short_name="PCPR Próbny")
    agreement(place.labour, centre, purposes=[("foster-care", "act-art-1")])
    bring_in(centre, row("C1", last_name="Nowak", family_name="Obca"))
    link(place.own, *records(centre, "C1"))

    answer = opened(place)

    assert [badge.name for badge in answer.context["closed"]] == ["PCPR Próbny"]
    assert "Obca" not in text(answer)
    assert not AuditRecord.objects.filter(action="view_client", institution_id=centre.pk).exists()


def strangers(place):
    """Addresses a worker of the labour office must not be able to tell from one that never was."""
    bring_in(place.labour, row("L9", teryt="0802011"))
    bring_in(place.labour, row("L1"))  # L9 has vanished from the register
    stranger = institutions.institution()
    bring_in(stranger, row("S1"))
    return [place.theirs, *records(stranger, "S1"), *records(place.labour, "L9")]


@pytest.mark.parametrize("kind", ["", "cel/"])
def test_absent_and_forbidden_look_the_same(kind):
    place = town()
    browser = signed_in(place.worker)
    absent = uuid4()
    never = browser.get(f"/klienci/{absent}/{kind}")

    for record in strangers(place):
        answer = browser.get(f"{address(record)}{kind}")

        assert answer.status_code == never.status_code == 404
        assert same_words(answer, record.uuid) == same_words(never, absent)


def same_words(answer, uuid):
    """The page without what differs from one request to the next: the address asked for and the form tokens."""
    words = text(answer).replace(str(uuid), "UUID")
    return [line for line in words.splitlines() if "csrf" not in line.lower()]


def test_a_worker_of_other_territory_does_not_find_the_client():
    place = town(own=row("L1", teryt="0801052"))
    elsewhere = institutions.member(place.labour, Role.CASE_WORKER, territories=["0802"])
    here = institutions.member(place.labour, Role.CASE_WORKER, territories=["0801"])

    assert signed_in(elsewhere).get(address(place.own)).status_code == 404
    assert signed_in(here).get(address(place.own)).status_code == 302


def test_the_other_institution_opens_its_own_record_and_sees_ours():
    place = town(own=row("L1", place="Lubiszyn"))
    theirs = signed_in(institutions.member(place.welfare, Role.CASE_WORKER))

    answer = with_purpose(theirs, place.theirs).get(address(place.theirs))

    assert answer.status_code == 200
    assert "Lubiszyn" in text(answer)


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.SUPERVISOR, Role.DIRECTOR, Role.LOCAL_ADMIN, Role.IOD])
def test_who_does_not_work_with_people_is_not_let_in(role):
    place = town()

    assert signed_in(institutions.member(place.labour, role)).get(address(place.own)).status_code == 403
