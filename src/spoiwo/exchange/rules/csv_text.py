"""CSV files as offices' programs write them: which encoding, which delimiter, rows with their numbers."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from typing import IO

from spoiwo.exchange.errors import UnusableFile
from spoiwo.exchange.types import FileProblem

UTF_8 = "utf-8-sig"
CP1250 = "cp1250"
DELIMITERS = (";", ",", "\t")
AT_ONCE = 1 << 20  # bytes
LONGEST_LINE = 100_000  # characters; a row of the contract has some two thousand at most
MOST_LINES_PER_ROW = 50  # a cell may hold line breaks; more of them is a quotation mark never closed
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_POLISH_UTF_8 = re.compile(rb"\xc3[\x93\xb3]|\xc4[\x84-\x87\x98\x99]|\xc5[\x81-\x84\x9a\x9b\xb9-\xbc]")
_NOT_IN_CP1250 = re.compile(rb"[\x81\x83\x88\x90\x98]")
_ISO_8859_2_LETTERS = re.compile(rb"[\xb1\xb6\xbc\xa1\xa6\xac]")
_CP1250_LETTERS = re.compile(rb"[\xb9\x9c\x9f\xa5\x8c\x8f]")
_SEPARATOR_LINE = re.compile(r"sep=(.)\s*", re.IGNORECASE)


def encoding_of(stream: IO[bytes], *, at_once: int = AT_ONCE) -> str:
    """UTF_8 or CP1250, told from the whole file. Raises UnusableFile when it is neither.

    at_once: bytes held in memory. Letters are counted only in a file that is no UTF-8.
    """
    broken_line = _first_broken_line(stream, at_once)
    if not broken_line:
        return UTF_8
    polish = foreign = iso = windows = 0
    for chunk in _chunks(stream, at_once):
        polish += len(_POLISH_UTF_8.findall(chunk))
        foreign += len(_NOT_IN_CP1250.findall(chunk))
        iso += len(_ISO_8859_2_LETTERS.findall(chunk))
        windows += len(_CP1250_LETTERS.findall(chunk))
    if polish > iso + windows:
        raise UnusableFile(FileProblem.BROKEN_UTF_8, place=broken_line)
    if foreign or iso > windows:
        raise UnusableFile(FileProblem.OTHER_ENCODING, place=broken_line)
    return CP1250


def delimiter_of(stream: IO[bytes], encoding: str) -> str:
    """The delimiter, told from the first line that holds anything. Raises UnusableFile."""
    for line in _lines(_text(stream, encoding)):
        if match := _SEPARATOR_LINE.fullmatch(line):
            return match.group(1)
        if line.strip():
            bare = re.sub(r'"[^"]*"', "", line)
            counts = {delimiter: bare.count(delimiter) for delimiter in DELIMITERS}
            best = max(DELIMITERS, key=lambda delimiter: counts[delimiter])
            if not counts[best]:
                raise UnusableFile(FileProblem.ONE_COLUMN, place=1)
            return best
    raise UnusableFile(FileProblem.EMPTY)


def rows_of(stream: IO[bytes], encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(row number as a spreadsheet counts it, cells) of every row that holds anything, the header first.

    Raises UnusableFile where a line or a quoted cell goes on too long.
    """
    reader = csv.reader(_lines(_text(stream, encoding)), delimiter=delimiter)
    number = last_line = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnusableFile(FileProblem.OPEN_QUOTE, place=last_line + 1) from error
        if cells is None:
            return
        number += 1
        if reader.line_num - last_line > MOST_LINES_PER_ROW:
            raise UnusableFile(FileProblem.OPEN_QUOTE, place=last_line + 1)
        last_line = reader.line_num
        if number == 1 and _is_separator_line(cells, delimiter):
            number = 0
            continue
        if any(cells):
            yield number, cells


class _Text(io.TextIOWrapper):
    """Text over a stream that stays open: a file is read several times."""

    def close(self) -> None:
        with suppress(ValueError):  # let go before
            self.detach()


def _text(stream: IO[bytes], encoding: str) -> io.TextIOWrapper:
    return _Text(stream, encoding=encoding, errors="strict", newline="")


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) >= LONGEST_LINE:
            raise UnusableFile(FileProblem.LINE_TOO_LONG, place=number)
        yield line


def _is_separator_line(cells: list[str], delimiter: str) -> bool:
    return bool(_SEPARATOR_LINE.fullmatch(delimiter.join(cells)))


def _first_broken_line(stream: IO[bytes], at_once: int) -> int:
    """Number of the first line that is no UTF-8; 0 when all are. Raises UnusableFile for UTF-16."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line = 1
    for number, chunk in enumerate(chain(_chunks(stream, at_once), [b""])):
        if number == 0:
            _refuse_utf_16(chunk)
        try:
            decoder.decode(chunk, not chunk)
        except UnicodeDecodeError as error:
            return line + chunk[: error.start].count(b"\n")
        line += chunk.count(b"\n")
    return 0


def _chunks(stream: IO[bytes], at_once: int) -> Iterator[bytes]:
    stream.seek(0)
    return iter(lambda: stream.read(at_once), b"")


def _refuse_utf_16(head: bytes) -> None:
    sample = head[:2000]
    if head.startswith(_UTF_16_MARKS) or sample.count(0) * 5 > len(sample):
        raise UnusableFile(FileProblem.UTF_16)
