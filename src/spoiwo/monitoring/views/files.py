"""Files that pages hand out."""

from collections.abc import Callable, Mapping

from django.http import HttpResponse

from spoiwo.monitoring.tables.released import Shown
from spoiwo.toolkit import documents, sheets
from spoiwo.toolkit.pictures import png_of

PAPERS: Mapping[str, tuple[str, Callable[[documents.Document], bytes]]] = {
    "pdf": (documents.PDF_TYPE, documents.pdf_of),
    "docx": (documents.DOCX_TYPE, documents.docx_of),
}
PICTURES = ("png", "svg", "csv", "xlsx")


def sent(name: str, kind: str, content: bytes) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def picture_file(name: str, form: str, one: Shown) -> HttpResponse:
    """A picture as PNG or SVG, its table as CSV or XLSX; form is one of PICTURES."""
    if form == "png":
        return sent(f"{name}.png", "image/png", png_of(one.svg))
    if form == "svg":
        return sent(f"{name}.svg", "image/svg+xml", one.svg.encode())
    if form == "csv":
        return sent(f"{name}.csv", sheets.CSV_TYPE, sheets.csv_file(one.header, one.rows))
    return sent(f"{name}.xlsx", sheets.XLSX_TYPE, sheets.xlsx_file(name, one.header, one.rows))
