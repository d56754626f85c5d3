"""Data keys, sealed values and the blind index, composed from the `cryptography` library.

A data key belongs to one source record. It is wrapped by a master key; identifiers and sensitive
values of the record are sealed under it, so that destroying the wrapped key erases them everywhere,
backups included. The blind index is keyed by a key of its own: equal identifiers have equal entries,
and without the key nothing can be tried against them.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from spoiwo.kernel.errors import DomainError

KEY_BYTES = 32
NONCE_BYTES = 12


class CannotUnseal(DomainError):
    """The value was sealed under another key, was moved to another place, or was altered."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A data key in the clear (never stored) and wrapped (what is stored)."""

    plain: bytes
    wrapped: bytes


class KeyRing:
    """Master keys, newest first, and the key of the blind index; all of 32 bytes."""

    def __init__(self, *, master_keys: Sequence[bytes], index_key: bytes):
        if not master_keys or any(len(key) != KEY_BYTES for key in (*master_keys, index_key)):
            raise ValueError("master keys and the index key have 32 bytes each")
        self._masters = {hashlib.sha256(key).digest()[:4]: AESGCM(key) for key in master_keys}
        self._newest = hashlib.sha256(master_keys[0]).digest()[:4]
        self._index_key = index_key

    @property
    def master_ids(self) -> frozenset[bytes]:
        """Ids of the master keys: the first four bytes of everything they wrapped."""
        return frozenset(self._masters)

    def new_data_key(self) -> DataKey:
        """A fresh random data key, wrapped by the newest master key."""
        plain = os.urandom(KEY_BYTES)
        return DataKey(plain, self._wrap(plain))

    def unwrap(self, wrapped: bytes) -> bytes:
        """The data key in the clear. Raises CannotUnseal when no master key of the ring made it."""
        master = self._masters.get(bytes(wrapped[:4]))
        if master is None:
            raise CannotUnseal("the master key of this data key is not in the ring")
        return _open(master, bytes(wrapped[4:]), b"data-key")

    def rewrap(self, wrapped: bytes) -> bytes:
        """The same data key under the newest master key; unchanged when it is there already."""
        if bytes(wrapped[:4]) == self._newest:
            return bytes(wrapped)
        return self._wrap(self.unwrap(wrapped))

    def blind_index(self, kind: str, value: str) -> bytes:
        """16 bytes that are equal for equal (kind, value) and tell nothing without the index key."""
        return hmac.digest(self._index_key, f"{kind}\x1f{value}".encode(), "sha256")[:16]

    def blind_numbers(self, kind: str) -> Callable[[str], int]:
        """What blind_index does, for a kind of which there are millions: whole numbers of 64 bits, with a sign.

        Under a key of the kind's own, made from the index key.
        """
        keyed = hashlib.blake2b(
            key=hmac.digest(self._index_key, f"numbers\x1f{kind}".encode(), "sha256"), digest_size=8
        )

        def number(value: str) -> int:
            one = keyed.copy()
            one.update(value.encode())
            return int.from_bytes(one.digest(), "little", signed=True)

        return number

    def _wrap(self, plain: bytes) -> bytes:
        return self._newest + _seal(self._masters[self._newest], plain, b"data-key")


def seal(key: bytes, text: str, place: str) -> bytes:
    """Seal a text under a data key. `place` (for example "pesel") must be given again to open it."""
    return _seal(AESGCM(key), text.encode(), place.encode())


def unseal(key: bytes, sealed: bytes, place: str) -> str:
    """Open what `seal` made. Raises CannotUnseal when key, place or bytes differ."""
    return _open(AESGCM(key), bytes(sealed), place.encode()).decode()


def _seal(cipher: AESGCM, plain: bytes, place: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plain, place)


def _open(cipher: AESGCM, sealed: bytes, place: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
    except InvalidTag as error:
        raise CannotUnseal(place.decode()) from error
