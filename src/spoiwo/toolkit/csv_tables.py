"""CSV files of offices on their way in: UTF-8 or Windows-1250, parted by semicolons or commas."""

import csv
import io
from collections.abc import Collection, Iterator

Row = tuple[int, dict[str, str]]


class UnusableTable(Exception):
    """The file cannot be read. problem: "empty", "encoding", "broken", "too_many", "columns:" and what is missing."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


def read_table(
    content: bytes, *, columns: Collection[str], needed: Collection[str], most_rows: int
) -> Iterator[Row]:
    """Rows that say something, with their numbers as a spreadsheet counts them and every column's tidied text.

    columns: names that are read, in lower case; others in the file are left alone. Raises UnusableTable.
    """
    text = _text(content)
    delimiter = ";" if text.split("\n", 1)[0].count(";") else ","
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnusableTable("broken") from error
    if not table:
        raise UnusableTable("empty")
    header = [cell.strip().lower() for cell in table[0]]
    if missing := [name for name in needed if name not in header]:
        raise UnusableTable(f"columns:{', '.join(missing)}")
    if len(table) - 1 > most_rows:
        raise UnusableTable("too_many")
    for number, cells in enumerate(table[1:], start=2):
        if any(cell.strip() for cell in cells):
            held = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            yield number, {column: held.get(column, "") for column in columns}


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnusableTable("encoding")
