"""While nobody has sealed the log for a day everything can be read and nothing saved, and pages say so beforehand."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.models import AuditHead
from spoiwo.audit.services.appending import ask_for_the_seal_again
from spoiwo.districts.services.substitutes import name_substitute
from spoiwo.enquiries.models import Conversation, Message
from spoiwo.institutions.types import Role
from spoiwo.toolkit.context import acting_for
from tests.access.test_hidden_everywhere import LISTS
from tests.makers import institutions
from tests.makers.clients import signed_in
from tests.makers.everything import Place, everything

pytestmark = pytest.mark.django_db
BEFOREHAND = "Teraz działa tylko czytanie."


@pytest.fixture
def there() -> Place:
    """An office that keeps something of everything about one client."""
    return everything()


def unsealed_for(hours: int) -> None:
    """The oldest record without a seal has waited so long."""
    AuditHead.objects.update(unsealed_since=timezone.now() - timedelta(hours=hours))
    ask_for_the_seal_again()


def test_everything_can_be_read_and_every_page_says_that_nothing_can_be_saved(there):
    unsealed_for(25)
    browser = signed_in(there.named)

    answers = {page: browser.get(page) for page in (*there.pages.values(), *LISTS)}

    assert {page: one.status_code for page, one in answers.items() if one.status_code != 200} == {}
    assert [page for page, one in answers.items() if BEFOREHAND not in one.content.decode()] == []


def test_what_is_printed_or_saved_as_a_file_goes_on(there):
    unsealed_for(25)
    browser = signed_in(there.named)
    talk = there.pages["conversation"]

    for page in (f"{talk}rozmowa.pdf", f"{talk}paczka.zip", "/klienci/wykaz.csv", "/plany/lista.csv"):
        assert browser.get(page).status_code == 200, page


def test_a_substitute_still_sees_the_work_of_an_absent_colleague(there):
    absent, today = there.other, timezone.localdate()
    with acting_for(absent.institution_id):
        name_substitute(
            substitute_id=there.named.user_id, starts_on=today, ends_on=today, by=institutions.acting(absent)
        )
    unsealed_for(25)

    answer = signed_in(there.named).get(reverse("portal:work_of", args=(absent.user_id,)))

    assert answer.status_code == 200


def test_saving_is_refused_in_words_until_there_is_a_seal(there):
    browser, talk = signed_in(there.named), there.pages["conversation"]
    before, said = Message.objects.count(), {"to": Conversation.objects.get().other_id, "text": "Czy jutro?"}
    unsealed_for(25)

    refused = browser.post(talk, said)
    after_refusal = Message.objects.count()
    audit.seal()
    taken = browser.post(talk, said, follow=True)

    assert (refused.status_code, after_refusal) == (503, before)
    assert "Teraz nie można niczego zapisać" in refused.content.decode()
    assert BEFOREHAND not in refused.content.decode()
    assert (taken.status_code, Message.objects.count()) == (200, before + 1)
    assert BEFOREHAND not in taken.content.decode()


def test_nothing_is_said_before_a_day_is_over_nor_to_people_who_are_not_signed_in(there):
    unsealed_for(23)
    early = signed_in(there.named).get("/").content.decode()
    unsealed_for(25)
    outside = Client().get(reverse("portal:about")).content.decode()

    assert BEFOREHAND not in early
    assert BEFOREHAND not in outside


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.IOD])
def test_whoever_watches_over_the_register_is_told_after_a_quarter_of_an_hour(there, role):
    office = there.named.institution
    watcher = institutions.member(office, role)
    AuditHead.objects.update(unsealed_since=timezone.now() - timedelta(minutes=16))

    told = signed_in(watcher).get("/").content.decode()
    untold = signed_in(institutions.member(office, Role.CASE_WORKER)).get("/").content.decode()

    assert "Nowe wpisy dziennika nie są zapieczętowane" in told
    assert "Nowe wpisy dziennika nie są zapieczętowane" not in untold
