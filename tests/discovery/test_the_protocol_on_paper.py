"""Keys, envelopes, joining and commitments, without a platform."""

import base64
import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.discovery.errors import (
    BadSignature,
    CannotOpen,
    NotForThisRound,
    TooManyRows,
    Unreadable,
)
from spoiwo.discovery.rules import commitments, envelopes, joining, opening, padding
from spoiwo.discovery.rules.pair_keys import OfficeKeys, fingerprint, new_seed
from spoiwo.discovery.types import Found, Level, Match, Parcel, Reply, Row
from spoiwo.matching.services.tokens import KINDS, level

ONE, OTHER = OfficeKeys(b"1" * 32), OfficeKeys(b"2" * 32)
NUMBER, DAY, HOME = KINDS.index("number"), KINDS.index("names_day"), KINDS.index("names_home")


def envelope(*rows: Row, agreement: str = "P/1", epoch: int = 1, keys: OfficeKeys = ONE) -> bytes:
    return envelopes.pack(rows, agreement=agreement, epoch=epoch, root=b"r" * 32, keys=keys)


def a_row(alias: int, *tokens: tuple[int, int]) -> Row:
    return Row(alias.to_bytes(8, "big"), [(kind, value.to_bytes(10, "big")) for kind, value in tokens])


def test_two_offices_come_to_the_same_key_and_nobody_else_does() -> None:
    mine = ONE.shared(OTHER.public, agreement="P/1", epoch=1)

    assert mine == OTHER.shared(ONE.public, agreement="P/1", epoch=1)
    assert mine != OfficeKeys(b"3" * 32).shared(OTHER.public, agreement="P/1", epoch=1)


@pytest.mark.parametrize(("agreement", "epoch"), [("P/2", 1), ("P/1", 2)])
def test_another_agreement_or_another_round_has_another_key(agreement: str, epoch: int) -> None:
    usual = ONE.shared(OTHER.public, agreement="P/1", epoch=1)

    assert usual.tokens != ONE.shared(OTHER.public, agreement=agreement, epoch=epoch).tokens


def test_what_is_sealed_for_the_partner_opens_there_and_in_its_place_only() -> None:
    sealed = ONE.shared(OTHER.public, agreement="P/1", epoch=1).seal(b"Anna", b"link-1")
    theirs = OTHER.shared(ONE.public, agreement="P/1", epoch=1)

    assert theirs.unseal(sealed, b"link-1") == b"Anna"
    for wrong in ((sealed, b"link-2"), (sealed[:-1], b"link-1"), (b"", b"link-1")):
        with pytest.raises(CannotOpen):
            theirs.unseal(*wrong)


def test_a_fingerprint_is_short_enough_to_be_read_aloud() -> None:
    assert len(fingerprint(ONE.public)) == 29
    assert fingerprint(ONE.public) != fingerprint(OTHER.public)
    assert new_seed() != new_seed()


@given(drawn=st.lists(st.lists(st.integers(0, 255), max_size=5), max_size=5))
@settings(max_examples=30, deadline=None)
def test_an_envelope_is_read_as_it_was_written(drawn: list[list[int]]) -> None:
    rows = [a_row(at, *((kind, kind + at) for kind in kinds)) for at, kinds in enumerate(drawn)]

    read = envelopes.unpack(envelope(*rows), most_rows=20)

    assert read.rows == rows
    assert read.header.rows == len(rows)
    assert envelopes.bytes_of(read.header.signer) == ONE.public


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
@settings(max_examples=60, deadline=None)
def test_an_altered_envelope_is_refused(place: int, bit: int) -> None:
    good = envelope(a_row(1, (0, 5), (3, 7)), a_row(2, (0, 6)))
    at = place % len(good)
    bad = good[:at] + bytes((good[at] ^ (1 << bit),)) + good[at + 1 :]

    with pytest.raises((Unreadable, BadSignature)):
        envelopes.unpack(bad, most_rows=10)


@pytest.mark.parametrize("cut", [1, 5, 30, 200])
def test_an_envelope_that_was_cut_off_is_refused(cut: int) -> None:
    with pytest.raises((Unreadable, BadSignature)):
        envelopes.unpack(envelope(a_row(1, (0, 5)))[:-cut], most_rows=10)


def signed(body: bytes, **header: object) -> bytes:
    """An envelope with this body and header, with a right signature all the same."""

    whole = {
        "format": envelopes.MAGIC, "agreement": "P/1", "epoch": 1, "signer": envelopes.text_of(ONE.public),
        "rows": 1, "root": "00", "body": hashlib.sha256(body).hexdigest(), **header,
    }  # fmt: skip
    line = json.dumps({name: value for name, value in whole.items() if value is not None}).encode()
    return line + b"\n" + base64.b64encode(ONE.sign(line)) + b"\n" + body


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"[]\n\n", id="no header"),
        pytest.param(b"x" * 5000, id="endless header"),
        pytest.param(signed(b"12345678\x01", rows=1), id="a token is missing"),
        pytest.param(signed(b"12345678", rows=1), id="no count of tokens"),
        pytest.param(signed(b"12345678\x00", rows=2), id="fewer rows than told"),
        pytest.param(signed(b"12345678\x00", rows="many"), id="rows are no number"),
        pytest.param(signed(b"12345678\x00", epoch=None), id="no round"),
        pytest.param(signed(b"12345678\x00", signer="AAAA"), id="short key"),
        pytest.param(signed(b"12345678\x00", signer="?"), id="no key"),
        pytest.param(signed(b"12345678\x00", format="other"), id="another format"),
    ],
)
def test_what_is_no_envelope_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        envelopes.unpack(content, most_rows=10)


def test_a_signature_of_somebody_else_is_refused() -> None:
    line, _, rest = envelope(a_row(1)).partition(b"\n")
    theirs = envelopes.text_of(OTHER.sign(line)).encode()

    with pytest.raises(BadSignature):
        envelopes.unpack(line + b"\n" + theirs + b"\n" + rest.partition(b"\n")[2], most_rows=10)


def test_more_rows_than_allowed_are_refused() -> None:
    with pytest.raises(TooManyRows):
        envelopes.unpack(envelope(a_row(1), a_row(2)), most_rows=1)


def test_an_envelope_counts_for_its_round_and_its_office_only() -> None:
    header = envelopes.unpack(envelope(a_row(1)), most_rows=1).header

    envelopes.check_round(header, agreement="P/1", epoch=1, signer=ONE.public)
    envelopes.check_round(header, agreement="P/1", epoch=1)
    for agreement, epoch in (("P/2", 1), ("P/1", 2)):
        with pytest.raises(NotForThisRound):
            envelopes.check_round(header, agreement=agreement, epoch=epoch)
    with pytest.raises(BadSignature):
        envelopes.check_round(header, agreement="P/1", epoch=1, signer=OTHER.public)


def test_replies_and_parcels_are_read_as_they_were_written() -> None:
    reply = Reply(agreement="P/1", epoch=2, found=[Found(b"12345678", Level.SURE, "link")])
    parcel = Parcel(agreement="P/1", epoch=2, sealed={"link": b"\x00\x01"})

    assert envelopes.read_reply(envelopes.write_reply(reply)) == reply
    assert envelopes.read_parcel(envelopes.write_parcel(parcel)) == parcel
    envelopes.check_parcel(parcel, agreement="P/1", epoch=2)
    with pytest.raises(NotForThisRound):
        envelopes.check_parcel(parcel, agreement="P/1", epoch=3)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b'{"format": "%s"}', b'{"format": "%s", "found": [1], "sealed": 3}']
)
def test_what_is_no_reply_and_no_parcel_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        envelopes.read_reply(content.replace(b"%s", envelopes.REPLY.encode()))
    with pytest.raises(Unreadable):
        envelopes.read_parcel(content.replace(b"%s", envelopes.PARCEL.encode()))


def test_rows_meet_by_tokens_and_the_strategy_says_what_it_means() -> None:
    left = [a_row(1, (DAY, 5), (HOME, 9)), a_row(2, (NUMBER, 6)), a_row(3, (HOME, 7))]
    right = [
        a_row(11, (DAY, 5), (HOME, 9)),
        a_row(12, (NUMBER, 6)),
        a_row(13, (HOME, 7)),
        a_row(14, (DAY, 99)),
    ]

    found = joining.join(left, right, level)

    assert found == [
        Match((1).to_bytes(8, "big"), (11).to_bytes(8, "big"), Level.SURE),
        Match((2).to_bytes(8, "big"), (12).to_bytes(8, "big"), Level.POSSIBLE),
    ]


def test_a_token_that_many_rows_have_tells_nobody_apart() -> None:
    many = [a_row(at, (DAY, 5)) for at in range(joining.SHARED_BY + 1)]

    assert joining.join(many, [a_row(100, (DAY, 5))], level) == []
    assert joining.join([a_row(100, (DAY, 5))], many, level) == []
    assert len(joining.join(many[:-1], [a_row(100, (DAY, 5))], level)) == joining.SHARED_BY


@given(
    count=st.integers(1, 40),
    place=st.integers(0, 39),
)
@settings(max_examples=40, deadline=None)
def test_a_commitment_opens_for_each_row_and_for_no_other(count: int, place: int) -> None:
    leaves = [commitments.leaf(commitments.salt_of(b"s" * 32, str(at)), f"row {at}") for at in range(count)]
    root, at = commitments.root(leaves), place % count

    shown = commitments.opening(leaves, at)

    assert commitments.holds(root, leaves[at], shown)
    assert not commitments.holds(root, commitments.leaf(b"t" * 32, f"row {at}"), shown)


def test_an_empty_register_can_be_committed_to() -> None:
    assert len(commitments.root([])) == 32


@pytest.mark.parametrize(("count", "size"), [(0, 500), (500, 500), (501, 625), (626, 781)])
def test_sizes_are_filled_up_to_steps(count: int, size: int) -> None:
    assert padding.bucket(count) == size


def test_filling_looks_like_rows_and_repeats_none() -> None:
    true = [a_row(1, (NUMBER, 5), (DAY, 6))]

    made = padding.rows(true, 50)

    assert {tuple(kind for kind, _ in row.tokens) for row in made} == {(NUMBER, DAY)}
    assert len({row.alias for row in made} | {digest for row in made for _, digest in row.tokens}) == 150
    assert padding.rows([], 1)[0].tokens == []


NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "days"),
    [
        (None, 0),
        (NOW, 28),
        (NOW - timedelta(days=27, hours=1), 1),
        (NOW - timedelta(days=28), 0),
        (NOW - timedelta(days=90), 0),
    ],
)
def test_rounds_of_an_agreement_keep_their_distance(last: datetime | None, days: int) -> None:
    assert opening.days_to_wait(last, NOW) == days


@pytest.mark.parametrize(
    ("state", "valid_from", "valid_to", "is_so"),
    [
        ("active", date(2026, 1, 1), None, True),
        ("active", date(2026, 1, 1), date(2026, 11, 20), True),
        ("active", date(2026, 1, 1), date(2026, 11, 19), False),
        ("active", date(2026, 11, 21), None, False),
        ("draft", date(2026, 1, 1), None, False),
    ],
)
def test_an_agreement_holds_when_signed_and_on_its_days(
    state: str, valid_from: date, valid_to: date | None, is_so: bool
) -> None:
    assert opening.holds(state, valid_from, valid_to, date(2026, 11, 20)) is is_so
