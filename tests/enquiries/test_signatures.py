"""A signed file is recognised in three forms, and only when it speaks of the document prepared."""

import base64
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding
from cryptography.hazmat.primitives.serialization import pkcs7
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.enquiries.errors import BrokenSignature, NotSignedFile, SignatureOfSomethingElse
from spoiwo.enquiries.rules import cms
from spoiwo.enquiries.rules.signatures import Issuers, check_signed
from spoiwo.enquiries.types import Proof, SignatureForm
from tests.makers import signing

PDF = b"%PDF-1.7\n1 0 obj<</Title(POT/1/2026)>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DAY = datetime(2026, 3, 2, tzinfo=UTC)
DER = serialization.Encoding.DER
SIGNED = signing.cms(PDF)
NO_LIST = Issuers((), DAY)
OTHER = PDF.replace(b"POT/1", b"POT/2")


def as_text(der: bytes) -> bytes:
    return b"-----BEGIN CMS-----\n" + base64.encodebytes(der) + b"-----END CMS-----\n"


@pytest.mark.parametrize(
    ("signed", "form"),
    [
        (signing.pades(PDF), SignatureForm.PADES),
        (signing.cms(PDF), SignatureForm.CADES),
        (signing.cms(PDF, inside=True), SignatureForm.CADES),
        (as_text(signing.cms(PDF)), SignatureForm.CADES),
        (signing.xades(PDF), SignatureForm.XADES),
        (signing.xades(PDF, way="inside"), SignatureForm.XADES),
        (signing.xades(PDF, way="around"), SignatureForm.XADES),
    ],
)
def test_a_signature_over_the_document_is_found(signed, form):
    found = check_signed(PDF, signed, NO_LIST)

    assert (found.form, found.signer) == (form, signing.SIGNER)


@pytest.mark.parametrize(
    "signed",
    [
        signing.pades(OTHER),
        signing.pades(PDF) + b"more",
        signing.pades(PDF).replace(b"ETSI.CAdES.detached", b"ETSI.CAdES.altered!"),
        signing.cms(OTHER),
        signing.cms(OTHER, inside=True),
        signing.xades(OTHER),
        signing.xades(OTHER, way="inside"),
    ],
)
def test_a_signature_over_something_else_is_refused(signed):
    with pytest.raises(SignatureOfSomethingElse):
        check_signed(PDF, signed, NO_LIST)


@pytest.mark.parametrize(
    "signed",
    [
        PDF,
        b"",
        b"0\x82",
        b"zwykly tekst",
        b"-----BEGIN CMS-----\n!!!\n-----END CMS-----",
        b"<html></html>",
        b"<nie xml",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        signing.xades(PDF).replace(b"X509Certificate>", b"X509Other>"),
        signing.xades(PDF).replace(b"<ds:X509Certificate>", b"<ds:X509Certificate>AAAA"),
        signing.xades(PDF).replace(b"http://uri.etsi.org/01903/", b"http://example.org/"),
        signing.pades(PDF).replace(b"<30", b"<3z"),
        signing.pades(PDF).replace(b"/Contents <3082", b"/Contents <ffff"),
    ],
)
def test_what_is_no_signature_is_refused(signed):
    with pytest.raises((NotSignedFile, SignatureOfSomethingElse)):
        check_signed(PDF, signed, NO_LIST)


def test_a_certificate_without_a_name_is_named_by_its_subject():
    assert check_signed(PDF, signing.cms(PDF, by=signing.party("")), NO_LIST).signer == ""


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"%PDF-", b"<", b"\x30\x82", b"-----BEGIN"]))
def test_no_file_whatsoever_breaks_the_check(content, head):
    with pytest.raises((NotSignedFile, SignatureOfSomethingElse)):
        check_signed(PDF, head + content, NO_LIST)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_altered_byte_of_the_document_passes(data):
    signed = bytearray(signing.pades(PDF))
    place = data.draw(st.integers(0, len(PDF) - 1))
    signed[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises((NotSignedFile, SignatureOfSomethingElse)):
        check_signed(PDF, bytes(signed), NO_LIST)


ROOT = signing.party("Urząd Zmyślony", is_authority=True)
BRANCH = signing.party("Oddział Zmyślony", ROOT, is_authority=True)
NOT_AN_ISSUER = signing.party("Zwykła Zmyślona")


def proof_of(by, *listed, along=(), at=DAY):
    issuers = Issuers([one.certificate for one in listed], at)
    return check_signed(PDF, signing.cms(PDF, by=by, along=along), issuers).proof


def test_whose_issuer_is_on_the_list_is_trusted_also_through_others():
    worker = signing.party("Wanda Wymyślona", BRANCH)

    assert proof_of(worker) is Proof.CORRECT
    assert proof_of(worker, BRANCH) is Proof.TRUSTED
    assert proof_of(worker, ROOT, along=[BRANCH]) is Proof.TRUSTED
    assert proof_of(signing.party(), signing.party()) is Proof.TRUSTED  # a seal that is itself on the list


@pytest.mark.parametrize(
    ("by", "listed", "along", "at"),
    [
        pytest.param(signing.party("Wanda", BRANCH), ROOT, [], DAY, id="what lies between is missing"),
        pytest.param(signing.party(), ROOT, [], DAY, id="signed by herself"),
        pytest.param(
            signing.party("Wanda", NOT_AN_ISSUER), NOT_AN_ISSUER, [], DAY, id="issued by no authority"
        ),
        pytest.param(
            signing.party("Wanda", BRANCH, days=30), BRANCH, [], DAY, id="the certificate has expired"
        ),
        pytest.param(
            signing.party("Wanda", signing.party("Dawny", is_authority=True, days=30)),
            signing.party("Dawny", is_authority=True, days=30),
            [],
            DAY,
            id="the issuer has expired",
        ),
        pytest.param(
            signing.party("Wanda", signing.party("Urząd Zmyślony", is_authority=True, number=8)),
            ROOT,
            [],
            DAY,
            id="an issuer of the same name with another key",
        ),
    ],
)
def test_whose_issuer_is_not_on_the_list_is_told_apart(by, listed, along, at):
    assert proof_of(by, listed, along=along, at=at) is Proof.UNLISTED


def test_a_chain_without_end_is_given_up():
    chain = [signing.party("Ogniwo 0", ROOT, is_authority=True)]
    for place in range(1, 6):
        chain.append(signing.party(f"Ogniwo {place}", chain[-1], is_authority=True))

    assert proof_of(signing.party("Wanda", chain[-1]), ROOT, along=chain) is Proof.UNLISTED


@pytest.mark.parametrize(
    "signed",
    [
        signing.cms(PDF, by=signing.party(is_rsa=True)),
        signing.cms(
            PDF,
            by=signing.party(is_rsa=True),
            rsa_padding=padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH),
        ),
        signing.cms(PDF, digest=hashes.SHA512()),
        signing.cms(PDF, inside=True, options=[pkcs7.PKCS7Options.NoAttributes]),
    ],
)
def test_signatures_of_the_usual_kinds_are_reckoned(signed):
    assert check_signed(PDF, signed, NO_LIST).proof is Proof.CORRECT


def test_what_is_not_reckoned_says_so():
    old = signing.cms(PDF, inside=True, digest=hashes.SHA224())
    indefinite = b"\x30\x80" + signing.cms(PDF)[4:]

    assert check_signed(PDF, old, NO_LIST).proof is Proof.NAMED
    for unread in (b"", indefinite, b"\x30\x05\x02", pkcs7.serialize_certificates([ROOT.certificate], DER)):
        with pytest.raises(cms.NotReckoned):
            cms.signed_by(unread, PDF, [])


def test_a_forged_signature_is_refused():
    mine, hers = signing.party("Wanda Wymyślona", number=9), signing.party()
    swapped = signing.cms(PDF, by=mine).replace(
        mine.certificate.public_bytes(DER), hers.certificate.public_bytes(DER)
    )
    changed = bytearray(signing.cms(PDF))
    changed[-2] ^= 1

    for signed in (swapped, bytes(changed)):
        with pytest.raises((BrokenSignature, NotSignedFile)):
            check_signed(PDF, signed, NO_LIST)


def test_the_reckoning_asks_for_the_content_the_certificate_and_a_key_it_knows():
    signed, own = signing.cms(PDF), signing.party()
    strange = ed25519.Ed25519PrivateKey.generate()
    named_alike = (
        x509.CertificateBuilder()
        .subject_name(own.certificate.subject)
        .issuer_name(own.certificate.issuer)
        .public_key(strange.public_key())
        .serial_number(own.certificate.serial_number)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 1, 1, tzinfo=UTC))
        .sign(strange, None)
    )

    assert cms.signed_by(signed, PDF, [own.certificate]) == own.certificate
    assert cms.signed_by(signed, OTHER, [own.certificate]) is None
    assert cms.signed_by(signed, PDF, [ROOT.certificate]) is None
    with pytest.raises(cms.NotReckoned):
        cms.signed_by(signed, PDF, [named_alike])
    digest_of_it = bytes.fromhex("06092a864886f70d010904")
    with pytest.raises(cms.NotReckoned):
        cms.signed_by(signed.replace(digest_of_it, digest_of_it[:-1] + b"\x06"), PDF, [own.certificate])
    named_by_key = signed.replace(b"\x02\x01\x01\x30", b"\x02\x01\x01\xa0")
    with pytest.raises(cms.NotReckoned):
        cms.signed_by(named_by_key, PDF, [own.certificate])


@pytest.mark.filterwarnings("ignore:PKCS#7", "ignore:Parsed")  # the library grumbles at strange certificates
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_altered_byte_of_a_signature_breaks_the_check(data):
    signed = bytearray(SIGNED)
    signed[data.draw(st.integers(0, len(SIGNED) - 1))] ^= data.draw(st.integers(1, 255))

    try:
        found = check_signed(PDF, bytes(signed), NO_LIST)
    except (NotSignedFile, SignatureOfSomethingElse, BrokenSignature):
        return
    assert found.proof in {Proof.NAMED, Proof.CORRECT}
