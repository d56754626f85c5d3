"""A code that a registrar carries from the screen to the connector, once."""

import hashlib
import secrets
from datetime import timedelta

LASTS = timedelta(hours=1)
_LETTERS = "ABCDEFGHJKLMNPRSTUWXYZ23456789"  # none that is mistaken for another
_LENGTH, _GROUP = 12, 4


def new_code() -> str:
    """Three groups of four signs; some 58 bits."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return "-".join(drawn[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def digest_of(code: str) -> str:
    """What is kept of a code, however it was typed."""
    return hashlib.sha256("".join(sign for sign in code.upper() if sign.isalnum()).encode()).hexdigest()
