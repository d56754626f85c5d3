from pathlib import Path

import pytest

import spoiwo.toolkit
from tools import vendor_frontend

VENDOR = Path(spoiwo.toolkit.__file__).parent / "static/vendor"
GOVUK = (VENDOR / "govuk-frontend/govuk-frontend.min.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("forbidden", ["GDS Transport", "gov.uk only", "crest", "url(", "sourceMappingURL"])
def test_what_belongs_to_the_british_government_is_gone(forbidden):
    assert forbidden not in GOVUK


def test_the_design_system_lies_in_a_layer_below_the_theme():
    assert GOVUK.startswith("@layer base,govuk;@layer govuk{")
    assert GOVUK.count("{") == GOVUK.count("}")


@pytest.mark.parametrize("folder", ["govuk-frontend", "source-sans-3", "htmx"])
def test_every_package_brings_its_licence_and_a_line_in_the_list(folder):
    listed = (VENDOR / "README.md").read_text(encoding="utf-8")

    assert (VENDOR / folder / "LICENSE.txt").stat().st_size > 500
    assert f"| `{folder}/` |" in listed


def test_every_font_file_is_used_and_present():
    rules = (VENDOR / "source-sans-3/source-sans-3.css").read_text(encoding="utf-8")

    files = sorted(path.name for path in (VENDOR / "source-sans-3").glob("*.woff2"))
    assert len(files) == 6
    assert all(f'url("{name}")' in rules for name in files)


def test_stripping_removes_font_notice_faces_crest_and_map():
    css = (
        '@charset "UTF-8";a{font-family:GDS Transport,arial,sans-serif}'
        "/*! Copyright (c) 2011 by Margaret Calvert & others */"
        "@font-face{font-family:GDS Transport;src:url(x.woff2)}"
        ".govuk-footer__copyright-logo:before{background:url(/assets/images/govuk-crest.svg)}"
        "@media print{.govuk-footer__copyright-logo:before{background:none}}b{color:red}"
        "\n/*# sourceMappingURL=x.map */"
    )

    stripped = vendor_frontend.strip_govuk_css(css)

    assert stripped == (
        "@layer base,govuk;@layer govuk{a{font-family:var(--spoiwo-font,sans-serif)}b{color:red}}\n"
    )


def test_a_rest_of_what_may_not_be_shipped_stops_the_tool():
    with pytest.raises(vendor_frontend.NotThePinnedArchive):
        vendor_frontend.strip_govuk_css("a{background:url(/assets/images/new-crown.svg)}")
