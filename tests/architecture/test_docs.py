"""The documentation: its links lead somewhere, its pages come in both languages, its tables follow the code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, named
from tools import screenshots, vocabulary_docs

DOCS = ROOT / "docs"
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^ *```.*?^ *```", flags=re.DOTALL | re.MULTILINE)
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
