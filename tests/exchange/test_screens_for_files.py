"""The screens: upload, columns, what was found, continue, result, downloads."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from spoiwo.audit.models import AuditRecord
from spoiwo.clients.models import RecordVersion
from spoiwo.exchange.models import ColumnMapping, RegisterImport
from spoiwo.exchange.types import ImportState
from spoiwo.institutions.types import Role
from tests.makers.exchange import cells_of, csv_bytes, row, xlsx_bytes
from tests.makers.institutions import institution, member

pytestmark = pytest.mark.django_db
OWN_HEADERS = {"Kol A": "A-1", "Kol B": "Jan", "Kol C": "Nowak", "Kol D": "BZP"}


def signed_in(client, *roles):
    worker = member(institution(), *(roles or (Role.REGISTRAR,)))
    client.force_login(worker.user)
    return worker.institution


def upload(client, content, name="wyciag.csv", **more):
    data = {"kind": "register", "as_of": "20.11.2026", "file": SimpleUploadedFile(name, content)} | more
    return client.post(reverse("exchange:upload"), data)


def the_import() -> RegisterImport:
    return RegisterImport.objects.latest("pk")


def test_a_standard_file_is_checked_at_once_and_taken_in_with_one_click(client):
    signed_in(client)
    rows = [row(f"A-{number}") for number in range(5)] + [row("A-9", birth_date="1980-02-30")]

    answer = upload(client, csv_bytes(rows, headers=[*rows[0], "birth_date"]))
    page = client.get(answer["Location"])

    assert the_import().state == ImportState.CHECKED
    assert "1 wiersz pliku zostałby odrzucony" in page.content.decode()
    assert "Nie ma takiego dnia." in page.content.decode()
    assert "Wczytaj 5 wierszy" in page.content.decode()
    assert RecordVersion.objects.count() == 0

    answer = client.post(reverse("exchange:take_in", args=[the_import().uuid]), follow=True)

    assert the_import().state == ImportState.DONE
    assert RecordVersion.objects.count() == 5
    assert "Plik obowiązuje" in answer.content.decode()


def test_unknown_headers_are_named_once_and_the_next_file_needs_no_questions(client):
    signed_in(client)

    answer = upload(client, csv_bytes([OWN_HEADERS]))
    page = client.get(answer["Location"])
    assert answer["Location"] == reverse("exchange:columns", args=[the_import().uuid])
    assert "Kol C" in page.content.decode()
    assert "BZP" in page.content.decode()
    form = {
        "column-local_id": "Kol A",
        "column-first_name": "Kol B",
        "column-last_name": "Kol C",
        "column-status": "Kol D",
        "save_as": "Nasz program",
    }
    client.post(answer["Location"], form)

    assert the_import().state == ImportState.CHECKED
    assert the_import().problems == {"unknown_code:status": 1}

    page = client.get(reverse("exchange:columns", args=[the_import().uuid]))
    assert "BZP" in page.content.decode()
    form["value-status-0"] = "unemployed_with_benefit"
    client.post(reverse("exchange:columns", args=[the_import().uuid]), form)
    client.post(reverse("exchange:take_in", args=[the_import().uuid]))

    assert RecordVersion.objects.get().status == "unemployed_with_benefit"
    assert ColumnMapping.objects.get().version == 2

    upload(client, csv_bytes([OWN_HEADERS | {"Kol A": "A-2"}]))

    assert the_import().state == ImportState.CHECKED
    assert the_import().rejected == 0


def test_columns_without_a_mandatory_one_are_refused_on_the_form(client):
    signed_in(client)
    answer = upload(client, csv_bytes([OWN_HEADERS]))

    page = client.post(answer["Location"], {"column-local_id": "Kol A", "column-first_name": "Kol B"})

    assert page.status_code == 422
    assert "Wybierz kolumnę" in page.content.decode()
    assert the_import().state == ImportState.MAPPING


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param({"file": SimpleUploadedFile("a.csv", b"")}, "Plik jest pusty", id="empty file"),
        pytest.param({"file": ""}, "Wybierz plik", id="no file"),
        pytest.param({"as_of": "1.01.2999"}, "Ten dzień jeszcze nie nadszedł", id="tomorrow's file"),
        pytest.param({"as_of": "32.13.2026"}, "Wpisz datę", id="no such day"),
    ],
)
def test_the_upload_form_says_what_is_wrong(client, data, words):
    signed_in(client)

    answer = upload(client, csv_bytes([row("A-1")]), **data)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not RegisterImport.objects.exists()


def test_the_same_file_again_is_recognised_and_can_be_forced(client):
    signed_in(client)
    content = csv_bytes([row("A-1")])
    upload(client, content)
    client.post(reverse("exchange:take_in", args=[the_import().uuid]))

    answer = upload(client, content)
    assert answer.status_code == 422
    assert "już obowiązuje (stan na 20 listopada 2026)" in answer.content.decode()

    assert upload(client, content, again="on").status_code == 302


def test_a_large_loss_has_to_be_ticked(client):
    signed_in(client)
    upload(client, csv_bytes([row(f"A-{number}") for number in range(5)]))
    client.post(reverse("exchange:take_in", args=[the_import().uuid]))
    upload(client, csv_bytes([row(f"A-{number}") for number in range(3)]))
    address = reverse("exchange:take_in", args=[the_import().uuid])

    refused = client.post(address)
    assert refused.status_code == 422
    assert "brakuje 2 wierszy" in refused.content.decode()

    client.post(address, {"accept_vanishing": "yes"})
    assert the_import().vanished == 2


def test_rejected_rows_come_back_in_the_format_of_the_file_with_reasons_and_no_formulas(client):
    signed_in(client)
    rows = [
        row("A-1"),
        row("=1+1", birth_date="1980-02-30", last_name="Ślęzak", phone="+48 600"),
        row("A-2", birth_date="brak"),
    ]
    upload(client, csv_bytes(rows, headers=list(rows[1]), encoding="cp1250"))

    answer = client.get(reverse("exchange:rejected", args=[the_import().uuid]))

    lines = answer.content.decode("cp1250").splitlines()
    assert lines[0] == "local_id;first_name;last_name;birth_date;phone;Powód odrzucenia"
    assert lines[1] == (
        "'=1+1;Jan;Ślęzak;1980-02-30;'+48 600;Data urodzenia: Nie ma takiego dnia. Popraw datę."
    )
    assert lines[2].startswith("A-2;Jan;Kowalski;brak;;Data urodzenia: To nie jest data")
    assert AuditRecord.objects.get(action="export").request_id == answer["X-Request-ID"]


def test_a_corrected_file_of_rejected_rows_is_read_as_it_was_meant(client):
    signed_in(client)
    bad = row("A-1", birth_date="1980-02-30", phone="+48 600")
    upload(client, csv_bytes([bad, row("A-2")], headers=list(bad)))
    client.post(reverse("exchange:take_in", args=[the_import().uuid]))
    returned = client.get(reverse("exchange:rejected", args=[the_import().uuid])).content
    corrected = (
        returned.replace(b"1980-02-30", b"1980-02-28") + csv_bytes([row("A-2")]).split(b"\r\n")[1] + b";;;"
    )

    upload(client, corrected)
    if the_import().state == ImportState.MAPPING:
        names = ("local_id", "first_name", "last_name", "birth_date", "phone")
        form = {f"column-{name}": name for name in names}
        client.post(reverse("exchange:columns", args=[the_import().uuid]), form)
    client.post(reverse("exchange:take_in", args=[the_import().uuid]))

    assert RecordVersion.objects.get(record__local_id="A-1").phone == "+48 600"


def test_rejected_rows_of_a_workbook_come_back_as_a_workbook(client):
    signed_in(client)
    table: list[list[object]] = [
        ["local_id", "first_name", "last_name", "sex"],
        [1, "Jan", "Nowak", "M"],
        [2, "Ewa", "Nowak", "?"],
    ]
    upload(client, xlsx_bytes(table), name="wyciag.xlsx")

    answer = client.get(reverse("exchange:rejected", args=[the_import().uuid]))

    found = cells_of(answer.content)[1]
    assert found[:4] == ["2", "Ewa", "Nowak", "?"]
    assert "„?”" in found[4]


def test_a_stopped_import_takes_nothing(client):
    signed_in(client)
    upload(client, csv_bytes([row("A-1")]))

    answer = client.post(reverse("exchange:stop", args=[the_import().uuid]), follow=True)

    assert "Nic z pliku nie wczytano" in answer.content.decode()
    assert the_import().state == ImportState.CANCELLED
    assert RecordVersion.objects.count() == 0


def test_the_list_claims_no_changes_of_a_stopped_import(client):
    signed_in(client)
    upload(client, csv_bytes([row("A-1")]))
    client.post(reverse("exchange:stop", args=[the_import().uuid]))

    listed = client.get(reverse("exchange:list")).content.decode()

    for name in ("Nowe", "Zmienione", "Zniknęły"):
        assert f'<td data-l="{name}" class="num">–</td>' in listed


def test_what_was_found_is_summed_up_without_gaps(client):
    signed_in(client)
    people = [row("A-1", sex="M"), row("A-1", sex="M"), row("A-2", sex="?")]
    upload(client, csv_bytes(people, headers=list(people[0])))

    page = client.get(reverse("exchange:import", args=[the_import().uuid])).content.decode()

    assert "Wcześniejszy wiersz ma ten sam numer w rejestrze." in page
    assert "Wartości nie ma na liście." in page
    assert "…" not in page


def test_progress_is_a_fragment_until_work_is_over(client):
    signed_in(client)
    upload(client, csv_bytes([row("A-1")]))
    made = the_import()
    address = reverse("exchange:progress", args=[made.uuid])

    assert client.get(address)["HX-Refresh"] == "true"
    RegisterImport.objects.filter(pk=made.pk).update(state=ImportState.STAGING, rows_done=12, rows=100)
    fragment = client.get(address).content.decode()

    assert "12 wierszy do tej pory" in fragment
    assert address in fragment
    assert "<html" not in fragment


def test_everything_the_institution_put_in_can_be_taken_out(client):
    signed_in(client)
    people = [row("A-1", pesel="44051401359", last_name="=Żak"), row("A-2")]
    upload(client, csv_bytes(people, headers=list(people[0])))
    client.post(reverse("exchange:take_in", args=[the_import().uuid]))
    facts = [{"local_id": "A-1", "kind": "disability", "value": "znaczny", "note": "orzeczenie"}]
    upload(client, csv_bytes(facts), kind="facts")
    client.post(reverse("exchange:take_in", args=[the_import().uuid]))

    page = client.post(reverse("exchange:ask_export"), follow=True).content.decode()
    address = page.split('href="/import/calosc/')[1].split('"')[0]
    answer = client.get(f"/import/calosc/{address}")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    assert AuditRecord.objects.get(action="export").request_id == answer["X-Request-ID"]
    assert {"facts.csv", "facts.xlsx", "register.csv", "register.xlsx"} <= set(archive.namelist())
    register = archive.read("register.csv").decode("utf-8-sig").splitlines()
    assert register[1].startswith("A-1;;44051401359;;;Jan;;'=Żak;")
    found = cells_of(archive.read("facts.xlsx"))[1]
    assert found[:4] == ["A-1", "sensitive", "disability", "znaczny"]
    assert found[7] == "orzeczenie"


def test_the_file_contract_is_a_page(client):
    signed_in(client, Role.CASE_WORKER)

    page = client.get(reverse("exchange:contract")).content.decode()

    assert "local_id" in page
    assert "unemployed_with_benefit" in page
    assert "Data w postaci RRRR-MM-DD albo DD.MM.RRRR." in page


def test_supervisors_see_totals_but_no_rejected_rows(client):
    office = signed_in(client)
    upload(client, csv_bytes([row("A-1"), row("A-1")]))
    made = the_import()
    client.force_login(member(office, Role.SUPERVISOR).user)

    assert client.get(reverse("exchange:import", args=[made.uuid])).status_code == 200
    assert client.get(reverse("exchange:rejected", args=[made.uuid])).status_code == 403
    assert client.post(reverse("exchange:take_in", args=[made.uuid])).status_code == 403


@pytest.mark.parametrize("name", ["import", "progress", "columns", "rejected"])
def test_an_import_of_another_institution_looks_like_none(client, name):
    signed_in(client)
    upload(client, csv_bytes([row("A-1"), row("A-1")]))
    made = the_import()
    signed_in(client)

    theirs = client.get(reverse(f"exchange:{name}", args=[made.uuid]))
    absent = client.get(reverse(f"exchange:{name}", args=["00000000-0000-7000-8000-000000000000"]))

    assert (theirs.status_code, absent.status_code) == (404, 404)


def test_a_saved_mapping_can_be_deleted_by_its_institution_only(client):
    signed_in(client)
    mapping = ColumnMapping.objects.create(institution=institution(), kind="register", name="Obcy")
    assert client.post(reverse("exchange:forget_mapping", args=[mapping.pk])).status_code == 404

    signed_in(client)
    own = ColumnMapping.objects.create(
        institution_id=client.get("/import/").context["actor"].institution_id, kind="register", name="Własny"
    )
    client.post(reverse("exchange:forget_mapping", args=[own.pk]))

    assert list(ColumnMapping.objects.all()) == [mapping]
