"""Files of the partnership: each lies in the private storage under its SHA-256, once however often it is sent."""

import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from spoiwo.partnership.errors import FileRefused
from spoiwo.partnership.types import Attached

LARGEST = 10_000_000
TEXTS = (".docx", ".odt", ".pdf", ".xlsx", ".ods")
PAPERS = (*TEXTS, ".pptx", ".odp", ".txt", ".csv", ".png", ".jpg", ".jpeg")


def file_path(digest: str) -> str:
    """Where a file of the partnership lies in the private storage."""
    return f"partnership/{digest}"


def kept_file(file: Attached, *, kinds: Sequence[str] = ()) -> tuple[str, str]:
    """(name, SHA-256) of a file that lies under its digest from now on.

    kinds: endings of names that are taken, all when empty. Raises FileRefused.
    """
    if not file.content:
        raise FileRefused("empty")
    if len(file.content) > LARGEST:
        raise FileRefused("too_large")
    if kinds and not file.name.lower().endswith(tuple(kinds)):
        raise FileRefused("kind")
    digest = hashlib.sha256(file.content).hexdigest()
    if not default_storage.exists(file_path(digest)):
        default_storage.save(file_path(digest), ContentFile(file.content))
    return file.name[-200:], digest
