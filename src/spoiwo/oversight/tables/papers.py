"""Model documents shipped as text: filled from the institution's data and handed out as DOCX to be worked on.

A model is a text file: "# " is a heading, "- " and "1. " are lists, "[]" a line to sign, other text a paragraph;
"{name}" is filled. What is unknown stays as dots, for people to write on.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from spoiwo.clients.queries.retention import Rule
from spoiwo.institutions.messages import role_name
from spoiwo.oversight.queries.records import Activity
from spoiwo.oversight.tables.records import categories_in_words, rule_in_words
from spoiwo.toolkit.documents import Block, Bullets, Document, Heading, Paragraph, Signatures

FOLDER = Path(__file__).resolve().parent.parent / "data"
UNKNOWN = "……………………"
MARK = "wzór do sprawdzenia przez prawnika"
NAMES = {
    "porozumienie": gettext_lazy("Sharing agreement"),
    "wspoladministrowanie": gettext_lazy("Joint controllership (Article 26)"),
    "powierzenie": gettext_lazy("Data processing agreement with the operator (Article 28)"),
    "dpia": gettext_lazy("Data protection impact assessment (Article 35)"),
    "klauzula": gettext_lazy("Information clause (Articles 13 and 14)"),
    "upowaznienie": gettext_lazy("Authorisation of a worker"),
}


def document_names() -> Mapping[str, Any]:
    """Model documents: code of the file, what it is."""
    return NAMES


def model_document(name: str, facts: Mapping[str, str]) -> Document:
    """A model document, in Polish, with what is known filled in; always marked as one to be checked by a lawyer."""
    title, lines = _model(name)
    filled = [_filled(line, facts) for line in lines]
    return Document(
        title=_filled(title, facts),
        blocks=tuple(_blocks(filled)),
        lang="pl",
        issuer=facts.get("instytucja", ""),
        mark=f"{MARK}; dane fikcyjne" if settings.SPOIWO_DEMO else MARK,
    )


def facts_of_institution(
    *,
    name: str,
    address: str,
    officer: str,
    activities: Sequence[Activity],
    rules: Iterable[Rule],
    today: date,
) -> dict[str, str]:
    """What the models ask of the institution; documents are in Polish whatever the reader's language."""
    with override("pl"):
        purposes = dict.fromkeys(f"{title} ({basis})" for one in activities for title, basis in one.purposes)
        given = {category for one in activities if one.given for category in one.categories}
        received = {category for one in activities if not one.given for category in one.categories}
        return {
            "instytucja": name,
            "adres": address,
            "iod": officer,
            "dzien": date_format(today, "j E Y"),
            "partnerzy": ", ".join(dict.fromkeys(one.partner for one in activities)),
            "porozumienia": ", ".join(dict.fromkeys(one.agreement for one in activities)),
            "cele": "; ".join(purposes),
            "przekazywane": categories_in_words(given),
            "otrzymywane": categories_in_words(received),
            "okresy": "; ".join(rule_in_words(rule) for rule in rules),
        }


def authorisation_facts(row: Mapping[str, Any]) -> dict[str, str]:
    """What the authorisation of one worker says."""
    with override("pl"):
        return {
            "pracownik": row["name"],
            "numer": row["number"],
            "zadanie": role_name(row["role"]),
            "od": date_format(date.fromisoformat(row["first"]), "j E Y"),
            "do": date_format(date.fromisoformat(row["last"]), "j E Y")
            if row["last"]
            else _("until withdrawn"),
        }


@cache
def _model(name: str) -> tuple[str, tuple[str, ...]]:
    title, *lines = (FOLDER / f"wzor-{name}.txt").read_text("utf-8").splitlines()
    return title, tuple(line for line in lines if line.strip())


def _filled(line: str, facts: Mapping[str, str]) -> str:
    parts = line.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, _brace, rest = part.partition("}")
        filled.append((facts.get(name) or UNKNOWN) + rest)
    return "".join(filled)


def _blocks(lines: Iterable[str]) -> Iterable[Block]:
    for kind, found in groupby(lines, key=_kind):
        texts = [line.partition(" ")[2] if kind else line for line in found]
        if kind == "#":
            yield from (Heading(text) for text in texts)
        elif kind == "-":
            yield Bullets(tuple(texts))
        elif kind == "1.":
            yield Bullets(tuple(texts), numbered=True)
        elif kind == "[]":
            yield Signatures(tuple(texts))
        else:
            yield from (Paragraph(text) for text in texts)


def _kind(line: str) -> str:
    mark = line.partition(" ")[0]
    return mark if mark in {"#", "-", "1.", "[]"} else ""
