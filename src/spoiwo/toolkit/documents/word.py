"""A document as DOCX, for offices that go on writing in it."""

import io
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from spoiwo.toolkit.documents.model import (
    Bullets,
    Document,
    Facts,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Seal,
    Signatures,
)
from spoiwo.toolkit.documents.paper import qr_svg
from spoiwo.toolkit.pictures import png_of

_FONT = "Calibri"
_PICTURE_CM, _CODE_CM = 16.0, 2.6


def docx_of(document: Document) -> bytes:
    """The document as a Word file: real headings, lists and tables, so that it can be read aloud and edited."""
    import docx  # heavy, and only wanted here

    paper = docx.Document()
    paper.styles["Normal"].font.name = _FONT
    paper.core_properties.title = document.title
    paper.core_properties.author = document.issuer or "Spoiwo"
    paper.core_properties.language = document.lang
    with override(document.lang):
        _head(paper, document)
        for block in document.blocks:
            _WRITERS[type(block)](paper, block)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _head(paper: Any, document: Document) -> None:
    if document.mark:
        paper.sections[0].header.paragraphs[0].text = document.mark
    paper.sections[0].footer.paragraphs[0].text = document.footer or document.title
    if document.issuer:
        paper.add_paragraph(document.issuer)
    paper.add_heading(document.title, level=1)
    if document.subtitle:
        paper.add_paragraph(document.subtitle, style="Subtitle")


def _heading(paper: Any, block: Heading) -> None:
    paper.add_heading(block.text, level=block.level)


def _paragraph(paper: Any, block: Paragraph) -> None:
    for part in block.text.split("\n\n"):
        paper.add_paragraph(part.strip())


def _bullets(paper: Any, block: Bullets) -> None:
    for item in block.items:
        paper.add_paragraph(item, style="List Number" if block.numbered else "List Bullet")


def _facts(paper: Any, block: Facts) -> None:
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in block.rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value


def _grid(paper: Any, block: Grid) -> None:
    paper.add_paragraph(block.caption, style="Caption")
    if not block.rows:
        paper.add_paragraph(block.empty or _("Nothing to show"))
        return
    table = paper.add_table(rows=1, cols=len(block.header), style="Table Grid")
    _cells(table.rows[0], block.header, frozenset())
    _repeat(table.rows[0])
    for row in block.rows:
        _cells(table.add_row(), row, block.numeric)


def _cells(row: Any, texts: tuple[str, ...], numeric: frozenset[int]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for position, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.text = text
        if position in numeric:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(row: Any) -> None:
    """Make it a header row, repeated on every page and read as such."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - the library has no way for it


def _picture(paper: Any, block: Picture) -> None:
    _drawing(paper, block.svg, _PICTURE_CM, block.words)
    if block.caption:
        paper.add_paragraph(block.caption, style="Caption")


def _drawing(paper: Any, svg: str, centimetres: float, words: str) -> None:
    from docx.shared import Cm

    shape = paper.add_picture(io.BytesIO(png_of(svg)), width=Cm(centimetres))
    shape._inline.docPr.set("descr", words)  # noqa: SLF001 - the words for those who do not see it


def _signatures(paper: Any, block: Signatures) -> None:
    for name in block.who:
        paper.add_paragraph()
        paper.add_paragraph("." * 60)
        paper.add_paragraph(f"{name} ({_('date and signature')})")


def _seal(paper: Any, block: Seal) -> None:
    _drawing(paper, qr_svg(block.address), _CODE_CM, block.address)
    for text in (block.number, block.words, block.address):
        paper.add_paragraph(text)


def _page_break(paper: Any, _block: PageBreak) -> None:
    paper.add_page_break()


_WRITERS: dict[type, Any] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Facts: _facts,
    Grid: _grid,
    Picture: _picture,
    Signatures: _signatures,
    Seal: _seal,
    PageBreak: _page_break,
}
