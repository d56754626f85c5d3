"""Writing registers to files: the standard layout and the two offices' own, alike on every machine."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from spoiwo.cli.demo import codes
from spoiwo.cli.demo.mappings import DATE_COLUMNS, OPS_MAPPING, PUP_MAPPING, OfficeMapping
from spoiwo.cli.demo.names import plain_letters
from spoiwo.cli.demo.types import Row

_FIXED_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook carries its time of writing; ours must not differ
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)


def write_standard(path: Path, rows: Iterable[Row]) -> None:
    """CSV with the standard columns: UTF-8, commas, ISO dates."""
    _write_csv(path, codes.STANDARD_COLUMNS, ([row[name] for name in codes.STANDARD_COLUMNS] for row in rows))


def write_facts(path: Path, facts: Iterable[Row]) -> None:
    """CSV with the columns of the facts file: UTF-8, commas, ISO dates."""
    _write_csv(path, codes.FACT_COLUMNS, ([fact[name] for name in codes.FACT_COLUMNS] for fact in facts))


def write_truth(path: Path, pairs: Iterable[tuple[str, str, str]]) -> None:
    """CSV of `kind,left_id,right_id`: which rows are the same person."""
    _write_csv(path, ("kind", "left_id", "right_id"), pairs)


def write_pup(path: Path, rows: Iterable[Row]) -> None:
    """The labour office's extract: CSV, semicolons, cp1250, DD.MM.YYYY, letters outside cp1250 replaced."""
    _write_csv(
        path,
        *_office_table(PUP_MAPPING, rows),
        delimiter=PUP_MAPPING.delimiter,
        encoding=PUP_MAPPING.encoding,
    )


def write_ops(path: Path, rows: Iterable[Row]) -> None:
    """The welfare centre's extract: a workbook when the name ends in .xlsx, else CSV in UTF-8 with commas."""
    header, table = _office_table(OPS_MAPPING, rows)
    if path.suffix.lower() == ".xlsx":
        _write_workbook(path, header, table)
    else:
        _write_csv(path, header, table, delimiter=OPS_MAPPING.delimiter, encoding=OPS_MAPPING.encoding)


def in_encoding(text: str, encoding: str) -> str:
    """The text with letters that the encoding lacks written plainly, as an office would: Nguyễn, Nguyen."""
    if text.isascii():
        return text
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(letter if _fits(letter, encoding) else plain_letters(letter) for letter in text)
    return text


def _fits(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _office_table(mapping: OfficeMapping, rows: Iterable[Row]) -> tuple[list[str], Iterator[list[str]]]:
    """Header and rows in the office's order, codes and dates; the columns nobody maps come first."""
    codes_of = {
        name: {standard: own for own, standard in table.items()} for name, table in mapping.values.items()
    }
    header = [*mapping.ignored, *mapping.columns.values()]

    def cells(number: int, row: Row) -> list[str]:
        found = [str(number)] * len(mapping.ignored)
        for name in mapping.columns:
            value = row[name]
            if value and name in codes_of:
                value = codes_of[name][value]
            elif value and name in DATE_COLUMNS:
                value = date.fromisoformat(value).strftime(mapping.date_format)
            found.append(in_encoding(value, mapping.encoding))
        return found

    return header, (cells(number, row) for number, row in enumerate(rows, start=1))


def _write_csv(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> None:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write_workbook(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """One sheet of text cells; stored without compression, since compressors differ between machines."""
    import xlsxwriter  # a fifth of a second that `--help` must not pay

    packed = io.BytesIO()
    workbook = xlsxwriter.Workbook(packed, {"in_memory": True})
    workbook.set_properties({"created": _FIXED_MOMENT})
    sheet = workbook.add_worksheet("Lista")
    for line, row in enumerate([header, *rows]):
        for column, value in enumerate(row):
            if value:
                sheet.write_string(line, column, value)
    workbook.close()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _ZIP_MOMENT), source.read(name))
