import io

import openpyxl
import pytest
from django.urls import reverse

from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Kind, Role
from tests.makers import institutions as make

pytestmark = pytest.mark.django_db
DIRECTORY = reverse("institutions:directory")
FORM = {
    "name": "Klub Integracji",
    "short_name": "KIS",
    "place": "Żagań",
    "kinds-TOTAL_FORMS": "2",
    "kinds-INITIAL_FORMS": "0",
    "kinds-0-kind": "KIS",
    "kinds-0-valid_from": "3.02.2024",
}


@pytest.fixture
def operator(client):
    client.force_login(make.user(is_operator=True))
    return client


def page(response):
    return response.content.decode()


def test_everybody_reads_the_directory(client):
    make.institution("", Kind.PUP, name="Powiatowy Urząd Pracy", place="Żagań")

    answer = client.get(DIRECTORY)

    assert answer.status_code == 200
    assert "Powiatowy Urząd Pracy" in page(answer)
    assert "1 instytucja" in page(answer)
    assert "Dodaj instytucję" not in page(answer)


@pytest.mark.parametrize(
    ("number", "words"), [(2, "2 instytucje"), (5, "5 instytucji"), (22, "22 instytucje")]
)
def test_the_number_of_institutions_is_in_polish(client, number, words):
    for _ in range(number):
        make.institution()

    assert words in page(client.get(DIRECTORY))


def test_pages_have_twenty_five_rows_and_keep_the_search(client):
    for number in range(30):
        make.institution(name=f"Urząd {number:02}")

    second = page(client.get(DIRECTORY, {"q": "urzad", "page": "2", "sort": "-name"}))

    assert "Urząd 04" in second
    assert "Urząd 05" not in second
    assert "q=urzad" in second


def test_an_address_typed_by_hand_breaks_nothing(client):
    make.institution(name="Urząd Próbny")

    answer = client.get(DIRECTORY, {"q": "próbny", "kind": "XX", "county": "x", "sort": "x", "page": "x"})

    assert "Urząd Próbny" in page(answer)


def test_an_empty_answer_says_what_to_do(client):
    assert "Katalog jest pusty" in page(client.get(DIRECTORY))
    assert "Nic nie znaleziono" in page(client.get(DIRECTORY, {"q": "x"}))


def test_the_export_holds_what_the_filters_let_through_and_can_be_brought_in_again(client):
    body = make.institution("gmina", Kind.JST, name="Gmina")
    make.institution("kis", Kind.KIS, Kind.CIS, name="=Klub", running_body=body, place="Żagań")

    csv = client.get(reverse("institutions:export_csv"), {"kind": "KIS"}).content.decode("utf-8-sig")
    xlsx = client.get(reverse("institutions:export_xlsx")).content

    header, row = csv.splitlines()
    assert header.startswith("code;name;short_name;kinds;running_body;")
    assert row.startswith("kis;'=Klub;'=Klub;KIS,CIS;gmina;")
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx)).worksheets[0]
    assert [cell.value for cell in sheet["A"]] == ["code", "gmina", "kis"]


def test_the_page_of_an_institution_tells_what_is_known(client):
    office = make.institution(
        "kis",
        Kind.KIS,
        name="Klub",
        nip="5252248481",
        e_delivery="AE:PL-12345-67890-ABCDE-12",
        social_enterprise_from=make.LONG_AGO,
        place="Żagań",
    )

    shown = page(client.get(reverse("institutions:institution", args=[office.code])))

    for text in ("Klub integracji społecznej", "5252248481", "AE:PL-12345", "przedsiębiorstwo społeczne"):
        assert text in shown
    assert "Zmień wpis" not in shown


def test_an_institution_that_is_not_there_is_not_found(client):
    assert client.get(reverse("institutions:institution", args=["nie-ma"])).status_code == 404


def test_the_operator_adds_an_institution_and_appoints_its_administrator(operator, mailoutbox):
    answer = operator.post(reverse("institutions:new"), {**FORM, "code": ""})

    assert answer.status_code == 302
    made = Institution.objects.get(code="kis")
    assert [kind.kind for kind in made.kinds.all()] == ["KIS"]
    invitation = {
        "full_name": "Anna Próbna",
        "email": "anna@example.pl",
        "role_local_admin": "on",
        "number_local_admin": "UP/1",
        "valid_from_local_admin": "1.01.2024",
    }
    shown = operator.post(reverse("institutions:appoint", args=["kis"]), invitation)
    assert "/instytucje/zaproszenie/" in page(shown)
    assert shown["Cache-Control"] == "no-store"
    assert made.memberships.get().authorisations.get().role == Role.LOCAL_ADMIN


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"nip": "12"}, "„12” to nie NIP."),
        ({"name": ""}, "Pełna nazwa"),
        ({"kinds-0-kind": ""}, "Rodzaj: Wypełnij to pole."),
        ({"kinds-0-valid_from": "dawno"}, "Rodzaj: Wpisz datę jako dzień, miesiąc i rok"),
        ({"code": "Zła Nazwa"}, "nie może być kodem"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field(operator, values, sentence):
    answer = operator.post(reverse("institutions:new"), {**FORM, **values})

    assert answer.status_code == 422
    assert sentence in page(answer)
    assert not Institution.objects.exists()


def test_an_administrator_changes_the_own_entry_only(client):
    office, other = make.institution("kis", Kind.KIS), make.institution("inny")
    client.force_login(make.member(office, Role.LOCAL_ADMIN).user)

    saved = client.post(reverse("institutions:edit", args=["kis"]), {**FORM, "version": "1"})

    assert saved.status_code == 302
    assert Institution.objects.get(pk=office.pk).name == "Klub Integracji"
    assert client.get(reverse("institutions:edit", args=[other.code])).status_code == 404
    assert client.get(reverse("institutions:edit", args=["nie-ma"])).status_code == 404


def test_two_who_edit_see_both_values_and_the_second_may_overwrite(client):
    body = make.institution("gmina", Kind.JST, name="Gmina Próbna")
    office = make.institution("kis", Kind.KIS)
    client.force_login(make.member(office, Role.LOCAL_ADMIN).user)
    address = reverse("institutions:edit", args=["kis"])
    first = {**FORM, "version": "1", "running_body_id": str(body.pk), "social_enterprise_from": "1.02.2024"}
    client.post(address, first)

    conflict = client.post(address, {**FORM, "version": "1", "place": "Iłowa", "kinds-0-kind": "CIS"})

    assert conflict.status_code == 409
    shown = page(conflict)
    for text in (
        "Iłowa",
        "Żagań",
        "Gmina Próbna",
        "1 lutego 2024",
        "Anna Próbna",
        "Centrum integracji społecznej (3",
    ):
        assert text in shown
    assert Institution.objects.get(pk=office.pk).place == "Żagań"
    client.post(address, {**FORM, "version": "2", "place": "Iłowa", "overwrite": "1"})
    assert Institution.objects.get(pk=office.pk).place == "Iłowa"


def test_a_closed_running_body_stays_with_those_it_ran(client):
    body = make.institution("gmina", Kind.JST, name="Dawna Gmina", closed_on=make.LONG_AGO)
    office = make.institution("kis", Kind.KIS, running_body=body)
    client.force_login(make.member(office, Role.LOCAL_ADMIN).user)

    assert "Dawna Gmina" in page(client.get(reverse("institutions:edit", args=["kis"])))


def test_the_operator_closes_an_institution(operator):
    make.institution("kis", Kind.KIS)
    address = reverse("institutions:close", args=["kis"])

    assert operator.get(address).status_code == 200
    assert operator.post(address, {"closed_on": "jutro"}).status_code == 422
    assert operator.post(address, {"closed_on": "3.02.2024"}).status_code == 302
    assert "zamknięta 3 lutego 2024" in page(operator.get(reverse("institutions:institution", args=["kis"])))
    assert "Instytucję zamknięto" in page(operator.post(address, {"closed_on": "3.02.2024"}))


@pytest.mark.parametrize("name", ["new", "import", "template_csv", "refused_csv"])
def test_only_the_operator_runs_the_directory(client, name):
    client.force_login(make.member(make.institution(), *Role).user)

    assert client.get(reverse(f"institutions:{name}")).status_code == 403


def test_people_in_functions_come_and_go(client):
    office = make.institution("kis", Kind.KIS)
    stranger = make.member(make.institution(), Role.LOCAL_ADMIN)
    client.force_login(make.member(office, Role.LOCAL_ADMIN).user)
    add = reverse("institutions:add_post", args=["kis"])

    assert client.post(add, {"holder_name": "Jan Wzór"}).status_code == 422
    wrong = {"holder_name": "Jan Wzór", "function": "kierownik", "valid_from": "1.02.2024", "email": "jan"}
    assert "to nie adres e-mail" in page(client.post(add, wrong))
    client.post(add, {**wrong, "email": "jan@example.pl"})

    post = office.posts.get()
    assert "Jan Wzór" in page(client.get(reverse("institutions:institution", args=["kis"])))
    end = reverse("institutions:end_post", args=[post.pk])
    assert client.get(end).status_code == 200
    assert client.post(end, {"last_day": "31.01.2024"}).status_code == 422
    assert client.post(end, {"last_day": "2.02.2024"}).status_code == 302
    assert "Jan Wzór" not in page(client.get(reverse("institutions:institution", args=["kis"])))
    client.force_login(stranger.user)
    assert client.get(add).status_code == client.get(end).status_code == 404


# Many at once


def upload(client, *lines, **values):
    file = io.BytesIO("\n".join(["name;short_name;kinds;nip", *lines]).encode())
    file.name = "plik.csv"
    return client.post(reverse("institutions:import"), {"file": file, **values})


def test_the_page_explains_the_columns_and_gives_a_template(operator):
    shown = page(operator.get(reverse("institutions:import")))
    template = operator.get(reverse("institutions:template_csv")).content.decode("utf-8-sig")

    assert "SOCIAL_COOPERATIVE" in shown
    assert template.strip().split(";")[:4] == ["kod", "pełna nazwa", "nazwa skrócona", "rodzaje"]
    assert operator.get(reverse("institutions:template_xlsx")).content.startswith(b"PK")


def test_a_good_file_is_taken_and_counted(operator):
    answer = upload(operator, "Urząd;U;PUP;", "Klub;K;KIS;")

    assert answer.status_code == 200
    assert "2 nowe instytucje" in page(answer)
    assert Institution.objects.count() == 2


def test_refused_rows_are_told_and_can_be_downloaded_with_their_reasons(operator):
    answer = upload(operator, "Urząd;U;PUP;", "=Zły;Z;PUP;12", keep_good="on")

    assert "„12” to nie NIP." in page(answer)
    assert "Odrzucono 1 wiersz." in page(answer)
    csv = operator.get(reverse("institutions:refused_csv")).content.decode("utf-8-sig").splitlines()
    assert csv[0].endswith(";powód")
    assert ";'=Zły;Z;PUP;" in csv[1]
    assert "to nie NIP" in csv[1]


def test_a_file_with_a_bad_row_is_kept_out_whole(operator):
    answer = upload(operator, "Urząd;U;PUP;", "Zły;Z;PUP;12")

    assert answer.status_code == 422
    assert "Nic nie przyjęto" in page(answer)
    assert not Institution.objects.exists()


def test_a_file_that_is_no_table_is_refused_in_words(operator):
    file = io.BytesIO(b"PK\x03\x04")
    file.name = "plik.xlsx"

    answer = operator.post(reverse("institutions:import"), {"file": file})

    assert answer.status_code == 422
    assert "To nie jest plik CSV ani XLSX." in page(answer)


def test_without_refused_rows_there_is_nothing_to_download(operator):
    assert operator.get(reverse("institutions:refused_xlsx")).status_code == 404
