"""Whether a file that came back carries a signature over the document that was prepared.

What is checked: the form of the signature (PAdES, CAdES, XAdES), that it speaks of exactly the prepared bytes, whose
certificate is inside, the arithmetic of the signature, whether the certificate comes from an issuer on the
installation's list, and whether it stands on one of the lists of revoked ones that the installation keeps. Nothing is
asked over the network: an installation without lists says so, and the file can be handed to a validation service.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from spoiwo.enquiries.errors import (
    BrokenSignature,
    NotSignedFile,
    RevokedCertificate,
    SignatureOfSomethingElse,
)
from spoiwo.enquiries.rules import cms as reckoning
from spoiwo.enquiries.rules import xmldsig
from spoiwo.enquiries.rules.issuers import comes_from, revocation_of
from spoiwo.enquiries.types import Proof, Revocation, SignatureForm, Signed

UNREADABLE = (ValueError, UnsupportedAlgorithm, x509.InvalidVersion)  # what a strange certificate raises
BIGGEST = 10_000_000  # bytes of a signed file
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_DIGESTS = ("sha256", "sha384", "sha512")
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_XADES = "http://uri.etsi.org/01903/"
_PEM = b"-----BEGIN"
_LONG_FORM = 0x80


@dataclass(frozen=True, slots=True)
class Issuers:
    """Certificates of issuers that the installation trusts, none when it keeps no list, and the moment of checking.

    revoked: lists of revoked certificates, as their issuers publish them.
    """

    listed: Sequence[x509.Certificate]
    at: datetime
    revoked: Sequence[x509.CertificateRevocationList] = ()


def check_signed(original: bytes, signed: bytes, issuers: Issuers) -> Signed:
    """What was found in the file.

    Raises NotSignedFile, SignatureOfSomethingElse, BrokenSignature, RevokedCertificate.
    """
    if signed.startswith(b"%PDF-"):
        return _pades(original, signed, issuers)
    if signed.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _xades(original, signed, issuers)
    return _cades(original, signed, issuers)


def _pades(original: bytes, signed: bytes, issuers: Issuers) -> Signed:
    """The last signature of a PDF: it must cover the whole file, which must begin with the prepared one."""
    ranges = list(_RANGE.finditer(signed))
    if not ranges:
        raise NotSignedFile
    start, first, second, rest = (int(number) for number in ranges[-1].groups())
    whole = start == 0 and first <= second and second + rest == len(signed)
    if not whole or not signed.startswith(original) or first < len(original):
        raise SignatureOfSomethingElse
    try:
        cms = binascii.unhexlify(signed[first:second].strip(b"<> \r\n"))
    except binascii.Error as error:
        raise NotSignedFile from error
    content = signed[:first] + signed[second:]
    _covers(cms, content)
    return _proved(SignatureForm.PADES, cms, content, issuers)


def _cades(original: bytes, signed: bytes, issuers: Issuers) -> Signed:
    """A CMS signature beside the document or around it."""
    cms = _unwrapped(signed)
    _certificates(cms)
    if original not in cms:
        _covers(cms, original)
    return _proved(SignatureForm.CADES, cms, original, issuers)


def _proved(form: SignatureForm, cms: bytes, content: bytes, issuers: Issuers) -> Signed:
    """How far the signature is proved. Raises NotSignedFile, BrokenSignature when the reckoning does not come out."""
    certificates = _certificates(cms)
    try:
        leaf = reckoning.signed_by(cms, content, certificates)
    except reckoning.NotReckoned:
        return Signed(form=form, signer=_signer(certificates), proof=Proof.NAMED)
    return _judged(form, leaf, certificates, issuers)


def _judged(
    form: SignatureForm,
    leaf: x509.Certificate | None,
    certificates: Sequence[x509.Certificate],
    issuers: Issuers,
) -> Signed:
    """How far a signature is proved whose arithmetic led to the leaf, None when it did not come out.

    Raises BrokenSignature, RevokedCertificate.
    """
    if leaf is None:
        raise BrokenSignature
    known = [*certificates, *issuers.listed]
    revocation = revocation_of(leaf, known, issuers.revoked, at=issuers.at)
    if revocation is Revocation.REVOKED:
        raise RevokedCertificate
    proof = Proof.CORRECT
    if issuers.listed:
        listed = comes_from(leaf, certificates, issuers.listed, at=issuers.at)
        trusted = Proof.CURRENT if revocation is Revocation.GOOD else Proof.TRUSTED
        proof = trusted if listed else Proof.UNLISTED
    return Signed(form=form, signer=_name(leaf), proof=proof)


def _xades(original: bytes, signed: bytes, issuers: Issuers) -> Signed:
    """An XML signature that names the digest of the document, or holds the document itself."""
    try:
        root = fromstring(signed)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise NotSignedFile from error
    names = [element.tag for element in root.iter()]
    if f"{_DS}SignatureValue" not in names or not any(_XADES in str(name) for name in names):
        raise NotSignedFile
    digests = {base64.b64encode(digest).decode() for digest in _digests(original)}
    named = {"".join((one.text or "").split()) for one in root.iter(f"{_DS}DigestValue")}
    held = any(_decoded(one.text or "") == original for one in root.iter())
    if not held and digests.isdisjoint(named):
        raise SignatureOfSomethingElse
    certificates = _certificates_of(root)
    try:
        leaf = xmldsig.signed_by(signed, original)
    except xmldsig.NotReckoned:
        return Signed(form=SignatureForm.XADES, signer=_signer(certificates), proof=Proof.NAMED)
    return _judged(SignatureForm.XADES, leaf, certificates, issuers)


def _covers(cms: bytes, content: bytes) -> None:
    """Raises SignatureOfSomethingElse unless the signature names a digest of the content."""
    if not any(digest in cms for digest in _digests(content)):
        raise SignatureOfSomethingElse


def _digests(content: bytes) -> Iterator[bytes]:
    return (hashlib.new(name, content).digest() for name in _DIGESTS)


def _unwrapped(signed: bytes) -> bytes:
    """Bytes of the signature, which may stand in a file as text."""
    text = signed.strip()
    if not text.startswith(_PEM):
        return signed
    lines = [line for line in text.splitlines() if b"-----" not in line]
    return _decoded(b"".join(lines).decode("ascii", "replace"))


def _decoded(text: str) -> bytes:
    """Bytes behind base64; nothing when it is not that."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except ValueError:
        return b""


def _certificates(cms: bytes) -> list[x509.Certificate]:
    """Certificates inside a signature. Raises NotSignedFile when it is none, or has none."""
    try:
        first, *others = pkcs7.load_der_pkcs7_certificates(cms[: _length(cms)])
        _signer([first, *others])  # names are read only when they are asked for
    except UNREADABLE as error:  # also when there is none to take first
        raise NotSignedFile from error
    return [first, *others]


def _certificates_of(root: Any) -> list[x509.Certificate]:
    found = []
    for one in root.iter(f"{_DS}X509Certificate"):
        try:
            found.append(x509.load_der_x509_certificate(_decoded(one.text or "")))
        except UNREADABLE as error:
            raise NotSignedFile from error
    if not found:
        raise NotSignedFile
    return found


def _length(der: bytes) -> int:
    """How long the structure at the beginning is; a PDF leaves room behind it."""
    if len(der) < 2 or der[1] <= _LONG_FORM:
        return len(der)
    size = der[1] - _LONG_FORM
    return 2 + size + int.from_bytes(der[2 : 2 + size], "big")


def _signer(certificates: Sequence[x509.Certificate]) -> str:
    """Whom the certificate names that issued none of the others."""
    issuers = {one.issuer for one in certificates if one.issuer != one.subject}
    leaf = next((one for one in certificates if one.subject not in issuers), certificates[0])
    return _name(leaf)


def _name(leaf: x509.Certificate) -> str:
    names = leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value)[:200] if names else leaf.subject.rfc4514_string()[:200]
