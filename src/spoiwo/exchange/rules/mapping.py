"""Which column of a file is what: saved layouts that fit, and a guess from the headers."""

from collections.abc import Iterable, Mapping, Sequence

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.rules import codes
from spoiwo.exchange.rules.contract import COLUMNS, column, mandatory
from spoiwo.exchange.types import CODED, Layout, Preview
from spoiwo.kernel.text import fold, search_key


def fit(layout: Layout, headers: Sequence[str]) -> Layout | None:
    """The layout with the headers as this file writes them; None when one of them is missing.

    Case, diacritics and punctuation of headers do not count.
    """
    written = {search_key(header) or header: header for header in reversed(headers)}
    keys = {name: search_key(header) or header for name, header in layout.columns.items()}
    if any(key not in written for key in keys.values()):
        return None
    return Layout(columns={name: written[key] for name, key in keys.items()}, values=layout.values)


def guess(kind: RegisterKind, headers: Sequence[str]) -> Layout:
    """A layout from the headers: standard names first, then what offices' programs call them."""
    keys = {header: search_key(header) for header in headers}
    found: dict[str, str] = {}
    for wanted in ("name", "synonym"):
        for standard in COLUMNS[kind]:
            if standard.name in found:
                continue
            spellings = {search_key(standard.name)} if wanted == "name" else _spellings(kind, standard.name)
            taken = set(found.values())
            for header in headers:
                if header not in taken and keys[header] in spellings:
                    found[standard.name] = header
                    break
    return Layout(columns={name: found[name] for name in found})


def is_standard(kind: RegisterKind, layout: Layout) -> bool:
    """Whether every column stands under its standard name, so that nobody need be asked."""
    exact = all(fold(header) == name for name, header in layout.columns.items())
    return exact and not missing_columns(kind, layout)


def missing_columns(kind: RegisterKind, layout: Layout) -> tuple[str, ...]:
    """Mandatory columns that the layout does not name."""
    return tuple(name for name in mandatory(kind) if name not in layout.columns)


def guess_values(kind: RegisterKind, layout: Layout, preview: Preview) -> dict[str, dict[str, str]]:
    """For every coded column of the layout: values in the file -> standard code, empty when not known."""
    guessed: dict[str, dict[str, str]] = {}
    for name, header in layout.columns.items():
        content = column(kind, name).content
        if content in CODED:
            own = {fold(theirs): ours for theirs, ours in layout.values.get(name, {}).items()}
            built_in = codes.BUILT_IN[content]
            values: Iterable[str] = preview.values.get(header, ())
            guessed[name] = {value: own.get(fold(value), built_in.get(fold(value), "")) for value in values}
    return guessed


def clean_values(
    kind: RegisterKind, columns: Mapping[str, str], values: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    """Value maps without columns that are not there or hold no codes, and without codes that do not exist."""
    clean: dict[str, dict[str, str]] = {}
    for name, mapped in values.items():
        if name not in columns or column(kind, name).content not in CODED:
            continue
        allowed = {"", *codes.standard_codes(column(kind, name).content)}
        clean[name] = {theirs: ours for theirs, ours in mapped.items() if ours in allowed}
    return clean


def _spellings(kind: RegisterKind, name: str) -> set[str]:
    found = column(kind, name)
    return {*found.synonyms, search_key(found.label_pl), search_key(found.label_en)}
