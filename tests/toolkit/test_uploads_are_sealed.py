"""An uploaded file is sealed from its first byte: nothing of it is on disk in the clear while a request runs."""

import gc
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from spoiwo.toolkit.uploads import SealedUploadHandler

SECRET = b"44051401359"
CONTENT = (b"local_id;pesel\r\n1;" + SECRET + b"\r\n") * 20_000  # more than one part


def files_in(folders: Iterable[Path]) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


class Watching(SealedUploadHandler):
    """Remembers what lay in the folders while the file came in."""

    def __init__(self, *folders: Path):
        super().__init__()
        self._folders = folders
        self.seen: list[bytes] = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        super().receive_data_chunk(raw_data, start)
        self.seen += [path.read_bytes() for path in files_in(self._folders)]


@pytest.fixture
def folders(tmp_path, settings, monkeypatch):
    ours, systems = tmp_path / "data", tmp_path / "system"
    systems.mkdir()
    settings.DATA_DIR = ours
    monkeypatch.setattr(tempfile, "tempdir", str(systems))
    return ours, systems


def request_with(*files, handlers):
    request = RequestFactory().post("/", {f"file{number}": file for number, file in enumerate(files)})
    request.upload_handlers = handlers
    return request


def test_while_a_file_comes_in_only_sealed_bytes_are_on_disk(folders):
    watching = Watching(*folders)

    request = request_with(SimpleUploadedFile("pup.csv", CONTENT), handlers=[watching])
    file = request.FILES["file0"]

    assert len(watching.seen) > 1
    assert any(watching.seen)
    assert not any(SECRET in part for part in watching.seen)
    assert files_in(folders) == []
    assert (file.name, file.size, file.read()) == ("pup.csv", len(CONTENT), CONTENT)
    assert b"".join(file.chunks()) == CONTENT


def test_the_product_takes_files_in_this_way(folders, settings):
    assert settings.FILE_UPLOAD_HANDLERS == ["spoiwo.toolkit.uploads.SealedUploadHandler"]
    files = [SimpleUploadedFile("a.csv", CONTENT), SimpleUploadedFile("b.csv", b"x")]

    request = RequestFactory().post("/", {"one": files[0], "two": files[1]})

    assert [request.FILES[name].read() for name in ("one", "two")] == [CONTENT, b"x"]
    request.close()
    assert request.FILES["one"].closed
    assert files_in(folders) == []


def test_a_file_that_breaks_off_leaves_nothing_behind(folders):
    class BreakingOff(SealedUploadHandler):
        def file_complete(self, file_size):
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 its kind is all there is
        request_with(SimpleUploadedFile("pup.csv", CONTENT), handlers=[BreakingOff()]).FILES  # noqa: B018
    gc.collect()

    assert files_in(folders) == []


def test_an_interrupted_file_leaves_nothing_behind(folders):
    handler = SealedUploadHandler()
    handler.upload_interrupted()
    handler.new_file("file", "pup.csv", "text/csv", None)
    handler.receive_data_chunk(CONTENT, 0)

    handler.upload_interrupted()

    assert files_in(folders) == []


def test_of_a_file_that_is_too_large_little_more_than_the_limit_is_kept(folders, settings):
    settings.SPOIWO_UPLOAD_BYTES = 100_000

    request = request_with(SimpleUploadedFile("pup.csv", CONTENT), handlers=[SealedUploadHandler()])

    assert 100_000 < request.FILES["file0"].size < 200_000
