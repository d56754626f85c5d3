"""docs/reference/audit-chain.md is enough to check the chains: its statements, its verifier, its example."""

import csv
import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from spoiwo.audit.types import Action
from spoiwo.kernel.ids import new_uuid
from spoiwo.toolkit.context import acting_for
from tests.architecture.sources import ROOT
from tests.makers import audit as make

PAGE = ROOT / "docs" / "reference" / "audit-chain.md"
Row = dict[str, str]


def blocks(language: str) -> list[str]:
    """What stands in the page's code blocks of this language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


def exported(statement: str) -> list[Row]:
    """Rows of a statement as `psql --csv` and `sqlite3 -csv` write them."""
    with acting_for(0, job="audit"), connection.cursor() as cursor:
        cursor.execute(statement)
        names = [column[0] for column in cursor.description]
        return [
            {name: "" if value is None else str(value) for name, value in zip(names, row, strict=True)}
            for row in cursor.fetchall()
        ]


def verdict(folder: Path, records: list[Row], heads: list[Row]) -> tuple[int, str]:
    """Exit code and words of the page's own verifier, run without Spoiwo."""
    for name, rows in (("chain.csv", records), ("heads.csv", heads)):
        with (folder / name).open("w", newline="") as stream:
            writer = csv.DictWriter(stream, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    program = folder / "verify.py"
    program.write_text(blocks("python")[0], encoding="utf-8")
    words = [sys.executable, "-I", str(program), str(folder / "chain.csv"), str(folder / "heads.csv")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout


def two_chains() -> tuple[list[Row], list[Row]]:
    """Exports of chain 7 with four records, one of them with every field filled, and chain 8 with two."""
    make.chain(7, 3)
    make.look(
        7,
        new_uuid(),
        by_user=4,
        acting_for=8,
        action=Action.VIEW_CLIENT,
        categories=("status", "identity"),
        object_ref="record:1",
        legal_basis="podstawa-główna:2",
        agreement="4/2026",
        relation="involvement",
        digest=bytes(range(32)),
        request_id="r-1",
    )
    make.chain(8, 2)
    records, heads = blocks("sql")[:2] if connection.vendor == "postgresql" else blocks("sql")[2:]
    return exported(records), exported(heads)


@pytest.mark.django_db
def test_whole_chains_hold(tmp_path):
    records, heads = two_chains()

    code, told = verdict(tmp_path, records, heads)

    assert told == "chain 7: holds, 4 records\nchain 8: holds, 2 records\n"
    assert code == 0


def alter(records: list[Row]) -> None:
    records[3]["purpose"] = "joint-plan"


def take_out(records: list[Row]) -> None:
    del records[1]


def cut_off(records: list[Row]) -> None:
    del records[3]


def rewrite(records: list[Row]) -> None:
    records[2]["hash"] = "00" * 32


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("harm", "told"),
    [
        pytest.param(alter, "chain 7: record 4 was altered, 4 records", id="a purpose was changed"),
        pytest.param(take_out, "chain 7: record 2 is missing, 4 records", id="a record was taken out"),
        pytest.param(cut_off, "chain 7: the end is missing, 3 records", id="the end was cut off"),
        pytest.param(rewrite, "chain 7: record 3 was altered, 4 records", id="a hash was replaced"),
    ],
)
def test_harm_is_found_at_its_place(tmp_path, harm: Callable[[list[Row]], None], told: str):
    records, heads = two_chains()

    harm(records)

    assert verdict(tmp_path, records, heads) == (1, f"{told}\nchain 8: holds, 2 records\n")


def test_the_example_follows_the_rules(tmp_path):
    records = list(csv.DictReader(io.StringIO(blocks("csv")[0])))
    heads = [{"institution_id": "7", "seq": "1", "hash": records[0]["hash"]}]

    assert verdict(tmp_path, records, heads) == (0, "chain 7: holds, 1 records\n")
