"""Whether a certificate comes from an issuer on the list of those an installation trusts, and was not revoked."""

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from spoiwo.enquiries.types import Revocation

LONGEST = 5  # certificates between a signer and an issuer on the list


def comes_from(
    leaf: x509.Certificate,
    between: Sequence[x509.Certificate],
    listed: Sequence[x509.Certificate],
    *,
    at: datetime,
) -> bool:
    """Whether a chain of certificates, all valid at the moment, leads from the leaf to one on the list.

    between: what the signature brought along.
    """
    one = leaf
    for _step in range(LONGEST):
        if not one.not_valid_before_utc <= at <= one.not_valid_after_utc:
            return False
        if any(one == root or _issued(one, root, at) for root in listed):
            return True
        above = next((other for other in between if other != one and _issued(one, other, at)), None)
        if above is None:
            return False
        one = above
    return False


def revocation_of(
    leaf: x509.Certificate,
    known: Sequence[x509.Certificate],
    lists: Sequence[x509.CertificateRevocationList],
    *,
    at: datetime,
) -> Revocation:
    """What the lists of its issuer say about a certificate at a moment.

    known: certificates among which the issuer's is found, whose key must have signed the list. A list that names the
    certificate counts however old it is; one that does not is good until its issuer promised the next one, unless it
    says of itself that it is a part (delta lists, lists for some reasons).
    """
    said = Revocation.UNKNOWN
    for one in lists:
        if one.issuer != leaf.issuer or one.last_update_utc > at or not _is_signed(one, known):
            continue
        entry = one.get_revoked_certificate_by_serial_number(leaf.serial_number)
        if entry is not None and entry.revocation_date_utc <= at:
            return Revocation.REVOKED
        if entry is None and _is_whole(one) and one.next_update_utc and at <= one.next_update_utc:
            said = Revocation.GOOD
    return said


def _is_whole(one: x509.CertificateRevocationList) -> bool:
    """Whether nothing narrows the list; what does is marked as critical."""
    return not any(extension.critical for extension in one.extensions)


def _is_signed(one: x509.CertificateRevocationList, known: Sequence[x509.Certificate]) -> bool:
    """Whether an authority of the issuer's name signed the list."""
    issuers = [issuer for issuer in known if issuer.subject == one.issuer and _is_authority(issuer)]
    return any(one.is_signature_valid(issuer.public_key()) for issuer in issuers)  # type: ignore[arg-type]


def _issued(one: x509.Certificate, issuer: x509.Certificate, at: datetime) -> bool:
    """Whether the issuer, a certificate authority valid at the moment, signed the certificate."""
    if not issuer.not_valid_before_utc <= at <= issuer.not_valid_after_utc:
        return False
    try:
        one.verify_directly_issued_by(issuer)
        return _is_authority(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False


def _is_authority(issuer: x509.Certificate) -> bool:
    try:
        return issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False
