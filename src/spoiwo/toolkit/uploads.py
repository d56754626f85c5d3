"""Files on their way in: sealed from the first byte, so that a request leaves nothing in the clear on disk."""

import os
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from spoiwo.kernel.ids import new_uuid
from spoiwo.kernel.sealed_files import SealedWriter, open_sealed
from spoiwo.kernel.sealing import KEY_BYTES
from spoiwo.toolkit.scanning import scan

FOLDER = "uploads"  # where imports sweep up what a crash has left behind


class SealedUploadHandler(FileUploadHandler):
    """Keeps each uploaded file under a key that only this request has, in a file that has no name any more.

    Of a file that is larger than allowed little more than the limit is kept: enough to be refused for its size.
    """

    file: "_Arriving | UploadedFile[Any]"  # closed by Django when an upload is stopped

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._arriving = self.file = _Arriving()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 the signature is Django's
        """Seal the next bytes; no other handler sees them."""
        if self._arriving.size <= settings.SPOIWO_UPLOAD_BYTES:
            self._arriving.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":  # noqa: ARG002 the signature is Django's
        """The file, to be read in the clear from its beginning, once the virus scanner has seen it."""
        opened = self._arriving.opened()
        scan(opened)
        self.file = UploadedFile(
            file=opened,
            name=self.file_name,
            content_type=self.content_type,
            size=self._arriving.size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
        return self.file

    def upload_interrupted(self) -> None:
        """Whoever sent the file has gone."""
        with suppress(AttributeError):  # before any file began
            self._arriving.close()


class _Arriving:
    """A file that is being received; its name on disk goes as soon as it is complete, or given up."""

    def __init__(self) -> None:
        folder = Path(settings.DATA_DIR) / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / f"{new_uuid()}.sealed"
        self._key = os.urandom(KEY_BYTES)
        self._writer = SealedWriter(self._path, self._key)
        # Django says nothing to a handler when reading the request fails half way.
        self._give_up = weakref.finalize(self, _forget, self._path, self._writer)

    @property
    def size(self) -> int:
        """Bytes received."""
        return self._writer.total

    def write(self, part: bytes) -> None:
        """Seal more bytes."""
        self._writer.write(part)

    def opened(self) -> Any:
        """The complete file as a seekable stream; nothing of it has a name from now on."""
        try:
            self._writer.finish(durable=False)
            return open_sealed(self._path, self._key)
        finally:
            self.close()

    def close(self) -> None:
        """Take the name away and let go of the file."""
        self._give_up()


def _forget(path: Path, writer: SealedWriter) -> None:
    path.unlink(missing_ok=True)
    writer.close()
