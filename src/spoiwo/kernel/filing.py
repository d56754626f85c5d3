"""A package for an office's own files (EZD): the papers with metadata as XML and as JSON.

The elements are those that the rules on electronic documents name (identifier, creator, title, date, format,
access, type, relation, recipient, grouping, classification, language); the names are ours, in Polish.
"""

import hashlib
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_WHEN = (1980, 1, 1, 0, 0, 0)  # of every file in the package, so that the same content gives the same package
NAMESPACE = "urn:spoiwo:metadane:1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What an archive wants to know. kind: Polish name of the type of paper; related: identifier it answers, if any."""

    identifier: str
    title: str
    kind: str
    creator: str
    recipient: str
    day: date
    case_ref: str
    jrwa: str
    related: str = ""


def package(metadata: Metadata, papers: Sequence[tuple[str, str, bytes]]) -> bytes:
    """A zip with the papers (name, media type, content), metadane.xml and metadane.json."""
    listed: list[dict[str, str | int]] = [
        {
            "nazwa": name,
            "format": kind,
            "rozmiar": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
        }
        for name, kind, content in papers
    ]
    values = {
        "identyfikator": metadata.identifier,
        "tworca": metadata.creator,
        "tytul": metadata.title,
        "data": metadata.day.isoformat(),
        "typ": metadata.kind,
        "dostep": "niepubliczny",
        "odbiorca": metadata.recipient,
        "znak_sprawy": metadata.case_ref,
        "klasa_jrwa": metadata.jrwa,
        "relacja": metadata.related,
        "jezyk": "pol",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, _kind, content in papers:
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content)
        archive.writestr(zipfile.ZipInfo("metadane.xml", _WHEN), _xml(values, listed))
        text = json.dumps({**values, "pliki": listed}, ensure_ascii=False, indent=1)
        archive.writestr(zipfile.ZipInfo("metadane.json", _WHEN), text.encode())
    return out.getvalue()


def _xml(values: dict[str, str], listed: list[dict[str, str | int]]) -> bytes:
    root = ET.Element("dokument", {"xmlns": NAMESPACE})
    for name, value in values.items():
        ET.SubElement(root, name).text = value
    papers = ET.SubElement(root, "pliki")
    for one in listed:
        ET.SubElement(papers, "plik", {name: str(value) for name, value in one.items()})
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
