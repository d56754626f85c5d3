"""Keeping the keys by which records are found: blinded, stored beside the register, replaced when values change.

A key is a keyed digest of what two records of one person may share; without the index key nothing can be tried against
it. Its lowest bits tell the kind of key, because kinds differ in how many records may share one.
"""

import struct
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from spoiwo.clients.queries import comparing
from spoiwo.clients.services.bulk import insert_rows
from spoiwo.kernel.sealing import KeyRing
from spoiwo.matching.models import KeyedRecord, KeyedRegister, StoredKey
from spoiwo.matching.services.parts import part, reading
from spoiwo.matching.strategy import STRATEGY, Known, candidates, known, sought_keys, stored_keys
from spoiwo.matching.strategy.keys import ONE_SIDED, UNTOLD
from spoiwo.toolkit.among import among
from spoiwo.toolkit.keys import key_ring
from spoiwo.toolkit.pace import Pace

PARTS = (500, 250, 4000)  # records whose keys are written in one transaction: the first, at least, at most
MATCH = "match"  # kind of the blind index
_KINDS = (*candidates.KEYS, "part")
_PLACE = {kind: place for place, kind in enumerate(_KINDS)}
_KIND_BITS = 31
_PLACE |= {f"{kind}{UNTOLD}": _PLACE[kind] for kind in ONE_SIDED}
# Part of what is stored: with other kinds, or other rules for making keys, all keys are made anew.
EDITION = f"{STRATEGY}-{zlib.crc32(' '.join((*_KINDS, 'blake2')).encode()):08x}"


class _Keys(NamedTuple):
    """Blinded keys of a record and the values they were made from."""

    record: int
    version: int
    keys: list[int]


def most_pairs(key: int) -> int:
    """How many pairs a key may make before it means nobody."""
    kind = _KINDS[key & _KIND_BITS]
    return candidates.KEYS[kind].cap if kind in candidates.KEYS else candidates.CAP


def keys_sought(one: Known) -> list[int]:
    """Blinded keys under which partners of the record are stored."""
    return _blinder(key_ring())(sought_keys(one))


def _blinder(ring: KeyRing) -> Callable[[Iterable[str]], list[int]]:
    """Makes keys into whole numbers of 64 bits that tell nothing without the index key; equal ones into equal ones."""
    number = ring.blind_numbers(MATCH)

    def blind(keys: Iterable[str]) -> list[int]:
        return sorted({(number(key) & ~_KIND_BITS) | _PLACE[key.partition(":")[0]] for key in keys})

    return blind


def are_kept(institution_id: int) -> bool:
    """Whether the stored keys are in line with the register in force."""
    generation = comparing.generation_in_force(institution_id)
    return KeyedRegister.objects.filter(
        institution_id=institution_id, generation=generation, strategy=EDITION
    ).exists()


def keep_keys(institution_id: int) -> None:
    """Bring the stored keys in line with the register in force; costs nothing when they are."""
    with reading(institution_id):
        changed, gone, generation = _stale(institution_id)
    pace = Pace(*PARTS)
    for records in _portions([*gone, *changed], pace):
        with reading(institution_id):
            made = _made(institution_id, records)
        with part(institution_id), pace.kept():
            _replace(institution_id, records, made)
    with part(institution_id):
        KeyedRegister.objects.update_or_create(
            institution_id=institution_id, defaults={"generation": generation, "strategy": EDITION}
        )


def _stale(institution_id: int) -> tuple[list[int], list[int], int]:
    """Records whose keys must be made, records whose keys must go, and the generation in force."""
    generation = comparing.generation_in_force(institution_id)
    state = KeyedRegister.objects.filter(institution_id=institution_id).first()
    if state is not None and state.strategy == EDITION and state.generation <= generation:
        bounds = {"later_than": state.generation, "up_to": generation}
        gone = comparing.vanished_records(institution_id, **bounds)
        return comparing.records_changed(institution_id, **bounds), gone, generation
    keyed = dict(
        KeyedRecord.objects.filter(institution_id=institution_id).values_list("record_id", "version")
    )
    held = comparing.versions_in_force(institution_id)
    if state is not None and state.strategy != EDITION:
        keyed = dict.fromkeys(keyed, 0)
    changed = sorted(record for record, version in held.items() if keyed.get(record) != version)
    return changed, sorted(keyed.keys() - held.keys()), generation


def _portions(records: Sequence[int], pace: Pace) -> Iterator[Sequence[int]]:
    at = 0
    while at < len(records):
        size = pace.size
        yield records[at : at + size]
        at += size


def _made(institution_id: int, records: Sequence[int]) -> list[_Keys]:
    """The keys of those of these records that the register in force holds; nobody need wait meanwhile."""
    blind = _blinder(key_ring())
    return [
        _Keys(one.record, one.version, blind(stored_keys(known(one.cells))))
        for one in comparing.values_of_records(records)
        if one.institution == institution_id
    ]


def _replace(institution_id: int, records: Collection[int], made: Sequence[_Keys]) -> None:
    old = dict(KeyedRecord.objects.filter(among("record", records)).values_list("record_id", "keys"))
    if old:
        _delete(institution_id, old)
    held = comparing.records_held(one.record for one in made)  # one may have been erased since they were made
    made = [one for one in made if one.record in held]
    insert_rows(
        StoredKey,
        ("key", "institution_id", "record_id"),
        sorted((key, institution_id, one.record) for one in made for key in one.keys),
    )
    insert_rows(
        KeyedRecord,
        ("record_id", "institution_id", "version", "keys"),
        [(one.record, institution_id, one.version, _packed(one.keys)) for one in made],
    )


def _delete(institution_id: int, old: dict[int, bytes]) -> None:
    rows = [(key, institution_id, record) for record, keys in old.items() for key in _unpacked(bytes(keys))]
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM matching_storedkey WHERE key = %s AND institution_id = %s AND record_id = %s", rows
        )
    KeyedRecord.objects.filter(among("record", list(old))).delete()


def _packed(keys: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(keys)}q", *keys)


def _unpacked(text: bytes) -> Iterator[int]:
    return (key for (key,) in struct.iter_unpack("<q", text))
