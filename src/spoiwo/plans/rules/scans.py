"""What a scanned paper may be."""

MOST_BYTES = 5_000_000
_STARTS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


def kind_of_scan(content: bytes) -> str | None:
    """The media type that the first bytes tell, None for anything else and for more than 5 MB."""
    if len(content) > MOST_BYTES:
        return None
    return next((kind for start, kind in _STARTS.items() if content.startswith(start)), None)
