"""Imports that are cut off, lose their worker or their file: all or nothing, and taken up again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from spoiwo.access.types import Category
from spoiwo.clients.errors import GenerationTaken
from spoiwo.clients.models import Fact, RecordVersion, SourceRecord
from spoiwo.clients.services import facts, publishing, register
from spoiwo.clients.types import FactKind, FactRow, RegisterKind, RegisterRow, Tally
from spoiwo.exchange import errors
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.services import (
    deciding,
    files,
    pipeline,
    staging,
)
from spoiwo.exchange.services.leases import LASTS, take_lease
from spoiwo.exchange.services.receiving import receive_file
from spoiwo.exchange.types import ImportState
from spoiwo.toolkit.context import acting_for
from tests.makers.exchange import DAY, csv_bytes, given, imported, registrar, row
from tests.makers.registers import office

pytestmark = pytest.mark.django_db
PEOPLE = [row(f"A-{number}") for number in range(6)]


def cut_off_while_staging(content, holder, folder, monkeypatch, **more):
    with monkeypatch.context() as patch:
        patch.setattr("spoiwo.exchange.services.staging._publish", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            imported(content, holder.pk, folder, **more)
    return RegisterImport.objects.latest("pk")


def prepared(holder, generation, rows):
    return register.prepare_rows(
        institution_id=holder.pk, generation=generation, rows=rows, as_of=DAY, now=timezone.now(), seen=set()
    )


def stage(holder, generation, rows):
    with acting_for(holder.pk, job="import"):
        ready = prepared(holder, generation, rows)
        ready.write(set())
    return ready.tally


def test_a_worker_that_lost_its_lease_writes_nothing():
    holder = office()
    made = receive_file(given(csv_bytes(PEOPLE)), by=registrar(holder.pk), enqueue=False)
    slow = take_lease(made.uuid, now=timezone.now())
    assert slow is not None
    take_lease(made.uuid, now=timezone.now() + LASTS + timedelta(seconds=1))

    with pytest.raises(errors.LeaseLost), slow.commit(rows_done=7):
        raise AssertionError("never reached")

    made.refresh_from_db()
    assert made.rows_done == 0


def test_running_an_import_that_somebody_else_works_on_does_nothing():
    holder = office()
    made = receive_file(given(csv_bytes(PEOPLE)), by=registrar(holder.pk), enqueue=False)
    take_lease(made.uuid, now=timezone.now())

    pipeline.run_import(made.uuid)

    made.refresh_from_db()
    assert made.state == ImportState.CHECKING


def test_stopping_during_the_check_makes_the_worker_leave(monkeypatch):
    holder = office()
    made = receive_file(given(csv_bytes(PEOPLE)), by=registrar(holder.pk), enqueue=False)

    def stopped_meanwhile(lease):
        deciding.stop_import(import_uuid=made.uuid, by=registrar(holder.pk))
        with lease.commit():
            raise AssertionError("never reached")

    monkeypatch.setattr(pipeline, "check", stopped_meanwhile)
    pipeline.run_import(made.uuid)

    made.refresh_from_db()
    assert made.state == ImportState.CANCELLED


@pytest.mark.parametrize("damage", ["altered", "gone"])
def test_a_stored_copy_that_does_not_open_is_refused(damage):
    holder = office()
    made = receive_file(given(csv_bytes(PEOPLE)), by=registrar(holder.pk), enqueue=False)
    path = files.path_of(files.UPLOADS, made.uuid)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1] + b"\x00")

    pipeline.run_import(made.uuid)

    made.refresh_from_db()
    assert (made.state, made.problem) == (ImportState.REFUSED, "damaged_store")


def test_a_copy_damaged_while_rows_are_staged_leaves_no_staged_row(tmp_path, monkeypatch):
    holder = office()
    made = cut_off_while_staging(csv_bytes(PEOPLE), holder, tmp_path, monkeypatch)
    files.forget_upload(made.uuid)

    pipeline.run_import(made.uuid)

    made.refresh_from_db()
    assert (made.state, made.problem) == (ImportState.REFUSED, "damaged_store")
    assert SourceRecord.objects.count() == 0


def test_rows_that_the_check_kept_are_not_read_from_the_file_again(tmp_path, monkeypatch):
    holder = office()
    made = cut_off_while_staging(csv_bytes(PEOPLE), holder, tmp_path, monkeypatch)
    files.remove(files.UPLOADS, made.uuid)

    pipeline.run_import(made.uuid)

    made.refresh_from_db()
    assert made.state == ImportState.DONE
    assert SourceRecord.objects.count() == made.new == len(PEOPLE)
    assert not files.path_of(files.ROWS, made.uuid).exists()


def test_without_the_rows_that_the_check_kept_the_file_is_read_again(tmp_path, monkeypatch):
    holder = office()
    made = cut_off_while_staging(csv_bytes(PEOPLE), holder, tmp_path, monkeypatch)
    files.remove(files.ROWS, made.uuid)

    pipeline.run_import(made.uuid)

    made.refresh_from_db()
    assert made.state == ImportState.DONE
    assert SourceRecord.objects.count() == made.new == len(PEOPLE)


def test_kept_rows_are_sealed_and_a_cut_off_copy_is_refused(tmp_path, monkeypatch):
    holder = office()
    made = cut_off_while_staging(csv_bytes(PEOPLE), holder, tmp_path, monkeypatch)
    path = files.path_of(files.ROWS, made.uuid)
    assert PEOPLE[0]["last_name"].encode() not in path.read_bytes()
    path.write_bytes(path.read_bytes()[:-1])

    pipeline.run_import(made.uuid)

    made.refresh_from_db()
    assert (made.state, made.problem) == (ImportState.REFUSED, "damaged_store")


def test_a_generation_published_meanwhile_ends_the_import_as_failed(tmp_path, monkeypatch):
    holder = office()
    monkeypatch.setattr(staging, "publish_extract", refuse_generation)

    result = imported(csv_bytes(PEOPLE), holder.pk, tmp_path)

    assert result.state == ImportState.FAILED
    assert SourceRecord.objects.count() == 0


def refuse_generation(*_args, **_kwargs):
    raise GenerationTaken


def test_publishing_a_generation_that_is_not_next_is_refused():
    extract = publishing.StagedExtract(
        institution_id=office().pk,
        kind=RegisterKind.REGISTER,
        generation=7,
        as_of=DAY,
        file_name="x.csv",
        file_sha256="0" * 64,
        rows=0,
        tally=Tally(),
        vanished=0,
        rejected=0,
    )

    with pytest.raises(GenerationTaken):
        publishing.publish_extract(extract, now=timezone.now(), user_id=0)


def test_facts_cut_off_while_staged_are_taken_up_again_or_removed(tmp_path, monkeypatch):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    meals = {"local_id": "A-1", "kind": "meals", "value": "1"}
    imported(csv_bytes([meals]), holder.pk, tmp_path, kind=RegisterKind.FACTS)
    content = csv_bytes([meals | {"value": "2"}, meals | {"value": "3"}])
    options = {"kind": RegisterKind.FACTS, "accept_vanishing": True}

    made = cut_off_while_staging(content, holder, tmp_path, monkeypatch, **options)
    deciding.stop_import(import_uuid=made.uuid, by=registrar(holder.pk))
    assert list(Fact.objects.current().values_list("value", flat=True)) == ["1"]
    assert Fact.objects.count() == 1

    made = cut_off_while_staging(content, holder, tmp_path, monkeypatch, **options)
    pipeline.run_import(made.uuid)
    made.refresh_from_db()
    assert (made.state, made.new, made.vanished) == (ImportState.DONE, 2, 1)


def test_facts_of_a_rejected_row_s_person_stay(tmp_path):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    meals = {"local_id": "A-1", "kind": "meals", "value": "1"}
    imported(csv_bytes([meals]), holder.pk, tmp_path, kind=RegisterKind.FACTS)
    changed = [meals | {"kind": "meals?"}, meals | {"local_id": "A-2"}]

    result = imported(csv_bytes(changed), holder.pk, tmp_path, kind=RegisterKind.FACTS)

    assert (result.rejected, result.vanished) == (1, 0)


def test_data_that_were_erased_do_not_come_back_by_themselves(tmp_path):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    SourceRecord.objects.filter(local_id="A-1").update(erased_at=timezone.now(), wrapped_key=b"")

    result = imported(csv_bytes([row("A-1", last_name="Nowak"), *PEOPLE[2:], PEOPLE[0]]), holder.pk, tmp_path)

    assert result.problems == {"erased_record:local_id": 1}
    assert not RecordVersion.objects.filter(record__local_id="A-1", last_name="Nowak").exists()


def test_staging_passes_over_what_was_erased_after_the_check():
    holder = office()
    person = RegisterRow(local_id="A-1", first_name="Jan", last_name="Nowak")
    stage(holder, 1, [person])
    SourceRecord.objects.update(erased_at=timezone.now())

    assert stage(holder, 2, [person]) == Tally()


def test_staging_passes_over_what_is_erased_while_it_prepares():
    holder = office()
    people = [
        RegisterRow(local_id=local_id, first_name="Jan", last_name="Nowak") for local_id in ("A-1", "A-2")
    ]
    stage(holder, 1, people)
    other_names = [RegisterRow(local_id=one.local_id, first_name="Adam", last_name="Lis") for one in people]

    with acting_for(holder.pk, job="import"):
        ready = prepared(holder, 2, other_names)
        SourceRecord.objects.filter(local_id="A-1").update(erased_at=timezone.now())
        ready.write(set())

    assert ready.tally == Tally(changed=1)
    assert RecordVersion.objects.get(last_name="Lis").record.local_id == "A-2"


def test_facts_of_a_person_erased_while_they_are_prepared_do_not_come_in(tmp_path):
    holder = office()
    imported(csv_bytes(PEOPLE[1:3]), holder.pk, tmp_path)
    rows = [
        FactRow(local_id=local_id, category=Category.LIFE_SITUATION, kind=FactKind.HOUSEHOLD_SIZE, value="2")
        for local_id in ("A-1", "A-2")
    ]

    with acting_for(holder.pk, job="import"):
        ready = facts.prepare_facts(institution_id=holder.pk, generation=1, rows=rows, as_of=DAY, seen=set())
        SourceRecord.objects.filter(local_id="A-1").update(erased_at=timezone.now())
        ready.write(set())

    assert ready.tally == Tally(new=1)
    assert Fact.objects.get().record.local_id == "A-2"
