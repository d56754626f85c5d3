"""The reference names every figure that the report counts, and nothing that it does not."""

import re
from datetime import date
from itertools import product

import pytest

from spoiwo.support import messages
from spoiwo.support.queries import measures
from spoiwo.support.types import AnimationKind, DeliveryKind, EventKind, PromotionKind, Scope
from tests.architecture.sources import ROOT

PAGE = ROOT / "docs" / "reference" / "support-report.md"
KINDS = {"events": EventKind, "animation": AnimationKind, "promotion": PromotionKind}
NAMES = ["advice", "support.all", *(f"support.{kind}" for kind in DeliveryKind)]


def documented() -> set[str]:
    """Keys of the reference, with NAME and KIND written out. ".b" after "x.a" stands for "x.b"."""
    found: set[str] = set()
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cell = line.split("|")[1] if line.startswith("| `") else ""
        first = ""
        for key in re.findall(r"`([^`]+)`", cell):
            whole = first.rsplit(".", maxsplit=1)[0] + key if key.startswith(".") else key
            first = first or whole
            found.add(whole)
    return {one for key in found for one in written_out(key)}


def written_out(key: str) -> set[str]:
    kinds = KINDS.get(key.split(".", maxsplit=1)[0], ())
    names = NAMES if "NAME" in key else [""]
    places = kinds if "KIND" in key else [""]
    return {key.replace("NAME", name).replace("KIND", str(kind)) for name, kind in product(names, places)}


@pytest.mark.django_db
def test_every_figure_is_documented_and_named():
    figures = measures.figures(Scope(first=date(2024, 1, 1), last=date(2024, 1, 2)))

    assert {one.key for one in figures} == documented()
    assert all(messages.whole_name(one.key) for one in figures)
