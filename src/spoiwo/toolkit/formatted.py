"""Formatted text that people write (Markdown) as HTML that cannot do anything."""

from functools import cache
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "code",
    "pre",
    "a",
    "hr",
}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}


def html_of_markdown(text: str) -> SafeString:
    """Headings start at h2, raw HTML is shown as text, links open as links to other sites do."""
    import nh3  # only wanted where formatted text is shown

    clean = nh3.clean(
        _parser().render(_lowered(text)),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - nh3 has cleaned it


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")


def _lowered(text: str) -> str:
    """A page has one first-level heading already, so those of the text go one level down."""
    return "\n".join(
        f"#{line}" if line.startswith(("# ", "## ", "### ")) else line for line in text.splitlines()
    )
