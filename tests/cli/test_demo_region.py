"""The demonstration region: real institutions, invented people, nothing agreed in earnest."""

import pytest
from django.db.models import F
from django.utils import timezone

from spoiwo.access.models import SharingAgreement
from spoiwo.access.services import load_shipped_bases
from spoiwo.audit import queries as audit
from spoiwo.audit.models import AuditRecord
from spoiwo.audit.types import Action
from spoiwo.cli.commands import demo_load
from spoiwo.cli.console import Console
from spoiwo.cli.demo import region, region_data, region_registers
from spoiwo.cli.errors import Refused
from spoiwo.clients.models import CommonClient, Extract, RecordVersion
from spoiwo.exchange.models import RegisterImport
from spoiwo.institutions.models import Authorisation, Institution, User
from spoiwo.institutions.types import Role
from spoiwo.matching.models import Proposal
from spoiwo.territory.services import load_shipped
from spoiwo.toolkit.context import acting_for
from tests.rounds import shared_out

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SILENT = Console()
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _small(monkeypatch, tmp_path, settings):
    """A region of a tenth of its size, with the data that every installation has."""
    monkeypatch.setattr(region_registers, "PUP_ROWS", 150)
    monkeypatch.setattr(region_registers, "OPS_ROWS", 110)
    monkeypatch.setattr(region_registers, "COMMON", 50)
    monkeypatch.setattr(region_registers, "LATE_ROWS", 25)
    monkeypatch.setattr(region, "load_support", lambda today: 0)  # tests/support loads it whole
    monkeypatch.setattr(region, "is_support_loaded", lambda: True)
    monkeypatch.setattr(region, "load_projects", lambda today: 0)  # tests/projects loads them whole
    monkeypatch.setattr(region, "is_projects_loaded", lambda: True)
    settings.DATA_DIR = tmp_path
    load_shipped()
    load_shipped_bases()


def counted() -> dict[str, int]:
    with acting_for(0, job="matching"):
        return {
            "institutions": Institution.objects.count(),
            "accounts": User.objects.count(),
            "authorisations": Authorisation.objects.count(),
            "agreements": SharingAgreement.objects.count(),
            "extracts": Extract.objects.count(),
            "values": RecordVersion.objects.count(),
            "proposals": Proposal.objects.count(),
        }


def test_a_loaded_region_has_common_clients_open_questions_and_looks_and_loading_again_adds_nothing():
    assert not region.is_loaded()
    loaded = region.load(SILENT)  # once for all that is seen of it, since it takes half a minute

    assert region.is_loaded()
    labour = Institution.objects.get(code=region_data.PUP_GORZOW)
    _come_from_real_matching(labour)
    _have_been_looked_at(labour)
    assert loaded.looks > 3
    before = counted()
    again = region.load(SILENT)
    assert counted() == before
    assert (again.institutions, again.accounts, again.agreements, again.files) == (0, 0, 0, [])


def _come_from_real_matching(labour: Institution) -> None:
    with acting_for(labour.pk):
        clients = CommonClient.objects.filter(institution=labour)
        common = set(clients.values_list("other__code", flat=True))
        people = clients.count()
        new = clients.filter(since_generation=2).count()
        rules = set(clients.values_list("rule", flat=True))
    with acting_for(0, job="matching"):
        waiting = Proposal.objects.filter(state="open").count()
    assert common == {region_data.OPS_LUBISZYN, region_data.OPS_DESZCZNO}
    assert rules == {"pesel_one_field"}
    assert 25 <= people <= 60
    assert 0 < new < people
    assert waiting > 0
    assert audit.verify().breaches == ()


def _have_been_looked_at(labour: Institution) -> None:
    welfare = Institution.objects.get(code=region_data.OPS_DESZCZNO)
    with acting_for(0, job="audit"):
        looks = AuditRecord.objects.filter(institution_id=labour.pk, action=Action.VIEW_CLIENT)
        by_welfare = looks.filter(institution_acting_id=welfare.pk)
        purposes = set(looks.values_list("purpose", flat=True))
        assert by_welfare.count() > 0
    assert purposes == {"joint-support"}


def test_whatever_is_agreed_stands_under_the_demonstration_mark():
    region.lay_out(TODAY)

    agreements = SharingAgreement.objects.all()
    assert [one.is_demonstration for one in agreements] == [True]
    assert [one.number for one in agreements] == ["DEMO/1/2026"]
    assert all(one.startswith("DEMO/") for one in Authorisation.objects.values_list("number", flat=True))


def test_welfare_centres_give_each_other_nothing_and_nobody_gives_sensitive_data():
    region.lay_out(TODAY)

    agreement = SharingAgreement.objects.get()
    hub = Institution.objects.get(code=region_data.PUP_GORZOW).pk
    clauses = list(agreement.clauses.values_list("giver_id", "receiver_id", "category"))
    assert all(hub in {giver, receiver} for giver, receiver, _ in clauses)
    assert "sensitive" not in {category for _, _, category in clauses}


def test_there_is_somebody_for_every_role_and_all_addresses_are_invented():
    region.lay_out(TODAY)

    held = set(Authorisation.objects.values_list("role", flat=True))
    assert held == set(Role)
    assert all(
        email.endswith("@demo.spoiwo.example") for email in User.objects.values_list("email", flat=True)
    )
    assert all(user.check_password(region_data.PASSWORD) for user in User.objects.all()[:3])


def test_the_greeting_names_every_account_and_the_password():
    shown = "\n".join(region.greeting(SILENT))

    assert region_data.PASSWORD in shown
    assert all(worker.email in shown for worker in region_data.staff())


def test_institutions_have_no_numbers_that_the_sources_do_not_give():
    region.lay_out(TODAY)

    rows = Institution.objects.values_list("nip", "regon", "krs", "street", "postal_code", "email", "phone")
    assert set(rows) == {("", "", "", "", "", "", "")}


def test_production_takes_no_demonstration(settings):
    settings.SPOIWO_DEMO = False

    with pytest.raises(Refused):
        demo_load.run(None, SILENT)  # type: ignore[arg-type]

    assert not Institution.objects.exists()


def test_the_files_of_a_day_are_always_the_same(tmp_path):
    day = timezone.localdate()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()

    one, two = (region_registers.write_files(tmp_path / name, day) for name in ("one", "two"))

    assert [file.path.read_bytes() for file in one] == [file.path.read_bytes() for file in two]
    assert {file.path.suffix for file in one} == {".csv", ".xlsx"}


class Killed(BaseException):
    """Nothing that runs afterwards in a process that is killed."""


@pytest.mark.soak
@pytest.mark.parametrize(
    "where",
    shared_out(
        [
            pytest.param("spoiwo.cli.demo.region_importing.set_columns", id="before its columns were named"),
            pytest.param(
                "spoiwo.exchange.services.checking._Inspector.summary", id="at the end of its check"
            ),
            pytest.param("spoiwo.cli.demo.region_importing.continue_import", id="between check and decision"),
            pytest.param("spoiwo.exchange.services.staging._publish", id="with everything staged"),
        ]
    ),
)
def test_a_load_that_was_killed_during_an_import_is_completed_by_the_next(where, monkeypatch):
    def kill(*_args, **_named):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("spoiwo.exchange.services.pipeline.let_go", lambda _lease: None)
        patch.setattr(where, kill)
        with pytest.raises(Killed):
            region.load(SILENT)
    assert not region.is_loaded()

    region.load(SILENT)

    assert region.is_loaded()
    assert not RegisterImport.objects.under_way().exists()
    with acting_for(0, job="import"):
        assert not RecordVersion.objects.filter(
            first_generation__gt=F("institution__register_state__generation")
        )
