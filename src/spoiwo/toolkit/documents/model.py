"""What a document consists of. Everything is text already: dates, numbers and names in the reader's language."""

import hashlib
import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the document; level 2 or 3 (the title is level 1)."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a blank line parts paragraphs, a line break stays one. ``quiet`` is set small."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered or not."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with their values, as at the head of a letter."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a caption that says what it shows, a header, rows as long as the header.

    numeric: positions of columns set to the right. Without rows, ``empty`` stands in their place.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing (SVG source) with the words that stand for it."""

    svg: str
    words: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign at, each with who signs."""

    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """The number of the document and where anybody can check it; the address stands beside its QR code."""

    number: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Bullets | Facts | Grid | Picture | Signatures | Seal | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in one language ("pl" or "en").

    issuer: who issues it, at the head; footer: what every page says below beside its number; mark: a warning on
    every page, such as that the persons are invented.
    """

    title: str
    blocks: tuple[Block, ...]
    lang: str = "pl"
    issuer: str = ""
    subtitle: str = ""
    footer: str = ""
    mark: str = ""
    keywords: tuple[str, ...] = field(default=())

    def fingerprint(self) -> str:
        """SHA-256 (64 hex digits) of everything the document says; the same content gives the same one."""
        parts = [[type(block).__name__, _plain(asdict(block))] for block in self.blocks]
        head = [self.title, self.lang, self.issuer, self.subtitle, self.footer, self.mark]
        text = json.dumps([head, parts], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _plain(fields: dict[str, object]) -> dict[str, object]:
    """Sets as sorted lists, which JSON can write."""
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in fields.items()}
