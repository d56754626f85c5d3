"""Check an exported audit log of Spoiwo without Spoiwo.

    python verify_audit.py export.jsonl seals.json public_key

export.jsonl: the records, a JSON object a line. seals.json: the seals with the paths of the exported chains.
public_key: a file with public keys in hexadecimal, one a line, or such a key itself; take it from somewhere else than
the export. Needs Python 3.11 and the library "cryptography". Exit code 0: everything holds; 1: not; 2: unusable.
"""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIELDS = (
    "institution", "seq", "at", "action", "actor", "institution_acting", "person", "object", "categories", "purpose",
    "legal_basis", "agreement", "relation", "count", "outcome", "digest", "request",
)  # fmt: skip
NOTHING = bytes(32)
Finding = str


def sha(*parts: bytes) -> bytes:
    """SHA-256 over the parts put together."""
    return hashlib.sha256(b"".join(parts)).digest()


def canonical(values: list[Any]) -> bytes:
    """Each value as a type letter, its length in four bytes and its bytes, after the name of the format."""
    parts = [b"spoiwo-audit-1"]
    for value in values:
        kind = "b" if isinstance(value, bytes) else "i" if isinstance(value, int) else "s"
        raw = value if isinstance(value, bytes) else str(value).encode()
        parts.append(kind.encode() + len(raw).to_bytes(4, "big") + raw)
    return b"".join(parts)


def keys_of(word: str) -> set[str]:
    """Public keys in a file, or the word itself."""
    path = Path(word)
    return set((path.read_text(encoding="ascii") if path.is_file() else word).split())


def climb(chain: int, mark: list[Any]) -> bytes:
    """The root that the end of a chain leads to: mark is [seq, hash, [[side, hash of the neighbour], ...]]."""
    seq, end, path = mark
    node = sha(b"\x00", canonical([chain, seq, bytes.fromhex(end)]))
    for side, neighbour in path:
        other = bytes.fromhex(neighbour)
        node = sha(b"\x01", other, node) if side == "L" else sha(b"\x01", node, other)
    return node


def bad_seals(seals: list[dict[str, Any]], keys: set[str]) -> Iterator[Finding]:
    """What is wrong with the seals themselves."""
    before = NOTHING
    for expected, seal in enumerate(seals, start=1):
        root, signature = bytes.fromhex(seal["root"]), bytes.fromhex(seal["signature"])
        previous = bytes.fromhex(seal["previous"])
        message = canonical(["seal", seal["number"], seal["at"], previous, root, seal["records"]])
        if seal["number"] != expected or previous != before:
            yield f"seal {seal['number']}: does not follow the seal before it"
        if seal["key"] not in keys:
            yield f"seal {seal['number']}: signed with a key that was not given"
        else:
            try:
                Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal["key"])).verify(signature, message)
            except InvalidSignature:
                yield f"seal {seal['number']}: the signature does not fit"
        for chain, mark in seal["chains"].items():
            if climb(int(chain), mark) != root:
                yield f"seal {seal['number']}: chain {chain} is not under its root"
        before = sha(message, signature)


def marks_of(seals: list[dict[str, Any]]) -> dict[int, dict[int, str]]:
    """For each chain the positions that seals saw, with the hash they saw there."""
    marks: dict[int, dict[int, str]] = {}
    for seal in seals:
        for chain, (seq, end, _path) in seal["chains"].items():
            marks.setdefault(int(chain), {})[seq] = end
    return marks


def bad_records(
    lines: Iterator[str], marks: dict[int, dict[int, str]], ends: dict[int, int]
) -> Iterator[Finding]:
    """The first position of each chain that does not hold; ends: filled with how far each chain reaches."""
    before: dict[int, bytes] = {}
    broken: set[int] = set()
    for line in lines:
        record = json.loads(line)
        chain, seq = record["institution"], record["seq"]
        expected = ends.get(chain, 0) + 1
        values = [bytes.fromhex(record[name]) if name == "digest" else record[name] for name in FIELDS]
        made = sha(before.get(chain, NOTHING), canonical(values))
        problem = ""
        if seq != expected:
            problem = "missing"
        elif made.hex() != record["hash"]:
            problem = "altered, or does not follow the record before it"
        elif marks.get(chain, {}).get(seq, record["hash"]) != record["hash"]:
            problem = "differs from what was sealed; changed at this position or before"
        if problem and chain not in broken:
            broken.add(chain)
            yield f"chain {chain}, position {expected}: {problem}"
        ends[chain], before[chain] = expected, bytes.fromhex(record["hash"])
    for chain, seen in marks.items():
        if chain not in broken and max(seen) > ends.get(chain, 0):
            yield f"chain {chain}, position {ends.get(chain, 0) + 1}: sealed records are missing"


def main(words: list[str]) -> int:
    """Read the three files and say what holds."""
    if len(words) != 3:
        print(__doc__)
        return 2
    try:
        keys = keys_of(words[2])
        seals = json.loads(Path(words[1]).read_text(encoding="utf-8"))["seals"]
        ends: dict[int, int] = {}
        with Path(words[0]).open(encoding="utf-8") as lines:
            findings = [*bad_seals(seals, keys), *bad_records(lines, marks_of(seals), ends)]
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"unusable: {type(error).__name__}: {error}")
        return 2
    for finding in findings:
        print(finding)
    sealed = {chain: max(seen) for chain, seen in marks_of(seals).items()}
    waiting = sum(end - sealed.get(chain, 0) for chain, end in ends.items())
    print(
        f"{len(ends)} chains, {sum(ends.values())} records, {len(seals)} seals, {waiting} records not sealed yet"
    )
    print("BROKEN" if findings else "INTACT")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
