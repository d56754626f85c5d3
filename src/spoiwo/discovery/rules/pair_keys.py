"""Keys of an office, and the key that two offices share without ever sending it.

Each office holds one seed. From it come a key for signing (Ed25519) and one for agreeing on secrets (X25519). What two
offices agree on is bound to their agreement and to the round, so that tokens of two rounds cannot be compared.
"""

import hashlib
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from spoiwo.discovery.errors import BadSignature, CannotOpen

SEED_BYTES = 32
PUBLIC_BYTES = 64  # of signing, then of agreeing
_NONCE = 12


def new_seed() -> bytes:
    """The secret of an office."""
    return os.urandom(SEED_BYTES)


def fingerprint(public: bytes) -> str:
    """What two offices read to each other over the telephone before they trust a key."""
    digits = hashlib.sha256(public).hexdigest()[:24]
    return " ".join(digits[at : at + 4] for at in range(0, 24, 4))


class OfficeKeys:
    """The keys that follow from a seed."""

    def __init__(self, seed: bytes):
        self._seed = seed
        self._signing = Ed25519PrivateKey.from_private_bytes(_derived(seed, b"signing"))
        self._agreeing = X25519PrivateKey.from_private_bytes(_derived(seed, b"agreeing"))

    @property
    def public(self) -> bytes:
        """What others may know."""
        return self._signing.public_key().public_bytes_raw() + self._agreeing.public_key().public_bytes_raw()

    def sign(self, text: bytes) -> bytes:
        """The office's signature."""
        return self._signing.sign(text)

    def shared(self, partner: bytes, *, agreement: str, epoch: int) -> "PairKey":
        """The key of the two offices for one round of their agreement; the partner works out the same."""
        secret = self._agreeing.exchange(X25519PublicKey.from_public_bytes(partner[32:]))
        both = b"".join(sorted((self.public, partner)))
        return PairKey(_derived(secret, f"pair\x1f{agreement}\x1f{epoch}".encode(), salt=both))

    def own(self, purpose: str) -> bytes:
        """A secret of the office alone."""
        return _derived(self._seed, f"own\x1f{purpose}".encode())


def check_signature(public: bytes, signature: bytes, text: bytes) -> None:
    """Raises BadSignature."""
    try:
        Ed25519PublicKey.from_public_bytes(public[:32]).verify(signature, text)
    except (InvalidSignature, ValueError) as error:
        raise BadSignature from error


@dataclass(frozen=True, slots=True)
class PairKey:
    """What two offices share for one round."""

    secret: bytes

    @property
    def tokens(self) -> bytes:
        """For tokens."""
        return _derived(self.secret, b"tokens")

    def seal(self, text: bytes, place: bytes) -> bytes:
        """Seal for the partner. place: must be given again to open it."""
        nonce = os.urandom(_NONCE)
        return nonce + AESGCM(_derived(self.secret, b"fields")).encrypt(nonce, text, place)

    def unseal(self, sealed: bytes, place: bytes) -> bytes:
        """Open what the partner sealed. Raises CannotOpen."""
        try:
            return AESGCM(_derived(self.secret, b"fields")).decrypt(sealed[:_NONCE], sealed[_NONCE:], place)
        except (InvalidTag, ValueError) as error:
            raise CannotOpen from error


def _derived(secret: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=purpose).derive(secret)
