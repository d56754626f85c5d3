"""A signed file is recognised in three forms, and only when it speaks of the document prepared."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.enquiries.errors import NotSignedFile, SignatureOfSomethingElse
from spoiwo.enquiries.rules.signatures import check_signed
from spoiwo.enquiries.types import SignatureForm
from tests.makers import signing

PDF = b"%PDF-1.7\n1 0 obj<</Title(POT/1/2026)>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
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
        (signing.xades(PDF, inside=True, digest=b"x" * 32), SignatureForm.XADES),
    ],
)
def test_a_signature_over_the_document_is_found(signed, form):
    found = check_signed(PDF, signed)

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
        signing.xades(OTHER, inside=True),
    ],
)
def test_a_signature_over_something_else_is_refused(signed):
    with pytest.raises(SignatureOfSomethingElse):
        check_signed(PDF, signed)


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
        check_signed(PDF, signed)


def test_a_certificate_without_a_name_is_named_by_its_subject():
    assert check_signed(PDF, signing.cms(PDF, name="")).signer == ""


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"%PDF-", b"<", b"\x30\x82", b"-----BEGIN"]))
def test_no_file_whatsoever_breaks_the_check(content, head):
    with pytest.raises((NotSignedFile, SignatureOfSomethingElse)):
        check_signed(PDF, head + content)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_altered_byte_of_the_document_passes(data):
    signed = bytearray(signing.pades(PDF))
    place = data.draw(st.integers(0, len(PDF) - 1))
    signed[place] ^= data.draw(st.integers(1, 255))

    with pytest.raises((NotSignedFile, SignatureOfSomethingElse)):
        check_signed(PDF, bytes(signed))
