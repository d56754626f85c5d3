"""The arithmetic of an XML signature (XML-DSig with the properties of XAdES): that a key signed exactly this document.

Reads only what the answer needs; a signature with other transforms, by an algorithm that nobody should trust any more,
or that speaks of files besides the document, is not reckoned and counts as unproved.
"""

import base64
import hashlib
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

DS = "{http://www.w3.org/2000/09/xmldsig#}"
SIGNATURE = f"{DS}Signature"
STRANGE = (
    AttributeError,
    TypeError,
    ValueError,
    UnsupportedAlgorithm,
)  # a part is missing, or something else
_SIGNED_PROPERTIES = "}SignedProperties"
_BASE64 = "http://www.w3.org/2000/09/xmldsig#base64"
_ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_PREFIXES = f"{{{_EXCLUSIVE}}}InclusiveNamespaces"
_C14N = {  # address -> exclusive, with comments
    _INCLUSIVE: (False, False),
    f"{_INCLUSIVE}#WithComments": (False, True),
    _EXCLUSIVE: (True, False),
    f"{_EXCLUSIVE}WithComments": (True, True),
}
_DIGESTS = {
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
_SIGNATURES: dict[str, hashes.HashAlgorithm] = {
    f"http://www.w3.org/2001/04/xmldsig-more#{kind}-{name}": digest
    for kind in ("rsa", "ecdsa")
    for name, digest in (
        ("sha256", hashes.SHA256()),
        ("sha384", hashes.SHA384()),
        ("sha512", hashes.SHA512()),
    )
}


class NotReckoned(Exception):
    """The signature is written in a way that is not read here."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a reference speaks of. is_it: it is the document or holds it; element: where it stands, if inside."""

    content: bytes
    is_it: bool
    element: Any = None


def signed_by(signed: bytes, original: bytes) -> x509.Certificate | None:
    """The certificate whose key signed the document, None when the reckoning does not come out.

    signed: an XML file that was found harmless; every signature in it must be right and cover the document.
    Raises NotReckoned.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(signed, parser)
        outermost = [one for one in root.iter(SIGNATURE) if next(one.iterancestors(SIGNATURE), None) is None]
        leaves = [_signer(one, root, original) for one in outermost]
    except (*STRANGE, etree.LxmlError) as error:
        raise NotReckoned from error
    if not leaves:
        raise NotReckoned
    return None if None in leaves else leaves[0]


def _signer(signature: Any, root: Any, original: bytes) -> x509.Certificate | None:
    info = signature.find(f"{DS}SignedInfo")
    found = []
    for reference in info.findall(f"{DS}Reference"):
        one = _referenced(reference, root, signature, original)
        if one is None or _digest(reference, one.content) != _bytes(reference.find(f"{DS}DigestValue")):
            return None
        found.append(one)
    signed = [one.element for one in found if one.element is not None]
    properties = next((one for one in signed if one.tag.endswith(_SIGNED_PROPERTIES)), None)
    if properties is None:
        raise NotReckoned
    if not any(one.is_it for one in found):
        return None
    return _certificate(signature, info, properties)


def _referenced(reference: Any, root: Any, signature: Any, original: bytes) -> _Found | None:
    """What a reference speaks of; None when that is not there, or there twice. Raises NotReckoned."""
    address = reference.get("URI")
    steps = list(reference.iterfind(f"{DS}Transforms/{DS}Transform"))
    if address == "":
        if not steps or steps.pop(0).get("Algorithm") != _ENVELOPED:
            raise NotReckoned
        whole = _without(root, signature)
        return _Found(_transformed(whole, steps), _holds_it(whole, original))
    if address is None or not address.startswith("#"):
        if steps or _digest(reference, original) != _bytes(reference.find(f"{DS}DigestValue")):
            raise NotReckoned
        return _Found(original, is_it=True)
    if "(" in address:  # a path instead of a name
        raise NotReckoned
    named = [one for one in root.iter("*") if address[1:] in {one.get("Id"), one.get("ID"), one.get("id")}]
    if len(named) != 1:
        return None
    content = _transformed(named[0], steps)
    return _Found(content, content == original or _holds_it(named[0], original), named[0])


def _without(root: Any, signature: Any) -> Any:
    """A copy of the file without the signature, and with the text behind it."""
    path = root.getroottree().getelementpath(signature)
    whole = deepcopy(root)
    gone = whole.getroottree().find(path)
    above, before = gone.getparent(), gone.getprevious()
    if before is None:
        above.text = (above.text or "") + (gone.tail or "")
    else:
        before.tail = (before.tail or "") + (gone.tail or "")
    above.remove(gone)
    return whole


def _transformed(element: Any, steps: list[Any]) -> bytes:
    """The bytes that are digested: one transform at most, canonical form when there is none."""
    if not steps:
        return _canonical(element, _INCLUSIVE, "")
    if len(steps) > 1:
        raise NotReckoned
    if steps[0].get("Algorithm") == _BASE64:
        return _bytes(element)
    return _canonical_as(element, steps[0])


def _canonical_as(element: Any, method: Any) -> bytes:
    prefixes = method.find(_PREFIXES)
    return _canonical(
        element, method.get("Algorithm"), "" if prefixes is None else prefixes.get("PrefixList", "")
    )


def _canonical(element: Any, method: str, prefixes: str) -> bytes:
    from lxml import etree

    if method not in _C14N:
        raise NotReckoned
    exclusive, with_comments = _C14N[method]
    text: bytes = etree.tostring(
        element,
        method="c14n",
        exclusive=exclusive,
        with_comments=with_comments,
        inclusive_ns_prefixes=prefixes.split() if exclusive and prefixes else None,
    )
    return text


def _certificate(signature: Any, info: Any, properties: Any) -> x509.Certificate | None:
    """The certificate inside whose key signed, and which the signed properties name when they name any."""
    method = info.find(f"{DS}SignatureMethod").get("Algorithm")
    if method not in _SIGNATURES:
        raise NotReckoned
    said = _canonical_as(info, info.find(f"{DS}CanonicalizationMethod"))
    value = _bytes(signature.find(f"{DS}SignatureValue"))
    for text in signature.iterfind(f"{DS}KeyInfo/{DS}X509Data/{DS}X509Certificate"):
        der = _bytes(text)
        certificate = x509.load_der_x509_certificate(der)
        if _holds(certificate.public_key(), value, said, method):
            return certificate if _is_named(der, properties) else None
    return None


def _holds(key: Any, value: bytes, said: bytes, method: str) -> bool:
    digest, is_rsa = _SIGNATURES[method], "#rsa-" in method
    try:
        if is_rsa and isinstance(key, rsa.RSAPublicKey):
            key.verify(value, said, padding.PKCS1v15(), digest)
        elif not is_rsa and isinstance(key, ec.EllipticCurvePublicKey):
            half = len(value) // 2
            parts = (int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big"))
            key.verify(encode_dss_signature(*parts), said, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _is_named(der: bytes, properties: Any) -> bool:
    """Whether the signed properties name no certificate, or this one by a digest of it. Raises NotReckoned."""
    named = [one for one in properties.iter("*") if one.tag.endswith("}CertDigest")]
    digests = [_digest(one, der) == _bytes(one.find(f"{DS}DigestValue")) for one in named]
    return not digests or any(digests)


def _holds_it(element: Any, original: bytes) -> bool:
    """Whether the document stands in the element or somewhere inside, as base64."""
    return any(text == original for text in _texts(element))


def _texts(element: Any) -> Iterator[bytes]:
    for one in element.iter("*"):
        try:
            yield _bytes(one)
        except ValueError:
            continue


def _digest(named: Any, content: bytes) -> bytes:
    """The digest of some bytes by the method that stands there. Raises NotReckoned."""
    method = named.find(f"{DS}DigestMethod").get("Algorithm")
    if method not in _DIGESTS:
        raise NotReckoned
    return hashlib.new(_DIGESTS[method], content).digest()


def _bytes(element: Any) -> bytes:
    """What an element holds as base64. Raises ValueError when it is not that, or is cut up by a comment."""
    if len(element):
        raise ValueError
    return base64.b64decode("".join((element.text or "").split()), validate=True)
