"""Bringing a spreadsheet in, screen by screen."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from spoiwo.exchange.models import ColumnMapping, SheetImport
from spoiwo.exchange.rules import sheets as rules
from spoiwo.exchange.services import sheets
from spoiwo.exchange.types import Layout
from spoiwo.institutions.models import User
from spoiwo.support.models import Delivery
from spoiwo.support.types import DeliveryKind
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for
from tests.makers import support as made
from tests.makers.sheets import HEADERS, checked, csv_sheet


class WorkerDied(Exception):
    """The machine went down."""


EWA, JAN = "44051401458", "02070803628"
KFS_HEADERS = ("Od", "Do", "Priorytet", "Liczba pracodawców", "Liczba osób", "Kwota")


def read(kind, headers, row, values=None):
    layout = Layout(columns=rules.guess(kind, headers).columns, values=values or {})
    return rules.SheetReader(kind, headers, layout, {"7": "Anna Doradcza"}).read(row)


def decided(monkeypatch, owes, *rows):
    """A sheet to be taken whose worker has not begun."""
    sheet = checked(owes, HEADERS, *rows)
    monkeypatch.setattr(jobs, "enqueue", lambda *_args, **_kwargs: None)
    with acting_for(owes.institution_id):
        return sheets.take_sheet(uuid=sheet.uuid, by=owes)


def problems(findings):
    return [(one.problem, one.field) for one in findings]


@pytest.mark.django_db
def test_on_screen_a_sheet_goes_from_upload_to_rejected_rows(client):
    owes = made.centre()
    client.force_login(User.objects.get(pk=owes.user_id))
    content = csv_sheet(
        ("Kiedy", "Czas trwania", "Klient", "Usługa"),
        ["1.02.2021", "1", "Spółdzielnia A", "specjalne"],
        ["2.02.2021", "", "Spółdzielnia A", "specjalne"],
    )

    answer = client.post(
        reverse("exchange:sheets"),
        {"kind": "support", "file": SimpleUploadedFile("2021.csv", content)},
    )
    page = client.get(answer["Location"])
    assert "Usługa" in page.content.decode()
    form = {
        "column-day": "Kiedy",
        "column-hours": "Czas trwania",
        "column-name": "Klient",
        "column-kind": "Usługa",
    }
    assert client.post(answer["Location"], form | {"column-day": ""}).status_code == 422
    answer = client.post(
        answer["Location"], form | {"value-kind-0": "tutoring", "save_as": "OWES"}, follow=True
    )
    assert "Wczytaj 1 wiersz" in answer.content.decode()
    sheet = SheetImport.objects.get()
    answer = client.post(reverse("exchange:sheet_step", args=[sheet.uuid]), {"step": "take"}, follow=True)

    assert Delivery.objects.get().kind == DeliveryKind.TUTORING
    rows = client.get(reverse("exchange:sheet_rejected", args=[sheet.uuid]))
    sheet_of_rows = openpyxl.load_workbook(io.BytesIO(rows.content)).worksheets[0]
    cells = [str(cell.value) for cell in sheet_of_rows[2]]
    assert cells[:1] == ["2.02.2021"]
    assert "Wpisz minuty albo godziny" in cells[-1]
    refused = client.post(reverse("exchange:sheet_step", args=[sheet.uuid]), {"step": "take"})
    assert refused.status_code == 422
    mapping = ColumnMapping.objects.get()
    client.post(reverse("exchange:forget_sheet_mapping", args=[mapping.pk]))
    assert not ColumnMapping.objects.exists()


@pytest.mark.django_db
def test_templates_are_handed_out_and_empty_files_are_refused_on_screen(client):
    client.force_login(User.objects.get(pk=made.centre().user_id))

    template = client.get(reverse("exchange:sheet_template", args=["support"]))
    assert template["Content-Type"].startswith("application/vnd")
    assert client.get(reverse("exchange:sheet_template", args=["inne"])).status_code == 404
    bad = client.post(
        reverse("exchange:sheets"), {"kind": "support", "file": SimpleUploadedFile("a.csv", b"")}
    )
    assert bad.status_code == 422
