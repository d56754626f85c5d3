"""One client of whom every context keeps something: where the name may not stand, it does not, and nothing outlives it.

The name is in no log line, no entry of the audit, no letter, no page, error page or file of whoever is not entitled;
once every institution has erased the client, it stands in no table at all.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from spoiwo.audit.queries import verify
from spoiwo.clients.models import SourceRecord
from spoiwo.clients.services import erasing
from spoiwo.institutions.types import Role
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.jobs import perform
from spoiwo.toolkit.schedule import planned
from tests.access.test_hidden_everywhere import LISTS
from tests.access.test_no_file_runs_formulas import files_of_lists, of_csv, of_xlsx
from tests.config.test_logs_without_personal_data import written
from tests.makers import institutions
from tests.makers.clients import signed_in
from tests.makers.everything import CANARY, Place, everything

pytestmark = pytest.mark.django_db
# Jobs that compute, keep or tidy and write to nobody; tried where they belong.
ENGINES = ("monitoring.", "exchange.", "audit.", "toolkit.")
IN_CLEAR = {"clients", "projects", "referrals", "support"}  # lists are sorted by name; the rest is sealed


@pytest.fixture(autouse=True)
def _room(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def tables_with_the_name() -> set[str]:
    """Tables of any context in which the name stands, as typed or folded for search."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if CANARY.casefold() in repr(cursor.fetchall()).casefold():
                found.add(table)
    return found


def told(answer: Any, address: str = "") -> str:
    """What an answer says; a workbook by its cells."""
    content = b"".join(answer) if answer.streaming else answer.content
    if address.endswith(".xlsx") and answer.status_code == 200:
        return "\n".join(of_xlsx(content))
    if address.endswith(".csv") and answer.status_code == 200:
        return "\n".join(of_csv(content))
    return str(content.decode(errors="replace"))


def saying(browser: Client, addresses: Iterable[str]) -> set[str]:
    """Addresses at which the browser is told the name."""
    return {address for address in addresses if CANARY in told(browser.get(address), address)}


def addresses_of(there: Place) -> list[str]:
    """Pages about the client, lists, and files of lists."""
    return [*there.pages.values(), *LISTS, *sorted(set(files_of_lists(get_resolver().url_patterns)))]


def remind_everybody() -> None:
    """Whatever the clock would do meanwhile, letters among it."""
    for plan in planned():
        if not plan.job.startswith(ENGINES):
            perform(plan.job)


def test_a_name_is_told_to_the_entitled_alone_and_written_where_clients_are_kept():
    there = everything()
    insider = signed_in(there.named)
    stranger = signed_in(institutions.member(institutions.institution("obcy"), *Role))

    with written("DEBUG") as lines:
        inside = saying(insider, addresses_of(there))
        outside = [saying(one, addresses_of(there)) for one in (stranger, Client())]
        missed = told(insider.post("/nadzor/osoba/", {"q": f"{CANARY} nieznana"}))
        remind_everybody()

    assert len(inside) > 15
    assert outside == [set(), set()]
    assert CANARY in missed  # what one typed oneself
    assert CANARY.casefold() not in lines.getvalue().casefold()
    assert mail.outbox
    assert [letter for letter in mail.outbox if CANARY in f"{letter.subject} {letter.body} {letter.to}"] == []
    assert {table.partition("_")[0] for table in tables_with_the_name()} == IN_CLEAR


def test_nothing_of_the_name_outlives_the_last_erasure(django_capture_on_commit_callbacks):
    there = everything()
    saying(signed_in(there.named), addresses_of(there))
    remind_everybody()
    assert tables_with_the_name()

    with django_capture_on_commit_callbacks(execute=True):
        for record in SourceRecord.objects.order_by("pk"):
            with acting_for(record.institution_id, job=erasing.JOB):
                erasing.erase_records(
                    [record.pk], institution_id=record.institution_id, basis="żądanie", by=None
                )

    assert tables_with_the_name() == set()
    assert verify(institution_ids=set(SourceRecord.objects.values_list("institution_id", flat=True))).holds
    assert saying(signed_in(there.named), addresses_of(there)) == set()
