"""Columns of the EU fund's monitoring system (SM EFS), as a mapping that a centre changes.

The specification could not be checked, so the columns shipped are a beginning: every header, its order and what
it takes can be changed without a new version of the product.
"""

from collections.abc import Mapping, Sequence

from spoiwo.support.errors import BadTemplate

FIELDS = (
    "first_name",
    "last_name",
    "pesel",
    "sex",
    "birth_date",
    "education",
    "labour_status",
    "voivodeship",
    "county",
    "commune",
    "phone",
    "email",
    "supported_from",
    "first_support",
    "last_support",
    "support_kinds",
    "support_hours",
    "number",
)
SHIPPED: tuple[tuple[str, str], ...] = (
    ("Kraj", "=Polska"),
    ("Rodzaj uczestnika", "=indywidualny"),
    ("Imię", "first_name"),
    ("Nazwisko", "last_name"),
    ("PESEL", "pesel"),
    ("Płeć", "sex"),
    ("Data urodzenia", "birth_date"),
    ("Wykształcenie", "education"),
    ("Województwo", "voivodeship"),
    ("Powiat", "county"),
    ("Gmina", "commune"),
    ("Telefon kontaktowy", "phone"),
    ("Adres e-mail", "email"),
    ("Data rozpoczęcia udziału w projekcie", "supported_from"),
    ("Status osoby na rynku pracy w chwili przystąpienia do projektu", "labour_status"),
    ("Rodzaj przyznanego wsparcia", "support_kinds"),
    ("Data rozpoczęcia udziału we wsparciu", "first_support"),
    ("Data zakończenia udziału we wsparciu", "last_support"),
)


def read_mapping(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs from lines "Header: field" or "Header: =text". Raises BadTemplate naming the first bad line."""
    pairs = []
    for line in (line.strip() for line in text.splitlines()):
        if not line:
            continue
        header, colon, source = (part.strip() for part in line.rpartition(":"))
        if not colon or not header or not (source.startswith("=") or source in FIELDS):
            raise BadTemplate(line)
        pairs.append((header, source))
    if not pairs:
        raise BadTemplate("0")
    return tuple(pairs)


def write_mapping(pairs: Sequence[Sequence[str]]) -> str:
    """The lines that read_mapping reads."""
    return "\n".join(f"{header}: {source}" for header, source in pairs)


def row_of(pairs: Sequence[Sequence[str]], values: Mapping[str, object]) -> list[object]:
    """One row in the order of the columns; what is not known stays empty."""
    return [source[1:] if source.startswith("=") else values.get(source, "") for _header, source in pairs]
