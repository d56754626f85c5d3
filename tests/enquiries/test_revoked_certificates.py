"""Certificates that their issuers took back are refused; what no list says is not claimed."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from spoiwo.enquiries.errors import RevokedCertificate
from spoiwo.enquiries.messages import message_for
from spoiwo.enquiries.rules.signatures import Issuers, check_signed
from spoiwo.enquiries.services import revocation
from spoiwo.enquiries.types import Proof
from tests.enquiries.test_signatures import DAY, PDF
from tests.makers import signing

ROOT = signing.party("Urząd Zmyślony", is_authority=True)
NAMESAKE = signing.party("Urząd Zmyślony", is_authority=True, number=8)
WORKER = signing.party("Wanda Wymyślona", ROOT)
NUMBER = WORKER.certificate.serial_number


def proof_of(*lists, listed=(ROOT,), at=DAY) -> Proof:
    issuers = Issuers([one.certificate for one in listed], at, lists)
    return check_signed(PDF, signing.cms(PDF, by=WORKER), issuers).proof


def test_a_list_that_does_not_name_the_certificate_proves_that_it_holds():
    assert proof_of(signing.revocations(ROOT, NUMBER + 1)) is Proof.CURRENT


@pytest.mark.parametrize("signed", [signing.cms(PDF, by=WORKER), signing.xades(PDF, by=WORKER)])
def test_a_revoked_certificate_is_refused(signed):
    lists = [signing.revocations(ROOT), signing.revocations(ROOT, NUMBER)]

    with pytest.raises(RevokedCertificate) as refused:
        check_signed(PDF, signed, Issuers([ROOT.certificate], DAY, lists))
    assert "unieważniony" in message_for(refused.value)


def test_an_old_list_still_tells_what_was_revoked():
    with pytest.raises(RevokedCertificate):
        proof_of(signing.revocations(ROOT, NUMBER, days=1))


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(signing.revocations(ROOT, days=1), id="a newer list is due"),
        pytest.param(signing.revocations(ROOT, is_part=True), id="a list of changes"),
        pytest.param(signing.revocations(NAMESAKE), id="another issuer of that name"),
        pytest.param(signing.revocations(ROOT, NUMBER, by=NAMESAKE), id="signed by somebody else"),
        pytest.param(
            signing.revocations(signing.party("Inny", is_authority=True), NUMBER), id="another issuer"
        ),
    ],
)
def test_what_no_good_list_says_is_not_claimed(one):
    assert proof_of(one) is Proof.TRUSTED


def test_a_list_of_the_future_says_nothing_yet():
    before = DAY - timedelta(days=70)

    assert proof_of(signing.revocations(ROOT, NUMBER), at=before) is Proof.UNLISTED


def test_a_certificate_revoked_later_was_good_before():
    later = signing.revocations(ROOT, NUMBER, revoked_after=80)

    assert proof_of(later) is Proof.TRUSTED


def test_without_trusted_issuers_a_list_alone_proves_nothing():
    assert proof_of(signing.revocations(ROOT), listed=()) is Proof.CORRECT


def test_lists_are_read_from_their_folder_and_broken_ones_are_passed_over(settings, tmp_path: Path):
    first, second = signing.revocations(ROOT, 1), signing.revocations(ROOT, 2)
    (tmp_path / "a.crl").write_bytes(first.public_bytes(serialization.Encoding.DER))
    (tmp_path / "b.crl").write_bytes(second.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "c.crl").write_bytes(b"nic")
    (tmp_path / "opis.txt").write_bytes(b"nic")

    settings.SPOIWO_REVOCATION_LISTS = ""
    assert revocation.lists() == []
    settings.SPOIWO_REVOCATION_LISTS = str(tmp_path)
    assert revocation.lists() == [first, second]
