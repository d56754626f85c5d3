"""Keeping the keys by which records are found: blinded, stored beside the register, replaced when values change.

A key is a HMAC of what two records of one person may share; without the index key nothing can be tried against
it. Its lowest bits tell the kind of key, because kinds differ in how many records may share one.
"""

import re
import struct
import zlib
from collections.abc import Collection, Iterator, Sequence

from django.db import connection

from spoiwo.clients.queries import comparing
from spoiwo.clients.services.bulk import chunks, insert_rows
from spoiwo.clients.types import ComparedValues
from spoiwo.kernel.sealing import KeyRing
from spoiwo.matching.models import KeyedRecord, KeyedRegister, StoredKey
from spoiwo.matching.services.parts import part, reading
from spoiwo.matching.strategy import STRATEGY, Known, candidates, known, sought_keys, stored_keys
from spoiwo.toolkit.among import among
from spoiwo.toolkit.keys import key_ring

AT_ONCE = 400  # records whose keys are written in one transaction
MATCH = "match"  # kind of the blind index
_KINDS = (*candidates.KEYS, "part")
_PLACE = {kind: place for place, kind in enumerate(_KINDS)}
_KIND_BITS = 31
_KIND = re.compile("[a-z_]+")
# Part of what is stored: with other kinds, or other rules for making keys, all keys are made anew.
EDITION = f"{STRATEGY}-{zlib.crc32(' '.join(_KINDS).encode()):08x}"


def most_pairs(key: int) -> int:
    """How many pairs a key may make before it means nobody."""
    kind = _KINDS[key & _KIND_BITS]
    return candidates.KEYS[kind].cap if kind in candidates.KEYS else candidates.CAP


def keys_sought(one: Known) -> list[int]:
    """Blinded keys under which partners of the record are stored."""
    return blinded(key_ring(), sought_keys(one))


def blinded(ring: KeyRing, keys: Sequence[str]) -> list[int]:
    """Keys as whole numbers of 64 bits that tell nothing without the index key; the same for the same keys."""
    made = []
    for key in keys:
        place = _PLACE[_KIND.match(key)[0]]  # type: ignore[index]  # every key begins with its kind
        (number,) = struct.unpack("<q", ring.blind_index(MATCH, key)[:8])
        made.append((number & ~_KIND_BITS) | place)
    return sorted(set(made))


def keep_keys(institution_id: int) -> None:
    """Bring the stored keys in line with the register in force; costs nothing when they are."""
    with reading(institution_id):
        changed, gone, generation = _stale(institution_id)
    for records in chunks(gone, AT_ONCE):
        with part(institution_id):
            _replace(institution_id, records, [])
    for records in chunks(changed, AT_ONCE):
        with part(institution_id):
            _replace(institution_id, records, comparing.values_of_records(records))
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


def _replace(institution_id: int, records: Collection[int], values: Sequence[ComparedValues]) -> None:
    old = dict(KeyedRecord.objects.filter(among("record", records)).values_list("record_id", "keys"))
    if old:
        _delete(institution_id, old)
    ring = key_ring()
    made = [(one, blinded(ring, stored_keys(known(one.cells)))) for one in values]
    insert_rows(
        StoredKey,
        ("key", "institution_id", "record_id"),
        sorted((key, institution_id, one.record) for one, keys in made for key in keys),
    )
    insert_rows(
        KeyedRecord,
        ("record_id", "institution_id", "version", "keys"),
        [(one.record, institution_id, one.version, _packed(keys)) for one, keys in made],
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
