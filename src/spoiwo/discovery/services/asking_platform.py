"""How a connector reaches the platform: HTTPS, with what Python brings along. No database, no Django."""

import http.client
import ssl
import time
from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import UUID

from spoiwo.discovery.errors import BadConfiguration, PlatformRefused, PlatformSilent
from spoiwo.discovery.rules import requests
from spoiwo.discovery.rules.requests import Step
from spoiwo.discovery.services.office import Office

PATH = "/poufne-porownanie/lacznik/pytanie/"
MOST_SECONDS = 300  # until the platform has read a large file
_HERE = {"localhost", "127.0.0.1", "::1"}  # where encryption would protect from nobody
_NETWORK = (OSError, http.client.HTTPException, ssl.SSLError)
__all__ = ["Carry", "Platform", "Step", "over_network"]
Carry = Callable[[bytes], bytes]
"""Carries a request to the platform and brings the answer. Raises PlatformRefused, PlatformSilent."""


class Platform:
    """The platform as the connector of one office sees it."""

    def __init__(self, own: Office, carry: Carry):
        self._own = own
        self._carry = carry
        self._last = 0

    def ask(self, step: Step, body: bytes = b"", *, round_uuid: UUID | None = None) -> bytes:
        """What the platform answers. Raises PlatformRefused, PlatformSilent."""
        self._last = max(self._last + 1, time.time_ns() // 1_000_000)
        return self._carry(
            requests.write(
                step,
                body,
                agreement=self._own.agreement,
                round_uuid=round_uuid,
                at=self._last,
                keys=self._own.keys,
            )
        )


def over_network(address: str, *, language: str) -> Carry:
    """Carry requests to the address of a platform. Raises BadConfiguration where that would be in the clear."""
    parts = urlsplit(address)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    if not is_safe or not parts.hostname:
        raise BadConfiguration("platform")

    def carry(content: bytes) -> bytes:
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        line = kind(parts.netloc, timeout=MOST_SECONDS)
        headers = {"Content-Type": "application/octet-stream", "Accept-Language": language}
        try:
            line.request("POST", parts.path.rstrip("/") + PATH, content, headers)
            answer = line.getresponse()
            told = answer.read()
        except _NETWORK as error:
            raise PlatformSilent(str(error)) from error
        finally:
            line.close()
        if answer.status == http.client.OK:
            return told
        if answer.getheader("Content-Type", "").startswith("text/plain"):
            raise PlatformRefused(told.decode())
        raise PlatformSilent(f"{answer.status} {answer.reason}")

    return carry
