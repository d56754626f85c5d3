"""A file that empties the register: told before, typed to confirm, and put back afterwards, as often as one likes."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Relation
from spoiwo.audit import queries as audit
from spoiwo.audit.models import AuditRecord
from spoiwo.clients.models import CommonClient, Extract, Fact, RecordVersion, RegisterState, SourceRecord
from spoiwo.clients.queries import opening, takeout
from spoiwo.clients.services import restoring as steps
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange import errors
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.services import deciding, pipeline, restoring
from spoiwo.exchange.types import ImportState
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.toolkit.context import acting_for
from tests.makers.access import agreement
from tests.makers.exchange import csv_bytes, imported, received, registrar, row
from tests.makers.institutions import institution, member
from tests.makers.registers import pesels

pytestmark = pytest.mark.django_db
NUMBERS = pesels(6)
HEADERS = ["local_id", "first_name", "last_name", "pesel", "birth_date", "phone"]


def people(*numbers: int, **cells: str) -> bytes:
    """A file with these people, each with a PESEL of their own."""
    rows = [row(f"A-{number}", pesel=NUMBERS[number], **cells) for number in numbers]
    return csv_bytes(rows, headers=HEADERS)


def in_force(office: Institution) -> list[Any]:
    """Everything the register holds, without the generations it came with."""
    with acting_for(office.pk):
        return sorted(takeout.rows_in_force(office.pk), key=lambda one: one.local_id)


def newest(office: Institution) -> RegisterImport:
    return RegisterImport.objects.filter(institution=office).latest("pk")


def restore(office: Institution) -> RegisterImport:
    """Put back what was there before the newest import; without a worker it is done at once."""
    return restoring.restore_former(import_uuid=newest(office).uuid, by=registrar(office.pk, 7))


def emptied(folder) -> tuple[Institution, list[Any], list[Any]]:
    """An office whose six people became one, who got a phone; what was in force before and after."""
    office = institution()
    imported(people(0, 1, 2, 3, 4, 5), office.pk, folder)
    before = in_force(office)
    imported(people(0, phone="600100200"), office.pk, folder, accept_vanishing=True)
    return office, before, in_force(office)


def test_what_was_in_force_before_is_in_force_again_and_that_can_be_undone(tmp_path):
    office, before, after = emptied(tmp_path)

    restore(office)
    restored = in_force(office)
    restore(office)
    undone = in_force(office)

    assert (len(before), len(after)) == (6, 1)
    assert restored == before
    assert undone == after
    assert RegisterState.objects.get(pk=office.pk).generation == 4
    figures = RegisterImport.objects.order_by("-pk").values_list("new", "changed", "unchanged", "vanished")
    assert list(figures[:2]) == [(0, 1, 0, 5), (5, 1, 0, 0)]


def test_history_keeps_every_state_and_sealed_numbers_open(tmp_path):
    office, _before, _after = emptied(tmp_path)

    restore(office)

    versions = RecordVersion.objects.filter(record__local_id="A-0").order_by("first_generation")
    spans = [(one.first_generation, min(one.last_generation, 99), one.phone) for one in versions]
    assert spans == [(1, 2, ""), (2, 3, "600100200"), (3, 99, "")]
    assert {opening.own_pesel(one) for one in versions} == {NUMBERS[0]}


def test_common_clients_come_back_with_their_links_and_relations(tmp_path):
    office, partner = institution(), institution()
    agreement(office, partner)
    imported(people(0, 1, 2), partner.pk, tmp_path)
    imported(people(0, 1, 2, 3, 4), office.pk, tmp_path)
    served = set(CommonClient.objects.values_list("record__local_id", "institution_id"))
    imported(people(3), office.pk, tmp_path, accept_vanishing=True)
    lost = CommonClient.objects.count()

    restore(office)

    assert (len(served), lost) == (6, 0)
    assert set(CommonClient.objects.values_list("record__local_id", "institution_id")) == served
    known = Relation.objects.filter(institution=office, valid_to__isnull=True)
    assert known.count() == 5


def test_facts_are_put_back_and_taken_away_again(tmp_path):
    office = institution()
    imported(people(0, 1), office.pk, tmp_path)
    facts = [
        {"local_id": f"A-{number}", "category": "life_situation", "kind": "housing", "value": "own"}
        for number in (0, 1)
    ]
    imported(csv_bytes(facts), office.pk, tmp_path, kind=RegisterKind.FACTS)
    imported(csv_bytes(facts[:1]), office.pk, tmp_path, kind=RegisterKind.FACTS, accept_vanishing=True)

    def held() -> set[str]:
        return set(Fact.objects.current().values_list("record__local_id", flat=True))

    fewer = held()
    restore(office)
    more = held()
    restore(office)

    assert (fewer, more, held()) == ({"A-0"}, {"A-0", "A-1"}, {"A-0"})
    assert len(in_force(office)) == 2


def test_it_is_on_record_who_restored_and_the_chain_holds(tmp_path):
    office, _before, _after = emptied(tmp_path)

    restore(office)

    entries = AuditRecord.objects.filter(institution_id=office.pk, outcome="restored").order_by("seq")
    assert [entry.action for entry in entries] == ["import_started", "import_published"]
    assert all(entry.actor for entry in entries)
    assert audit.verify().breaches == ()
    client_log = {"action": "import_published"}
    page = _browser(office, Role.SUPERVISOR).get(reverse("oversight:access_log"), client_log).content.decode()
    assert "Przywrócenie poprzedniego stanu rejestru" in page.split("<tbody>")[1]


def test_it_is_offered_only_for_the_newest_import_that_had_one_before_it(tmp_path):
    office = institution()
    first = imported(people(0, 1), office.pk, tmp_path).import_uuid
    second = imported(people(0, 1, 2), office.pk, tmp_path).import_uuid
    third = imported(people(0, 1, 3), office.pk, tmp_path, accept_vanishing=True).import_uuid
    browser = _browser(office, Role.REGISTRAR)

    offered = {uuid: "Przywróć poprzedni stan" in _page(browser, uuid) for uuid in (first, second, third)}
    refused = browser.post(reverse("exchange:restore", args=[second]))

    assert offered == {first: False, second: False, third: True}
    assert refused.status_code == 422
    assert "wczytano nowszy plik" in refused.content.decode()
    assert Extract.objects.count() == 3


def test_while_another_file_is_on_its_way_nothing_is_restored(tmp_path):
    office, _before, after = emptied(tmp_path)
    received(people(0, 1), office.pk)

    with pytest.raises(errors.NothingToRestore):
        restoring.restore_former(
            import_uuid=RegisterImport.objects.earliest("-generation").uuid, by=registrar(office.pk)
        )

    assert in_force(office) == after


def test_two_who_restore_at_once_restore_once(tmp_path, monkeypatch):
    office, _before, _after = emptied(tmp_path)
    stale = restoring.former_state(newest(office))
    received(people(0, 1), office.pk)  # got in between looking and beginning
    monkeypatch.setattr(restoring, "former_state", lambda _found: stale)
    wanted = RegisterImport.objects.filter(generation=2).get()

    with pytest.raises(errors.ImportUnderWay):
        restoring.restore_former(import_uuid=wanted.uuid, by=registrar(office.pk))


@pytest.mark.parametrize("who", ["stranger", "supervisor"])
def test_only_the_own_registrar_restores(tmp_path, who):
    office, _before, after = emptied(tmp_path)
    actor = registrar(institution().pk)
    if who == "supervisor":
        actor = type(actor)(user_id=1, institution_id=office.pk, roles=frozenset({"supervisor"}))

    with pytest.raises(errors.NoSuchImport):
        restoring.restore_former(import_uuid=newest(office).uuid, by=actor)

    assert in_force(office) == after


def test_restoring_that_was_cut_off_is_taken_up_again(tmp_path, monkeypatch):
    office, before, after = emptied(tmp_path)
    monkeypatch.setattr(steps, "AT_ONCE", 2)
    bring_back, calls = steps.bring_back_what_went, []

    def breaking(**place):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("power cut")
        return bring_back(**place)

    monkeypatch.setattr(steps, "bring_back_what_went", breaking)
    begun = restoring.restore_former(import_uuid=newest(office).uuid, by=registrar(office.pk), enqueue=False)

    with pytest.raises(RuntimeError):
        pipeline.run_import(begun.uuid)
    halfway = in_force(office)
    pipeline.run_import(begun.uuid)

    assert halfway == after
    assert in_force(office) == before


def test_stopping_it_halfway_leaves_everything_as_it_was(tmp_path, monkeypatch):
    office, _before, after = emptied(tmp_path)
    counted = RecordVersion.objects.count()
    begun = restoring.restore_former(import_uuid=newest(office).uuid, by=registrar(office.pk), enqueue=False)

    def broken(*_args, **_kwargs):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(restoring, "publish_extract", broken)
        with pytest.raises(RuntimeError):
            pipeline.run_import(begun.uuid)
    deciding.stop_import(import_uuid=begun.uuid, by=registrar(office.pk))

    begun.refresh_from_db()
    assert begun.state == ImportState.CANCELLED
    assert in_force(office) == after
    assert RecordVersion.objects.count() == counted


def test_erased_people_stay_away(tmp_path):
    office, _before, _after = emptied(tmp_path)
    SourceRecord.objects.filter(local_id="A-3").update(erased_at=timezone.now())

    restore(office)

    back = RecordVersion.objects.current().values_list("record__local_id", flat=True)
    assert set(back) == {"A-0", "A-1", "A-2", "A-4", "A-5"}


def test_a_restored_file_counts_as_the_file_in_force(tmp_path):
    office, _before, _after = emptied(tmp_path)
    restore(office)

    again = imported(people(0, 1, 2, 3, 4, 5), office.pk, tmp_path)

    assert again.already_imported


def test_the_page_says_who_would_be_lost_and_wants_the_number(tmp_path):
    office, partner = institution(), institution()
    agreement(office, partner)
    imported(people(0, 1), partner.pk, tmp_path)
    imported(people(0, 1, 2, 3, 4), office.pk, tmp_path)
    found = received(people(4), office.pk)
    browser = _browser(office, Role.REGISTRAR)
    address = reverse("exchange:take_in", args=[found.uuid])

    page = _page(browser, found.uuid)
    refusals = [browser.post(address, data) for data in ({}, {"vanishing": "3"}, {"accept_vanishing": "yes"})]
    browser.post(address, {"vanishing": " 4 "})

    found.refresh_from_db()
    assert "4 klienci z Waszego rejestru nie będą już obsługiwani. 2 z nich to wspólni klienci" in page
    assert "wpisz 4" in page
    assert [one.status_code for one in refusals] == [422, 422, 422]
    assert "Wpisz 4, żeby potwierdzić" in refusals[0].content.decode()
    assert (found.state, found.common_lost) == (ImportState.DONE, 2)


def test_losing_less_than_half_is_ticked_and_says_when_nobody_is_common(tmp_path):
    office = institution()
    imported(people(0, 1, 2, 3), office.pk, tmp_path)
    found = received(people(0, 1, 2), office.pk)

    page = _page(_browser(office, Role.REGISTRAR), found.uuid)

    assert "1 klient z Waszego rejestru nie będzie już obsługiwany. Nikt z nich nie jest wspólnym" in page
    assert 'name="accept_vanishing"' in page
    assert 'name="vanishing"' not in page


def test_common_clients_no_agreement_shares_any_more_are_not_counted(tmp_path):
    office, partner = institution(), institution()
    terms = agreement(office, partner)
    imported(people(0, 1), partner.pk, tmp_path)
    imported(people(0, 1, 2), office.pk, tmp_path)
    terms.valid_to = date(2026, 1, 1)
    terms.save()

    found = received(people(2), office.pk)

    found.refresh_from_db()
    assert (found.vanished, found.common_lost) == (2, 0)


def test_facts_that_would_go_are_called_facts(tmp_path):
    office = institution()
    imported(people(0, 1), office.pk, tmp_path)
    facts = [
        {"local_id": f"A-{number}", "category": "life_situation", "kind": "housing", "value": "own"}
        for number in (0, 1)
    ]
    imported(csv_bytes(facts), office.pk, tmp_path, kind=RegisterKind.FACTS)
    found = received(csv_bytes(facts[:1]), office.pk, kind=RegisterKind.FACTS)

    page = _page(_browser(office, Role.REGISTRAR), found.uuid)

    assert "1 obowiązujący fakt przestanie obowiązywać." in page


def test_the_pages_of_a_restored_state_say_what_it_is(tmp_path):
    office, _before, _after = emptied(tmp_path)
    browser = _browser(office, Role.REGISTRAR)

    answer = browser.post(reverse("exchange:restore", args=[newest(office).uuid]), follow=True)
    listed = browser.get(reverse("exchange:list")).content.decode()

    page = answer.content.decode()
    assert "Poprzedni stan znów obowiązuje</h1>" in page
    assert "To nie jest nowy plik" in page
    assert "Przywróć poprzedni stan" in page  # it is undone in the same way
    assert "przywrócono poprzedni stan" in listed


def _browser(office: Institution, *roles: Role):
    browser = Client()
    browser.force_login(member(office, *roles).user)
    return browser


def _page(browser: Client, uuid: UUID) -> str:
    return browser.get(reverse("exchange:import", args=[uuid])).content.decode()
