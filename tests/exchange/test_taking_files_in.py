"""A file is checked, staged unseen, published by one number and settled."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from spoiwo.access.models import Relation
from spoiwo.audit import queries as audit
from spoiwo.audit.models import AuditRecord
from spoiwo.clients.models import Extract, Fact, Person, RecordVersion, RegisterState, SourceRecord
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.errors import AlreadyImported, ImportUnderWay, ManyWouldVanish, NotNow
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.services import deciding, pipeline
from spoiwo.exchange.services.leases import LASTS, MOST_ATTEMPTS, take_lease
from spoiwo.exchange.services.mappings import save_mapping
from spoiwo.exchange.services.receiving import receive_file
from spoiwo.exchange.types import ImportState
from spoiwo.kernel.sealing import unseal
from spoiwo.toolkit.keys import PESEL, key_ring
from tests.makers.exchange import csv_bytes, given, imported, received, registrar, row, xlsx_bytes
from tests.makers.registers import office

pytestmark = pytest.mark.django_db
PEOPLE = [row(f"A-{number}") for number in range(10)]


def in_force(holder):
    versions = RecordVersion.objects.current().filter(institution=holder)
    return {version.record.local_id: version.last_name for version in versions.select_related("record")}


def test_new_changed_vanished_and_unchanged_rows_are_told_apart(tmp_path):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    untouched = set(RecordVersion.objects.filter(record__local_id="A-5").values_list("pk", flat=True))
    rows = [row("A-0", last_name="Nowak"), *PEOPLE[1:9], row("B-1")]

    result = imported(csv_bytes(rows), holder.pk, tmp_path)

    assert (result.new, result.changed, result.unchanged, result.vanished) == (1, 1, 8, 1)
    assert in_force(holder)["A-0"] == "Nowak"
    assert "A-9" not in in_force(holder)
    assert "B-1" in in_force(holder)
    assert set(RecordVersion.objects.filter(record__local_id="A-5").values_list("pk", flat=True)) == untouched


def test_rows_are_written_in_many_short_commits(tmp_path, monkeypatch):
    holder = office()
    monkeypatch.setattr("spoiwo.exchange.services.staging.BATCHES", (3, 3, 3))

    result = imported(csv_bytes(PEOPLE), holder.pk, tmp_path)

    assert result.new == len(in_force(holder)) == 10


def test_a_record_that_comes_back_is_the_same_record(tmp_path):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    record = SourceRecord.objects.get(local_id="A-9")
    imported(csv_bytes(PEOPLE[:9]), holder.pk, tmp_path)
    assert not Relation.objects.current(timezone.localdate()).filter(person=record.person_id).exists()

    result = imported(csv_bytes(PEOPLE), holder.pk, tmp_path, again=True)

    assert (result.new, result.unchanged) == (1, 9)
    assert SourceRecord.objects.get(local_id="A-9") == record
    assert Relation.objects.current(timezone.localdate()).filter(person=record.person_id).count() == 1


def test_every_record_begins_with_a_person_and_a_relation_of_its_own(tmp_path):
    holder = office()

    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)

    people = set(SourceRecord.objects.filter(institution=holder).values_list("person_id", flat=True))
    known = Relation.objects.current(timezone.localdate()).filter(institution=holder)
    assert len(people) == 10
    assert set(known.values_list("person", flat=True)) == people


def test_the_same_file_twice_says_so_and_changes_nothing(tmp_path):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    before = list(RecordVersion.objects.order_by("pk").values())

    second = imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    forced = imported(csv_bytes(PEOPLE), holder.pk, tmp_path, again=True)

    assert second.already_imported
    assert (forced.new, forced.changed, forced.unchanged, forced.vanished) == (0, 0, 10, 0)
    assert list(RecordVersion.objects.order_by("pk").values()) == before
    with pytest.raises(AlreadyImported):
        receive_file(given(csv_bytes(PEOPLE)), by=registrar(holder.pk))


def test_the_order_of_rows_and_columns_changes_nothing(tmp_path):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)

    result = imported(
        csv_bytes(PEOPLE[::-1], headers=["last_name", "local_id", "first_name"], delimiter=","),
        holder.pk,
        tmp_path,
    )

    assert (result.new, result.changed, result.unchanged) == (0, 0, 10)


def test_identifiers_are_sealed_under_the_key_of_their_record(tmp_path):
    holder = office()

    imported(csv_bytes([row("A-1", pesel="44051401359", document_no="ABC 123456")]), holder.pk, tmp_path)

    version = RecordVersion.objects.select_related("record").get()
    key = key_ring().unwrap(bytes(version.record.wrapped_key))
    assert unseal(key, bytes(version.pesel_sealed), PESEL) == "44051401359"
    assert bytes(version.pesel_index or b"") == key_ring().blind_index("pesel", "44051401359")
    assert bytes(version.document_index or b"") == key_ring().blind_index("document", "ABC123456")


def test_nothing_is_visible_before_it_is_published(tmp_path, monkeypatch):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    before = in_force(holder)

    def broken(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("spoiwo.exchange.services.staging._publish", broken)
    with pytest.raises(KeyboardInterrupt):
        imported(csv_bytes([row("A-1", last_name="Nowak"), *PEOPLE[2:], row("B-1")]), holder.pk, tmp_path)

    assert RecordVersion.objects.filter(record__local_id="B-1").exists()
    assert in_force(holder) == before


def test_an_import_that_was_cut_off_is_taken_up_again(tmp_path, monkeypatch):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    content = csv_bytes([row("A-1", last_name="Nowak"), *PEOPLE[2:], row("B-1")])
    with monkeypatch.context() as patch:
        patch.setattr("spoiwo.exchange.services.staging._publish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            imported(content, holder.pk, tmp_path)

    handed_on = pipeline.resume_stale_imports(timezone.now() + timedelta(minutes=2))

    made = RegisterImport.objects.order_by("pk").last()
    assert handed_on == 1
    assert made.state == ImportState.DONE
    assert (made.new, made.changed, made.unchanged, made.vanished) == (1, 1, 8, 1)
    assert in_force(holder)["A-1"] == "Nowak"


def test_the_command_line_takes_up_the_very_file_it_left(tmp_path, monkeypatch):
    holder = office()
    content = csv_bytes(PEOPLE)
    with monkeypatch.context() as patch:
        patch.setattr("spoiwo.exchange.services.staging._publish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            imported(content, holder.pk, tmp_path)

    with pytest.raises(ImportUnderWay):
        imported(csv_bytes(PEOPLE[1:]), holder.pk, tmp_path)
    result = imported(content, holder.pk, tmp_path)

    assert (result.state, result.new) == (ImportState.DONE, 10)


def test_stopping_while_rows_are_staged_removes_every_one_of_them(tmp_path, monkeypatch):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    before = list(RecordVersion.objects.order_by("pk").values()), Person.objects.count()
    with monkeypatch.context() as patch:
        patch.setattr("spoiwo.exchange.services.staging._publish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            imported(csv_bytes([row("A-1", last_name="Nowak"), *PEOPLE[2:], row("B-1")]), holder.pk, tmp_path)

    deciding.stop_import(import_uuid=RegisterImport.objects.last().uuid, by=registrar(holder.pk))

    assert RegisterImport.objects.last().state == ImportState.CANCELLED
    assert (list(RecordVersion.objects.order_by("pk").values()), Person.objects.count()) == before
    assert not SourceRecord.objects.filter(local_id="B-1").exists()


def test_an_import_that_breaks_off_again_and_again_is_given_up_and_removed(tmp_path, monkeypatch):
    holder = office()
    monkeypatch.setattr("spoiwo.exchange.services.staging._publish", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    made = RegisterImport.objects.get()

    for attempt in range(MOST_ATTEMPTS):
        if attempt < MOST_ATTEMPTS - 1:
            with pytest.raises(ZeroDivisionError):
                pipeline.run_import(made.uuid)
        else:
            pipeline.run_import(made.uuid)

    made.refresh_from_db()
    assert (made.state, made.problem) == (ImportState.FAILED, "gave_up")
    assert RecordVersion.objects.count() == SourceRecord.objects.count() == 0


def test_only_one_worker_works_on_an_import(tmp_path):
    holder = office()
    made = receive_file(given(csv_bytes(PEOPLE)), by=registrar(holder.pk), enqueue=False)
    now = timezone.now()

    first = take_lease(made.uuid, now=now)

    assert first is not None
    assert take_lease(made.uuid, now=now + LASTS - timedelta(seconds=1)) is None
    assert take_lease(made.uuid, now=now + LASTS + timedelta(seconds=1)) is not None


def test_a_second_file_waits_until_the_first_is_through():
    holder = office()
    received(csv_bytes(PEOPLE), holder.pk)

    with pytest.raises(ImportUnderWay):
        received(csv_bytes(PEOPLE[1:]), holder.pk)


def test_losing_many_rows_has_to_be_confirmed(tmp_path):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)

    with pytest.raises(ManyWouldVanish):
        imported(csv_bytes(PEOPLE[:7]), holder.pk, tmp_path)
    result = imported(csv_bytes(PEOPLE[:7]), holder.pk, tmp_path, accept_vanishing=True)

    assert result.vanished == 3


def test_a_dry_run_tells_the_figures_and_leaves_nothing(tmp_path):
    holder = office()

    result = imported(csv_bytes([*PEOPLE, row("A-1")]), holder.pk, tmp_path, dry_run=True)

    assert (result.new, result.rejected, result.dry_run) == (10, 1, True)
    assert SourceRecord.objects.count() == Extract.objects.count() == 0
    assert not RegisterImport.objects.under_way().exists()


def test_any_header_imports_through_a_saved_mapping(tmp_path):
    holder = office()
    save_mapping(
        institution_id=holder.pk,
        kind=RegisterKind.REGISTER,
        name="Program X",
        columns={"local_id": "Kol A", "first_name": "Kol B", "last_name": "Kol C", "sex": "Kol D"},
        values={"sex": {"1": "M", "2": "K", "9": ""}},
    )
    table: list[list[object]] = [
        ["Lp.", "KOL C", "kol-b", "Kol A", "kol d"],
        [1, "Nowak", "Ewa", 17, 2],
        [2, "Żak", "Jan", 18, 9],
    ]

    result = imported(xlsx_bytes(table), holder.pk, tmp_path)

    assert result.new == 2
    assert set(RecordVersion.objects.values_list("record__local_id", "last_name", "sex")) == {
        ("17", "Nowak", "K"),
        ("18", "Żak", ""),
    }


def test_facts_come_in_by_the_same_way_and_sensitive_ones_are_sealed(tmp_path):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    facts = [
        {
            "local_id": "A-1",
            "kind": "disability",
            "value": "znaczny",
            "from": "2024-05-01",
            "note": "orzeczenie",
        },
        {
            "local_id": "A-1",
            "kind": "permanent_allowance",
            "value": "1000,00",
            "from": "01.02.2026",
            "note": "",
        },
    ]

    imported(csv_bytes(facts), holder.pk, tmp_path, kind=RegisterKind.FACTS)
    second = imported(
        csv_bytes(facts[1:]), holder.pk, tmp_path, kind=RegisterKind.FACTS, accept_vanishing=True
    )

    sealed = Fact.objects.get(kind="disability")
    assert (sealed.value, sealed.note, sealed.tier, sealed.category) == ("", "", 4, "sensitive")
    assert bytes(sealed.value_sealed)
    shared = Fact.objects.get(kind="permanent_allowance")
    assert (shared.category, shared.value, shared.valid_from) == ("benefits", "1000,00", date(2026, 2, 1))
    assert (second.unchanged, second.vanished) == (1, 1)
    assert list(Fact.objects.current().values_list("kind", flat=True)) == ["permanent_allowance"]


def test_publishing_is_on_record_and_the_chain_holds(tmp_path):
    holder = office()

    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)

    actions = list(AuditRecord.objects.filter(institution_id=holder.pk).values_list("action", flat=True))
    assert actions[:2] == ["import_started", "import_published"]
    assert audit.verify(institution_ids={holder.pk}).breaches == ()


def test_when_the_log_is_down_nothing_is_published(tmp_path, monkeypatch):
    holder = office()

    def down(*_entries):
        raise ConnectionError

    monkeypatch.setattr("spoiwo.clients.services.publishing.audit.append", down)
    with pytest.raises(ConnectionError):
        imported(csv_bytes(PEOPLE), holder.pk, tmp_path)

    assert in_force(holder) == {}
    assert not RegisterState.objects.filter(pk=holder.pk, generation__gt=0).exists()


def test_an_import_that_is_over_takes_no_more_decisions(tmp_path):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    made = RegisterImport.objects.get()

    with pytest.raises(NotNow):
        deciding.stop_import(import_uuid=made.uuid, by=registrar(holder.pk))
    with pytest.raises(NotNow):
        deciding.continue_import(import_uuid=made.uuid, by=registrar(holder.pk))


def test_rejected_rows_are_forgotten_after_a_month(tmp_path):
    holder = office()
    imported(csv_bytes([*PEOPLE, row("A-1")]), holder.pk, tmp_path)

    forgotten = pipeline.forget_rejected_rows(timezone.now() + timedelta(days=31))

    assert forgotten == 1
    assert RegisterImport.objects.get().rejected_rows.count() == 0
    assert bytes(RegisterImport.objects.get().wrapped_key) == b""
