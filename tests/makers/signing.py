"""Files signed outside: a certificate of nobody, and signatures in the three forms."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

SIGNER = "Wanda Wymyślona"
ROOM = 9000  # hexadecimal digits for the signature in a PDF
DETACHED = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]


Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, eq=False)
class Party:
    """Somebody with a certificate and its key."""

    certificate: x509.Certificate
    key: Key


@cache
def party(
    name: str = SIGNER,
    issuer: Party | None = None,
    *,
    is_authority: bool = False,
    is_rsa: bool = False,
    days: int = 365,
    number: int = 7,
) -> Party:
    """A certificate valid from the beginning of 2026, self-signed unless somebody issues it."""
    key: Key = rsa.generate_private_key(65537, 2048) if is_rsa else ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)] if name else [])
    began = datetime(2026, 1, 1, tzinfo=UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(issuer.certificate.subject if issuer else who)
        .public_key(key.public_key())
        .serial_number(number)
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=days))
    )
    if is_authority:
        built = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return Party(built.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def signer(name: str = SIGNER) -> tuple[x509.Certificate, Key]:
    """A self-signed certificate and its key."""
    one = party(name)
    return one.certificate, one.key


def cms(
    content: bytes,
    *,
    inside: bool = False,
    by: Party | None = None,
    along: Sequence[Party] = (),
    options: Sequence[pkcs7.PKCS7Options] = (),
    digest: Any = None,
    rsa_padding: Any = None,
) -> bytes:
    """A CMS signature over the content, beside it or around it. along: certificates brought along."""
    one = by or party()
    built = pkcs7.PKCS7SignatureBuilder().set_data(content)
    built = built.add_signer(one.certificate, one.key, digest or hashes.SHA256(), rsa_padding=rsa_padding)
    for other in along:
        built = built.add_certificate(other.certificate)
    chosen = [pkcs7.PKCS7Options.Binary] if inside else DETACHED
    return built.sign(serialization.Encoding.DER, [*chosen, *options])


def pades(original: bytes) -> bytes:
    """The PDF with a signature appended, as signing programs append it."""
    head = original + b"\n9 0 obj<</Type/Sig/SubFilter/ETSI.CAdES.detached/ByteRange [0 "
    between = b"]/Contents "
    tail = b">>endobj\n%%EOF\n"
    first = len(head) + len(b"0000000000 0000000000 0000000000") + len(between)
    numbers = b"%010d %010d %010d" % (first, first + ROOM + 2, len(tail))
    filled = head + numbers + between
    signature = cms(filled + tail).hex().encode().ljust(ROOM, b"0")
    return filled + b"<" + signature + b">" + tail


def xades(original: bytes, *, inside: bool = False, digest: bytes | None = None) -> bytes:
    """An XML signature that names the digest of the document, or holds it."""
    certificate, _key = signer()
    named = base64.b64encode(digest or hashlib.sha256(original).digest()).decode()
    held = base64.b64encode(original).decode() if inside else ""
    der = base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()
    return f"""<?xml version="1.0"?>
<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xades="http://uri.etsi.org/01903/v1.3.2#">
<ds:SignedInfo><ds:Reference><ds:DigestValue>{named}</ds:DigestValue></ds:Reference></ds:SignedInfo>
<ds:SignatureValue>AAAA</ds:SignatureValue>
<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{der}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
<ds:Object>{held}</ds:Object>
<ds:Object><xades:QualifyingProperties/></ds:Object>
</ds:Signature>""".encode()
