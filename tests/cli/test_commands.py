"""What the commands about data do; each is called as from the shell."""

import io
import json

import pytest
from django.db import connection

from spoiwo.audit import services as audit
from spoiwo.audit.models import AuditRecord
from spoiwo.audit.types import Action, Entry
from spoiwo.cli import main, starting
from spoiwo.clients.models import SourceRecord
from spoiwo.institutions.models import User
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.sealing import KeyRing
from spoiwo.territory.services import load_shipped
from spoiwo.toolkit.walls import allow_changes_sql
from tests.makers import clients, institutions, registers

pytestmark = pytest.mark.django_db
VOIVODESHIPS = {
    2: "DOLNOŚLĄSKIE",
    4: "KUJAWSKO-POMORSKIE",
    6: "LUBELSKIE",
    8: "LUBUSKIE",
    10: "ŁÓDZKIE",
    12: "MAŁOPOLSKIE",
    14: "MAZOWIECKIE",
    16: "OPOLSKIE",
    18: "PODKARPACKIE",
    20: "PODLASKIE",
    22: "POMORSKIE",
    24: "ŚLĄSKIE",
    26: "ŚWIĘTOKRZYSKIE",
    28: "WARMIŃSKO-MAZURSKIE",
    30: "WIELKOPOLSKIE",
    32: "ZACHODNIOPOMORSKIE",
}
NOTHING_NEW = {
    "as_of": "2026-01-01",
    "opened": 0,
    "renamed": 0,
    "corrected": 0,
    "closed": 0,
    "unchanged": 16,
}
OLD, NEW, INDEX = b"o" * 32, b"n" * 32, b"i" * 32


@pytest.fixture(autouse=True)
def _english_and_connected(monkeypatch):
    monkeypatch.setenv("SPOIWO_LANGUAGE", "en")
    monkeypatch.setattr(starting, "become_owner", lambda: None)


@pytest.fixture
def spoiwo(capsys):
    def call(*words: str):
        code = main.main([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return call


def test_institutions_are_listed_in_polish_order_with_kinds_and_territory(spoiwo):
    load_shipped()
    institutions.institution("zary", Kind.SCHOOL, name="Żarska szkoła")
    institutions.institution("zagan", Kind.PUP, Kind.KIS, name="Zagańska próba", area="0810")
    institutions.institution("closed", name="Zamknięty urząd", closed_on=institutions.LONG_AGO)

    code, told = spoiwo("institutions", "list")

    assert code == 0
    assert told == {
        "institutions": [
            {
                "code": "zagan",
                "kinds": ["KIS", "PUP"],
                "name": "Zagańska próba",
                "territory": "0810 żagański",
            },
            {"code": "zary", "kinds": ["SCHOOL"], "name": "Żarska szkoła", "territory": ""},
        ]
    }


def test_intact_chains_are_reported_with_their_size(spoiwo):
    office = institutions.institution()
    audit.append(*(Entry(institution_id=office.pk, action=Action.OTHER) for _ in range(3)))

    code, told = spoiwo("audit", "verify", "--institution", office.code)

    assert code == 0
    assert told == {
        "intact": True,
        "chains": 1,
        "records": 3,
        "seals": 0,
        "not_sealed_yet": 3,
        "breaches": [],
        "seal_breaches": [],
    }


def test_the_first_broken_position_is_named_with_code_1(spoiwo):
    office = institutions.institution("naruszony")
    audit.append(*(Entry(institution_id=office.pk, action=Action.OTHER) for _ in range(4)))
    with connection.cursor() as cursor:
        for statement in allow_changes_sql(connection.vendor, "audit_auditrecord"):
            cursor.execute(statement)
    AuditRecord.objects.filter(institution_id=office.pk, seq=3).update(count=77)

    code, told = spoiwo("audit", "verify")

    assert code == 1
    assert told["intact"] is False
    assert told["breaches"] == [{"chain": "naruszony", "position": 3, "problem": "altered"}]


def test_an_unknown_institution_is_unusable_input(spoiwo):
    code, told = spoiwo("audit", "verify", "--institution", "nigdzie")

    assert code == 2
    assert "nigdzie" in told["error"]["message"]


def test_an_account_is_created_with_its_authorisation(spoiwo, monkeypatch):
    office = institutions.institution("pup-probny")
    monkeypatch.setattr("sys.stdin", io.StringIO("bardzo-dlugie-haslo-7\n"))

    code, told = spoiwo(
        *("user", "create", "--email", "Anna@Example.pl", "--name", "Anna Próbna", "--password-stdin"),
        *(
            "--institution",
            "pup-probny",
            "--role",
            "case_worker",
            "--role",
            "reviewer",
            "--number",
            "U/1/2026",
        ),
    )

    account = User.objects.get(email="anna@example.pl")
    given = account.memberships.get(institution=office).authorisations
    assert code == 0
    assert told["can_sign_in"] is True
    assert account.check_password("bardzo-dlugie-haslo-7")
    assert set(given.values_list("role", "number")) == {
        (Role.CASE_WORKER, "U/1/2026"),
        (Role.REVIEWER, "U/1/2026"),
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(["--role", "case_worker"], 2, id="half an authorisation"),
        pytest.param(["--institution", "x", "--role", "king", "--number", "1"], 2, id="no such role"),
        pytest.param(["--institution", "x", "--role", "iod", "--number", "1"], 2, id="no such institution"),
        pytest.param(["--password-stdin"], 1, id="a password that is too easy"),
    ],
)
def test_an_account_that_makes_no_sense_is_not_created(words, expected, spoiwo, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("haslo\n"))

    code, told = spoiwo("user", "create", "--email", "a@example.pl", "--name", "Anna Próbna", *words)

    assert code == expected
    assert told["error"]["message"]
    assert not User.objects.filter(email="a@example.pl").exists()


def test_an_address_taken_is_refused_in_words(spoiwo):
    institutions.user("a@example.pl")

    code, told = spoiwo("user", "create", "--email", "A@example.pl", "--name", "Anna Próbna")

    assert code == 1
    assert told["error"]["kind"] == "AddressTaken"


def test_common_clients_are_counted_from_both_sides(spoiwo):
    town = clients.town()
    registers.bring_in(institutions.institution("bez-umowy"), registers.row("X1"))

    _, common = spoiwo("clients", "common", "--left", town.labour.code, "--right", town.welfare.code)
    _, none = spoiwo("clients", "common", "--left", town.labour.code, "--right", "bez-umowy")

    assert (common["left_records"], common["right_records"]) == (1, 1)
    assert "pairs" not in common
    assert (none["left_records"], none["right_records"]) == (0, 0)


def test_pairs_are_for_operators_and_on_record_in_both_chains(spoiwo):
    town = clients.town()
    institutions.user("operator@example.pl", is_operator=True)
    words = ("clients", "common", "--left", town.labour.code, "--right", town.welfare.code, "--pairs")

    _, told = spoiwo(*words, "--as", "operator@example.pl")

    logged = AuditRecord.objects.filter(action=Action.EXPORT)
    assert told["pairs"] == [["L1", "W1"]]
    assert set(logged.values_list("institution_id", "count")) == {(town.labour.pk, 1), (town.welfare.pk, 1)}


@pytest.mark.parametrize("asking", ["", "worker@example.pl", "nobody@example.pl"])
def test_pairs_are_refused_to_everybody_else(asking, spoiwo):
    town = clients.town()
    institutions.member(town.labour, Role.CASE_WORKER, account=institutions.user("worker@example.pl"))

    code, told = spoiwo(
        *(
            "clients",
            "common",
            "--left",
            town.labour.code,
            "--right",
            town.welfare.code,
            "--pairs",
            "--as",
            asking,
        )
    )

    assert code == 1
    assert "pairs" not in told
    assert not AuditRecord.objects.filter(action=Action.EXPORT).exists()


def test_data_keys_move_under_the_newest_master_key_and_open_as_before(spoiwo, monkeypatch):
    office = institutions.institution()
    registers.bring_in(office, registers.row("L1"), registers.row("L2"))
    old = KeyRing(master_keys=[OLD], index_key=INDEX)
    keys = {pk: old.new_data_key() for pk in SourceRecord.objects.values_list("pk", flat=True)}
    for pk, key in keys.items():
        SourceRecord.objects.filter(pk=pk).update(wrapped_key=key.wrapped)
    use(monkeypatch, NEW, OLD)

    code, told = spoiwo("keys", "rotate")
    _, again = spoiwo("keys", "rotate")

    only_new = KeyRing(master_keys=[NEW], index_key=INDEX)
    rows = SourceRecord.objects.values_list("pk", "wrapped_key")
    assert code == 0
    assert told["by_table"]["clients.SourceRecord"] == len(keys) == 2
    assert {pk: only_new.unwrap(bytes(wrapped)) for pk, wrapped in rows} == {
        pk: key.plain for pk, key in keys.items()
    }
    assert again["rotated"] == 0


def test_a_key_whose_master_key_is_gone_stops_the_rotation_by_name(spoiwo, monkeypatch):
    registers.bring_in(institutions.institution(), registers.row("L1"))
    use(monkeypatch, NEW)

    code, told = spoiwo("keys", "rotate")

    assert code == 1
    assert "clients.SourceRecord" in told["error"]["message"]


def test_erased_records_have_no_key_to_move(spoiwo, monkeypatch):
    registers.bring_in(institutions.institution(), registers.row("L1"))
    SourceRecord.objects.update(wrapped_key=b"")
    use(monkeypatch, NEW)

    code, told = spoiwo("keys", "rotate")

    assert (code, told["rotated"]) == (0, 0)


def use(monkeypatch, *masters: bytes) -> None:
    ring = KeyRing(master_keys=masters, index_key=INDEX)
    monkeypatch.setattr("spoiwo.cli.commands.keys_rotate.key_ring", lambda: ring)


TERC = "\ufeffWOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA\n"


def terc_file(folder, *extra):
    rows = [f"{code:02};;;;{name};województwo;2026-01-01" for code, name in VOIVODESHIPS.items()]
    path = folder / "terc.csv"
    path.write_text(TERC + "\n".join([*rows, *extra]) + "\n", encoding="utf-8")
    return path


def test_the_official_territory_file_is_taken_in_and_the_second_time_changes_nothing(spoiwo, tmp_path):
    path = terc_file(tmp_path)

    first = spoiwo("territory", "import", str(path))
    second = spoiwo("territory", "import", str(path))

    assert first == (0, {**NOTHING_NEW, "opened": 16, "unchanged": 0})
    assert second == (0, NOTHING_NEW)


def test_a_territory_file_that_cannot_be_used_is_refused_with_a_sentence(spoiwo, tmp_path):
    absent = spoiwo("territory", "import", str(tmp_path / "absent.csv"))
    broken = spoiwo(
        "territory", "import", str(terc_file(tmp_path, "02;01;;;bolesławiecki;powiat;31.02.2026"))
    )

    assert absent[0] == 2
    assert "cannot be opened" in absent[1]["error"]["message"]
    assert broken[0] == 1
    assert "18" in broken[1]["error"]["message"]  # the line


def test_the_log_is_sealed_exported_and_compared_with_a_copy_kept_outside(spoiwo, tmp_path):
    office = institutions.institution()
    audit.append(*(Entry(institution_id=office.pk, action=Action.OTHER) for _ in range(3)))

    sealed = spoiwo("audit", "seal")
    again = spoiwo("audit", "seal")
    exported, told = spoiwo("audit", "export", "--institution", office.code, "--out", str(tmp_path / "wypis"))
    compared, result = spoiwo("audit", "verify", "--witness", str(tmp_path / "wypis" / "seals.json"))

    assert (sealed, again) == ((0, {"seal": 1}), (0, {"seal": None}))
    assert (exported, told["records"], told["seals"]) == (0, 3, 1)
    assert sorted(path.name for path in (tmp_path / "wypis").iterdir()) == [
        "export.jsonl",
        "public_key.txt",
        "seals.json",
        "verify_audit.py",
    ]
    assert (compared, result["intact"], result["seals"], result["not_sealed_yet"]) == (0, True, 1, 0)


def test_a_witness_that_is_no_list_of_seals_is_unusable(spoiwo, tmp_path):
    (tmp_path / "inny.json").write_text("{}", encoding="utf-8")

    code, told = spoiwo("audit", "verify", "--witness", str(tmp_path / "inny.json"))

    assert code == 2
    assert "inny.json" in json.dumps(told)
