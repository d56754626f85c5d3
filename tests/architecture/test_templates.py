"""What the content security policy and the reader of a fragment rely on."""

import re

import pytest

from tests.architecture.sources import named, templates

# A script element that holds data is not run by the browser, so the policy allows it.
SCRIPT = r"""<script\b(?![^>]*\b(?:src=|type="application/json"))"""
INLINE = re.compile(rf"<style\b|{SCRIPT}|\sstyle\s*=|\son[a-z]+\s*=|javascript:", flags=re.IGNORECASE)
NOT_HTML = re.compile(r"{#.*?#}|{% comment.*?%}.*?{% endcomment %}|{%.*?%}|{{.*?}}", flags=re.DOTALL)


def faults(html: str) -> list[str]:
    return [found.strip() for found in INLINE.findall(NOT_HTML.sub("", html))]


def test_no_template_holds_inline_script_or_style():
    found = {named(path): faults(path.read_text("utf-8")) for path in templates()}

    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_inline_script_or_style_would_be_noticed(html):
    assert faults(html)


@pytest.mark.parametrize(
    "html",
    [
        '<script src="x.js" defer></script>',
        '<script type="application/json">{}</script>',
        '<p class="style">',
        "{# style= #}",
        '{% include "x.html" one=1 style=2 %}',
        '<p data-one="x">',
    ],
)
def test_what_the_policy_allows_passes(html):
    assert faults(html) == []


def test_every_fragment_says_first_what_it_expects():
    silent = [
        named(path)
        for path in templates()
        if path.name.startswith("_") and not path.read_text("utf-8").startswith("{# Expects")
    ]

    assert silent == []


def test_a_fragment_never_extends_a_page():
    assert [
        named(path)
        for path in templates()
        if path.name.startswith("_") and "{% extends" in path.read_text("utf-8")
    ] == []
