"""Documents that people print, sign and file: one model that becomes part of a page, a PDF/UA or a DOCX.

A context builds a ``Document`` from its own facts; what it looks like on paper is decided here, once.
"""

from spoiwo.toolkit.documents.model import (
    Block,
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
from spoiwo.toolkit.documents.paper import html_of, pdf_of
from spoiwo.toolkit.documents.word import docx_of

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF_TYPE = "application/pdf"

__all__ = [
    "DOCX_TYPE",
    "PDF_TYPE",
    "Block",
    "Bullets",
    "Document",
    "Facts",
    "Grid",
    "Heading",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Seal",
    "Signatures",
    "docx_of",
    "html_of",
    "pdf_of",
]
