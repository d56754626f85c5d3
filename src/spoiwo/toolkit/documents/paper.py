"""A document as HTML, and as a tagged PDF that screen readers can read (PDF/UA-1)."""

import base64
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from spoiwo.toolkit.documents.model import Block, Document, Picture, Seal

_FONTS = "vendor/source-sans-3/source-sans-3-{}-{}-normal.woff2"
_ALPHABETS = (("Paper", "latin"), ("Paper Ext", "latin-ext"))  # two families: PDF knows no unicode-range
_WEIGHTS = ("400", "600")
_PIXELS_PER_MODULE = 4


def html_of(document: Document) -> SafeString:
    """The document's blocks as HTML for a page of the platform, without head and title."""
    with override(document.lang):
        return render_to_string("documents/blocks.html", {"parts": _parts(document, _drawn)})


def pdf_of(document: Document) -> bytes:
    """The document as PDF/UA-1, A4, pages numbered. Nothing is fetched from outside the platform."""
    import weasyprint  # heavy, and only wanted where paper is made
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    with override(document.lang):
        html = render_to_string(
            "documents/paper.html",
            {"document": document, "parts": _parts(document, _as_image)},
        )
    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
    fonts = FontConfiguration()
    style = weasyprint.CSS(string=_style(), url_fetcher=fetcher, font_config=fonts)
    page = weasyprint.HTML(string=html, base_url="about:blank", url_fetcher=fetcher)
    written = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
    return bytes(written)


def _parts(document: Document, draw: Callable[[str, str], SafeString]) -> list[dict[str, Any]]:
    """Blocks with the kind that chooses their template, and their drawing ready to stand in the text."""
    return [
        {"kind": type(block).__name__, "block": block, "drawing": _drawing(block, draw)}
        for block in document.blocks
    ]


def _drawing(block: Block, draw: Callable[[str, str], SafeString]) -> str:
    if isinstance(block, Picture):
        return draw(block.svg, block.words)
    if isinstance(block, Seal):
        words = _("QR code of the address %(address)s") % {"address": block.address}
        return draw(qr_svg(block.address), words)
    return ""


def _drawn(svg: str, words: str) -> SafeString:
    """In a page the drawing itself: its policy lets no pictures in that are written in the text."""
    return format_html('<div role="img" aria-label="{}">{}</div>', words, mark_safe(svg))  # noqa: S308 - ours


def _as_image(svg: str, words: str) -> SafeString:
    return format_html('<img src="{}" alt="{}">', _inline("image/svg+xml", svg.encode()), words)


def qr_svg(text: str) -> str:
    """A QR code of the text as an SVG drawing."""
    import segno  # only wanted where paper is made

    code = segno.make(text, error="m", micro=False)
    drawn: str = code.svg_inline(scale=_PIXELS_PER_MODULE, border=2, omitsize=False)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


@cache
def _style() -> str:
    """The stylesheet of paper with the platform's own type inside it."""
    faces = (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{_font(alphabet, weight)}"); }}'
        for family, alphabet in _ALPHABETS
        for weight in _WEIGHTS
    )
    return "\n".join((*faces, _static("spoiwo/paper.css").decode()))


def _font(alphabet: str, weight: str) -> str:
    return _inline("font/woff2", _static(_FONTS.format(alphabet, weight)))


def _static(name: str) -> bytes:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_bytes()


def _inline(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
