"""Texts about people are sealed under a key of the thing they belong to."""

import base64
import json
from typing import Any

from spoiwo.enquiries.rules.content import sought_values
from spoiwo.enquiries.types import Sought
from spoiwo.kernel.sealing import seal
from spoiwo.toolkit.keys import key_ring

SOUGHT, GROUNDS, NOTE, CONTENT, FILE, TEXT = "sought", "grounds", "note", "content", "file", "message"


class Box:
    """A data key in use: a fresh one, or the one a thing was sealed under."""

    def __init__(self, wrapped: bytes | memoryview | None = None):
        ring = key_ring()
        if wrapped is None:
            made = ring.new_data_key()
            self._plain, self.wrapped = made.plain, made.wrapped
        else:
            self._plain, self.wrapped = ring.unwrap(bytes(wrapped)), bytes(wrapped)

    def text(self, text: str, place: str) -> bytes:
        """A sealed text; nothing stays nothing."""
        return seal(self._plain, text, place) if text else b""

    def sought(self, who: Sought) -> bytes:
        """Who is meant, sealed."""
        return self.values(sought_values(who), SOUGHT)

    def values(self, values: dict[str, Any], place: str) -> bytes:
        """A structure, sealed."""
        return self.text(json.dumps(values, ensure_ascii=False), place)

    def file(self, content: bytes) -> bytes:
        """A file, sealed."""
        return self.text(base64.b64encode(content).decode(), FILE)
