"""The arithmetic of a CMS signature (RFC 5652): that its signer's key signed a digest of exactly this content.

Reads only what the answer needs, and only DER; a signature in another encoding, or by an algorithm that nobody should
trust any more, is not reckoned and counts as unproved.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

_SEQUENCE, _SET, _OID = 0x30, 0x31, 0x06
_FIRST = 0xA0  # context tag [0]
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_SHA2: dict[bytes, tuple[str, hashes.HashAlgorithm]] = {
    bytes.fromhex("608648016503040201"): ("sha256", hashes.SHA256()),
    bytes.fromhex("608648016503040202"): ("sha384", hashes.SHA384()),
    bytes.fromhex("608648016503040203"): ("sha512", hashes.SHA512()),
}
_PSS = bytes.fromhex("2a864886f70d01010a")
_LONG = 0x80


class NotReckoned(Exception):
    """The signature is written in a way that is not read here."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One value of a DER structure: its tag, its content, and both as they stand."""

    tag: int
    content: bytes
    whole: bytes


def signed_by(
    cms: bytes, content: bytes, certificates: Sequence[x509.Certificate]
) -> x509.Certificate | None:
    """The certificate whose key signed the content, None when the reckoning does not come out.

    cms: the signature, possibly with room behind it; every signer in it must have signed. Raises NotReckoned.
    """
    try:
        outer = _parts(_one(cms).content)
        signers = _parts(_one(outer[1].content).content)[-1]
        found = [_signer(_parts(one.content), content, certificates) for one in _parts(signers.content)]
    except (
        IndexError,
        ValueError,
        UnsupportedAlgorithm,
    ) as error:  # something else stands where a part should be
        raise NotReckoned from error
    if not found:
        raise NotReckoned
    return None if None in found else found[0]


def _signer(
    parts: list[_Part], content: bytes, certificates: Sequence[x509.Certificate]
) -> x509.Certificate | None:
    _version, who, digest_algorithm, *rest = parts
    attributes = rest.pop(0) if rest and rest[0].tag == _FIRST else None
    algorithm, signature = rest[0], rest[1].content
    name, digest = _SHA2.get(_parts(digest_algorithm.content)[0].content, ("", None))
    if digest is None:
        raise NotReckoned
    certificate = _certificate(who, certificates)
    if certificate is None:
        return None
    said = content
    if attributes is not None:
        if _message_digest(attributes) != hashlib.new(name, content).digest():
            return None
        said = bytes([_SET]) + attributes.whole[1:]
    scheme = _parts(algorithm.content)[0].content
    return certificate if _holds(certificate.public_key(), signature, said, digest, scheme) else None


def _holds(key: Any, signature: bytes, said: bytes, digest: hashes.HashAlgorithm, scheme: bytes) -> bool:
    try:
        if isinstance(key, rsa.RSAPublicKey):
            pss = padding.PSS(padding.MGF1(digest), padding.PSS.AUTO)
            key.verify(signature, said, pss if scheme == _PSS else padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, said, ec.ECDSA(digest))
        else:
            raise NotReckoned
    except InvalidSignature:
        return False
    return True


def _certificate(who: _Part, certificates: Sequence[x509.Certificate]) -> x509.Certificate | None:
    """The certificate that the signer names by its issuer and number."""
    if who.tag != _SEQUENCE:
        raise NotReckoned
    issuer, number = _parts(who.content)
    serial = int.from_bytes(number.content, "big", signed=True)
    return next(
        (
            one
            for one in certificates
            if one.serial_number == serial and one.issuer.public_bytes() == issuer.whole
        ),
        None,
    )


def _message_digest(attributes: _Part) -> bytes:
    for attribute in _parts(attributes.content):
        kind, values = _parts(attribute.content)
        if (kind.tag, kind.content) == (_OID, _MESSAGE_DIGEST):
            return _one(values.content).content
    raise NotReckoned


def _one(der: bytes) -> _Part:
    """The first value. Raises NotReckoned."""
    if len(der) < 2:
        raise NotReckoned
    start, size = 2, der[1]
    if size == _LONG:  # of unknown length: BER
        raise NotReckoned
    if size > _LONG:
        start = 2 + size - _LONG
        size = int.from_bytes(der[2:start], "big")
    if len(der) < start + size:
        raise NotReckoned
    return _Part(der[0], der[start : start + size], der[: start + size])


def _parts(der: bytes) -> list[_Part]:
    found = []
    while der:
        found.append(_one(der))
        der = der[len(found[-1].whole) :]
    return found
