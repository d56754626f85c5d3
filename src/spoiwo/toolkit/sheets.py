"""Lists as files that offices open: CSV and XLSX, with nothing in them that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"  # tells Excel that the file is UTF-8
_WIDEST = 60


def harmless(value: object) -> str:
    """A cell's text that no spreadsheet takes for a formula; days as YYYY-MM-DD, nothing as an empty cell."""
    if value is None:
        return ""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def csv_file(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a byte order mark, parted by semicolons: what Polish spreadsheets open without asking."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return (_BYTE_ORDER_MARK + out.getvalue()).encode()


def xlsx_file(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet with a header that stays in sight; every cell is text, so nothing is run or turned into a date."""
    import xlsxwriter  # heavy, and only wanted here

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True})
        widths = [len(cell) for cell in header]
        for column, label in enumerate(header):
            sheet.write_string(0, column, harmless(label), bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                text = harmless(cell)
                sheet.write_string(number, column, text)
                widths[column] = max(widths[column], len(text))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, _WIDEST))
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def xlsx_book(parts: Iterable[tuple[str, Iterable[Sequence[object]]]]) -> bytes:
    """Several sheets of text (title, rows with the header first), written row by row: many rows cost little memory."""
    import xlsxwriter  # heavy, and only wanted here

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for title, rows in parts:
            sheet = book.add_worksheet(title[:31])
            sheet.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if text := harmless(cell):
                        sheet.write_string(number, column, text, None if number else bold)
    return out.getvalue()
