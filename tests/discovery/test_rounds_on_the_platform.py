"""A round on the platform: begun under an agreement, joined blindly, emptied again; and its pages."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import SharingAgreement
from spoiwo.audit.models import AuditRecord
from spoiwo.discovery import queries
from spoiwo.discovery.errors import (
    AlreadySent,
    BadSignature,
    NoSuchAgreement,
    NoSuchRound,
    NotForThisRound,
    NotJoinedYet,
    OwnKeyTwice,
    RoundOpen,
    TooSoon,
    UnknownLinks,
)
from spoiwo.discovery.models import CommonPerson, Round, Sending
from spoiwo.discovery.rules import envelopes, joining
from spoiwo.discovery.services import connector, office, rounds
from spoiwo.discovery.services.office import Office
from spoiwo.discovery.tasks import end_lapsed, join
from spoiwo.discovery.types import Level, Parcel
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from tests.makers.access import agreement
from tests.makers.institutions import institution
from tests.makers.offices import number, offices, person, tokens_of
from tests.makers.reviewing import signed_in

pytestmark = pytest.mark.django_db

ANNA = {"pesel": number("8005031234"), "phone": "601000111"}
JAN = {"first_name": "Jan", "last_name": "Kowalski", "birth_date": "1975-01-09"}
EWA = {"first_name": "Ewa", "last_name": "Lis", "birth_date": "1991-12-30"}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


def registrar(holder: Institution) -> Actor:
    return Actor(user_id=7, institution_id=holder.pk, roles=frozenset({"registrar"}))


def parties(**fields: Any) -> tuple[Institution, Institution, SharingAgreement]:
    labour, welfare = institution(short_name="PUP Lewy"), institution(short_name="OPS Prawy")
    return labour, welfare, agreement(labour, welfare, **fields)


def begun(labour: Institution, welfare: Institution, signed: SharingAgreement) -> Round:
    return rounds.begin_round(agreement_id=signed.pk, partner_id=welfare.pk, by=registrar(labour))


def connectors(folder: Path, number_of_agreement: str) -> tuple[Office, Office]:
    return offices(
        folder,
        [person("L1", **ANNA), person("L2", **JAN)],
        [person("R1", **ANNA), person("R2", **EWA)],
        number_of_agreement,
    )


def joined(folder: Path) -> tuple[Institution, Institution, Round, tuple[Office, Office]]:
    """A round that both offices have sent tokens to and the worker has joined."""
    labour, welfare, signed = parties()
    found = begun(labour, welfare, signed)
    both = connectors(folder, signed.number)
    for one, holder in zip(both, (labour, welfare), strict=True):
        rounds.send_tokens(round_uuid=found.uuid, content=tokens_of(one), by=registrar(holder))
    join(str(found.uuid))
    found.refresh_from_db()
    return labour, welfare, found, both


def tokens_on_disk(folder: Path) -> list[Path]:
    return list((folder / "data" / "tokens").glob("*"))


def test_two_offices_learn_whom_they_share_and_the_platform_forgets_the_tokens(tmp_path: Path) -> None:
    labour, welfare, found, (one, other) = joined(tmp_path)

    mine = connector.read(
        one, rounds.reply_for(round_uuid=found.uuid, by=registrar(labour)), office.recall(one, 1)
    )
    theirs = connector.read(
        other, rounds.reply_for(round_uuid=found.uuid, by=registrar(welfare)), office.recall(other, 1)
    )

    assert [(local_id, level) for local_id, level, _link in mine.found] == [("L1", Level.SURE)]
    assert [(local_id, level) for local_id, level, _link in theirs.found] == [("R1", Level.SURE)]
    assert found.state == Round.State.JOINED
    assert tokens_on_disk(tmp_path) == []
    assert set(Sending.objects.values_list("wrapped_key", flat=True)) == {b""}


def test_nothing_about_people_not_in_common_is_held(tmp_path: Path) -> None:
    *_rest, (one, other) = joined(tmp_path)
    mine, theirs = office.recall(one, 1).rows, office.recall(other, 1).rows

    held = CommonPerson.objects.get()

    assert bytes(held.left_alias).hex() in mine
    assert bytes(held.right_alias).hex() in theirs
    assert bytes(held.left_gave) == bytes(held.right_gave) == b""


def test_agreed_fields_arrive_sealed_and_leave_with_the_person(tmp_path: Path) -> None:
    labour, welfare, found, (one, other) = joined(tmp_path)
    mine = connector.read(
        one, rounds.reply_for(round_uuid=found.uuid, by=registrar(labour)), office.recall(one, 1)
    )
    theirs = connector.read(
        other, rounds.reply_for(round_uuid=found.uuid, by=registrar(welfare)), office.recall(other, 1)
    )
    parcel = connector.parcel(one, mine, epoch=1)

    assert rounds.give_fields(round_uuid=found.uuid, parcel=parcel, by=registrar(labour)) == 1
    held = CommonPerson.objects.get()
    received = rounds.fields_for(round_uuid=found.uuid, by=registrar(welfare))

    assert b"Nowak" not in bytes(held.left_gave)
    assert connector.opened(other, received, theirs)[0]["partner_last_name"] == "Nowak"
    assert rounds.fields_for(round_uuid=found.uuid, by=registrar(labour)).sealed == {}

    rounds.withdraw_person(round_uuid=found.uuid, link=held.uuid, by=registrar(welfare))

    assert not CommonPerson.objects.exists()
    with pytest.raises(UnknownLinks):
        rounds.withdraw_person(round_uuid=found.uuid, link=held.uuid, by=registrar(welfare))
    with pytest.raises(UnknownLinks):
        rounds.give_fields(round_uuid=found.uuid, parcel=parcel, by=registrar(labour))


def test_steps_stand_in_both_logs_without_saying_whom_they_concern(tmp_path: Path) -> None:
    labour, welfare, found, (one, _other) = joined(tmp_path)
    rounds.reply_for(round_uuid=found.uuid, by=registrar(labour))
    rounds.end_round(round_uuid=found.uuid, by=registrar(labour))

    told = AuditRecord.objects.filter(object_ref=f"discovery:{found.uuid}").order_by("seq")

    for holder in (labour, welfare):
        outcomes = list(told.filter(institution_id=holder.pk).values_list("outcome", flat=True))
        assert outcomes == ["begun", "sent", "sent", "joined", "reply_read", "ended"]
    assert not told.filter(person__isnull=False).exists()
    assert one.agreement in set(told.values_list("agreement", flat=True))


def test_ending_a_round_deletes_all_it_holds(tmp_path: Path) -> None:
    labour, welfare, signed = parties()
    found = begun(labour, welfare, signed)
    one, _other = connectors(tmp_path, signed.number)
    rounds.send_tokens(round_uuid=found.uuid, content=tokens_of(one), by=registrar(labour))
    assert len(tokens_on_disk(tmp_path)) == 1

    rounds.end_round(round_uuid=found.uuid, by=registrar(welfare))

    found.refresh_from_db()
    assert (found.state, tokens_on_disk(tmp_path)) == (Round.State.ENDED, [])


def test_a_round_is_emptied_when_its_agreement_ends(tmp_path: Path) -> None:
    _labour, _welfare, found, _both = joined(tmp_path)
    assert rounds.end_lapsed(timezone.now()) == 0
    SharingAgreement.objects.update(valid_to=timezone.localdate() - timedelta(days=1))

    end_lapsed()

    found.refresh_from_db()
    assert found.state == Round.State.ENDED
    assert not CommonPerson.objects.exists()
    assert rounds.end_lapsed(timezone.now()) == 0


def test_joining_waits_for_both_and_happens_once(tmp_path: Path) -> None:
    labour, welfare, signed = parties()
    found = begun(labour, welfare, signed)
    one, _other = connectors(tmp_path, signed.number)
    rounds.send_tokens(round_uuid=found.uuid, content=tokens_of(one), by=registrar(labour))

    rounds.join_round(found.uuid)

    found.refresh_from_db()
    assert found.state == Round.State.WAITING
    with pytest.raises(NotJoinedYet):
        rounds.reply_for(round_uuid=found.uuid, by=registrar(labour))
    with pytest.raises(AlreadySent):
        rounds.send_tokens(round_uuid=found.uuid, content=tokens_of(one), by=registrar(labour))


def test_joining_again_changes_nothing(tmp_path: Path) -> None:
    _labour, _welfare, found, _both = joined(tmp_path)

    rounds.join_round(found.uuid)

    assert CommonPerson.objects.count() == 1


def test_a_round_that_was_ended_while_it_was_joined_stays_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labour, welfare, signed = parties()
    found = begun(labour, welfare, signed)
    for one, holder in zip(connectors(tmp_path, signed.number), (labour, welfare), strict=True):
        rounds.send_tokens(round_uuid=found.uuid, content=tokens_of(one), by=registrar(holder))
    join_rows = joining.join

    def ended_meanwhile(*rows: Any) -> Any:
        rounds.end_round(round_uuid=found.uuid, by=registrar(labour))
        return join_rows(*rows)

    monkeypatch.setattr(joining, "join", ended_meanwhile)

    rounds.join_round(found.uuid)

    found.refresh_from_db()
    assert found.state == Round.State.ENDED
    assert not CommonPerson.objects.exists()


def test_rounds_of_an_agreement_follow_one_another_at_a_distance(tmp_path: Path) -> None:
    labour, welfare, found, _both = joined(tmp_path)
    signed = SharingAgreement.objects.get()

    with pytest.raises(TooSoon) as refused:
        begun(labour, welfare, signed)
    Round.objects.update(joined_at=timezone.now() - timedelta(days=28))
    second = begun(welfare, labour, signed)

    assert refused.value.days == 28
    assert second.epoch == found.epoch + 1
    with pytest.raises(RoundOpen):
        begun(labour, welfare, signed)


def test_a_round_needs_an_agreement_with_the_partner_and_a_registrar() -> None:
    labour, welfare, signed = parties()
    stranger = institution()
    ended = agreement(labour, welfare, valid_to=timezone.localdate() - timedelta(days=1))
    director = Actor(user_id=7, institution_id=labour.pk, roles=frozenset({"director"}))

    for agreement_id, partner, by in (
        (signed.pk, stranger.pk, registrar(labour)),
        (signed.pk, labour.pk, registrar(labour)),
        (signed.pk, welfare.pk, registrar(stranger)),
        (ended.pk, welfare.pk, registrar(labour)),
        (signed.pk, welfare.pk, director),
    ):
        with pytest.raises(NoSuchAgreement):
            rounds.begin_round(agreement_id=agreement_id, partner_id=partner, by=by)
    assert not Round.objects.exists()


def test_tokens_of_others_or_for_others_are_refused(tmp_path: Path) -> None:
    labour, welfare, signed = parties()
    found = begun(labour, welfare, signed)
    one, other = connectors(tmp_path, signed.number)
    stranger = institution()

    with pytest.raises(NotForThisRound):
        rounds.send_tokens(round_uuid=found.uuid, content=tokens_of(one, 2), by=registrar(labour))
    with pytest.raises(NoSuchRound):
        rounds.send_tokens(round_uuid=found.uuid, content=tokens_of(one), by=registrar(stranger))
    rounds.send_tokens(round_uuid=found.uuid, content=tokens_of(one), by=registrar(labour))
    with pytest.raises(OwnKeyTwice):
        rounds.send_tokens(round_uuid=found.uuid, content=tokens_of(one), by=registrar(welfare))
    rounds.end_round(round_uuid=found.uuid, by=registrar(labour))
    again = begun(labour, welfare, signed)
    with pytest.raises(BadSignature):
        rounds.send_tokens(round_uuid=again.uuid, content=tokens_of(other, 2), by=registrar(labour))


def test_parcels_for_others_are_refused(tmp_path: Path) -> None:
    labour, _welfare, found, _both = joined(tmp_path)

    with pytest.raises(NotForThisRound):
        rounds.give_fields(
            round_uuid=found.uuid, parcel=Parcel(agreement="P/9", epoch=1), by=registrar(labour)
        )


def test_others_cannot_tell_that_a_round_exists(tmp_path: Path) -> None:
    labour, _welfare, found, _both = joined(tmp_path)
    stranger = institution()
    worker = Actor(user_id=7, institution_id=labour.pk, roles=frozenset({"case_worker"}))
    director = Actor(user_id=7, institution_id=labour.pk, roles=frozenset({"director"}))

    for actor in (registrar(stranger), worker):
        assert not CommonPerson.objects.visible_to(actor).exists()
        assert not Sending.objects.visible_to(actor).exists()
        with pytest.raises(NoSuchRound):
            queries.round_of(actor, found.uuid)
    with pytest.raises(NoSuchRound):
        rounds.reply_for(round_uuid=found.uuid, by=director)
    assert queries.round_of(director, found.uuid) == found
    assert CommonPerson.objects.visible_to(director).count() == 1


def upload(browser: Client, address: str, found: Round, content: bytes) -> Any:
    return browser.post(reverse(address, args=[found.uuid]), {"file": SimpleUploadedFile("f", content)})


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_registrars_go_through_a_round_on_its_pages(tmp_path: Path) -> None:
    labour, welfare, signed = parties()
    mine, theirs = signed_in(labour, Role.REGISTRAR), signed_in(welfare, Role.REGISTRAR)
    one, other = connectors(tmp_path, signed.number)

    offer = {"offer": f"{signed.pk}-{welfare.pk}"}
    begin = mine.post(reverse("discovery:list"), offer)
    found = Round.objects.get()
    again = mine.post(reverse("discovery:list"), offer)
    early = mine.get(reverse("discovery:reply", args=[found.uuid]))
    broken = upload(mine, "discovery:send", found, b"?")
    upload(mine, "discovery:send", found, tokens_of(one))
    upload(theirs, "discovery:send", found, tokens_of(other))
    join(str(found.uuid))
    page = mine.get(reverse("discovery:round", args=[found.uuid])).content.decode()
    told = mine.get(reverse("discovery:reply", args=[found.uuid]))
    common = connector.read(one, envelopes.read_reply(told.content), office.recall(one, 1))
    refused = upload(mine, "discovery:give", found, b"?")
    given = upload(
        mine, "discovery:give", found, envelopes.write_parcel(connector.parcel(one, common, epoch=1))
    )
    received = theirs.get(reverse("discovery:received", args=[found.uuid]))

    assert (begin.status_code, again.status_code, early.status_code) == (302, 422, 302)
    assert (broken.status_code, refused.status_code, given.status_code) == (422, 422, 302)
    assert "OPS Prawy" in page
    assert str(CommonPerson.objects.get().uuid) in page
    assert len(envelopes.read_parcel(received.content).sealed) == 1
    assert "PUP Lewy" in theirs.get(reverse("discovery:list")).content.decode()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_registrar_takes_a_person_out_and_ends_the_round(tmp_path: Path) -> None:
    labour, _welfare, found, _both = joined(tmp_path)
    browser = signed_in(labour, Role.REGISTRAR)
    link = CommonPerson.objects.get().uuid

    out = browser.post(reverse("discovery:withdraw", args=[found.uuid, link]))
    twice = browser.post(reverse("discovery:withdraw", args=[found.uuid, link]))
    asked = browser.get(reverse("discovery:end", args=[found.uuid]))
    done = browser.post(reverse("discovery:end", args=[found.uuid]))

    assert (out.status_code, twice.status_code) == (302, 404)
    assert (asked.status_code, done.status_code) == (200, 302)
    found.refresh_from_db()
    assert found.state == Round.State.ENDED


def test_who_only_watches_begins_nothing() -> None:
    labour, welfare, signed = parties()
    browser = signed_in(labour, Role.DIRECTOR)

    page = browser.get(reverse("discovery:list")).content.decode()
    answer = browser.post(reverse("discovery:list"), {"offer": f"{signed.pk}-{welfare.pk}"})

    assert "OPS Prawy" not in page
    assert answer.status_code == 404
    assert browser.get(reverse("discovery:round", args=[signed_uuid()])).status_code == 404


def signed_uuid() -> str:
    return "00000000-0000-7000-8000-000000000000"
