"""Reading a TERC file as the statistical office publishes it, CSV or XML, row after row.

Read are the columns WOJ, POW, GMI, RODZ, NAZWA and STAN_NA; others, such as NAZWA_DOD, are passed over,
because the code says the same. XML comes in two dialects, <WOJ>02</WOJ> and <col name="WOJ">02</col>.
"""

import codecs
import csv
from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from spoiwo.kernel.teryt import CommuneKind, TerytCode
from spoiwo.territory.errors import (
    BadTercField,
    FieldFault,
    FileFault,
    IncompleteTercRow,
    MissingTercColumns,
    UnreadableTerc,
)
from spoiwo.territory.types import TercRow

COLUMNS = ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "STAN_NA")
LONGEST_NAME = 100
_SNIFFED = 512
_CHUNK = 64 * 1024
_KINDS = frozenset(str(kind.value) for kind in CommuneKind)
_LONGEST_TEXT = 10 * LONGEST_NAME  # of an XML element; what goes beyond is not kept


def read_terc(stream: BinaryIO) -> Iterator[TercRow]:
    """The rows of a TERC file, one at a time; the stream must be seekable and stays open.

    Raises UnreadableTerc, MissingTercColumns, IncompleteTercRow and BadTercField, each with the line.
    """
    head = stream.read(_SNIFFED)
    stream.seek(0)
    if head.startswith(b"PK\x03\x04"):
        raise UnreadableTerc(FileFault.ARCHIVE)
    is_xml = head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")
    for line, fields in _xml_rows(stream) if is_xml else _csv_rows(stream):
        yield _row(line, fields)


def _csv_rows(stream: BinaryIO) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Line and fields of every row of the CSV form: `;`, UTF-8 with or without byte order mark."""
    reader = csv.reader(codecs.iterdecode(stream, "utf-8-sig"), delimiter=";")
    try:
        header = [name.strip().upper() for name in next(reader, [])]
        missing = [column for column in COLUMNS if column not in header]
        if missing:
            raise MissingTercColumns(missing)
        for values in reader:
            if not any(value.strip() for value in values):
                continue
            if len(values) < len(header):
                raise IncompleteTercRow(line=reader.line_num, found=len(values), expected=len(header))
            yield reader.line_num, dict(zip(header, values, strict=False))
    except UnicodeDecodeError as error:
        raise UnreadableTerc(FileFault.ENCODING, line=reader.line_num) from error
    except csv.Error as error:
        raise UnreadableTerc(FileFault.CSV, line=reader.line_num) from error


def _xml_rows(stream: BinaryIO) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Line and fields of every row of the XML form, parsed piece by piece."""
    parser = DefusedExpatParser(forbid_dtd=True)
    handler = _TercHandler(parser)
    parser.setContentHandler(handler)
    try:
        while chunk := stream.read(_CHUNK):
            parser.feed(chunk)
            yield from handler.taken()
        parser.close()
    except SAXParseException as error:
        raise UnreadableTerc(FileFault.XML, line=error.getLineNumber() or 0) from error
    except DefusedXmlException as error:
        raise UnreadableTerc(FileFault.XML_DECLARATIONS) from error
    yield from handler.taken()


class _TercHandler(ContentHandler):
    """Collects the fields of each <row> as the parser meets them."""

    def __init__(self, place: Locator) -> None:
        super().__init__()
        self._place = place
        self._ready: list[tuple[int, dict[str, str]]] = []
        self._line = 0
        self._fields: dict[str, str] | None = None
        self._column = ""

    def taken(self) -> list[tuple[int, dict[str, str]]]:
        """The rows finished since the last call."""
        ready, self._ready = self._ready, []
        return ready

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (the name is SAX's)
        if name == "catalog" and attrs.get("name", "TERC").upper() != "TERC":
            raise UnreadableTerc(FileFault.OTHER_CATALOGUE, line=self._place.getLineNumber() or 0)
        if name == "row":
            self._line = self._place.getLineNumber() or 0
            self._fields = {}
        elif self._fields is not None:
            self._column = (attrs.get("name", "") if name == "col" else name).upper()
            self._fields[self._column] = ""

    def characters(self, content: str) -> None:
        if self._fields is not None and self._column and len(self._fields[self._column]) < _LONGEST_TEXT:
            self._fields[self._column] += content

    def endElement(self, name: str) -> None:  # noqa: N802 (the name is SAX's)
        self._column = ""
        if name != "row" or self._fields is None:
            return
        missing = [column for column in COLUMNS if column not in self._fields]
        if missing:
            raise MissingTercColumns(missing)
        self._ready.append((self._line, self._fields))
        self._fields = None


def _row(line: int, fields: Mapping[str, str]) -> TercRow:
    """One row, checked field by field. Raises BadTercField for the first that is wrong."""
    plain = {column: fields[column].strip() for column in COLUMNS}
    return TercRow(
        line=line,
        code=_code(line, plain),
        name=_name(line, plain["NAZWA"]),
        stated_on=_day(line, plain["STAN_NA"]),
    )


def _code(line: int, plain: Mapping[str, str]) -> TerytCode:
    """WOJ, POW, GMI and RODZ as one code; what is empty must be empty to the end."""
    numbers = [plain["WOJ"], plain["POW"], plain["GMI"]]
    depth = max((place for place, number in enumerate(numbers) if number), default=0)
    for column, number in zip(("WOJ", "POW", "GMI")[: depth + 1], numbers, strict=False):
        if not number and depth:
            raise BadTercField(line=line, column=column, value=number, fault=FieldFault.UNIT_ABOVE_MISSING)
        if not (number.isascii() and number.isdigit() and len(number) == 2 and number != "00"):
            raise BadTercField(line=line, column=column, value=number, fault=FieldFault.TWO_DIGITS)
    kind = plain["RODZ"]
    has_kind_digit = kind in _KINDS
    if has_kind_digit and not plain["GMI"]:
        raise BadTercField(line=line, column="GMI", value="", fault=FieldFault.UNIT_ABOVE_MISSING)
    if bool(plain["GMI"]) != has_kind_digit or (kind and not has_kind_digit):
        raise BadTercField(line=line, column="RODZ", value=kind, fault=FieldFault.KIND)
    return TerytCode("".join(numbers) + kind)


def _name(line: int, name: str) -> str:
    fault = None
    if not name:
        fault = FieldFault.NAME_MISSING
    elif len(name) > LONGEST_NAME:
        fault = FieldFault.NAME_TOO_LONG
    elif not name.isprintable() or "\ufffd" in name:
        fault = FieldFault.NAME_CHARACTERS
    if fault is not None:
        raise BadTercField(line=line, column="NAZWA", value=name, fault=fault)
    return name


def _day(line: int, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadTercField(line=line, column="STAN_NA", value=text, fault=FieldFault.DATE) from error
