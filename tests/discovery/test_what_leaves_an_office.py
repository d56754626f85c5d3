"""The connector at an office: what it sends, what it reads, and that nothing about anybody else crosses."""

import json
from pathlib import Path

import pytest

from spoiwo.discovery.errors import BadConfiguration, CannotOpen, NotForThisRound, Unreadable
from spoiwo.discovery.rules import envelopes, joining
from spoiwo.discovery.services import connector, office
from spoiwo.discovery.services.office import Office
from spoiwo.discovery.types import Found, Level, Match, Parcel, Reply
from spoiwo.matching.services.tokens import level
from tests.makers.offices import AGREEMENT, TODAY, number, offices, person, tokens_of

ANNA = {"pesel": number("8005031234"), "phone": "601000111"}
JAN = {
    "first_name": "Jan",
    "last_name": "Kowalski",
    "birth_date": "1975-01-09",
    "pesel": number("7501094321"),
}
EWA = {"first_name": "Ewa", "last_name": "Lis", "birth_date": "1991-12-30", "phone": "602333444"}


def broker(left: bytes, right: bytes) -> list[Match]:
    """What the platform does with two envelopes."""
    rows = [envelopes.unpack(one, most_rows=10_000).rows for one in (left, right)]
    return joining.join(rows[0], rows[1], level)


def replies(matches: list[Match]) -> tuple[Reply, Reply]:
    """What each side is told."""
    left = [Found(one.left, one.level, f"link-{at}") for at, one in enumerate(matches)]
    right = [Found(one.right, one.level, f"link-{at}") for at, one in enumerate(matches)]
    return (
        Reply(agreement=AGREEMENT, epoch=1, found=left),
        Reply(agreement=AGREEMENT, epoch=1, found=right),
    )


def compared(folder: Path) -> tuple[Office, Office, tuple[Reply, Reply]]:
    """An office with Anna and Jan, another with Anna and Ewa, after a round."""
    one, other = offices(
        folder, [person("L1", **ANNA), person("L2", **JAN)], [person("R1", **ANNA), person("R2", **EWA)]
    )
    return one, other, replies(broker(tokens_of(one), tokens_of(other)))


def test_both_offices_learn_whom_they_share(tmp_path: Path) -> None:
    one, other, (mine, theirs) = compared(tmp_path)

    left = connector.read(one, mine, office.recall(one, 1))
    right = connector.read(other, theirs, office.recall(other, 1))

    assert left.found == [("L1", Level.SURE, "link-0")]
    assert right.found == [("R1", Level.SURE, "link-0")]
    assert not left.is_alarming


def test_nothing_of_people_not_in_common_reaches_the_other_side(tmp_path: Path) -> None:
    one, other, (mine, theirs) = compared(tmp_path)
    sent = envelopes.unpack((envelope := tokens_of(one)), most_rows=10_000)
    aliases = set(office.recall(one, 1).rows)

    crosses = envelopes.write_reply(theirs) + envelopes.write_parcel(
        connector.parcel(one, connector.read(one, mine, _memory_of(mine, "L1")), epoch=1)
    )

    for alias in aliases:
        assert alias.encode() not in crosses
        assert bytes.fromhex(alias) not in crosses
    for row in sent.rows:
        for _kind, digest in row.tokens:
            assert digest not in crosses
            assert digest.hex().encode() not in crosses
    for clear in (JAN["pesel"], ANNA["pesel"], "Kowalski", "Nowak", "1975-01-09", "601000111"):
        assert clear.encode() not in crosses
        assert clear.encode() not in envelope.partition(b"\n")[2].partition(b"\n")[2]
    assert other.keys.public not in crosses


def _memory_of(reply: Reply, local_id: str) -> office.Memory:
    return office.Memory(rows={one.alias.hex(): local_id for one in reply.found}, canaries=frozenset())


def test_an_envelope_tells_neither_size_nor_order(tmp_path: Path) -> None:
    few, more = offices(tmp_path, [person("L1", **ANNA)], [person(f"R{at}", **JAN) for at in range(400)])

    sizes = {len(envelopes.unpack(tokens_of(one), most_rows=10_000).rows) for one in (few, more)}

    assert sizes == {500}


def test_tokens_of_two_rounds_have_nothing_in_common(tmp_path: Path) -> None:
    one, _other = offices(tmp_path, [person("L1", **ANNA)], [])

    first, second = (envelopes.unpack(tokens_of(one, epoch), most_rows=10_000) for epoch in (1, 2))

    tokens = [{token for row in sent.rows for token in row.tokens} for sent in (first, second)]
    assert tokens[0].isdisjoint(tokens[1])
    assert first.header.root != second.header.root


def test_a_platform_without_the_key_cannot_try_numbers(tmp_path: Path) -> None:
    one, other = offices(tmp_path, [person("L1", **ANNA)], [person("R1", **ANNA)])
    stranger = office.begin(tmp_path / "stranger", agreement=AGREEMENT)
    tokens = {token for row in envelopes.unpack(tokens_of(one), most_rows=1000).rows for token in row.tokens}

    tried = connector.keyed(
        stranger.shared(other.keys.public, agreement=AGREEMENT, epoch=1), person("X", **ANNA)
    )
    right = connector.keyed(
        other.keys.shared(one.keys.public, agreement=AGREEMENT, epoch=1), person("X", **ANNA)
    )

    assert tokens.isdisjoint(tried)
    assert tokens.issuperset(right)


def test_whoever_asks_for_invented_people_is_found_out(tmp_path: Path) -> None:
    one, _other = offices(tmp_path, [person("L1", **ANNA)], [])
    memory = connector.prepare(one, epoch=1, today=TODAY).memory
    asked = [
        Found(bytes.fromhex(alias), Level.POSSIBLE, f"link-{alias}") for alias in sorted(memory.canaries)
    ]

    by_chance = connector.read(one, Reply(agreement=AGREEMENT, epoch=1, found=asked[:1]), memory)
    tried = connector.read(one, Reply(agreement=AGREEMENT, epoch=1, found=asked[:2]), memory)

    assert len(memory.canaries) == connector.CANARIES
    assert not by_chance.is_alarming
    assert tried.is_alarming
    assert tried.found == []


def test_agreed_fields_open_at_the_other_office_only(tmp_path: Path) -> None:
    one, other, (mine, theirs) = compared(tmp_path)
    left = connector.read(one, mine, office.recall(one, 1))
    right = connector.read(other, theirs, office.recall(other, 1))

    parcel = connector.parcel(one, left, epoch=1)

    assert connector.opened(other, parcel, right) == [
        {
            "local_id": "R1",
            "link": "link-0",
            "partner_first_name": "Anna",
            "partner_last_name": "Nowak",
            "partner_phone": "601000111",
        }
    ]
    moved = Parcel(agreement=AGREEMENT, epoch=1, sealed={"link-0": b"x" * 40})
    with pytest.raises(CannotOpen):
        connector.opened(other, moved, right)


def test_fields_are_given_of_certain_people_only(tmp_path: Path) -> None:
    one, _other = offices(tmp_path, [person("L1", **ANNA), person("L2", **JAN)], [])
    common = connector.Common(found=[("L1", Level.POSSIBLE, "a"), ("L2", Level.SURE, "b")], canaries=0)

    assert set(connector.parcel(one, common, epoch=1).sealed) == {"b"}


def test_answers_to_somebody_else_are_refused(tmp_path: Path) -> None:
    one, _other, (mine, theirs) = compared(tmp_path)
    memory = office.recall(one, 1)
    common = connector.read(one, mine, memory)

    with pytest.raises(NotForThisRound):
        connector.read(one, theirs, memory)
    with pytest.raises(NotForThisRound):
        connector.read(one, Reply(agreement="P/9", epoch=1, found=[]), memory)
    with pytest.raises(NotForThisRound):
        connector.opened(one, Parcel(agreement="P/9", epoch=1), common)
    with pytest.raises(NotForThisRound):
        connector.opened(one, Parcel(agreement=AGREEMENT, epoch=1, sealed={"unknown": b""}), common)


def test_an_officer_sees_that_a_row_was_in_the_register(tmp_path: Path) -> None:
    one, _other = offices(tmp_path, [person("L1", **ANNA), person("L2", **JAN), person("L3", **EWA)], [])
    root = envelopes.unpack(tokens_of(one), most_rows=1000).header.root

    proof = json.loads(json.dumps(connector.prove(one, epoch=1, local_id="L2")))

    assert connector.is_proved(root, proof)
    assert not connector.is_proved(root, proof | {"row": str(proof["row"]).replace("Jan", "Jerzy")})
    assert "Nowak" not in json.dumps(proof)
    with pytest.raises(Unreadable):
        connector.prove(one, epoch=1, local_id="L9")
    broken: dict[str, object]
    for broken in ({}, proof | {"path": "no list"}, proof | {"salt": "?"}):
        with pytest.raises(Unreadable):
            connector.is_proved(root, broken)


def test_a_configuration_says_which_entry_is_wrong(tmp_path: Path) -> None:
    one, _other = offices(tmp_path, [], [])
    path = one.folder / office.CONFIGURATION
    good = path.read_text(encoding="utf-8")

    for wrong, entry in (
        (good.replace(f'agreement = "{AGREEMENT}"', "agreement = 7"), "agreement"),
        (good.replace('partner = "', 'partner = "?'), "partner"),
        (good.replace('partner = "', 'partner = "AAAA" #'), "partner"),
        (good.replace('fields = ["first_name"', "fields = [1"), "fields"),
        (good.replace("fields = [", 'fields = "x" # ['), "fields"),
        (good.replace('platform = ""', "platform = 7"), "platform"),
        ("no toml", office.CONFIGURATION),
    ):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(BadConfiguration) as refused:
            office.load(path)
        assert refused.value.what == entry
    with pytest.raises(BadConfiguration):
        office.load(tmp_path / "absent.toml")


def test_a_key_is_never_written_over_and_must_be_whole(tmp_path: Path) -> None:
    one, _other = offices(tmp_path, [], [])

    with pytest.raises(FileExistsError):
        office.begin(one.folder, agreement=AGREEMENT)
    assert (one.folder / office.KEY).stat().st_mode & 0o077 == 0
    for text in ("?", "AAAA"):
        (one.folder / office.KEY).write_text(text)
        with pytest.raises(BadConfiguration):
            office.own_keys(one.folder)
    with pytest.raises(BadConfiguration):
        office.recall(one, 5)
