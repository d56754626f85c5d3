"""A ZIP archive written as a stream of bytes: tables as CSV and XLSX, never in the clear on disk."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO
from xml.sax.saxutils import escape

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Row = Sequence[str]
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PARTS = {
    "[Content_Types].xml": (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        '<sheets><sheet name="Spoiwo" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


class _Pipe(io.RawIOBase):
    """Keeps what is written until it is taken away."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def write(self, data: "bytes | bytearray | memoryview[int]") -> int:  # type: ignore[override]
        self._waiting += data
        return len(data)

    def take(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def archive(tables: Sequence[tuple[str, Row, Callable[[], Iterable[Row]]]]) -> Iterator[bytes]:
    """The archive in chunks. tables: (name without ending, header, a function that streams the rows).

    Every table is read twice, once for each format. Cells that a spreadsheet would run get an apostrophe.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as package:
        for name, header, rows in tables:
            with package.open(f"{name}.csv", "w", force_zip64=True) as entry:
                yield from _drained(pipe, _write_csv(entry, header, rows()))
            with package.open(f"{name}.xlsx", "w", force_zip64=True) as entry:
                yield from _drained(pipe, _write_xlsx(entry, header, rows()))
    yield pipe.take()


def _drained(pipe: _Pipe, steps: Iterator[None]) -> Iterator[bytes]:
    for _ in steps:
        yield pipe.take()


def _write_csv(entry: IO[bytes], header: Row, rows: Iterable[Row]) -> Iterator[None]:
    entry.write(b"\xef\xbb\xbf")
    for part in _parts([header], rows):
        out = io.StringIO()
        csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([map(_harmless, row) for row in part])
        entry.write(out.getvalue().encode())
        yield


def _write_xlsx(entry: IO[bytes], header: Row, rows: Iterable[Row]) -> Iterator[None]:
    with zipfile.ZipFile(entry, "w", zipfile.ZIP_DEFLATED) as workbook:
        for name, content in _PARTS.items():
            workbook.writestr(name, content)
        with workbook.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for part in _parts([header], rows):
                sheet.write("".join(map(_xml_row, part)).encode())
                yield
            sheet.write(b"</sheetData></worksheet>")


def _xml_row(row: Row) -> str:
    cells = (
        f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_harmless(cell))}</t></is></c>'
        if cell
        else "<c/>"
        for cell in row
    )
    return f"<row>{''.join(cells)}</row>"


def _parts(first: Iterable[Row], rest: Iterable[Row]) -> Iterator[list[Row]]:
    part = list(first)
    for row in rest:
        part.append(row)
        if len(part) == 1000:
            yield part
            part = []
    yield part


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
