"""The list of common clients: who is on it, in what order, what it leaves out."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from spoiwo.access.models import SharingAgreement
from spoiwo.access.types import Category
from spoiwo.audit import services as audit_services
from spoiwo.audit.errors import AuditUnavailable
from spoiwo.audit.models import AuditRecord
from spoiwo.audit.queries import verify
from spoiwo.clients.models import CommonClient
from spoiwo.institutions.models import Post
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.text import polish_sort_key
from tests.makers import institutions
from tests.makers.access import agreement
from tests.makers.clients import link, offices, signed_in, town
from tests.makers.registers import bring_in, records, row
from tests.questions import asks

pytestmark = pytest.mark.django_db
LIST = "/klienci/"
# Four to learn who asks, eight for the list, one for the name in the top bar, four to put it on record.
QUERIES = 17


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def names(answer):
    """Last names on the page, in its order."""
    return [one.last_name for one in answer.context["listing"].rows]


def test_a_common_client_is_listed_with_own_values_and_the_others_name():
    place = town(own=row("L1", place="Lubiszyn"), theirs=row("W1", place="Zupełnie Gdzie Indziej"))

    page = signed_in(place.worker).get(LIST).content.decode()

    assert "Nowak Anna" in page
    assert "OPS Próbny" in page
    assert "Lubiszyn" in page
    assert "Zupełnie Gdzie Indziej" not in page


def test_somebody_served_by_three_institutions_stands_there_once_with_both_names():
    place = town()
    centre = institutions.institution("", Kind.PCPR, short_name="PCPR Próbny")
    agreement(place.labour, centre)
    bring_in(centre, row("C1"))
    link(place.own, *records(centre, "C1"))

    answer = signed_in(place.worker).get(LIST)

    (only,) = answer.context["listing"].rows
    assert {badge.name for badge in only.others} == {"OPS Próbny", "PCPR Próbny"}
    assert answer.context["listing"].page.paginator.count == 1
    assert "1 osobę z Waszego rejestru" in answer.content.decode()


@pytest.mark.parametrize("order", ["-since", "since", "status", "-status", "-name"])
def test_every_order_names_somebody_served_by_three_institutions_once(order):
    place = town()
    centre = institutions.institution("", Kind.PCPR)
    agreement(place.labour, centre)
    bring_in(centre, row("C1"))
    link(place.own, *records(centre, "C1"))

    answer = signed_in(place.worker).get(LIST, {"sort": order})

    assert len(answer.context["listing"].rows) == 1


def test_names_come_in_the_polish_order():
    last_names = ["Żak", "Zając", "Śliwa", "Sowa", "Łukasik", "Lis", "Ćwik", "Cyran", "Źrebak"]
    _, _, worker = offices(*((str(n), {"last_name": name}) for n, name in enumerate(last_names)))
    browser = signed_in(worker)

    rising, falling = names(browser.get(LIST)), names(browser.get(LIST, {"sort": "-name"}))

    assert rising == ["Cyran", "Ćwik", "Lis", "Łukasik", "Sowa", "Śliwa", "Zając", "Źrebak", "Żak"]
    assert falling == rising[::-1]


def test_statuses_are_ordered_by_their_polish_names():
    _, _, worker = offices(
        ("1", {"last_name": "Poszukująca", "status": "jobseeker"}),
        ("2", {"last_name": "Bierna", "status": "inactive"}),
    )
    browser = signed_in(worker)

    assert names(browser.get(LIST, {"sort": "status"})) == ["Bierna", "Poszukująca"]
    assert names(browser.get(LIST, {"sort": "-status"})) == ["Poszukująca", "Bierna"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("zak", ["Żak"], id="without diacritics"),
        pytest.param("ŻAK zo", ["Żak"], id="beginnings of both names in any case"),
        pytest.param("zo zak", ["Żak"], id="in any order"),
        pytest.param("wisn", ["Nowak-Wiśniewska"], id="the second part of a double name"),
        pytest.param("ak", [], id="not the middle of a word"),
        pytest.param("L2", ["Żak"], id="the register's own number"),
        pytest.param("80050300006", [], id="a PESEL nobody has"),
        pytest.param("   ", ["Nowak-Wiśniewska", "Żak"], id="blanks are no filter"),
    ],
)
def test_the_list_is_searched_by_beginnings_of_names_and_by_numbers(typed, found):
    _, _, worker = offices(
        ("1", {"first_name": "Anna", "last_name": "Nowak-Wiśniewska"}),
        ("2", {"first_name": "Zofia", "last_name": "Żak"}),
    )

    assert names(signed_in(worker).get(LIST, {"text": typed})) == found


def test_every_word_of_a_long_name_is_found_and_words_narrow_each_other():
    _, _, worker = offices(
        ("1", {"first_name": "Maria Zofia", "last_name": "Kowalska von der Lipa"}),
        ("2", {"first_name": "Zofia", "last_name": "Kowalska"}),
    )
    browser = signed_in(worker)

    assert names(browser.get(LIST, {"text": "lip"})) == ["Kowalska von der Lipa"]
    assert names(browser.get(LIST, {"text": "zof kow"})) == ["Kowalska von der Lipa", "Kowalska"]
    assert names(browser.get(LIST, {"text": "zof der"})) == ["Kowalska von der Lipa"]


def test_a_client_is_found_by_pesel_however_it_is_typed():
    _, _, worker = offices(("1", {"pesel": "44051401359", "birth_date": date(1944, 5, 14), "sex": "M"}))

    answer = signed_in(worker).get(LIST, {"text": " 440514 01359 "})

    assert names(answer) == ["Nowak"]


def test_mine_are_those_whose_register_names_me_or_my_post():
    labour, _, worker = offices(
        ("1", {"last_name": "Moja", "worker": "Anna Próbna"}),
        ("2", {"last_name": "Odwrotna", "worker": "Próbna Anna"}),
        ("3", {"last_name": "Postowa", "worker": "A. Próbna-Nowa"}),
        ("4", {"last_name": "Cudza", "worker": "Jan Inny"}),
    )
    Post.objects.create(
        institution=labour,
        holder_name="A. Próbna-Nowa",
        function="doradca",
        valid_from=date(2020, 1, 1),
        user=worker.user,
    )

    assert names(signed_in(worker).get(LIST, {"mine": "on"})) == ["Moja", "Odwrotna", "Postowa"]


def test_new_are_those_who_became_common_since_the_last_import():
    labour, _, worker = offices(("1", {"last_name": "Nowa"}))
    browser = signed_in(worker)
    assert names(browser.get(LIST, {"new": "on"})) == ["Nowa"]

    bring_in(labour, row("L1", last_name="Nowa"), row("L2"))

    assert names(browser.get(LIST, {"new": "on"})) == []
    assert names(browser.get(LIST)) == ["Nowa"]


def test_filters_by_commune_status_and_other_institution():
    labour, welfare, worker = offices(
        ("1", {"last_name": "Adamska", "teryt": "0801052", "status": "jobseeker"}),
        ("2", {"last_name": "Bielska", "teryt": "0801022", "status": "inactive"}),
    )
    browser = signed_in(worker)

    assert names(browser.get(LIST, {"commune": "0801022"})) == ["Bielska"]
    assert names(browser.get(LIST, {"status": "jobseeker"})) == ["Adamska"]
    assert names(browser.get(LIST, {"other": str(welfare.pk)})) == ["Adamska", "Bielska"]
    assert names(browser.get(LIST, {"other": str(labour.pk)})) == [
        "Adamska",
        "Bielska",
    ]  # not a choice: no filter


def test_pages_hold_as_many_people_as_asked_and_the_filter_stays_in_the_address():
    _, _, worker = offices(*((f"{n:02}", {"last_name": f"Nowak{chr(97 + n)}"}) for n in range(26)))
    browser = signed_in(worker)

    first = browser.get(LIST, {"text": "anna"})
    second = browser.get(LIST, {"text": "anna", "page": "2"})
    all_of_them = browser.get(LIST, {"per_page": "50"})

    assert len(first.context["listing"].rows) == 25
    assert "text=anna&amp;page=2" in first.content.decode()
    assert names(second) == ["Nowakz"]
    assert len(all_of_them.context["listing"].rows) == 26


@pytest.mark.parametrize("query", [{"page": "kaczka"}, {"page": "99"}, {"sort": "pesel"}, {"per_page": "7"}])
def test_what_the_address_gets_wrong_is_passed_over(query):
    answer = signed_in(town().worker).get(LIST, query)

    assert answer.status_code == 200
    assert len(answer.context["listing"].rows) == 1


def test_htmx_gets_the_table_alone():
    answer = signed_in(town().worker).get(LIST, headers={"HX-Request": "true"})

    assert "<html" not in answer.content.decode()
    assert "Nowak Anna" in answer.content.decode()
    assert answer["Vary"].startswith("HX-Request")


def test_territories_narrow_the_list():
    labour, _, _ = offices(
        ("1", {"last_name": "Tutejsza", "teryt": "0801052"}),
        ("2", {"last_name": "Tamtejsza", "teryt": "0802011"}),
    )
    local = institutions.member(labour, Role.CASE_WORKER, territories=["0801"])

    assert names(signed_in(local).get(LIST)) == ["Tutejsza"]


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "1 osobę z Waszego rejestru obsługuje też inna instytucja"),
        (2, "2 osoby z Waszego rejestru obsługują też inne instytucje"),
        (5, "5 osób z Waszego rejestru"),
        (12, "12 osób z Waszego rejestru"),
        (22, "22 osoby z Waszego rejestru"),
        (112, "112 osób z Waszego rejestru"),
    ],
)
def test_the_count_agrees_with_its_noun(count, sentence):
    labour, welfare, worker = offices()
    bring_in(labour, *(row(f"L{n}") for n in range(count)))
    CommonClient.objects.bulk_create(
        CommonClient(
            institution=labour,
            other=welfare,
            record=record,
            person=record.person,
            since=record.created_at,
            since_generation=1,
            rule="pesel_one_field",
            sort_key=polish_sort_key("Nowak Anna"),
            last_key="nowak",
            first_key="anna",
        )
        for record in records(labour, *(f"L{n}" for n in range(count)))
    )

    assert sentence in signed_in(worker).get(LIST).content.decode()


def test_an_agreement_that_ended_yesterday_leaves_nobody_on_the_next_request():
    place = town()
    browser = signed_in(place.worker)
    assert len(browser.get(LIST).context["listing"].rows) == 1

    SharingAgreement.objects.update(valid_to=date.today() - timedelta(days=1))
    answer = browser.get(LIST)

    assert answer.context["listing"].rows == ()
    assert "Nie obowiązuje jeszcze żadne porozumienie" in answer.content.decode()


def test_giving_without_receiving_shows_nobody():
    labour, welfare = institutions.institution(), institutions.institution()
    agreement(labour, welfare, gives=[(labour, welfare, Category.IDENTITY)])
    bring_in(labour, row("L1"))
    bring_in(welfare, row("W1"))
    link(*records(labour, "L1"), *records(welfare, "W1"))

    giver = signed_in(institutions.member(labour, Role.CASE_WORKER)).get(LIST)
    receiver = signed_in(institutions.member(welfare, Role.CASE_WORKER)).get(LIST)

    assert giver.context["listing"].rows == ()
    assert len(receiver.context["listing"].rows) == 1


def test_without_a_register_the_page_says_what_to_do():
    labour, welfare = institutions.institution(), institutions.institution()
    agreement(labour, welfare)

    page = signed_in(institutions.member(labour, Role.CASE_WORKER)).get(LIST).content.decode()

    assert "Wasz rejestr nie został jeszcze wczytany" in page


def test_empty_lists_say_why():
    labour, welfare = institutions.institution(), institutions.institution()
    agreement(labour, welfare)
    bring_in(labour, row("L1"))
    browser = signed_in(institutions.member(labour, Role.CASE_WORKER))

    assert "Nie ma jeszcze wspólnych klientów" in browser.get(LIST).content.decode()
    assert "Nikt nie pasuje do filtra" in browser.get(LIST, {"text": "zzz"}).content.decode()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.SUPERVISOR, Role.DIRECTOR, Role.LOCAL_ADMIN, Role.IOD])
def test_who_does_not_work_with_people_is_not_let_in(role):
    place = town()

    answer = signed_in(institutions.member(place.labour, role)).get(LIST)

    assert answer.status_code == 403


def test_a_list_is_on_record_in_the_readers_chain_and_in_that_of_everybody_it_names():
    place = town()

    signed_in(place.worker).get(LIST)

    seen = AuditRecord.objects.filter(action="list_clients").values_list(
        "institution_id", "count", "agreement"
    )
    (number,) = SharingAgreement.objects.values_list("number", flat=True)
    assert set(seen) == {(place.labour.pk, 1, ""), (place.welfare.pk, 1, number)}
    assert verify().breaches == ()


def test_an_empty_list_leaves_no_record():
    place = town()

    signed_in(place.worker).get(LIST, {"text": "zzz"})

    assert not AuditRecord.objects.filter(action="list_clients").exists()


@pytest.mark.parametrize("address", [LIST, f"{LIST}wykaz.csv"])
def test_when_the_log_is_down_nothing_is_listed(address, monkeypatch):
    browser = signed_in(town().worker)

    def down(*_entries):
        raise AuditUnavailable("test")

    monkeypatch.setattr(audit_services, "append", down)
    answer = browser.get(address)

    assert answer.status_code == 503
    assert "Nowak" not in answer.content.decode()


def test_the_list_is_exported_as_csv_with_formulas_disarmed():
    _, _, worker = offices(("1", {"last_name": "=SUM(A1)", "place": "Lubiszyn"}))

    answer = signed_in(worker).get(f"{LIST}wykaz.csv")

    header, only = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert header[:3] == ["Numer w naszym rejestrze", "Nazwisko", "Imię"]
    assert only[:4] == ["L1", "'=SUM(A1)", "Anna", "1980-05-03"]
    assert only[8] == "OPS Próbny"
    assert set(AuditRecord.objects.filter(action="export").values_list("count", flat=True)) == {1}


def test_the_list_is_exported_as_xlsx_as_filtered():
    _, _, worker = offices(("1", {"last_name": "Adamska"}), ("2", {"last_name": "Bielska"}))

    answer = signed_in(worker).get(f"{LIST}wykaz.xlsx", {"text": "biel"})

    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[2]][:3] == ["L2", "Bielska", "Anna"]
    assert sheet.max_row == 2
    assert "wspolni-klienci-" in answer["Content-Disposition"]


def test_other_kinds_of_file_do_not_exist():
    assert signed_in(town().worker).get(f"{LIST}wykaz.pdf").status_code == 404


def test_the_list_costs_the_same_however_many_people_it_names():
    _, _, worker = offices(*((str(n), {}) for n in range(5)))
    browser = signed_in(worker)
    browser.get(LIST)

    with asks(QUERIES):
        browser.get(LIST)
