"""How long data are kept, and that nothing of an erased person is left anywhere while the chains stay whole."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone

from spoiwo.access.models import Relation
from spoiwo.access.types import Kept, KeptUntil
from spoiwo.audit.models import AuditPseudonym, AuditRecord
from spoiwo.audit.queries import verify
from spoiwo.clients.errors import (
    BasisMissing,
    EventDoesNotFit,
    HeldAlready,
    NoSuchRecord,
    NoSuchRule,
    OnHold,
    PreviewChanged,
    RuleThereAlready,
)
from spoiwo.clients.models import Erasure, Extract, Fact, LegalHold, RecordVersion, SourceRecord
from spoiwo.clients.queries import retention as queries
from spoiwo.clients.queries import searching
from spoiwo.clients.services import erasing, erasure_register, register, retaining
from spoiwo.clients.types import FactKind
from spoiwo.exchange.models import OpenExport
from spoiwo.exchange.services import exporting, files
from spoiwo.institutions.types import Role
from spoiwo.toolkit.context import acting_for
from tests.makers.clients import bring_in_facts, fact, signed_in, town, with_purpose
from tests.makers.exchange import registrar
from tests.makers.guarding import hidden, overseer
from tests.makers.institutions import acting, member
from tests.makers.registers import bring_in, records, row

pytestmark = pytest.mark.django_db
NUMBER = "44051401458"
BASIS = "art. 17 ust. 1 lit. a RODO"
CANARIES = ("Kanarkowska", "kanarkowska", "ulica-kanarka", "L-kanarek", NUMBER, "zupa-kanarka")
CLIENT, HISTORY = Kept.CLIENT, Kept.HISTORY
GONE, REPLACED = KeptUntil.NOT_IN_REGISTER, KeptUntil.REPLACED


@pytest.fixture(autouse=True)
def _room(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    cache.clear()


def canary():
    """The town with somebody whose every word is found nowhere else, looked at by a worker."""
    there = town(
        own=row("L-kanarek", last_name="Kanarkowska", street="ulica-kanarka", pesel=NUMBER),
        theirs=row("W1", last_name="Inna"),
    )
    bring_in_facts(there.labour, fact("L-kanarek", FactKind.MEALS, "zupa-kanarka"))
    with_purpose(signed_in(there.worker), there.own).get(f"/klienci/{there.own.uuid}/")
    return there


def left_anywhere():
    """Canaries that stand in any table, as (table, word)."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            content = repr(cursor.fetchall())
            found += [(table, word) for word in CANARIES if word in content]
    return found


def erased(there, by=None):
    erasing.erase_client(record_uuid=there.own.uuid, basis=BASIS, by=acting(by or overseer(there.labour)))


def published(office, days_ago):
    Extract.objects.filter(institution=office).update(published_at=timezone.now() - timedelta(days=days_ago))


def test_nothing_of_an_erased_person_is_left_and_the_chains_hold(django_capture_on_commit_callbacks):
    there = canary()
    assert {word for _table, word in left_anywhere()} == {*CANARIES} - {NUMBER}

    with django_capture_on_commit_callbacks(execute=True):
        erased(there)

    assert left_anywhere() == []
    assert verify(institution_ids={there.labour.pk, there.welfare.pk}).holds
    assert not RecordVersion.objects.filter(record=there.own).exists()
    assert not Fact.objects.filter(record=there.own).exists()
    assert bytes(SourceRecord.objects.get(pk=there.own.pk).wrapped_key) == b""
    assert searching.find_own_clients(acting(there.worker), "Kanarkowska", limit=5) == []
    assert signed_in(there.worker).get(f"/klienci/{there.own.uuid}/").status_code == 404
    assert not Relation.objects.filter(institution=there.labour, valid_to__isnull=True).exists()
    told = erasure_register.read()
    assert [(one[0], one[3]) for one in told] == [(there.own.uuid, BASIS)]
    assert not [word for word in CANARIES if word in (settings.DATA_DIR / "erasures.jsonl").read_text()]
    # The partner still serves the person, so the log can still tell it who was meant.
    assert AuditPseudonym.objects.filter(kind="person", subject=str(there.own.person_id)).exists()


def test_when_nobody_serves_the_person_any_more_the_log_forgets_who_it_was():
    there = canary()
    erased(there)
    erasing.erase_client(record_uuid=there.theirs.uuid, basis=BASIS, by=acting(overseer(there.welfare)))

    assert not AuditPseudonym.objects.filter(kind="person", subject=str(there.own.person_id)).exists()
    assert AuditRecord.objects.filter(action="erase").count() == 2
    assert verify(institution_ids={there.labour.pk, there.welfare.pk}).holds


def test_archives_that_are_ready_go_too(django_capture_on_commit_callbacks):
    there = canary()
    by = registrar(there.labour.pk)
    asked = exporting.ask_export(by=by)
    exporting.make_export(asked.uuid)
    archive = files.path_of(files.EXPORTS, asked.uuid)
    assert archive.exists()

    with django_capture_on_commit_callbacks(execute=True):
        erased(there)

    assert not archive.exists()
    assert not OpenExport.objects.visible_to(by).exists()


def test_before_anybody_was_erased_the_register_of_erasures_is_empty():
    assert erasure_register.read() == []


def test_a_later_file_does_not_bring_the_person_back():
    there = canary()
    erased(there)

    with acting_for(there.labour.pk, job="import"):
        _tally, refused = register.compare_register(
            institution_id=there.labour.pk, rows=[row("L-kanarek"), row("L-2")], seen=set()
        )
    bring_in(there.labour, row("L-kanarek", last_name="Kanarkowska"), row("L-2"))

    assert refused == {"L-kanarek"}
    assert not RecordVersion.objects.filter(last_name="Kanarkowska").exists()
    assert [one.local_id for one in records(there.labour, "L-2")] == ["L-2"]


def test_a_restored_backup_does_not_bring_the_person_back_either():
    there = canary()
    before = timezone.now()
    told = [(there.own.uuid, there.labour.pk, before, BASIS)]

    assert erasing.erase_again(told) == 1
    assert erasing.erase_again(told) == 0
    assert left_anywhere() == []
    assert erasing.erase_again([]) == 0


def test_a_legal_hold_stops_it():
    there = canary()
    by = acting(overseer(there.labour))
    made = retaining.hold(record_uuid=there.own.uuid, case_ref="skarga OA.051.7.2026", by=by)

    with pytest.raises(HeldAlready):
        retaining.hold(record_uuid=there.own.uuid, case_ref="druga skarga", by=by)
    with pytest.raises(OnHold):
        erased(there)
    with pytest.raises(NoSuchRecord):
        retaining.release(hold_id=made.pk, by=acting(overseer(there.welfare)))
    retaining.release(hold_id=made.pk, by=by)
    erased(there)

    assert Erasure.objects.filter(record_uuid=there.own.uuid).exists()
    with pytest.raises(NoSuchRecord):
        retaining.release(hold_id=made.pk, by=by)


def test_what_cannot_be_erased_or_held_is_refused():
    there = canary()
    by = acting(overseer(there.labour))

    with pytest.raises(BasisMissing):
        erasing.erase_client(record_uuid=there.own.uuid, basis="bo", by=by)
    with pytest.raises(NoSuchRecord):
        erasing.erase_client(record_uuid=there.theirs.uuid, basis=BASIS, by=by)
    with pytest.raises(NoSuchRecord):
        erasing.erase_client(record_uuid=there.own.uuid, basis=BASIS, by=acting(there.worker))
    with pytest.raises(BasisMissing):
        retaining.hold(record_uuid=there.own.uuid, case_ref="x", by=by)
    with pytest.raises(NoSuchRecord):
        retaining.hold(record_uuid=there.theirs.uuid, case_ref="skarga 7/2026", by=by)
    hidden(there.own)
    with pytest.raises(NoSuchRecord):  # whom one may not see one cannot erase either
        erased(there)


def test_a_rule_erases_those_who_left_the_register_long_ago_but_for_those_on_hold():
    there = town(own=row("L1"))
    by = acting(overseer(there.labour))
    bring_in(there.labour, row("L1"), row("L2"), row("L3"), row("L4"))
    bring_in(there.labour, row("L4"))
    published(there.labour, 400)
    (held,) = records(there.labour, "L2")
    retaining.hold(record_uuid=held.uuid, case_ref="skarga 7/2026", by=by)
    rule = retaining.add_rule(kept=CLIENT, event=GONE, months=12, basis="JRWA 5311, kat. B10", by=by)

    shown = queries.preview(by, rule, timezone.localdate())
    with pytest.raises(PreviewChanged):
        retaining.carry_out(rule_id=rule.pk, expected=9, by=by)
    gone = retaining.carry_out(rule_id=rule.pk, expected=2, by=by)

    assert (shown.due, shown.on_hold) == (2, 1)
    assert {line.local_id: line.on_hold for line in shown.lines} == {"L1": False, "L2": True, "L3": False}
    assert gone == 2
    left = SourceRecord.objects.filter(institution=there.labour, erased_at__isnull=True)
    assert set(left.values_list("local_id", flat=True)) == {"L2", "L4"}
    assert queries.preview(by, rule, timezone.localdate()).due == 0


def test_a_rule_counts_from_the_end_of_a_status_too():
    ended = timezone.localdate() - timedelta(days=800)
    there = town(own=row("L1", status="unemployed_with_benefit", status_to=ended))
    by = acting(overseer(there.labour))
    rule = retaining.add_rule(
        kept=CLIENT, event=KeptUntil.STATUS_ENDED, months=24, basis="regulamin, § 7", by=by
    )
    hidden(there.own)

    shown = queries.preview(by, rule, timezone.localdate())

    assert shown.due == 1
    assert [line.name for line in shown.lines] == [""]  # hidden from the reader, and counted all the same


def test_former_values_go_but_never_the_last_word_and_never_what_can_be_put_back():
    there = town(own=row("L1", last_name="Pierwsza"))
    by = acting(overseer(there.labour))
    bring_in(there.labour, row("L1", last_name="Druga"))
    bring_in(there.labour, row("L1", last_name="Trzecia"))
    for value in ("raz", "dwa", "trzy"):
        bring_in_facts(there.labour, fact("L1", FactKind.MEALS, value))
    for generation, value in ((2, "raz"), (3, "dwa")):  # as an import ends what a file no longer holds
        Fact.objects.filter(value=value).update(last_generation=generation)
    published(there.labour, 400)
    rule = retaining.add_rule(kept=HISTORY, event=REPLACED, months=12, basis="regulamin, § 7", by=by)

    due = queries.preview(by, rule, timezone.localdate()).due
    gone = retaining.carry_out(rule_id=rule.pk, expected=due, by=by)

    assert (due, gone) == (2, 2)
    names = RecordVersion.objects.filter(record=there.own).order_by("first_generation")
    assert list(names.values_list("last_name", flat=True)) == ["Druga", "Trzecia"]
    values = Fact.objects.filter(record=there.own).order_by("first_generation")
    assert list(values.values_list("value", flat=True)) == ["dwa", "trzy"]


def test_rules_are_written_by_those_who_watch_over_once_each_and_on_a_basis():
    there = town()
    by = acting(overseer(there.labour))
    rule = retaining.add_rule(kept=CLIENT, event=GONE, months=12, basis="JRWA 5311", by=by)

    refusals: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
        ({"by": acting(there.worker)}, NoSuchRule),
        ({"basis": "x"}, BasisMissing),
        ({"event": REPLACED}, EventDoesNotFit),
        ({}, RuleThereAlready),
    )
    for values, error in refusals:
        given_values: dict[str, Any] = {
            "kept": CLIENT,
            "event": GONE,
            "months": 6,
            "basis": "JRWA 5311",
            "by": by,
            **values,
        }
        with pytest.raises(error), transaction.atomic():
            retaining.add_rule(**given_values)
    with pytest.raises(NoSuchRule):
        retaining.remove_rule(rule_id=rule.pk, by=acting(overseer(there.welfare)))
    retaining.remove_rule(rule_id=rule.pk, by=by)
    assert not queries.rules_of(by).exists()


def test_rules_holds_and_erasures_on_screen():
    there = canary()
    desk = signed_in(member(there.labour, Role.IOD))
    values = {"kept": "client", "event": "not_in_register", "months": "12", "basis": "JRWA 5311"}
    assert desk.get("/nadzor/biurko/przechowywanie/").status_code == 200
    assert desk.post("/nadzor/biurko/przechowywanie/", values | {"basis": "x"}).status_code == 422
    assert desk.post("/nadzor/biurko/przechowywanie/", values).status_code == 302
    rule = f"/nadzor/biurko/przechowywanie/{queries.Rule.objects.get().pk}/"
    assert "0" in desk.get(rule).content.decode()
    assert desk.post(rule, {"count": "3"}).status_code == 422
    assert desk.get("/nadzor/biurko/przechowywanie/999999/").status_code == 404

    person = f"/nadzor/osoba/{there.own.uuid}/"
    assert desk.get(f"{person}wstrzymaj/").status_code == 200
    assert desk.post(f"{person}wstrzymaj/", {"case_ref": "x"}).status_code == 422
    assert desk.post(f"{person}wstrzymaj/", {"case_ref": "skarga 7/2026"}).status_code == 302
    refused = desk.post(f"{person}usun/", {"basis": BASIS, "sure": "on"})
    assert refused.status_code == 422
    hold = LegalHold.objects.get()
    assert "skarga 7/2026" in desk.get("/nadzor/biurko/przechowywanie/").content.decode()
    assert desk.post(f"/nadzor/biurko/wstrzymanie/{hold.pk}/koniec/").status_code == 302
    assert desk.post(f"/nadzor/biurko/wstrzymanie/{hold.pk}/koniec/").status_code == 404

    assert desk.get(f"{person}usun/").status_code == 200
    assert desk.post(f"{person}usun/", {"basis": BASIS}).status_code == 422
    assert desk.post(f"{person}usun/", {"basis": BASIS, "sure": "on"}).status_code == 302
    assert desk.get(f"{person}usun/").status_code == 404
    assert desk.get(f"{person}wstrzymaj/").status_code == 404
    assert str(there.own.uuid) in desk.get("/nadzor/biurko/przechowywanie/").content.decode()
    assert desk.post(f"{rule}usun/").status_code == 302
    assert desk.post(f"{rule}usun/").status_code == 404


def test_a_rule_is_carried_out_on_screen():
    there = town(own=row("L1"))
    bring_in(there.labour, row("L9"))
    published(there.labour, 400)
    by = acting(overseer(there.labour))
    rule = retaining.add_rule(kept=CLIENT, event=GONE, months=12, basis="JRWA 5311", by=by)
    desk = signed_in(overseer(there.labour))
    address = f"/nadzor/biurko/przechowywanie/{rule.pk}/"
    assert "L1" in desk.get(address).content.decode()

    assert desk.post(address, {"count": "1"}).status_code == 302

    assert Erasure.objects.count() == 1
