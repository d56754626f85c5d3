"""Documents on paper: the same content on a page, in a PDF that can be read aloud, and in Word."""

import io

import docx
import pypdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from spoiwo.toolkit import documents
from spoiwo.toolkit.documents import (
    Bullets,
    Document,
    Facts,
    Grid,
    Heading,
    Paragraph,
    Picture,
    Seal,
    Signatures,
)
from spoiwo.toolkit.formatted import html_of_markdown
from spoiwo.toolkit.pictures import png_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="9" height="10" fill="#0f4c4a"/></svg>'
EVERYTHING = Document(
    "Zaświadczenie o łąkach",
    (
        Heading("Treść"),
        Paragraph("Zażółć gęślą jaźń <b>&amp;\nw drugiej linii.\n\nDrugi akapit."),
        Bullets(("raz", "dwa")),
        Bullets(("pierwszy",), numbered=True),
        Facts((("Wystawca", "Urząd Próbny"),)),
        Grid("Kwoty", ("Miesiąc", "Kwota"), (("maj", "1 234,50 zł"),), frozenset({1})),
        Grid("Puste", ("Kolumna",), (), empty="Brak kwot"),
        Picture(SVG, "Słupek do połowy", "Rys. 1"),
        documents.PageBreak(),
        Signatures(("Doradca", "Klientka")),
        Seal("PD/1/2026", "https://spoiwo.example/sprawdz/abc", "Sprawdź autentyczność:"),
    ),
    issuer="Urząd Próbny",
    subtitle="z 22 listopada 2026",
    mark="dane fikcyjne",
)


@pytest.fixture(scope="module")
def pdf() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(documents.pdf_of(EVERYTHING)))


def test_the_pdf_says_that_it_is_tagged_and_in_which_language(pdf):
    root = pdf.trailer["/Root"]

    assert root["/Lang"] == "pl"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert pdf.metadata.title == "Zaświadczenie o łąkach"


def test_pictures_have_words_and_tables_headers_in_the_pdf(pdf):
    elements = list(_elements(pdf.trailer["/Root"]["/StructTreeRoot"]))

    assert "Słupek do połowy" in [one.get("/Alt") for one in elements]
    assert {"/H1", "/H2", "/TH", "/Figure", "/L"} <= {one.get("/S") for one in elements}


def test_every_page_of_the_pdf_has_its_number_and_the_mark(pdf):
    texts = [page.extract_text() for page in pdf.pages]

    assert len(texts) == 2
    for number, text in enumerate(texts, start=1):
        assert f"strona {number} z 2" in text
        assert "dane fikcyjne" in text


def test_polish_letters_come_from_the_platforms_own_type(pdf):
    names = {font["/BaseFont"] for page in pdf.pages for font in page["/Resources"]["/Font"].values()}

    assert names
    assert all("Paper" in name or "Source" in name for name in names), names
    assert "Zażółć gęślą jaźń" in pdf.pages[0].extract_text()


def test_a_document_fetches_nothing_from_outside():
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    closed = URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
    with pytest.raises((FatalURLFetchingError, ValueError)):
        closed.fetch("https://example.org/picture.png")
    with pytest.raises((FatalURLFetchingError, ValueError)):
        closed.fetch("file:///etc/passwd")
    assert HTML(string="<p>tekst</p>", url_fetcher=closed).write_pdf()


def test_the_word_file_has_real_headings_lists_and_tables():
    paper = docx.Document(io.BytesIO(documents.docx_of(EVERYTHING)))

    styles = [paragraph.style.name for paragraph in paper.paragraphs]
    assert [p.text for p in paper.paragraphs if p.style.name == "Heading 1"] == ["Zaświadczenie o łąkach"]
    assert {"Heading 2", "List Bullet", "List Number", "Caption"} <= set(styles)
    assert paper.tables[1].cell(1, 1).text == "1 234,50 zł"
    assert "Zażółć gęślą jaźń <b>&amp;" in "\n".join(p.text for p in paper.paragraphs)
    assert paper.sections[0].header.paragraphs[0].text == "dane fikcyjne"


def test_a_page_shows_the_same_with_its_drawings_inside():
    html = documents.html_of(EVERYTHING)

    assert 'aria-label="Słupek do połowy"' in html
    assert "data:" not in html
    assert "&lt;b&gt;" in html
    assert "Brak kwot" in html


def test_the_fingerprint_changes_with_every_word_and_with_nothing_else():
    same = Document(**{name: getattr(EVERYTHING, name) for name in EVERYTHING.__dataclass_fields__})
    other = Document("Zaświadczenie o łące", EVERYTHING.blocks, issuer="Urząd Próbny")

    assert EVERYTHING.fingerprint() == same.fingerprint()
    assert len(EVERYTHING.fingerprint()) == 64
    assert other.fingerprint() != EVERYTHING.fingerprint()


def test_a_drawing_becomes_a_picture():
    assert png_of(SVG, width=40).startswith(b"\x89PNG")


def test_formatted_text_can_do_nothing_but_look():
    html = html_of_markdown(
        "# Wnioski\n**ważne** <script>alert(1)</script> [zły](javascript:alert(1)) [dobry](https://a.example)\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |"
    )

    assert "<h2>Wnioski</h2>" in html
    assert "<strong>ważne</strong>" in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert 'href="https://a.example"' in html
    assert "<td>1</td>" in html


def _elements(node):
    """Every element of the structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, pypdf.generic.DictionaryObject):
        yield node
        children = node.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            yield from _elements(child)
