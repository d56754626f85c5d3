"""The reference page works its cards out by hand; the engine and plain Python come to the same."""

import csv
import io
import re
import tomllib
from pathlib import Path

import pytest

from spoiwo.engines.indicators.cards import card_of
from spoiwo.engines.indicators.observed import Expected, Row
from spoiwo.engines.indicators.reference import compute
from tests.architecture.sources import ROOT
from tests.makers.observations import computed

PAGE = (ROOT / "docs" / "reference" / "indicators.md").read_text(encoding="utf-8")
NUMBERS = ("numerator", "denominator", "value", "coverage")


def block(name: str) -> str:
    found = re.search(rf"^```\w+ {name}\n(.*?)^```", PAGE, flags=re.DOTALL | re.MULTILINE)
    assert found is not None, name
    return found.group(1)


def table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(block(name))))


def observations() -> list[Row]:
    return [
        Row(
            measure=told["measure"],
            unit=told["unit_id"],
            territory=told["territory"],
            period=told["period"],
            value=float(told["value"]) if told["value"] else None,
            status=told["status"],
            cell={"sex": told["sex"]} if told["sex"] else {},
        )
        for told in table("observations")
    ]


def frame() -> list[Expected]:
    return [
        Expected(unit=told["unit_id"], territory=told["territory"], period=told["period"],
                 cell={"kind": told["kind"]})
        for told in table("frame")
    ]  # fmt: skip


def cards():
    return [card_of(entry) for entry in tomllib.loads(block("cards"))["card"]]


def text(name: str, value) -> str:
    if value is None:
        return ""
    return f"{round(value, 4):g}" if name in NUMBERS else str(value)


def test_the_engine_comes_to_what_the_page_says(tmp_path: Path):
    found, _ = computed(tmp_path, cards(), observations(), frame())

    expected = table("result")
    assert [{name: text(name, told[name]) for name in expected[0]} for told in found] == expected


@pytest.mark.parametrize("card", cards(), ids=lambda card: card.code)
def test_plain_python_comes_to_the_same(card):
    figures = compute(card, observations(), frame())

    expected = [told for told in table("result") if told["card"] == card.code]
    assert [(f.territory, f.period, text("value", f.value), f.status) for f in figures] == [
        (told["territory"], told["period"], told["value"], told["status"]) for told in expected
    ]
