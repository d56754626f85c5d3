"""Whether a certificate comes from an issuer on the list of those an installation trusts."""

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

LONGEST = 5  # certificates between a signer and an issuer on the list


def comes_from(
    leaf: x509.Certificate,
    between: Sequence[x509.Certificate],
    listed: Sequence[x509.Certificate],
    *,
    at: datetime,
) -> bool:
    """Whether a chain of certificates, all valid at the moment, leads from the leaf to one on the list.

    between: what the signature brought along. Whether a certificate was revoked is not asked: that takes a call to
    its issuer.
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
