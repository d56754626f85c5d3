"""Backups of a whole installation, on the database the tests run on: each command a process of its own."""

import gzip
import io
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from spoiwo.cli.backups.manifest import from_json
from tests.cli.shell import Installation, installation

pytestmark = pytest.mark.slow
PAPER = b"%PDF-1.7 a private paper"


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Installation]:
    """A migrated installation with one account and one file."""
    with installation(tmp_path_factory.mktemp("office")) as made:
        assert made.spoiwo("init").code == 0
        done = made.spoiwo("migrate", "--json")
        assert done.code == 0, done.err
        create_account(made, "first@example.pl")
        (made.folder / "files" / "papers").mkdir()
        (made.folder / "files" / "papers" / "one.pdf").write_bytes(PAPER)
        yield made


def create_account(made: Installation, email: str) -> None:
    done = made.spoiwo("user", "create", "--email", email, "--name", "Osoba Próbna", "--operator", "--json")
    assert done.code == 0, done.err


def has_account(made: Installation, email: str) -> bool:
    """Whether the address is taken."""
    done = made.spoiwo("user", "create", "--email", email, "--name", "Osoba Próbna")
    return done.code == 1


def backed_up(made: Installation, file: Path) -> Path:
    done = made.spoiwo("backup", "--out", str(file), "--json")
    assert done.code == 0, done.err
    assert done.data["keys_included"] is False
    return file


def test_a_backup_brings_everything_back_and_signs_everybody_out(office, tmp_path):
    file = backed_up(office, tmp_path / "kept.tar.gz")
    create_account(office, "later@example.pl")
    (office.folder / "files" / "papers" / "one.pdf").unlink()

    done = office.spoiwo("restore", str(file), "--replace", "--json")

    assert done.code == 0, done.err
    assert done.data["restored"] is True
    assert done.data["audit"]["intact"] is True
    assert done.data["audit"]["records"] >= 2  # the account of before, and the restoring itself
    assert (office.folder / "files" / "papers" / "one.pdf").read_bytes() == PAPER
    assert has_account(office, "first@example.pl")
    assert not has_account(office, "later@example.pl")
    assert not list(office.folder.glob("restore-*"))


def test_a_backup_holds_no_keys_and_says_what_it_holds(office, tmp_path):
    file = backed_up(office, tmp_path / "kept.tar.gz")

    secrets = [
        line.partition("=")[2].encode()
        for line in (office.folder / "settings.env").read_text(encoding="utf-8").splitlines()
        if "=" in line and not line.startswith("#")
    ]
    with tarfile.open(file) as archive:
        names = archive.getnames()
        manifest = from_json(archive.extractfile("manifest.json").read())
    assert names == ["database", "files/papers/one.pdf", "manifest.json"]
    assert manifest.snapshot.rows["institutions_user"] >= 1
    assert manifest.snapshot.rows["django_session"] == 0
    assert file.stat().st_mode & 0o077 == 0
    assert len(secrets) == 4
    assert not any(secret in gzip.decompress(file.read_bytes()) for secret in secrets)


def test_an_installation_that_holds_data_is_not_overwritten_unasked(office, tmp_path):
    file = backed_up(office, tmp_path / "kept.tar.gz")
    added = office.spoiwo("demo", "load", "--json", SPOIWO_PROFILE="production")
    assert added.code == 1  # the demonstration stays out of production

    with_data = office.spoiwo("restore", str(file), "--json")

    assert with_data.code == 1
    assert with_data.data["error"]["kind"] == "Refused"


def test_a_backup_that_was_altered_is_refused_and_nothing_changes(office, tmp_path):
    file = backed_up(office, tmp_path / "kept.tar.gz")
    altered = rewritten(
        file, tmp_path / "altered.tar.gz", {"files/papers/one.pdf": b"another paper, same name"}
    )

    done = office.spoiwo("restore", str(altered), "--replace", "--json")

    assert done.code == 1
    assert "files/papers/one.pdf" in done.data["error"]["message"]
    assert has_account(office, "first@example.pl")


def test_something_else_than_a_backup_is_unusable(office, tmp_path):
    (tmp_path / "other.tar.gz").write_bytes(b"no archive")

    done = office.spoiwo("restore", str(tmp_path / "other.tar.gz"), "--replace", "--json")

    assert done.code == 2


def test_other_keys_do_not_restore(office, tmp_path):
    file = backed_up(office, tmp_path / "kept.tar.gz")
    stranger = Installation(tmp_path / "stranger", office.environment)
    assert stranger.spoiwo("init").code == 0

    done = stranger.spoiwo("restore", str(file), "--replace", "--json")

    assert done.code == 1
    assert "settings.env" in done.data["error"]["message"]


def test_a_backup_goes_into_an_empty_installation_with_its_keys(office, tmp_path):
    file = backed_up(office, tmp_path / "kept.tar.gz")
    with installation(tmp_path / "elsewhere") as elsewhere:
        elsewhere.folder.mkdir()
        shutil.copy(office.folder / "settings.env", elsewhere.folder)

        done = elsewhere.spoiwo("restore", str(file), "--json")

        assert done.code == 0, done.err
        assert done.data["audit"]["intact"] is True
        assert has_account(elsewhere, "first@example.pl")


def test_a_backup_does_not_overwrite_a_file(office, tmp_path):
    (tmp_path / "kept.tar.gz").write_bytes(b"something")

    done = office.spoiwo("backup", "--out", str(tmp_path / "kept.tar.gz"), "--json")

    assert done.code == 2
    assert (tmp_path / "kept.tar.gz").read_bytes() == b"something"


def rewritten(source: Path, target: Path, contents: dict[str, bytes]) -> Path:
    """The archive with some of its files replaced."""
    with tarfile.open(source) as old, tarfile.open(target, "w:gz") as new:
        for member in old.getmembers():
            raw = contents.get(member.name) or old.extractfile(member).read()
            member.size = len(raw)
            new.addfile(member, io.BytesIO(raw))
    return target
