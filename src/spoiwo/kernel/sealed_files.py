"""Files sealed in chunks under a data key, so that they can be written as a stream and read at any place.

Layout: chunks of CHUNK bytes in the clear (the last one shorter, perhaps empty), each sealed with AES-GCM
as nonce, text, tag. Number and last-ness of a chunk are authenticated with it: chunks that were altered,
exchanged or cut off do not open.
"""

import io
import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from spoiwo.kernel.sealing import NONCE_BYTES, CannotUnseal

CHUNK = 64 * 1024
_SEALED_CHUNK = CHUNK + NONCE_BYTES + 16


class SealedWriter:
    """Writes a sealed file piece by piece, readable by the owner only. Without `finish` it does not open.

    Raises FileExistsError: a sealed file is never written over.
    """

    def __init__(self, path: Path, key: bytes):
        self._cipher, self._waiting, self._number = AESGCM(key), bytearray(), 0
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self.total = 0

    def write(self, part: bytes) -> None:
        """Take on more bytes of the clear text."""
        self._waiting += part
        self.total += len(part)
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def finish(self, *, durable: bool = True) -> None:
        """Write what is waiting. durable: the file is on disk when this returns."""
        self._put(bytes(self._waiting), last=True)
        self._file.flush()
        if durable:
            os.fsync(self._file.fileno())
        self.close()

    def close(self) -> None:
        """Let go of the file, finished or not."""
        self._file.close()

    def _put(self, text: bytes, *, last: bool) -> None:
        nonce = os.urandom(NONCE_BYTES)
        self._file.write(nonce + self._cipher.encrypt(nonce, text, _place(self._number, last=last)))
        self._number += 1


def seal_file(path: Path, chunks: Iterable[bytes], key: bytes) -> int:
    """Write the bytes sealed, readable by the owner only, and on disk when it returns; gives their number.

    Raises FileExistsError: a sealed file is never written over.
    """
    writer = SealedWriter(path, key)
    try:
        for chunk in chunks:
            writer.write(chunk)
        writer.finish()
    finally:
        writer.close()
    return writer.total


def open_sealed(path: Path, key: bytes) -> io.BufferedReader:
    """The file in the clear, as a seekable binary stream. Raises CannotUnseal while reading what was altered."""
    return io.BufferedReader(_SealedFile(path, key), buffer_size=CHUNK)


class _SealedFile(io.RawIOBase):
    """Opens one chunk at a time."""

    def __init__(self, path: Path, key: bytes):
        super().__init__()
        self._file = path.open("rb")
        self._cipher = AESGCM(key)
        sealed_size = path.stat().st_size
        self._chunks = max(1, -(-sealed_size // _SEALED_CHUNK))
        self._size = sealed_size - self._chunks * (NONCE_BYTES + 16)
        self._place = 0
        self._open_number = -1
        self._open_chunk = b""

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read anywhere."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place counted in bytes of the clear text."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def tell(self) -> int:
        """The place in the clear text."""
        return self._place

    def readinto(self, buffer: "bytearray | memoryview[int]") -> int:  # type: ignore[override]
        """Fill the buffer as far as the current chunk goes."""
        number, start = divmod(self._place, CHUNK)
        if self._place >= self._size and self._size:
            return 0
        part = self._chunk(number)[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._place += len(part)
        return len(part)

    def close(self) -> None:
        """Close the file below."""
        self._file.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if number != self._open_number:
            self._file.seek(number * _SEALED_CHUNK)
            sealed = self._file.read(_SEALED_CHUNK)
            place = _place(number, last=number == self._chunks - 1)
            try:
                self._open_chunk = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)
            except (InvalidTag, ValueError) as error:
                raise CannotUnseal(f"chunk {number}") from error
            self._open_number = number
        return self._open_chunk


def _place(number: int, *, last: bool) -> bytes:
    return number.to_bytes(8, "big") + (b"\x01" if last else b"\x00")
