"""Files signed outside: a certificate of nobody, and signatures in the three forms."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

SIGNER = "Wanda Wymyślona"
ROOM = 9000  # hexadecimal digits for the signature in a PDF
DETACHED = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]


@cache
def signer(name: str = SIGNER) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """A self-signed certificate and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)] if name else [])
    began = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(began)
        .not_valid_after(began + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    return made, key


def cms(content: bytes, *, inside: bool = False, name: str = SIGNER) -> bytes:
    """A CMS signature over the content, beside it or around it."""
    certificate, key = signer(name)
    built = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256())
    options = [pkcs7.PKCS7Options.Binary] if inside else DETACHED
    return built.sign(serialization.Encoding.DER, options)


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
