"""Files signed outside: a certificate of nobody, and signatures in the three forms."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
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


DECLARES_DS = ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
DECLARES_XADES = ' xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"'
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
BASE64 = "http://www.w3.org/2000/09/xmldsig#base64"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _reference(uri: str, content: bytes, *steps: str) -> str:
    transforms = "".join(f'<ds:Transform Algorithm="{one}"></ds:Transform>' for one in steps)
    asked = f"<ds:Transforms>{transforms}</ds:Transforms>" if steps else ""
    digest = _b64(hashlib.sha256(content).digest())
    return (
        f'<ds:Reference URI="{uri}">{asked}<ds:DigestMethod Algorithm="{SHA256}"></ds:DigestMethod>'
        f"<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"
    )


def _value(by: Party, said: bytes) -> bytes:
    if isinstance(by.key, rsa.RSAPrivateKey):
        return by.key.sign(said, padding.PKCS1v15(), hashes.SHA256())
    half = (by.key.curve.key_size + 7) // 8
    parts = decode_dss_signature(by.key.sign(said, ec.ECDSA(hashes.SHA256())))
    return b"".join(part.to_bytes(half, "big") for part in parts)


def xades(
    original: bytes,
    *,
    way: str = "beside",
    by: Party | None = None,
    along: Sequence[Party] = (),
    inclusive: bool = False,
    names: bytes | None = None,
    change: Callable[[str], str] = str,
) -> bytes:
    """An XML signature over the document. What is signed is written here in canonical form by hand.

    way: "beside" the document, "inside" (it holds it), or "around" (file that holds document and signature).
    names: the certificate that the signed properties name, the signer's own unless told otherwise.
    change: what becomes of the signed information before it is signed.
    """
    one = by or party()
    method = INCLUSIVE if inclusive else EXCLUSIVE
    properties = _properties(names or _der(one), inclusive=inclusive)
    file = f"<Pismo><Plik>{_b64(original)}</Plik>\n</Pismo>"
    document = {
        "beside": _reference("potwierdzenie.pdf", original),
        "inside": _reference("#doc", original, BASE64),
        "around": _reference("", file.encode(), ENVELOPED, method),
    }[way]
    about = _reference("#props", properties.encode(), method)
    info = change(_information(one, method, document + about))
    certificates = "".join(
        f"<ds:X509Certificate>{_b64(_der(other))}</ds:X509Certificate>" for other in (*along, one)
    )
    held = f'<ds:Object Id="doc">{_b64(original)}</ds:Object>' if way == "inside" else ""
    value = _b64(_value(one, info.encode()))
    signature = (
        f"<ds:Signature{DECLARES_DS}{DECLARES_XADES}>{info}<ds:SignatureValue>{value}</ds:SignatureValue>"
        f"<ds:KeyInfo><ds:X509Data>{certificates}</ds:X509Data></ds:KeyInfo>{held}"
        f"<ds:Object><xades:QualifyingProperties>{properties}</xades:QualifyingProperties></ds:Object></ds:Signature>"
    )
    if way == "around":
        signature = file.replace("\n</Pismo>", f"{signature}\n</Pismo>")
    return f'<?xml version="1.0"?>\n{signature}'.encode()


def _der(one: Party) -> bytes:
    return one.certificate.public_bytes(serialization.Encoding.DER)


def _properties(named: bytes, *, inclusive: bool) -> str:
    """The signed properties, which name a certificate by its digest."""
    here, below = (f"{DECLARES_DS}{DECLARES_XADES}", "") if inclusive else (DECLARES_XADES, DECLARES_DS)
    return (
        f'<xades:SignedProperties{here} Id="props"><xades:SignedSignatureProperties><xades:SigningCertificateV2>'
        f'<xades:Cert><xades:CertDigest><ds:DigestMethod{below} Algorithm="{SHA256}"></ds:DigestMethod>'
        f"<ds:DigestValue{below}>{_b64(hashlib.sha256(named).digest())}</ds:DigestValue></xades:CertDigest>"
        "</xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties>"
    )


def _information(by: Party, method: str, references: str) -> str:
    """What is signed in the end."""
    declared = f"{DECLARES_DS}{DECLARES_XADES}" if method == INCLUSIVE else DECLARES_DS
    kind = "rsa" if isinstance(by.key, rsa.RSAPrivateKey) else "ecdsa"
    return (
        f'<ds:SignedInfo{declared}><ds:CanonicalizationMethod Algorithm="{method}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#{kind}-sha256"></ds:SignatureMethod>'
        f"{references}</ds:SignedInfo>"
    )


def revocations(
    issuer: Party,
    *numbers: int,
    days: int = 90,
    revoked_after: int = 0,
    is_part: bool = False,
    by: Party | None = None,
) -> x509.CertificateRevocationList:
    """A list of the issuer from the beginning of 2026, the next one promised so many days later.

    revoked_after: days; by: who signs it instead; is_part: it says that it is not whole.
    """
    began = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject).last_update(began)
    built = built.next_update(began + timedelta(days=days))
    for number in numbers:
        entry = (
            x509.RevokedCertificateBuilder()
            .serial_number(number)
            .revocation_date(began + timedelta(days=revoked_after))
            .build()
        )
        built = built.add_revoked_certificate(entry)
    if is_part:
        built = built.add_extension(x509.DeltaCRLIndicator(1), critical=True)
    return built.sign((by or issuer).key, hashes.SHA256())
