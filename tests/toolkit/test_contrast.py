"""Ratios of luminance after WCAG 2.2, measured on the custom properties of the theme."""

import re
from pathlib import Path

import pytest

import spoiwo.toolkit

THEME = Path(spoiwo.toolkit.__file__).parent / "static/spoiwo/theme.css"
TEXT = 4.5
EDGE = 3.0
KINDS = (
    "pup",
    "ops",
    "cis",
    "pcpr",
    "wup",
    "rops",
    "owes",
    "kis",
    "zaz",
    "wtz",
    "jst",
    "ngo",
    "pes",
    "other",
)
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "sand"),
    ("ink", "sand-2"),
    ("ink", "brand-tint"),
    ("ink", "ok-tint"),
    ("ink", "amber-tint"),
    ("ink", "bad-tint"),
    ("ink", "focus"),
    ("ink-2", "paper"),
    ("ink-2", "sand"),
    ("ink-2", "sand-2"),
    ("ink-2", "brand-tint"),
    ("brand", "brand-tint"),
    ("brand-2", "paper"),
    ("brand-2", "sand"),
    ("brand-2", "brand-tint"),
    ("brand-3", "paper"),
    ("brand-3", "sand-2"),
    ("paper", "brand"),
    ("paper", "brand-2"),
    ("paper", "brand-3"),
    ("paper", "bad"),
    ("paper", "bad-2"),
    ("amber", "amber-tint"),
    ("ok", "ok-tint"),
    ("ok", "paper"),
    ("bad", "bad-tint"),
    ("bad", "paper"),
    ("bad", "sand"),
    ("visited", "paper"),
    *((kind, f"{kind}-tint") for kind in KINDS),
    *((kind, "paper") for kind in KINDS),
    *(("paper", kind) for kind in KINDS),
]
EDGE_PAIRS = [
    ("edge", "paper"),  # borders of inputs
    ("edge", "sand"),
    ("ink", "sand"),  # the dark half of the focus ring on light grounds
    ("focus", "brand"),  # its amber half on the dark top bar
    ("brand-2", "sand-2"),  # a bar on its track
    *((kind, "sand-2") for kind in KINDS),
]


def colours():
    root = THEME.read_text(encoding="utf-8").partition(":root {")[2].partition("}")[0]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", root))


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_knows_the_published_extremes():
    black_on_white = contrast("#000000", "#ffffff")
    grey_on_white = contrast("#767676", "#ffffff")  # the lightest grey that passes, as WCAG techniques say

    assert black_on_white == pytest.approx(21)
    assert grey_on_white == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_its_ground(text, ground):
    known = colours()

    ratio = contrast(known[text], known[ground])

    assert ratio >= TEXT, f"{text} on {ground} is {ratio:.2f}:1"


@pytest.mark.parametrize(("line", "ground"), EDGE_PAIRS)
def test_edges_and_pictures_stand_out_from_their_ground(line, ground):
    known = colours()

    ratio = contrast(known[line], known[ground])

    assert ratio >= EDGE, f"{line} on {ground} is {ratio:.2f}:1"


def test_every_kind_of_institution_has_a_class_with_its_own_pair():
    css = THEME.read_text(encoding="utf-8")

    missing = [
        kind
        for kind in KINDS
        if f".kind-{kind} {{ --kind: var(--{kind}); --kind-tint: var(--{kind}-tint); }}" not in css
    ]

    assert missing == []
