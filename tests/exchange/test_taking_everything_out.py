"""The open export holds whatever an institution keeps here, nobody hidden, and nothing of anybody else."""

import csv
import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import pytest
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.exchange.models import OpenExport
from spoiwo.exchange.services import exporting
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.toolkit.takeout import as_text
from tests.makers import guarding, institutions, monitoring
from tests.makers.everything import CANARY, everything
from tests.makers.exchange import registrar

pytestmark = pytest.mark.django_db
Tables = dict[str, list[dict[str, str]]]


def archive_of(office: Institution) -> zipfile.ZipFile:
    """The archive as a registrar of the office gets it."""
    by = registrar(office.pk)
    asked = exporting.ask_export(by=by)
    made = OpenExport.objects.get(pk=asked.pk)
    return zipfile.ZipFile(io.BytesIO(b"".join(exporting.fetch_export(export=made, request_id="r", by=by))))


def taken_out(office: Institution) -> Tables:
    """Rows of every table of the archive; the workbooks are checked to be there beside them."""
    archive = archive_of(office)
    names = {name.rpartition(".")[0] for name in archive.namelist()}
    assert sorted(archive.namelist()) == sorted(
        f"{name}.{form}" for name in names for form in ("csv", "xlsx")
    )
    return {
        name: list(
            csv.DictReader(archive.read(f"{name}.csv").decode("utf-8-sig").splitlines(), delimiter=";")
        )
        for name in names
    }


def texts(tables: Tables) -> str:
    return "\n".join(value for rows in tables.values() for row in rows for value in row.values())


def test_it_holds_what_every_part_of_the_product_keeps():
    there = everything()
    office = there.record.institution

    found = taken_out(office)

    assert set(found) == {
        "register", "facts", "authorisations", "calendar", "district_addresses", "district_workers", "districts",
        "places", "plan_actions", "plans", "project_participants", "project_support", "project_work", "projects",
        "referral_steps", "referrals_sent", "support_attendance", "support_case_steps", "support_cases",
        "support_de_minimis", "support_events", "support_given", "support_given_people", "support_groups",
        "support_paths", "support_people", "support_registrations", "support_sessions",
    }  # fmt: skip
    assert [row["last_name"] for row in found["support_people"]] == [CANARY]
    assert [row["last_name"] for row in found["referrals_sent"]] == [CANARY]
    assert [row["last_name"] for row in found["project_participants"]] == [CANARY]
    assert [row["local_id"] for row in found["plans"]] == ["L1"]
    assert [row["case"] for row in found["support_case_steps"]] == [
        row["number"] for row in found["support_cases"]
    ]


def test_how_much_was_taken_out_is_on_record():
    there = everything()
    office = there.record.institution

    found = taken_out(office)

    export = OpenExport.objects.get()
    others = {name: rows for name, rows in found.items() if name not in {"register", "facts"}}
    assert export.others == sum(len(rows) for rows in others.values()) > 0
    count = AuditRecord.objects.get(action="export").count
    assert count == export.rows + export.facts + export.others == sum(len(rows) for rows in found.values())


def test_nobody_hidden_is_in_it():
    there = everything()
    guarding.hidden(there.record, named=[there.named])

    found = taken_out(there.record.institution)

    assert CANARY not in texts(found)
    assert [name for name, rows in found.items() if any(row.get("local_id") == "L1" for row in rows)] == []


def test_another_institution_s_tables_are_not_in_it():
    everything()
    stranger = institutions.institution()
    institutions.member(stranger, Role.SUPPORT_ADVISER)

    found = taken_out(stranger)

    assert set(found) == {"authorisations", "facts", "register"}
    assert [row["role"] for row in found["authorisations"]] == ["support_adviser"]


def test_an_institution_that_keeps_nothing_gets_empty_registers():
    found = taken_out(institutions.institution())

    assert found == {"facts": [], "register": []}


def test_people_in_functions_and_figures_are_in_it():
    office = institutions.institution()
    office.posts.create(holder_name="Anna Dyrektor", function="dyrektor", valid_from=date(2026, 1, 1))
    monitoring.measure()
    monitoring.reported(office, 3.0)

    found = taken_out(office)

    assert [row["holder_name"] for row in found["posts"]] == ["Anna Dyrektor"]
    assert found["observations"][0]["measure"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (date(2026, 3, 1), "2026-03-01"),
        (time(9, 30), "09:30:00"),
        ([1, "ż"], '[1, "ż"]'),
        ({"b": 1, "a": 2}, '{"a": 2, "b": 1}'),
        (12.5, "12.5"),
    ],
)
def test_values_are_written_for_machines(value: Any, text: str):
    assert as_text(value) == text


def test_moments_carry_their_zone():
    moment = timezone.make_aware(datetime(2026, 3, 1, 9, 30))

    assert as_text(moment) == "2026-03-01T09:30:00+01:00"
