import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

import spoiwo

PACKAGE = Path(spoiwo.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
BARE = ["400.html", "403_csrf.html", "429.html", "500.html", "503.html", "busy.html"]


def page(source="", **context):
    return Engine.get_default().from_string('{% extends "base.html" %}' + source).render(Context(context))


class Question(forms.Form):
    answer = forms.CharField(label="Odpowiedź")


def test_the_page_stands_without_any_context():
    html = page()

    assert '<main id="main"' in html
    assert 'href="#main"' in html
    assert "<nav" not in html
    assert "dane fikcyjne" not in html


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_page_says_its_language(language):
    with translation.override(language):
        html = page()

    assert f'<html lang="{language}"' in html


def test_the_demonstration_is_marked():
    with translation.override("pl"):
        html = page(demo_mode=True)

    assert "wszystkie osoby są zmyślone (dane fikcyjne)" in html


def test_the_menu_shows_counts_and_where_the_reader_is():
    menu = [
        {
            "label": "Partnerstwo",
            "items": [
                {"label": "Spotkania", "url": "/s/", "count": 0, "current": True},
                {"label": "Kalendarz", "url": "/k/", "count": None, "current": False},
            ],
        }
    ]

    html = page(menu=menu)

    assert html.count('<a href="/s/" aria-current="page">Spotkania<span class="n">0</span></a>') == 2
    assert html.count('<a href="/k/">Kalendarz</a>') == 2
    assert "<details" in html  # the phone's menu, which opens without JavaScript


def test_a_refused_form_is_told_in_the_title_and_at_the_top():
    with translation.override("pl"):
        html = page("{% block title %}Pytanie{% endblock %}", form=Question({}))

    assert "<title>Błąd: Pytanie – Spoiwo</title>" in html
    assert html.index("govuk-error-summary") > html.index("<main")


def test_a_form_in_order_leaves_the_title_alone():
    html = page("{% block title %}Pytanie{% endblock %}", form=Question({"answer": "tak"}))

    assert "<title>Pytanie – Spoiwo</title>" in html


@pytest.mark.parametrize("name", BARE)
def test_an_error_page_needs_no_request_no_context_and_no_database(name):
    with translation.override("pl"):
        html = Engine.get_default().get_template(name).render(Context({}))

    assert len(re.findall(r"<h1>[^<]+</h1>", html)) == 1
    assert 'href="/"' in html


@pytest.mark.parametrize("name", ["403.html", "404.html"])
def test_a_refusal_inside_the_product_says_what_to_do(name):
    request = RequestFactory().get("/nie-ma/")

    with translation.override("pl"):
        html = render_to_string(name, {"request": request})

    assert re.search(r"<h1>[^<]+</h1><p>[^<]{20,}</p>", html)


def offences(html):
    """What a browser with our content security policy would refuse to run or to apply."""
    found = re.findall(r"<[^>]*\sstyle\s*=", html) + re.findall(r"<style\b", html)
    found += re.findall(r"<[^>]*\son[a-z]+\s*=", html)
    found += [
        tag
        for tag in re.findall(r"<script\b[^>]*>", html)
        if "src=" not in tag and 'type="application/json"' not in tag
    ]
    return found + re.findall(r"javascript:", html)


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        '<a onclick="x()">',
        "<script>x()</script>",
        '<a href="javascript:x()">',
    ],
)
def test_the_search_for_offences_finds_each_kind(html):
    assert offences(html)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_template_needs_more_than_the_strict_policy_allows(path):
    assert offences(path.read_text(encoding="utf-8")) == []
