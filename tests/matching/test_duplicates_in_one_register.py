"""One person entered twice in one register: both records are shown in full, and the own institution decides."""

import pytest
from django.urls import reverse

from spoiwo.audit.models import AuditRecord
from spoiwo.clients.models import CommonClient
from spoiwo.institutions.models import Institution
from spoiwo.matching.models import Proposal
from spoiwo.matching.rules.differences import Part, differences
from spoiwo.matching.services import runs
from tests.makers.matching import duplicates, linked
from tests.makers.registers import bring_in, office, pesels, row
from tests.makers.reviewing import says, signed_in

NUMBER, OTHER_NUMBER = pesels(2)


def entered_twice() -> tuple[Institution, Proposal]:
    labour = office()
    bring_in(
        labour,
        row("L1", pesel=NUMBER, first_name="Katarzyna", last_name="Wiśniewska", phone="601000111"),
        row("L2", pesel=NUMBER, first_name="Katarzyna", last_name="Wiśnewska"),
        row("L3", pesel=OTHER_NUMBER, first_name="Ewa", last_name="Kos"),
    )
    runs.match_now(labour.pk)
    return labour, Proposal.objects.get()


@pytest.mark.django_db
def test_an_office_without_partners_finds_its_duplicates() -> None:
    _labour, proposal = entered_twice()

    assert duplicates() == {(frozenset({"L1", "L2"}), "pesel_one_field", "open")}
    assert proposal.is_duplicate
    assert linked() == set()


@pytest.mark.django_db
def test_both_records_are_shown_with_differences_marked_inside_the_words() -> None:
    labour, proposal = entered_twice()

    page = signed_in(labour).get(reverse("matching:proposal", args=[proposal.uuid])).content.decode()

    assert "Wiśn<mark>i</mark>ewska" in page
    assert page.count(NUMBER) == 2
    assert "601000111" in page
    assert "dwa razy" in page
    assert "Ten sam numer PESEL i " in page
    assert "Porozumienie zostawia tę decyzję ludziom" not in page


@pytest.mark.django_db
def test_the_look_at_both_is_on_record_in_the_own_chain_alone() -> None:
    labour, proposal = entered_twice()

    signed_in(labour).get(reverse("matching:proposal", args=[proposal.uuid]))

    looks = AuditRecord.objects.filter(action="view_client")
    assert [look.institution_id for look in looks] == [labour.pk] * 2
    assert len({look.person for look in looks}) == 2


@pytest.mark.django_db
def test_one_answer_links_and_can_be_taken_back() -> None:
    labour, proposal = entered_twice()
    browser = signed_in(labour)

    page = says(browser, proposal, "same")
    together = linked()
    browser.post(reverse("matching:take_back", args=[proposal.uuid]))

    assert "wpisana dwa razy" in page
    assert together == {frozenset({"L1", "L2"})}
    assert linked() == set()
    assert Proposal.objects.get().state == "open"
    assert not CommonClient.objects.exists()


@pytest.mark.django_db
def test_people_said_to_be_different_are_not_proposed_again() -> None:
    labour, proposal = entered_twice()
    says(signed_in(labour), proposal, "different")
    bring_in(
        labour,
        row("L1", pesel=NUMBER, first_name="Katarzyna", last_name="Wiśniewska", phone="601000112"),
        row("L2", pesel=NUMBER, first_name="Katarzyna", last_name="Wiśniewska"),
    )

    runs.match_now(labour.pk)

    assert duplicates() == {(frozenset({"L1", "L2"}), "pesel_one_field", "different")}
    assert linked() == set()


@pytest.mark.django_db
def test_the_list_says_that_somebody_is_there_twice() -> None:
    labour, _proposal = entered_twice()

    page = signed_in(labour).get(reverse("matching:list")).content.decode()

    assert "dwa razy w Twoim rejestrze" in page


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Nowak", "Nowak", ([Part("Nowak", False)], [Part("Nowak", False)])),
        ("NOWAK", "Nowak", ([Part("NOWAK", False)], [Part("Nowak", False)])),
        ("", "Nowak", ([], [Part("Nowak", False)])),
        ("Ada", "Adam", ([Part("Ada", False)], [Part("Ada", False), Part("m", True)])),
        ("Lis", "Las", ([Part("L", False), Part("i", True), Part("s", False)],
                        [Part("L", False), Part("a", True), Part("s", False)])),
        ("Strauß", "Straus", ([Part("Strau", False), Part("ß", True)], [Part("Strau", False), Part("s", True)])),
    ],
)  # fmt: skip
def test_differences_are_told_letter_by_letter(
    one: str, other: str, expected: tuple[list[Part], list[Part]]
) -> None:
    assert differences(one, other) == expected
