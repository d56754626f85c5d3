"""The program that is handed out with the log checks it without Spoiwo."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spoiwo.audit import queries, services
from spoiwo.oversight.queries import verifier_source
from tests.makers import audit as make

pytestmark = pytest.mark.django_db
Records = list[dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An export of two chains: five and three records, two seals, one record not sealed yet; its key beside it."""
    make.chain(7, 2)
    make.chain(8, 2)
    make.chain(9, 1)
    services.seal()
    make.chain(7, 2)
    make.chain(8, 1)
    services.seal()
    make.chain(7, 1)
    write(tmp_path, [json.loads(line) for line in queries.record_lines({7, 8})], queries.seals_for({7, 8}))
    (tmp_path / "key.txt").write_text(
        "".join(key.hex() + "\n" for key in queries.public_keys()), encoding="ascii"
    )
    (tmp_path / "verify_audit.py").write_text(verifier_source(), encoding="utf-8")
    return tmp_path


def write(folder: Path, records: Records, seals: dict[str, Any]) -> None:
    """The two files as they are exported."""
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (folder / "export.jsonl").write_text(lines, encoding="utf-8")
    (folder / "seals.json").write_text(json.dumps(seals), encoding="utf-8")


def read(folder: Path) -> tuple[Records, dict[str, Any]]:
    """The two files, to be tampered with."""
    lines = (folder / "export.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines], json.loads(
        (folder / "seals.json").read_text(encoding="utf-8")
    )


def verdict(folder: Path, key: str = "key.txt") -> tuple[int, str]:
    """Exit code and words."""
    words = [sys.executable, "-I", "verify_audit.py", "export.jsonl", "seals.json", key]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout


def test_what_was_exported_holds(folder):
    assert verdict(folder) == (0, "2 chains, 8 records, 2 seals, 1 records not sealed yet\nINTACT\n")


def test_a_key_may_be_given_in_the_command(folder):
    assert verdict(folder, key=(folder / "key.txt").read_text(encoding="ascii").strip())[0] == 0


def test_a_foreign_key_is_refused(folder):
    code, words = verdict(folder, key="00" * 32)

    assert code == 1
    assert "seal 1: signed with a key that was not given" in words


def rewritten(records: Records, seq: int, **changes: Any) -> None:
    """Change a record of chain 7 and recompute its hashes, as somebody with the database would."""
    namespace: dict[str, Any] = {"__name__": "verifier"}
    exec(compile(verifier_source(), "verify_audit.py", "exec"), namespace)
    before = bytes(32)
    for record in (one for one in records if one["institution"] == 7):
        if record["seq"] == seq:
            record.update(changes)
        values = [bytes.fromhex(record[n]) if n == "digest" else record[n] for n in namespace["FIELDS"]]
        record["previous"] = before.hex()
        before = namespace["sha"](before, namespace["canonical"](values))
        record["hash"] = before.hex()


def alter(records: Records, _seals: Any) -> str:
    """Without recomputing."""
    records[2]["count"] = 99
    return "chain 7, position 3"


def rewrite(records: Records, _seals: Any) -> str:
    """With all hashes recomputed: the seal at position 4 knows better."""
    rewritten(records, 3, purpose="inny")
    return "chain 7, position 4: differs from what was sealed"


def remove(records: Records, _seals: Any) -> str:
    """One from the middle."""
    del records[1]
    return "chain 7, position 2: missing"


def truncate(records: Records, _seals: Any) -> str:
    """The sealed end of chain 8."""
    del records[-1]
    return "chain 8, position 3: sealed records are missing"


def drop_a_seal(_records: Records, seals: Any) -> str:
    """The first one."""
    del seals["seals"][0]
    return "seal 2: does not follow the seal before it"


def redate(_records: Records, seals: Any) -> str:
    """The time that was signed."""
    seals["seals"][1]["at"] = "2020-01-01T00:00:00.000000+00:00"
    return "seal 2: the signature does not fit"


def replace_the_end(_records: Records, seals: Any) -> str:
    """What the seal saw."""
    seals["seals"][0]["chains"]["7"][1] = "ab" * 32
    return "seal 1: chain 7 is not under its root"


@pytest.mark.parametrize("tamper", [alter, rewrite, remove, truncate, drop_a_seal, redate, replace_the_end])
def test_tampering_is_named(folder, tamper: Callable[[Records, Any], str]):
    records, seals = read(folder)
    words = tamper(records, seals)
    write(folder, records, seals)

    code, told = verdict(folder)

    assert code == 1
    assert words in told
    assert told.endswith("BROKEN\n")


@pytest.mark.parametrize("name", ["export.jsonl", "seals.json"])
def test_what_is_no_export_is_unusable(folder, name):
    (folder / name).write_text("to nie jest wypis", encoding="utf-8")

    code, told = verdict(folder)

    assert code == 2
    assert told.startswith("unusable")


def test_an_export_of_one_chain_tells_nothing_of_others(folder):
    seals = json.dumps(queries.seals_for({7}))

    assert {line["institution"] for line in map(json.loads, queries.record_lines({7}))} == {7}
    assert all(set(seal["chains"]) <= {"7"} for seal in json.loads(seals)["seals"])


def test_the_verifier_is_short_enough_to_be_read():
    assert len(verifier_source().splitlines()) <= 150
