"""The files that cross, for whoever carries them: the command line, and tests of other contexts."""

from spoiwo.discovery.rules.envelopes import (
    read_parcel,
    read_reply,
    text_of,
    unpack,
    write_parcel,
)
from spoiwo.discovery.rules.pair_keys import fingerprint

__all__ = ["fingerprint", "read_parcel", "read_reply", "text_of", "unpack", "write_parcel"]
