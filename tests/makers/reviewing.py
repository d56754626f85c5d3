"""A pair of records that waits for an answer, and reviewers who give it."""

from django.test import Client
from django.urls import reverse

from spoiwo.clients.models import SourceRecord
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.matching.models import Proposal
from spoiwo.matching.services import runs
from tests.makers.access import agreement
from tests.makers.institutions import institution, member
from tests.makers.registers import bring_in, pesels, row

(NUMBER,) = pesels(1)
THEIRS = {
    "second_name": "Kunegunda",
    "family_name": "Wierzbicka",
    "street": "Rdestowa",
    "house": "917",
    "phone": "609870123",
    "place": "Łagów",
    "household_id": "DOM-TAJNY",
}


def signed_in(office: Institution, *roles: Role) -> Client:
    client = Client()
    client.force_login(member(office, *(roles or (Role.REVIEWER,))).user)
    return client


def one_waiting() -> tuple[Institution, Institution, Proposal]:
    """Two offices with one pair of the same names and birth date."""
    labour, welfare = institution(short_name="PUP Lewy"), institution(short_name="OPS Prawy")
    agreement(labour, welfare)
    bring_in(
        labour,
        row("L1", phone="601000111", household_id="H1"),
        row("L2", first_name="Jan", sex="M", household_id="H1"),
    )
    bring_in(welfare, row("W1", pesel=NUMBER, **THEIRS))
    runs.match_now(welfare.pk)
    return labour, welfare, Proposal.objects.get()


def says(browser: Client, proposal: Proposal, answer: str) -> str:
    """Give an answer and read the page that follows."""
    page = browser.post(reverse("matching:answer", args=[proposal.uuid]), {"answer": answer}, follow=True)
    assert page.status_code == 200
    return page.content.decode()


def are_linked() -> bool:
    one, other = SourceRecord.objects.filter(local_id__in=["L1", "W1"]).values_list("person_id", flat=True)
    return bool(one == other)
