"""Lists of revoked certificates, read anew whenever a signed file comes in: somebody else keeps their folder fresh."""

from pathlib import Path

import structlog
from cryptography import x509
from django.conf import settings

logger = structlog.get_logger(__name__)
_PEM = b"-----BEGIN"


def lists() -> list[x509.CertificateRevocationList]:
    """Every list that can be read in the folder of the installation; none when it keeps no folder."""
    folder = settings.SPOIWO_REVOCATION_LISTS
    paths = sorted(Path(folder).glob("*.crl")) if folder else []
    return [found for path in paths if (found := _read(path)) is not None]


def _read(path: Path) -> x509.CertificateRevocationList | None:
    content = path.read_bytes()
    load = x509.load_pem_x509_crl if content.lstrip().startswith(_PEM) else x509.load_der_x509_crl
    try:
        found = load(content)
        len(found.extensions)  # read late by the library, and refused then
    except ValueError:
        logger.warning("unreadable list of revoked certificates", file=path.name)
        return None
    return found
