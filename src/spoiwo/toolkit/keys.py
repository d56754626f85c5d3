"""The key ring of this installation, wired from the settings once per process."""

from functools import cache

from django.conf import settings

from spoiwo.kernel.sealing import KeyRing

PESEL = "pesel"  # place of sealing and kind of the blind index
DOCUMENT = "document"
FACT = "fact"


@cache
def key_ring() -> KeyRing:
    """Master keys and the key of the blind index."""
    return KeyRing(master_keys=settings.SPOIWO_MASTER_KEYS, index_key=settings.SPOIWO_INDEX_KEY)


def index_key_id() -> str:
    """Tells two index keys apart without giving them away, in hexadecimal."""
    return key_ring().blind_index("key", "id").hex()
