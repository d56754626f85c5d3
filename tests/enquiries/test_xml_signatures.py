"""XML signatures are reckoned: what a key signed is exactly the document, and the certificate is the one named."""

import base64
import re
from collections.abc import Callable

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.enquiries.errors import BrokenSignature, NotSignedFile, SignatureOfSomethingElse
from spoiwo.enquiries.rules import xmldsig
from spoiwo.enquiries.rules.signatures import check_signed
from spoiwo.enquiries.types import Proof
from tests.enquiries.test_signatures import DAY, NO_LIST, OTHER, PDF
from tests.makers import signing

WAYS = ("beside", "inside", "around")
RSA = signing.party(is_rsa=True)
SIGNED = signing.xades(PDF, way="inside")
HELD = base64.b64encode(PDF)


def proof_of(signed: bytes) -> Proof:
    return check_signed(PDF, signed, NO_LIST).proof


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("by", [None, RSA], ids=["elliptic", "rsa"])
@pytest.mark.parametrize("inclusive", [False, True], ids=["exclusive", "inclusive"])
def test_a_right_signature_is_reckoned_in_every_way(way, by, inclusive):
    signed = signing.xades(PDF, way=way, by=by, inclusive=inclusive)

    assert proof_of(signed) is Proof.CORRECT


def test_the_certificate_that_signed_is_found_among_others():
    other = signing.party("Ktoś Inny", number=8)

    found = check_signed(PDF, signing.xades(PDF, along=[other, RSA]), NO_LIST)

    assert (found.signer, found.proof) == (signing.SIGNER, Proof.CORRECT)


def test_a_certificate_that_the_properties_do_not_name_is_refused():
    with pytest.raises(BrokenSignature):
        proof_of(signing.xades(PDF, names=b"innego"))


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(
            re.sub(rb"(<ds:SignatureValue>)....", rb"\1AAAA", SIGNED),
            id="the value belongs to something else",
        ),
        pytest.param(SIGNED.replace(b"Cert><", b"Cert> <", 1), id="properties were changed after signing"),
        pytest.param(SIGNED.replace(HELD, base64.b64encode(OTHER)), id="another document is held"),
        pytest.param(SIGNED.replace(b"#doc", b"#nic"), id="what was signed is not there"),
        pytest.param(
            SIGNED.replace(
                b"</ds:Signature>", b'<ds:Object Id="doc">' + HELD + b"</ds:Object></ds:Signature>"
            ),
            id="what was signed is there twice",
        ),
        pytest.param(
            signing.xades(OTHER, way="inside").replace(
                b"</ds:Signature>", b"<ds:Object>" + HELD + b"</ds:Object></ds:Signature>"
            ),
            id="the document stands beside what was signed",
        ),
    ],
)
def test_a_forged_signature_is_refused(forged):
    with pytest.raises((BrokenSignature, SignatureOfSomethingElse)):
        proof_of(forged)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("xmlenc#sha256", "xmlenc#ripemd160"), id="a digest of old"),
        pytest.param(("ecdsa-sha256", "ecdsa-sha1"), id="a signature of old"),
        pytest.param(("xml-exc-c14n#", "xml-c14n11"), id="another canonical form"),
        pytest.param(("xmldsig#base64", "xmldsig#xpath"), id="another transform"),
        pytest.param(("DigestMethod", "DigestManner"), id="a part is missing"),
        pytest.param(('URI="#doc"', 'URI="#xpointer(/)"'), id="a path to what was signed"),
    ],
)
def test_what_is_written_in_another_way_is_not_reckoned(change):
    signed = signing.xades(PDF, way="inside", change=lambda info: info.replace(*change))

    with pytest.raises(xmldsig.NotReckoned):
        xmldsig.signed_by(signed, PDF)


def around(change: Callable[[str], str]) -> bytes:
    return signing.xades(PDF, way="around", change=change)


@pytest.mark.parametrize(
    "signed",
    [
        pytest.param(b"<a/>", id="no signature"),
        pytest.param(b"<a", id="no XML"),
        pytest.param(signing.xades(OTHER), id="a file that is not here"),
        pytest.param(
            signing.xades(
                PDF, change=lambda info: re.sub(r'<ds:Reference URI="#props".*?</ds:Reference>', "", info)
            ),
            id="no signed properties",
        ),
        pytest.param(
            around(lambda info: info.replace(signing.ENVELOPED, "urn:x")),
            id="a whole file with its signature",
        ),
        pytest.param(
            around(
                lambda info: info.replace(
                    "</ds:Transforms>", '<ds:Transform Algorithm="urn:x"></ds:Transform></ds:Transforms>', 1
                )
            ),
            id="more transforms",
        ),
    ],
)
def test_what_cannot_be_reckoned_says_so(signed):
    with pytest.raises(xmldsig.NotReckoned):
        xmldsig.signed_by(signed, PDF)


def test_a_document_without_an_address_is_the_document():
    signed = signing.xades(PDF, change=lambda info: info.replace(' URI="potwierdzenie.pdf"', ""))

    assert proof_of(signed) is Proof.CORRECT


def test_a_signature_stands_anywhere_in_the_file_and_says_nothing_of_its_form():
    method = f'<ds:Transform Algorithm="{signing.EXCLUSIVE}"></ds:Transform>'
    last = around(lambda info: info.replace(method, "", 1))  # then the inclusive form is meant
    begins, ends = last.index(b"<ds:Signature "), last.index(b"</ds:Signature>") + len(b"</ds:Signature>")
    first = (last[:begins] + last[ends:]).replace(b"<Pismo>", b"<Pismo>" + last[begins:ends])

    assert proof_of(last) is proof_of(first) is Proof.CORRECT


def test_a_comment_does_not_cut_what_was_signed():
    part = PDF[: len(PDF) // 6 * 3]
    begins = base64.b64encode(part)
    cut = signing.xades(PDF, way="around").replace(HELD, begins + b"<!-- -->" + HELD.removeprefix(begins))

    assert HELD.startswith(begins)
    assert xmldsig.signed_by(cut, part) is None


def test_a_key_of_another_kind_did_not_sign():
    strange = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(strange.public_key())
        .serial_number(1)
        .not_valid_before(DAY)
        .not_valid_after(DAY)
        .sign(strange, None)
        .public_bytes(serialization.Encoding.DER)
    )
    own = signing.party().certificate.public_bytes(serialization.Encoding.DER)

    swapped = SIGNED.replace(base64.b64encode(own), base64.b64encode(certificate))

    assert xmldsig.signed_by(swapped, PDF) is None


def test_prefixes_that_the_canonical_form_keeps_are_asked_for():
    both = signing.DECLARES_DS + signing.DECLARES_XADES
    kept = (
        f'<ec:InclusiveNamespaces xmlns:ec="{signing.EXCLUSIVE}" PrefixList="xades"></ec:InclusiveNamespaces>'
    )
    ends = "</ds:CanonicalizationMethod>"
    signed = signing.xades(
        PDF,
        change=lambda info: info.replace(signing.DECLARES_DS, both, 1).replace(ends, f"{kept}{ends}"),
    )

    assert proof_of(signed) is Proof.CORRECT


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_altered_byte_of_an_xml_signature_breaks_the_check(data):
    signed = bytearray(SIGNED)
    signed[data.draw(st.integers(0, len(signed) - 1))] ^= data.draw(st.integers(1, 255))

    try:
        found = proof_of(bytes(signed))
    except (NotSignedFile, SignatureOfSomethingElse, BrokenSignature):
        return
    assert found in {Proof.NAMED, Proof.CORRECT}
