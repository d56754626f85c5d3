"""The documentation: its links lead somewhere, its pages come in both languages, its tables follow the code."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings

from spoiwo.exchange.rules.contract import COLUMNS
from tests.architecture.sources import ROOT, named
from tools import screenshots, vocabulary_docs

DOCS = ROOT / "docs"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^ *```.*?^ *```", flags=re.DOTALL | re.MULTILINE)
BOLD = re.compile(r"\*\*(.+?)\*\*", flags=re.DOTALL)
GAP = re.compile(r"%\\\(\w+\\\)s")  # %(name)s after re.escape
CATALOGUE = ROOT / "src" / "spoiwo" / "locale" / "pl" / "LC_MESSAGES" / "django.po"
ELSEWHERE = ("http://", "https://", "mailto:", "#")
IN_TWO_LANGUAGES = ("tutorial", "how-to", "explanation")
LARGEST_PICTURE = 250_000  # bytes


def pages() -> Iterator[Path]:
    """Every Markdown page of the repository that we wrote."""
    yield from sorted(ROOT.glob("*.md"))
    for folder in ("docs", "benchmarks", "src"):
        yield from sorted(path for path in (ROOT / folder).rglob("*.md") if "vendor" not in path.parts)


def links(page: Path) -> Iterator[str]:
    """Addresses of a page that should lead to a file."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    yield from (address for address in LINK.findall(text) if not address.startswith(ELSEWHERE))


def test_every_link_leads_to_a_file():
    dead = [
        f"{named(page)}: {address}"
        for page in pages()
        for address in links(page)
        if not (page.parent / address.partition("#")[0]).exists()
    ]

    assert dead == []


def test_links_are_found_outside_of_code_only(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("[a](b.md) ![c](d.png)\n```\n[e](f.md)\n```\n[g](https://h.example)\n", encoding="utf-8")

    assert list(links(page)) == ["b.md", "d.png"]


def holds_both(folder: str, name: str) -> bool:
    """Whether a short page says everything twice, as its title does."""
    return " / " in (DOCS / folder / f"{name}.md").read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize("folder", IN_TWO_LANGUAGES)
def test_pages_come_in_both_languages(folder):
    names = {path.name.removesuffix(".md") for path in (DOCS / folder).glob("*.md")}

    assert names
    assert [
        name for name in names if not name.endswith((".pl", ".en")) and not holds_both(folder, name)
    ] == []
    assert {name[:-3] for name in names if name.endswith(".pl")} == {
        name[:-3] for name in names if name.endswith(".en")
    }


@pytest.mark.parametrize("folder", [*IN_TWO_LANGUAGES, "reference", "decisions"])
def test_the_index_names_every_page(folder):
    indexes = {DOCS / "README.md", DOCS / folder / "README.md"}
    named_there = {
        (index.parent / address).resolve() for index in indexes if index.exists() for address in links(index)
    }

    assert set((DOCS / folder).glob("*.md")) - indexes <= named_there


def words_on_screens(language: str) -> Iterator[str]:
    """Everything a page of the product may say in this language, gaps as they stand in the catalogue."""
    for entry in polib.pofile(str(CATALOGUE)):
        if language == "en":
            yield from (entry.msgid, entry.msgid_plural)
        else:
            yield from (entry.msgstr, *entry.msgstr_plural.values())
    for columns in COLUMNS.values():
        yield from (column.label_en if language == "en" else column.label_pl for column in columns)
    yield from (name for _code, name in settings.LANGUAGES)


def is_on_screens(label: str, words: Iterable[str]) -> bool:
    """Whether the label is a text of the product, its beginning, or one with its gaps filled ("…" or words)."""
    return any(
        word.rstrip(".:?").casefold() == label.casefold()
        or word.startswith((f"{label}:", f"{label},"))
        or ("%(" in word and re.fullmatch(GAP.sub(".+", re.escape(word)), label))
        for word in words
    )


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "pl"])
def test_labels_in_instructions_stand_on_the_screens(language):
    words = [word for word in words_on_screens(language) if word]
    unknown = [
        f"{named(page)}: {label}"
        for folder in ("tutorial", "how-to")
        for page in sorted((DOCS / folder).glob(f"*.{language}.md"))
        for label in BOLD.findall(FENCED.sub("", page.read_text(encoding="utf-8")))
        if label[0].isupper() and not is_on_screens(" ".join(label.split()).rstrip(".:?"), words)
    ]

    assert unknown == []


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("Wyślij", True),
        ("wyślij", True),
        ("Zostało 5 kodów", True),
        ("Plik jest kompletny", True),
        ("Plik", False),
        ("Wyslij", False),
    ],
)
def test_a_label_is_a_text_its_beginning_or_a_filled_one(label, found):
    words = ["Wyślij", "Zostało %(n)s kodów", "Plik jest kompletny: brakuje %(n)s wierszy"]

    assert is_on_screens(label, words) is found


def test_vocabulary_and_roles_follow_the_code():
    assert vocabulary_docs.stale() == [], "Run: python -m tools.vocabulary_docs"


def test_a_page_of_words_that_differs_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(vocabulary_docs, "FOLDER", tmp_path)
    (tmp_path / "roles.md").write_text(vocabulary_docs.pages()["roles.md"], encoding="utf-8")

    assert vocabulary_docs.stale() == ["statuses-and-facts.md"]


def test_every_page_is_pictured_wide_and_narrow():
    wanted = {f"{name}-{width}.png" for name in screenshots.SHOTS for width in screenshots.WIDTHS}
    present = {path.name: path.stat().st_size for path in screenshots.PICTURES.glob("*.png")}

    assert set(present) == wanted
    assert {name for name, size in present.items() if size > LARGEST_PICTURE} == set()
