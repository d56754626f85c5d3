"""A connector that sends and fetches by itself: known by its key, heard once, as far as its registrar may go."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.discovery.errors import NoSuchRound, NotForThisRound, PlatformRefused, WhichRound
from spoiwo.discovery.models import CommonPerson, Connector, Round
from spoiwo.discovery.rules import codes, envelopes, requests
from spoiwo.discovery.rules.requests import Step
from spoiwo.discovery.services import connecting, connector, rounds, syncing
from spoiwo.discovery.services.asking_platform import PATH, Platform
from spoiwo.discovery.services.office import Office
from spoiwo.discovery.tasks import join
from spoiwo.institutions.models import Authorisation, Institution, Membership
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from tests.makers.access import agreement
from tests.makers.institutions import acting, institution, member
from tests.makers.offices import TODAY, number, offices, person, write_register

pytestmark = pytest.mark.django_db

ANNA = {"pesel": number("8005031234"), "phone": "601000111"}
JAN = {
    "first_name": "Jan",
    "last_name": "Kowalski",
    "birth_date": "1975-01-09",
    "pesel": number("7501094321"),
}
EWA = {"first_name": "Ewa", "last_name": "Lis", "birth_date": "1991-12-30"}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"


def carry(content: bytes) -> bytes:
    """Bring a request to the platform of this process."""
    answer = Client().post(
        PATH, content, content_type="application/octet-stream", headers={"accept-language": "en"}
    )
    if answer.status_code != 200:
        raise PlatformRefused(answer.content.decode())
    return answer.content


def connected(own: Office, by: Actor) -> Platform:
    """The platform after the connector came forward with the registrar's code."""
    platform = Platform(own, carry)
    platform.ask(Step.CONNECT, connecting.offer_code(by=by).encode())
    return platform


class Pair:
    """Two offices with an agreement, a comparison that waits, and connectors that came forward."""

    def __init__(self, folder: Path):
        self.labour, self.welfare = institution(short_name="PUP Lewy"), institution(short_name="OPS Prawy")
        self.registrar = acting(member(self.labour, Role.REGISTRAR))
        self.other = acting(member(self.welfare, Role.REGISTRAR))
        self.signed = agreement(self.labour, self.welfare)
        self.round = rounds.begin_round(
            agreement_id=self.signed.pk, partner_id=self.welfare.pk, by=self.registrar
        )
        self.mine, self.theirs = offices(
            folder,
            [person("L1", **ANNA), person("L2", **JAN)],
            [person("R1", **ANNA), person("R2", **EWA), person("R3", **JAN)],
            self.signed.number,
        )
        self.here, self.there = connected(self.mine, self.registrar), connected(self.theirs, self.other)

    def visit(self, day: date = TODAY) -> tuple[syncing.Visit, syncing.Visit]:
        """Both connectors visit the platform once, and its worker does what waits."""
        both = syncing.sync(self.mine, self.here, today=day), syncing.sync(self.theirs, self.there, today=day)
        join(str(self.round.uuid))
        return both


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def held(own: Office, name: str) -> Path:
    return own.folder / "round-1" / name


def test_two_visits_of_each_office_carry_a_comparison_from_start_to_end(pair: Pair) -> None:
    sent = pair.visit()
    first = pair.visit()
    second = pair.visit()
    third = pair.visit()

    assert [one.done for one in sent] == ["sent", "sent"]
    assert [one.records for one in sent] == [2, 3]
    assert first[0].common
    assert first[0].common.counts == (2, 0)
    assert [one.received for one in first] == [0, 2]  # whoever comes first finds nothing given yet
    assert [(one.done, one.received) for one in second] == [("joined", 2), ("unchanged", 0)]
    assert [one.done for one in third] == ["unchanged", "unchanged"]
    assert "Kowalski" in held(pair.theirs, syncing.RECEIVED).read_text(encoding="utf-8")
    assert "Lis" not in held(pair.mine, syncing.RECEIVED).read_text(encoding="utf-8")


def test_what_leaves_the_comparison_leaves_the_offices(pair: Pair) -> None:
    for _ in range(3):
        pair.visit()
    mine = {row["local_id"]: row["link"] for row in read_table(held(pair.mine, syncing.COMMON))}

    rounds.withdraw_person(
        round_uuid=pair.round.uuid, link=CommonPerson.objects.get(uuid=mine["L1"]).uuid, by=pair.other
    )
    pair.visit()

    assert [row["local_id"] for row in read_table(held(pair.mine, syncing.RECEIVED))] == ["L2"]

    rounds.end_round(round_uuid=pair.round.uuid, by=pair.other)
    ended = pair.visit()

    assert [one.done for one in ended] == ["ended", "ended"]
    assert list((pair.mine.folder / "round-1").iterdir()) == []


def read_table(path: Path) -> list[dict[str, str]]:
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(header.split(","), row.split(","), strict=True)) for row in rows]


def test_offices_with_nobody_in_common_give_nothing(pair: Pair) -> None:
    write_register(pair.mine.register, [person("L9", first_name="Zofia", birth_date="1962-07-30")])

    pair.visit()
    pair.visit()

    assert not CommonPerson.objects.exists()
    assert [held(one, syncing.COMMON).read_text() for one in (pair.mine, pair.theirs)] == [
        "local_id,level,link\n"
    ] * 2
    assert not AuditRecord.objects.filter(outcome="fields_given").exists()


def test_an_office_that_came_first_waits(pair: Pair) -> None:
    syncing.sync(pair.mine, pair.here, today=TODAY)

    assert syncing.sync(pair.mine, pair.here, today=TODAY).done == "waiting"


def test_invented_people_stop_the_visit_before_anything_is_given(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connector, "_invented", lambda _today: iter([JAN, ANNA | EWA]))
    write_register(pair.mine.register, [person("L9", **EWA)])
    pair.visit()

    visit = syncing.sync(pair.mine, pair.here, today=TODAY)

    assert visit.common
    assert visit.common.is_alarming
    assert not held(pair.mine, syncing.COMMON).exists()
    assert set(CommonPerson.objects.values_list("left_gave", "right_gave")) == {(b"", b"")}


def test_without_a_comparison_a_visit_does_nothing_and_with_several_partners_it_asks_which(
    pair: Pair,
) -> None:
    third = institution(short_name="PCPR Trzeci")
    Round.objects.create(
        agreement=pair.signed,
        agreement_number=pair.signed.number,
        epoch=1,
        left_institution=pair.labour,
        right_institution=third,
        opened_at=timezone.now(),
    )

    with pytest.raises(WhichRound) as several:
        syncing.sync(pair.mine, pair.here, today=TODAY)
    named = replace(pair.mine, institution="OPS Prawy")
    nobody = replace(pair.mine, institution="MOPS Inny")

    assert several.value.names == "OPS Prawy, PCPR Trzeci"
    assert syncing.sync(nobody, pair.here, today=TODAY).done == "nothing"
    assert syncing.sync(named, pair.here, today=TODAY).done == "sent"


def test_a_reply_of_another_comparison_is_refused(pair: Pair) -> None:
    pair.visit()

    def mixed_up(content: bytes) -> bytes:
        told = carry(content)
        return told.replace(b'"epoch": 1', b'"epoch": 2') if envelopes.REPLY.encode() in told else told

    with pytest.raises(NotForThisRound):
        syncing.sync(pair.mine, Platform(pair.mine, mixed_up), today=TODAY)


def request(own: Office, step: Step = Step.STANDING, **told: Any) -> bytes:
    now = round(timezone.now().timestamp() * 1000)
    values: dict[str, Any] = {"agreement": own.agreement, "round_uuid": None, "at": now, "keys": own.keys}
    body = told.pop("body", b"")
    return requests.write(step, body, **values | told)


def refused(content: bytes) -> str:
    with pytest.raises(PlatformRefused) as error:
        carry(content)
    return error.value.reason


def test_a_request_counts_once_and_only_while_it_is_fresh(pair: Pair) -> None:
    asked = request(pair.mine)
    ahead = round((timezone.now() + timedelta(minutes=11)).timestamp() * 1000)

    carry(asked)

    assert "second time" in refused(asked)
    assert "second time" in refused(request(pair.mine, at=ahead))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{}\n\n", id="another format"),
        pytest.param(b'{"format": "spoiwo-request-1"}\n\n', id="half a head"),
        pytest.param(b"x" * 3000 + b"\n\n", id="an endless line"),
    ],
)
def test_what_is_no_request_is_refused(content: bytes) -> None:
    assert "damaged" in refused(content)


def test_a_request_altered_on_the_way_is_refused(pair: Pair) -> None:
    line, signature, _ = request(pair.mine, Step.GIVE, round_uuid=pair.round.uuid).split(b"\n")
    short = json.loads(line) | {"signer": "AAAA"}

    assert "not signed" in refused(line + b"\n" + signature + b"\nmore")
    assert "not signed" in refused(line.replace(b"give", b"tokens") + b"\n" + signature + b"\n")
    assert "damaged" in refused(json.dumps(short).encode() + b"\n" + signature + b"\n")


def test_refusals_of_a_step_come_as_sentences(pair: Pair) -> None:
    for step, uuid, sentence in (
        (Step.REPLY, pair.round.uuid, "not been compared yet"),
        (Step.REPLY, uuid4(), "no such comparison"),
        (Step.RECEIVED, None, "no such comparison"),
        (Step.TOKENS, pair.round.uuid, "damaged"),
    ):
        assert sentence in refused(request(pair.mine, step, round_uuid=uuid))


def test_the_platform_speaks_polish_unless_asked_otherwise() -> None:
    answer = Client().post(
        PATH, b"", content_type="application/octet-stream", headers={"accept-language": "xx"}
    )

    assert answer.status_code == 422
    assert "plik" in answer.content.decode()


def test_a_key_that_never_came_forward_or_was_disconnected_is_unknown(pair: Pair) -> None:
    connecting.disconnect(by=pair.registrar)

    assert "does not know" in refused(request(pair.mine))
    with pytest.raises(NoSuchRound):
        connecting.disconnect(by=pair.registrar)


@pytest.mark.parametrize("what", ["role", "membership", "account", "institution"])
def test_a_connector_stops_when_its_registrar_is_none_any_more(pair: Pair, what: str) -> None:
    if what == "role":
        Authorisation.objects.filter(membership__user_id=pair.registrar.user_id).update(role=Role.DIRECTOR)
    elif what == "membership":
        Membership.objects.filter(user_id=pair.registrar.user_id).update(suspended_at=timezone.now())
    elif what == "account":
        Connector.objects.filter(by_user_id=pair.registrar.user_id).update(by_user_id=0)
    else:  # works elsewhere as a registrar, and here no more
        Membership.objects.filter(user_id=pair.registrar.user_id).update(institution=institution())

    assert "does not know" in refused(request(pair.mine))


def test_a_code_works_once_for_an_hour_and_for_one_office(pair: Pair) -> None:
    code = connecting.offer_code(by=pair.registrar).encode()
    fresh = offices(pair.mine.folder / "fresh", [], [])[0]

    assert "does not know" in refused(request(pair.mine))  # a new code takes the place of the old connector
    assert "code is wrong" in refused(request(fresh, Step.CONNECT, body=b"AAAA-BBBB-CCCC"))
    assert "same key" in refused(request(pair.theirs, Step.CONNECT, body=code))
    Connector.objects.filter(public="").update(offered_at=timezone.now() - codes.LASTS)
    assert "code is wrong" in refused(request(fresh, Step.CONNECT, body=code))
    Connector.objects.filter(public="").update(offered_at=timezone.now())
    carry(request(fresh, Step.CONNECT, body=code.lower().replace(b"-", b" ")))
    assert "code is wrong" in refused(request(fresh, Step.CONNECT, body=code))


def test_connecting_is_a_registrars_business_and_on_record(pair: Pair) -> None:
    director = acting(member(pair.labour, Role.DIRECTOR))

    for act in (connecting.offer_code, connecting.disconnect):
        with pytest.raises(NoSuchRound):
            act(by=director)
    connecting.disconnect(by=pair.registrar)

    told = AuditRecord.objects.filter(object_ref="discovery:connector", institution_id=pair.labour.pk)
    assert list(told.order_by("seq").values_list("outcome", flat=True)) == [
        "connector_code",
        "connector_connected",
        "connector_disconnected",
    ]


def browser_of(holder: Institution, role: Role) -> Client:
    client = Client()
    client.force_login(member(holder, role).user)
    return client


def test_a_registrar_connects_and_disconnects_on_the_page(tmp_path: Path) -> None:
    labour = institution()
    mine, _ = offices(tmp_path, [], [])
    browser, page = browser_of(labour, Role.REGISTRAR), reverse("discovery:connector")
    before = browser.get(page).content.decode()

    browser.post(page)
    shown = browser.get(page)
    code = shown.context["code"]
    carry(request(mine, Step.CONNECT, body=code.encode()))
    after = browser.get(page).content.decode()

    assert "spoiwo connector" not in before
    assert code in shown.content.decode()
    assert code not in after
    assert shown.context["connector"].code == codes.digest_of(code)
    assert envelopes.text_of(mine.keys.public) == Connector.objects.get().public

    leaving = reverse("discovery:disconnect")
    assert browser.get(leaving).status_code == 200
    assert browser.post(leaving).status_code == 302
    assert browser.get(leaving).status_code == 404
    assert browser.post(leaving).status_code == 404


def test_a_director_sees_whether_it_is_connected_and_nothing_more(pair: Pair) -> None:
    browser, page = browser_of(pair.labour, Role.DIRECTOR), reverse("discovery:connector")

    shown = browser.get(page)

    assert shown.context["fingerprint"] in shown.content.decode()
    assert browser.post(page).status_code == 404
    assert not Connector.objects.visible_to(acting(member(pair.labour, Role.CASE_WORKER))).exists()
