"""What an office does in a round: makes tokens, reads the reply, gives and opens fields. No database, no Django.

Only tokens, padded and shuffled, leave the office before people in common are known. Among them are rows of people
who do not exist: whoever tries numbers instead of sending clients will find them, and the office will know.
"""

import hmac
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spoiwo.discovery.errors import NotForThisRound, Unreadable
from spoiwo.discovery.rules import commitments, envelopes, padding
from spoiwo.discovery.rules.pair_keys import PairKey
from spoiwo.discovery.services.office import Memory, Office, records
from spoiwo.discovery.types import ALIAS_BYTES, TOKEN_BYTES, Level, Parcel, Reply, Row
from spoiwo.kernel.pesel import Pesel
from spoiwo.matching.services.tokens import tokens_of

CANARIES = 25
ALARM = 2  # canaries found: one may be a client by chance, two are not
_EXTRA = 40  # tokens of a row at most


@dataclass(frozen=True, slots=True)
class Prepared:
    """An envelope to be sent, what to remember of it, and how many records it was made of."""

    envelope: bytes
    memory: Memory
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """Own clients that the other office has too: (local_id, level, link); canaries: invented people it asked for."""

    found: Sequence[tuple[str, Level, str]]
    canaries: int

    @property
    def is_alarming(self) -> bool:
        """The other side sent numbers of people who do not exist."""
        return self.canaries >= ALARM

    @property
    def counts(self) -> tuple[int, int]:
        """How many own clients are certain, and how many are to be checked."""
        sure = len({local_id for local_id, level, _link in self.found if level is Level.SURE})
        return sure, len({local_id for local_id, _level, _link in self.found}) - sure


def prepare(office: Office, *, epoch: int, today: date) -> Prepared:
    """The tokens of the office's register for a round. Raises RegisterUnusable."""
    key = office.keys.shared(office.partner, agreement=office.agreement, epoch=epoch)
    own: list[tuple[str, list[tuple[int, bytes]]]] = []
    leaves = []
    secret = office.keys.own(f"commitment\x1f{office.agreement}\x1f{epoch}")
    for cells in records(office.register):
        own.append((cells["local_id"], keyed(key, cells)))
        leaves.append(_leaf(secret, cells))
    invented = [keyed(key, cells) for cells in _invented(today)]
    memory, rows = _aliased(own, invented)
    rows += padding.rows(rows, padding.bucket(len(rows)) - len(rows))
    secrets.SystemRandom().shuffle(rows)
    root = commitments.root(leaves)
    envelope = envelopes.pack(rows, agreement=office.agreement, epoch=epoch, root=root, keys=office.keys)
    return Prepared(envelope, memory, len(own))


def keyed(key: PairKey, cells: Mapping[str, str]) -> list[tuple[int, bytes]]:
    """The tokens of a record under the key of the two offices."""
    made = tokens_of(cells)[:_EXTRA]
    return [
        (place, hmac.digest(key.tokens, f"{place}\x1f{value}".encode(), "sha256")[:TOKEN_BYTES])
        for place, value in made
    ]


def read(office: Office, reply: Reply, memory: Memory) -> Common:
    """Who the people in common are. Raises NotForThisRound for a reply to somebody else's tokens."""
    if reply.agreement != office.agreement:
        raise NotForThisRound
    known = [one for one in reply.found if one.alias.hex() in memory.rows]
    canaries = sum(one.alias.hex() in memory.canaries for one in reply.found)
    if len(known) + canaries != len(reply.found):
        raise NotForThisRound
    found = sorted((memory.rows[one.alias.hex()], one.level, one.link) for one in known)
    return Common(found=found, canaries=canaries)


def parcel(office: Office, common: Common, *, epoch: int) -> Parcel:
    """The agreed fields of people surely in common, each sealed for the other office alone."""
    key = office.keys.shared(office.partner, agreement=office.agreement, epoch=epoch)
    links: dict[str, list[str]] = {}
    for local_id, level, link in common.found:
        if level is Level.SURE:
            links.setdefault(local_id, []).append(link)
    sealed = {}
    for cells in records(office.register):
        given = json.dumps({name: cells[name] for name in office.fields if name in cells}, ensure_ascii=False)
        for link in links.get(cells["local_id"], ()):
            sealed[link] = key.seal(given.encode(), link.encode())
    return Parcel(agreement=office.agreement, epoch=epoch, sealed=sealed)


def opened(office: Office, received: Parcel, common: Common) -> list[dict[str, str]]:
    """What the other office gives of people in common, beside the own local_id. Raises CannotOpen, NotForThisRound."""
    if received.agreement != office.agreement:
        raise NotForThisRound
    key = office.keys.shared(office.partner, agreement=office.agreement, epoch=received.epoch)
    mine = {link: local_id for local_id, _level, link in common.found}
    rows = []
    for link, sealed in received.sealed.items():
        if link not in mine:
            raise NotForThisRound
        given = json.loads(key.unseal(sealed, link.encode()))
        rows.append(
            {"local_id": mine[link], "link": link, **{f"partner_{name}": given[name] for name in given}}
        )
    return sorted(rows, key=lambda row: (row["local_id"], row["link"]))


def prove(office: Office, *, epoch: int, local_id: str) -> dict[str, object]:
    """What shows a data protection officer that a row was among those committed to; tells of no other row.

    Raises Unreadable when the register holds no such row, or was changed since.
    """
    secret = office.keys.own(f"commitment\x1f{office.agreement}\x1f{epoch}")
    rows = list(records(office.register))
    places = [place for place, cells in enumerate(rows) if cells["local_id"] == local_id]
    if not places:
        raise Unreadable
    shown = commitments.opening([_leaf(secret, cells) for cells in rows], places[0])
    return {
        "row": _canonical(rows[places[0]]),
        "salt": commitments.salt_of(secret, local_id).hex(),
        "place": shown.place,
        "path": [one.hex() for one in shown.path],
    }


def is_proved(root: str, proof: Mapping[str, object]) -> bool:
    """Whether a proof fits the commitment of an envelope. Raises Unreadable."""
    try:
        path = proof["path"]
        if not isinstance(path, list):
            raise Unreadable
        shown = commitments.Opening(int(str(proof["place"])), [bytes.fromhex(str(one)) for one in path])
        one = commitments.leaf(bytes.fromhex(str(proof["salt"])), str(proof["row"]))
        return commitments.holds(bytes.fromhex(root), one, shown)
    except (KeyError, ValueError) as error:
        raise Unreadable from error


def _leaf(secret: bytes, cells: Mapping[str, str]) -> bytes:
    return commitments.leaf(commitments.salt_of(secret, cells["local_id"]), _canonical(cells))


def _canonical(cells: Mapping[str, str]) -> str:
    return json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _aliased(
    own: Sequence[tuple[str, list[tuple[int, bytes]]]], invented: Sequence[list[tuple[int, bytes]]]
) -> tuple[Memory, list[Row]]:
    names, rows, canaries = {}, [], set()
    for local_id, tokens in own:
        alias = secrets.token_bytes(ALIAS_BYTES)
        names[alias.hex()] = local_id
        rows.append(Row(alias, tokens))
    for tokens in invented:
        alias = secrets.token_bytes(ALIAS_BYTES)
        canaries.add(alias.hex())
        rows.append(Row(alias, tokens))
    return Memory(rows=names, canaries=frozenset(canaries)), rows


def _invented(today: date) -> Iterator[dict[str, str]]:
    """People who do not exist, of working age; nobody but this office knows which."""
    for _ in range(CANARIES):
        born = today - timedelta(days=secrets.randbelow(40 * 365) + 20 * 365)
        month = born.month + (20 if born.year >= 2000 else 0)
        stem = f"{born.year % 100:02d}{month:02d}{born.day:02d}{secrets.randbelow(10_000):04d}"
        number = next(one for digit in range(10) if Pesel(one := f"{stem}{digit}").checksum_ok)
        yield {"pesel": number, "birth_date": born.isoformat(), "first_name": _word(), "last_name": _word()}


def _word() -> str:
    return "".join(secrets.choice("bdfgklmnprstwz") + secrets.choice("aeiouy") for _ in range(4))
