"""Comparing two registers blindly: how many people are found, how surely, and what crosses.

Registers of both models of people and offices, with seeds of their own; the whole way is walked: tokens of two
connectors, the joining without the key, replies read by the offices that asked.
"""

import csv
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from time import process_time

from benchmarks.linkage_registers import profiles, second
from benchmarks.report import Figure
from spoiwo.discovery.rules import envelopes, joining
from spoiwo.discovery.services import connector, office
from spoiwo.discovery.services.office import Office
from spoiwo.discovery.types import Found, Level, Match, Reply
from spoiwo.matching.services.tokens import level

DAY = date(2026, 11, 20)
SEED = 20261129  # never used while the kinds of token were chosen
SIZE = {"left": 20_000, "right": 14_000, "common": 5_000}
AGREEMENT = "P/1"
MOST_ROWS = 1_000_000
PRECISION = (0.9995, 0.9998)
NO_BOUND = (0.0, 0.0)
RECALL = {"realistic": (0.95, 0.975), "second realistic": (0.95, 0.975)}


def run() -> list[Figure]:
    """Each kind of register once."""
    names = ("realistic", "hostile", "villages", "second realistic", "second hostile", "second villages")
    with tempfile.TemporaryDirectory() as folder:
        return [figure for name in names for figure in _compared(name, Path(folder) / name.replace(" ", "-"))]


def _compared(name: str, folder: Path) -> list[Figure]:
    (second if name in second.CASES else profiles).write(name, SEED, folder, **SIZE)
    left, right = _offices(folder)
    started = process_time()
    sent = [connector.prepare(one, epoch=1, today=DAY) for one in (left, right)]
    seconds = process_time() - started
    rows = [envelopes.unpack(one.envelope, most_rows=MOST_ROWS).rows for one in sent]
    matches = joining.join(rows[0], rows[1], level)
    pairs = _pairs(matches, sent[0].memory.rows, sent[1].memory.rows)
    truth = _truth(folder / "truth.csv")
    sure = {pair for pair, of in pairs.items() if of is Level.SURE}
    crossed = _stranger_bytes(left, matches, sent)
    records = sent[0].records + sent[1].records
    return [
        _figure(f"{name}: certain, precision", len(sure & truth) / max(len(sure), 1), PRECISION),
        _figure(f"{name}: certain, recall", len(sure & truth) / len(truth), RECALL.get(name, NO_BOUND)),
        _figure(f"{name}: certain and possible, recall", len(pairs.keys() & truth) / len(truth), NO_BOUND),
        _least(f"{name}: aliases of people not in common that reach the other side", crossed, (0, 0)),
        _least(
            f"{name}: sent for a record", sum(len(one.envelope) for one in sent) / records, (320, 200), "B"
        ),
        _least(f"{name}: making tokens of 100,000 records", 100_000 * seconds / records, (60, 20), "CPU-s"),
    ]


def _offices(folder: Path) -> tuple[Office, Office]:
    keys = [office.begin(folder / side, agreement=AGREEMENT) for side in ("a", "b")]
    left, right = (
        Office(
            folder=folder,
            agreement=AGREEMENT,
            partner=other.public,
            register=folder / f"{side}.csv",
            fields=(),
            keys=own,
        )
        for side, own, other in (("left", keys[0], keys[1]), ("right", keys[1], keys[0]))
    )
    return left, right


def _pairs(
    matches: list[Match], left: Mapping[str, str], right: Mapping[str, str]
) -> dict[tuple[str, str], Level]:
    """Pairs of local ids; rows of nobody are no pairs."""
    return {
        (left[one.left.hex()], right[one.right.hex()]): one.level
        for one in matches
        if one.left.hex() in left and one.right.hex() in right
    }


def _truth(path: Path) -> set[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {(row["left_id"], row["right_id"]) for row in csv.DictReader(stream) if row["kind"] == "cross"}


def _stranger_bytes(left: Office, matches: list[Match], sent: list[connector.Prepared]) -> int:
    """How many aliases of the left office stand in what the right one is sent."""
    found = [Found(one.right, one.level, str(at)) for at, one in enumerate(matches)]
    reply = envelopes.write_reply(Reply(agreement=left.agreement, epoch=1, found=found))
    told = {one for one in reply.decode().split('"') if len(one) == 2 * len(matches[0].left)}
    return len(told & set(sent[0].memory.rows))


def _figure(what: str, value: float, bounds: tuple[float, float]) -> Figure:
    must, aim = bounds
    return Figure(case="discovery", what=what, value=round(value, 5), unit="", must=must, aim=aim)


def _least(what: str, value: float, bounds: tuple[float, float], unit: str = "") -> Figure:
    must, aim = bounds
    return Figure(
        case="discovery", what=what, value=round(value, 2), unit=unit, must=must, aim=aim, at_least=False
    )
