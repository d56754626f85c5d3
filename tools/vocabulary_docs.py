"""Write docs/reference/roles.md and docs/reference/statuses-and-facts.md from the words the product uses.

python -m tools.vocabulary_docs          write both pages
python -m tools.vocabulary_docs --check  fail when they say something else
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import django

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
WRITTEN_BY = "<!-- Written by `python -m tools.vocabulary_docs`; change the code, not this page. -->"


def pages() -> dict[str, str]:
    """The pages by file name, as they should be; Django must have been started."""
    return {"roles.md": "\n".join(_roles()), "statuses-and-facts.md": "\n".join(_statuses_and_facts())}


def stale() -> list[str]:
    """Names of the pages that differ from the code or are missing."""
    return [
        name
        for name, text in pages().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]


def _roles() -> Iterator[str]:
    from spoiwo.institutions.messages import ROLE_HINTS, ROLE_NAMES
    from spoiwo.institutions.types import Role

    yield from _head("Roles / Role")
    yield "A role is given by a numbered, dated authorisation; without one in force nobody sees anything. Whoever runs"
    yield "the platform (the operator) has no role at any institution and sees nobody's data."
    yield ""
    yield "Rolę daje upoważnienie z numerem i datą; bez obowiązującego upoważnienia nikt niczego nie widzi. Operator"
    yield "platformy nie ma roli w żadnej instytucji i nie widzi danych żadnej osoby."
    yield ""
    yield "| code | role | what it is for | rola | do czego służy |"
    yield "|---|---|---|---|---|"
    for role in Role:
        words = [ROLE_NAMES[role], ROLE_HINTS[role]]
        yield _row(f"`{role.value}`", *_in("en", words), *_in("pl", words))
    yield ""
    yield "## Pages in the menu / Strony w menu"
    yield ""
    yield "| code | pages | strony |"
    yield "|---|---|---|"
    for role in Role:
        yield _row(f"`{role.value}`", ", ".join(_menu("en", role)), ", ".join(_menu("pl", role)))
    yield ""


def _statuses_and_facts() -> Iterator[str]:
    from spoiwo.access.messages import CATEGORY_NAMES
    from spoiwo.access.types import TIER_OF
    from spoiwo.clients.messages import FACT_LABELS, STATUS_LABELS
    from spoiwo.clients.types import FACT_CATEGORIES, FactKind, Status

    yield from _head("Statuses, facts and kinds of data / Statusy, fakty i rodzaje danych")
    yield "The codes that files use; they never change, new ones may be added. How a file looks:"
    yield "[register extracts and facts files](register-extract.md)."
    yield ""
    yield "Kody, których używają pliki; nie zmieniają się, mogą dojść nowe. Jak wygląda plik:"
    yield "[wyciągi z rejestru i pliki z faktami](register-extract.md)."
    yield ""
    yield "## Statuses / Statusy"
    yield ""
    yield "| code | status | status po polsku |"
    yield "|---|---|---|"
    for status in Status:
        yield _row(f"`{status.value}`", *_both(STATUS_LABELS[status]))
    yield ""
    yield "## Kinds of data / Rodzaje danych"
    yield ""
    yield "Agreements share by kind; the higher the tier, the more protected. Tier 4 is never shared on the joint page."
    yield ""
    yield "Porozumienia przekazują dane rodzajami; im wyższy poziom, tym większa ochrona. Poziomu 4 nie udostępnia się"
    yield "na wspólnej stronie nigdy."
    yield ""
    yield "| code | tier / poziom | kind of data | rodzaj danych |"
    yield "|---|---|---|---|"
    for category, tier in TIER_OF.items():
        yield _row(f"`{category.value}`", str(tier.value), *_both(CATEGORY_NAMES[category]))
    yield ""
    yield "## Facts / Fakty"
    yield ""
    yield "| code | kind of data / rodzaj danych | fact | fakt |"
    yield "|---|---|---|---|"
    for kind in FactKind:
        yield _row(f"`{kind.value}`", f"`{FACT_CATEGORIES[kind].value}`", *_both(FACT_LABELS[kind]))
    yield ""


def _head(title: str) -> Iterator[str]:
    yield f"# {title}"
    yield ""
    yield WRITTEN_BY
    yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _both(word: object) -> list[str]:
    return [*_in("en", [word]), *_in("pl", [word])]


def _in(language: str, words: Iterable[object]) -> list[str]:
    from django.utils import translation

    with translation.override(language):
        return [str(word) for word in words]


def _menu(language: str, role: str) -> list[str]:
    from django.utils import translation

    from spoiwo.kernel.actor import Actor
    from spoiwo.portal.menu import menu_for

    actor = Actor(user_id=1, institution_id=1, roles=frozenset({role}))
    with translation.override(language):
        return [line["label"] for group in menu_for(actor, "/") for line in group["items"]]


def main(arguments: list[str]) -> int:
    """Write or check; answers the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    if "--check" in arguments:
        behind = stale()
        if behind:
            print(f"Run python -m tools.vocabulary_docs: {', '.join(behind)} differ.", file=sys.stderr)
        return 1 if behind else 0
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
