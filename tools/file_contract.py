"""Write docs/reference/register-extract.md from the table that the import follows.

python -m tools.file_contract          write the page
python -m tools.file_contract --check  fail when the page says something else
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "register-extract.md"
INTRODUCTION = """# Register extracts and facts files

*Made by `python -m tools.file_contract`; do not edit. In Polish the same is on the page "Jak wygląda plik".*

A file is a table with one header row: CSV (UTF-8, with or without a byte order mark, or Windows-1250; parted by
semicolons, commas or tabs) or an XLSX workbook, whose first sheet with any rows is read. Headers may have any names
and any order: the office names them once on screen, and later files with the same headers need no questions.
Columns may be missing, save for those marked as needed. One row is one person, or one fact.

- Spaces around and doubled within a cell do not count. Unprintable characters are refused.
- A row that cannot be read is rejected with its number, column, reason and remedy; the others are taken.
- What stands in the register and is no longer in the file has vanished from the register from then on. A rejected
  row takes nothing away: what was in force of it stays.
- An apostrophe before `=`, `+`, `-` or `@` at the start of a cell is taken off: downloads put it there so that
  spreadsheets run nothing.
"""


def page() -> str:
    """The page in Markdown."""
    from django.utils import translation

    from spoiwo.exchange.tables import ContractPart, contract_parts

    def lines(part: ContractPart) -> Iterator[str]:
        yield f"## {part.title}\n"
        yield "| Column | Name | Needed | What it holds | Example |\n|---|---|---|---|---|"
        for name, label, text, example, mandatory in part.columns:
            yield f"| `{name}` | {label} | {'yes' if mandatory else ''} | {text} | {example} |"
        for name, codes in part.code_lists:
            yield f"\n### Codes of `{name}`\n"
            yield "| Code | Meaning |\n|---|---|"
            yield from (f"| `{code}` | {label} |" for code, label in codes)
        yield ""

    with translation.override("en"):
        parts = ["\n".join(lines(part)) for part in contract_parts()]
    return "\n".join([INTRODUCTION, *parts])


def main(arguments: list[str]) -> int:
    """Write or check."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    if "--check" in arguments:
        return 0 if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
