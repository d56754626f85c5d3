"""Refusals of decisions, leases that are lost, damaged copies, archives: the edges of the way in and out."""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.urls import reverse
from django.utils import timezone, translation

from spoiwo.access.types import Category
from spoiwo.clients.models import SourceRecord
from spoiwo.clients.services import facts
from spoiwo.clients.types import FactKind, FactRow, RegisterKind, Tally
from spoiwo.exchange import errors, messages, policies, queries
from spoiwo.exchange.models import ColumnMapping, OpenExport, RegisterImport
from spoiwo.exchange.querysets import RegisterImportQuerySet
from spoiwo.exchange.services import (
    command,
    deciding,
    exporting,
    files,
    mappings,
    pipeline,
    previewing,
    rejections,
)
from spoiwo.exchange.types import ImportState, Progress
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit import jobs, schedule
from spoiwo.toolkit.context import acting_for
from tests.makers.exchange import DAY, csv_bytes, imported, received, registrar, row
from tests.makers.registers import office

pytestmark = pytest.mark.django_db
PEOPLE = [row(f"A-{number}") for number in range(6)]


def test_every_refusal_has_a_sentence():
    refusals = [
        errors.NoSuchImport(),
        errors.NoSuchMapping(),
        errors.ImportUnderWay(),
        errors.AlreadyImported(DAY),
        errors.NotNow(),
        errors.ManyWouldVanish(2, 6),
        errors.MostWouldVanish(5, 6),
        errors.NothingToRestore(),
        errors.NothingToTake({}, []),
        errors.MappingNameTaken(),
        errors.MappingIncomplete(["kind"]),
    ]

    with translation.override("pl"):
        sentences = [messages.message_for(refusal) for refusal in refusals]

    assert len(set(sentences)) == len(refusals)
    assert sentences[-1] == "Wybierz kolumnę dla: Rodzaj. Bez niej nie da się odczytać żadnego wiersza."


@pytest.mark.parametrize(
    ("roles", "sees", "imports", "exports"),
    [
        pytest.param({"registrar"}, True, True, True, id="registrar"),
        pytest.param({"supervisor"}, True, False, False, id="supervisor"),
        pytest.param({"iod"}, True, False, True, id="data protection officer"),
        pytest.param({"case_worker"}, False, False, False, id="case worker"),
    ],
)
def test_who_may_do_what_with_files(roles, sees, imports, exports):
    actor = Actor(user_id=1, institution_id=office().pk, roles=frozenset(roles))
    received(csv_bytes(PEOPLE), actor.institution_id)
    ColumnMapping.objects.create(institution_id=actor.institution_id, kind="register", name="Program")

    assert policies.may_see_imports(actor) is sees
    assert policies.may_import(actor) is imports
    assert policies.may_export(actor) is exports
    assert queries.imports_of(actor).exists() is sees
    assert (len(queries.waiting_for_decision(actor)) == 1) is sees
    assert queries.mappings_of(actor).exists() is imports
    assert queries.latest_published(actor) is None
    assert queries.exports_of(actor) == []


def test_nobody_may_do_anything_signed_out():
    assert not any(
        rule(None) for rule in (policies.may_see_imports, policies.may_import, policies.may_export)
    )


def test_only_the_own_registrar_decides():
    holder = office()
    made = received(csv_bytes(PEOPLE), holder.pk)
    supervisor = Actor(user_id=1, institution_id=holder.pk, roles=frozenset({"supervisor"}))

    for stranger in (registrar(office().pk), supervisor):
        with pytest.raises(errors.NoSuchImport):
            deciding.continue_import(import_uuid=made.uuid, by=stranger)


def test_columns_can_be_set_without_a_worker_and_without_a_name():
    holder = office()
    made = received(csv_bytes([{"a": "1", "b": "Jan", "c": "Nowak"}]), holder.pk)
    columns = {"local_id": "a", "first_name": "b", "last_name": "c"}

    deciding.set_columns(
        import_uuid=made.uuid, columns=columns, values={}, by=registrar(holder.pk), enqueue=False
    )

    made.refresh_from_db()
    assert (made.state, made.columns, made.mapping) == (ImportState.CHECKING, columns, None)
    with pytest.raises(errors.NotNow):
        previewing.preview_of(made)


def test_columns_without_a_needed_one_are_refused():
    holder = office()
    made = received(csv_bytes([{"a": "1", "b": "Jan", "c": "Nowak"}]), holder.pk)

    with pytest.raises(errors.MappingIncomplete) as refusal:
        deciding.set_columns(
            import_uuid=made.uuid, columns={"local_id": "a"}, values={}, by=registrar(holder.pk)
        )

    assert refusal.value.missing == ("first_name", "last_name")


def test_a_name_of_another_mapping_is_not_written_over():
    holder = office()
    columns = {"local_id": "x", "first_name": "y", "last_name": "z"}
    kind = RegisterKind.REGISTER
    mappings.save_mapping(institution_id=holder.pk, kind=kind, name="Program", columns=columns, values={})

    with pytest.raises(errors.MappingNameTaken):
        mappings.save_mapping(institution_id=holder.pk, kind=kind, name="Program", columns=columns, values={})
    with pytest.raises(errors.MappingIncomplete):
        mappings.save_mapping(institution_id=holder.pk, kind=kind, name="Inny", columns={}, values={})


def test_the_mapping_asked_for_has_to_exist_and_to_fit(tmp_path):
    holder = office()
    mappings.save_mapping(
        institution_id=holder.pk,
        kind=RegisterKind.REGISTER,
        name="Program",
        columns={"local_id": "Numer", "first_name": "first_name", "last_name": "last_name"},
        values={},
    )

    with pytest.raises(errors.NoSuchMapping):
        imported(csv_bytes(PEOPLE), holder.pk, tmp_path, mapping="Nieznany")
    with pytest.raises(errors.UnusableFile) as refusal:
        imported(csv_bytes(PEOPLE), holder.pk, tmp_path, mapping="Program")

    assert refusal.value.details == ("Numer",)


def test_what_is_shown_of_many_findings_is_limited_and_counts_are_not(tmp_path, monkeypatch):
    holder = office()
    monkeypatch.setattr("spoiwo.exchange.services.checking.BATCH", 7)
    rows = [row(f"A-{number}", sex=f"X{number}") for number in range(45)]

    imported(csv_bytes([*rows, row("B-1")], headers=list(rows[0])), holder.pk, tmp_path)

    made = RegisterImport.objects.get()
    assert made.problems == {"unknown_code:sex": 45}
    assert len(made.first_findings) == 20
    assert len(made.unknown_codes["sex"]) == 40


def test_a_file_that_turns_bad_far_down_is_refused_whole(tmp_path):
    holder = office()
    content = csv_bytes([row(f"A-{number}") for number in range(1100)]) + b"x" * 200_000

    with pytest.raises(errors.UnusableFile) as refusal:
        imported(content, holder.pk, tmp_path)

    assert refusal.value.place == 1102
    assert SourceRecord.objects.count() == 0


def test_two_files_handed_in_at_the_same_moment_are_told_apart_by_the_database(monkeypatch):
    holder = office()
    received(csv_bytes(PEOPLE), holder.pk)
    monkeypatch.setattr(RegisterImportQuerySet, "under_way", lambda self: self.none())

    with pytest.raises(errors.ImportUnderWay):
        received(csv_bytes(PEOPLE[1:]), holder.pk)


def test_a_mapping_asked_for_by_name_is_used(tmp_path):
    holder = office()
    columns = {"local_id": "a", "first_name": "b", "last_name": "c"}
    kind = RegisterKind.REGISTER
    mappings.save_mapping(institution_id=holder.pk, kind=kind, name="Program", columns=columns, values={})

    result = imported(
        csv_bytes([{"a": "1", "b": "Jan", "c": "Nowak"}]), holder.pk, tmp_path, mapping="Program"
    )

    assert result.new == 1


def test_without_rejected_rows_there_is_no_file_of_them(tmp_path):
    holder = office()
    imported(csv_bytes(PEOPLE), holder.pk, tmp_path)
    made = RegisterImport.objects.get()

    found = rejections.rejected_rows_file(
        import_uuid=made.uuid, request_id="", by=registrar(holder.pk), words=lambda *_: ("", "")
    )

    assert found is None


def test_facts_of_nobody_are_passed_over_when_staged():
    holder = office()
    fact = FactRow(local_id="A-1", category=Category.SUPPORT_GIVEN, kind=FactKind.MEALS)

    with acting_for(holder.pk, job="import"):
        ready = facts.prepare_facts(
            institution_id=holder.pk, generation=1, rows=[fact], as_of=DAY, seen=set()
        )
        ready.write(set())

    assert ready.tally == Tally()


@pytest.mark.parametrize(
    "job", ["exchange.resume_stale_imports", "exchange.forget_rejected_rows", "exchange.forget_exports"]
)
def test_what_comes_back_by_the_clock_is_registered(job):
    jobs.perform(job)

    assert job in {plan.job for plan in schedule.planned()}


def test_progress_is_told():
    steps: list[Progress] = []
    holder = office()
    path = project.DATA_DIR / "postep.csv"
    path.write_bytes(csv_bytes(PEOPLE))
    order = command.Order(institution_id=holder.pk, kind=RegisterKind.REGISTER, path=path, as_of=DAY)

    command.run_import_now(order, listener=steps.append)

    assert [step.step for step in steps] == [ImportState.CHECKING, ImportState.STAGING, ImportState.SETTLING]
    assert steps[1].done == steps[1].total == 6


def test_unknown_headers_that_can_be_guessed_need_no_mapping_on_the_command_line(tmp_path):
    table = [{"Nr ewidencyjny": "1", "Imię": "Jan", "Nazwisko": "Nowak", "Data ur.": "1.05.1980"}]

    assert imported(csv_bytes(table), office().pk, tmp_path).new == 1


def test_files_that_belong_to_nothing_are_removed_after_a_day():
    path = files.path_of(files.UPLOADS, uuid.uuid4())
    path.write_bytes(b"x")

    pipeline.resume_stale_imports(timezone.now())
    assert path.exists()
    pipeline.resume_stale_imports(timezone.now() + timedelta(days=2))

    assert not path.exists()


def test_an_archive_is_asked_for_once_made_once_and_forgotten_after_a_week(monkeypatch):
    holder = office()
    with monkeypatch.context() as patch:
        patch.setattr("spoiwo.toolkit.jobs.enqueue", lambda *_args, **_kwargs: None)
        asked = exporting.ask_export(by=registrar(holder.pk))
        assert exporting.ask_export(by=registrar(holder.pk)) == asked

    exporting.make_export(asked.uuid)
    exporting.make_export(asked.uuid)
    asked.refresh_from_db()
    assert asked.state == OpenExport.State.READY
    path = files.path_of(files.EXPORTS, asked.uuid)
    assert path.exists()

    assert exporting.forget_exports(timezone.now() + timedelta(days=8)) == 1
    assert not path.exists()


def test_an_archive_of_somebody_else_looks_like_none():
    assert queries.export_of(registrar(office().pk), uuid.uuid4()) is None
    assert reverse("exchange:fetch_export", args=[uuid.uuid4()])
